"""Many marks at once: places from the trained network, moved to the edges, judged by the network and by the colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from matchers.data import HERE
from matchers.image.arrays import Floats, Ints, Pixels
from matchers.image.artwork import Artwork, silhouette
from matchers.image.cells import Level
from matchers.image.embedding import SIZE, WINDOW, levelled, paired, windows_embedded
from matchers.image.geometry import after, as_floats, pulled
from matchers.image.marks import MarkModel, Sighting, clear_of_rivals, in_patch, judged, laid_on, mark_model, shares
from matchers.image.odds import Resemblance, among, resemblance_logit
from matchers.image.outline import FIRST, LATER, SIDE, Fit, moved
from matchers.image.search import Place, places
from matchers.image.shapes import is_plain
from matchers.image.spots import View, above, planes_of, spots, view_of

BACKGROUND = "marks_background.npy"
LAID = 32  # places of the network, and as many of the sketches, that outlines are laid on
SKETCHED = 20  # marks that are looked for by their sketches too, those that the network finds likeliest
KEPT = 10  # places of a picture that are worth the finer rounds; half as many again find none more
PER_PAIR, PER_SHARE = 0.43, 1.4  # what a logit of the second look and the whole outline are worth, beside `promises`


@dataclass(frozen=True, slots=True)
class Bank:
    """Drawings and silhouettes of drawings. marks, owners : the index of the drawing that each is of, and whose it is;
    expected : how like each a photo without it is at its likest place, on average
    """

    marks: tuple[int, ...]
    owners: tuple[str, ...]
    models: tuple[MarkModel, ...]
    views: tuple[View, ...]
    expected: Floats


@dataclass(frozen=True, slots=True)
class Resembling:
    """Of each window. alike : how like the mark's own, above what is expected; pair : the second look's logit"""

    alike: Floats
    pair: Floats


def bank_of(drawings: Sequence[Artwork], owners: Sequence[str]) -> Bank:
    """A drawing of several colours is looked for in one colour as well.

    owners : the mark that each drawing is of; drawings of one mark are no rivals
    """
    every = [(index, drawing) for index, drawing in enumerate(drawings)]
    for index, drawing in enumerate(drawings):
        one_colour = silhouette(drawing)
        if one_colour is not None and not is_plain(one_colour):
            every.append((index, one_colour))
    views = tuple(view_of(drawing) for _, drawing in every)
    models = tuple(mark_model(drawing) for _, drawing in every)
    marks = tuple(index for index, _ in every)
    return Bank(marks, tuple(owners[index] for index in marks), models, views, expected_of(views))


@cache
def background() -> Floats:
    """(photos, places, SIZE) of photos without marks."""
    return as_floats(np.load(HERE / BACKGROUND, allow_pickle=False) / np.float32(127))


def expected_of(views: Sequence[View]) -> Floats:
    """A simple mark is like something everywhere; it must be the more alike to count."""
    photos, places = background().shape[:2]
    flat = background().reshape(-1, SIZE)
    likest = [(flat @ view.views.T).reshape(photos, places * len(view.views)).max(1).mean() for view in views]
    return as_floats(likest)


def sightings_among(bank: Bank, halves: tuple[Pixels, ...], levels: Sequence[Level]) -> list[Sighting]:
    """Where in a picture, given as its `geometry.halves` and `cells.levels_of`, each mark stands most likely.

    Likeliest first. Of two marks at one place only the likelier is given.
    """
    found = candidates(bank, halves, levels)
    owners = [bank.owners[sighting.mark] for sighting, _ in found]
    logits = [resemblance_logit(sighting.evidence, resemblance) for sighting, resemblance in found]
    seen = []
    for (sighting, _), owner, logit in zip(found, owners, logits, strict=True):
        rivals = [other for other, its in zip(logits, owners, strict=True) if its != owner]
        seen.append(replace(sighting, mark=bank.marks[sighting.mark], probability=among(logit, rivals)))
    return clear_of_rivals(sorted(seen, key=lambda sighting: -sighting.probability))


def candidates(bank: Bank, halves: tuple[Pixels, ...], levels: Sequence[Level]) -> list[tuple[Sighting, Resemblance]]:
    """The places worth the finer rounds, as edges and colours judge them, and what the network says of each."""
    spotted, sketched = guessed(bank, halves, levels)
    guesses = [*spotted, *sketched]
    if not guesses:
        return []
    laid, to_picture = laid_on(bank.models, halves, guesses)
    laid = moved(laid, FIRST)
    first = resembling(bank, halves, guesses, to_picture, laid)
    promise = promises(spotted, sketched) + PER_PAIR * first.pair + PER_SHARE * shares(laid, laid.outlines.coarse)
    chosen = best_of_each([guess.mark for guess in guesses], promise)
    kept, to_picture = [guesses[i] for i in chosen], [to_picture[i] for i in chosen]
    fit = moved(laid.of(chosen), LATER)
    again = resembling(bank, halves, kept, to_picture, fit)
    likest = {guess.mark: guess.likeness for guess in reversed(spotted)}
    found = []
    for n, i in enumerate(chosen):
        spot, lead = leading(bank, likest, kept, kept[n].mark)
        resemblance = Resemblance(
            spot=spot,
            lead=lead,
            alike=max(float(first.alike[i]), float(again.alike[n])),
            pair=max(float(first.pair[i]), float(again.pair[n])),
            settled=float(again.pair[n]),
            expected=float(bank.expected[kept[n].mark]),
        )
        found.append((judged(bank.models, halves, kept[n], to_picture[n], fit, n), resemblance))
    return found


def leading(bank: Bank, likest: dict[int, float], kept: Sequence[Place], mark: int) -> tuple[float, float]:
    """How like the mark is at its likest place, and by how much more than any other mark that is kept."""
    own = likest.get(mark, 0.0)
    others = (likest.get(place.mark, 0.0) for place in kept if bank.owners[place.mark] != bank.owners[mark])
    return own, own - max(others, default=0.0)


def guessed(bank: Bank, halves: tuple[Pixels, ...], levels: Sequence[Level]) -> tuple[list[Place], list[Place]]:
    """The network's likeliest places, and those of the coarse sketches of the marks that it finds likeliest."""
    found = spots(planes_of(halves), bank.views, bank.expected)
    marks = list(dict.fromkeys(guess.mark for guess in found))[:SKETCHED]
    sketched = places(levels, [bank.models[mark].sketch for mark in marks])
    sketched = sorted(sketched, key=lambda guess: -guess.likeness)[:LAID]
    return found[:LAID], [replace(guess, mark=marks[guess.mark]) for guess in sketched]


def promises(spotted: Sequence[Place], sketched: Sequence[Place]) -> Floats:
    """How promising each place is by its likeness alone, as logits; fitted to those of 100 pictures."""
    by_network = [12.8 * guess.likeness - 3.0 for guess in spotted]
    return as_floats([*by_network, *(4.75 * guess.likeness for guess in sketched)])


def best_of_each(marks: Sequence[int], promise: Floats) -> Ints:
    """The most promising, two of each mark at the most."""
    chosen: list[int] = []
    for index in np.argsort(-promise, kind="stable"):
        if sum(marks[i] == marks[index] for i in chosen) < 2:
            chosen.append(int(index))
        if len(chosen) == KEPT:
            break
    return np.array(chosen, np.int64)


def resembling(
    bank: Bank, halves: tuple[Pixels, ...], guesses: Sequence[Place], to_picture: Sequence[Floats], fit: Fit
) -> Resembling:
    windows = [window(bank, halves, guess, to_picture[n], fit, n) for n, guess in enumerate(guesses)]
    found, cells = windows_embedded(np.stack(windows))
    views = [bank.views[guess.mark] for guess in guesses]
    alike = as_floats((found * np.stack([view.views[view.upright] for view in views])).sum(1))
    pair = paired(cells, np.stack([view.cells for view in views]))
    return Resembling(above(alike, bank.expected[[guess.mark for guess in guesses]]), pair)


def window(bank: Bank, halves: tuple[Pixels, ...], guess: Place, to_picture: Floats, fit: Fit, number: int) -> Floats:
    """The picture around an outline, as the network sees the mark itself."""
    scale = SIDE / max(bank.views[guess.mark].size)
    middle = WINDOW / 2 * scale
    frame = np.array([[scale, 0, -middle], [0, scale, -middle]], np.float32)
    matrix = after(after(to_picture, in_patch(fit, number)), frame)
    return levelled(pulled(halves, matrix, (WINDOW + 1, WINDOW + 1)))
