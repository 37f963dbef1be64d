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
from matchers.image.odds import Resemblance, resemblance_odds
from matchers.image.outline import FIRST, LATER, SIDE, Fit, moved
from matchers.image.search import Place, places
from matchers.image.shapes import is_plain
from matchers.image.spots import View, above, planes_of, spots, view_of

BACKGROUND = "marks_background.npy"
LAID = 48  # places of the network, and as many of the sketches, that outlines are laid on
SKETCHED = 100  # marks that are looked for by their sketches too, those that the network finds likeliest
KEPT = 16  # places of a picture that are worth the finer rounds
PER_LIKENESS, PER_SHARE = 5.0, 4.0  # logits of the second look that all of the likeness and the whole outline are worth


@dataclass(frozen=True, slots=True)
class Bank:
    """Drawings and silhouettes of drawings. marks : the index of the drawing that each is of;
    expected : how like each a photo without it is at its likest place, on average
    """

    marks: tuple[int, ...]
    models: tuple[MarkModel, ...]
    views: tuple[View, ...]
    expected: Floats


@dataclass(frozen=True, slots=True)
class Resembling:
    """Of each window. alike : how like the mark's own, above what is expected; pair : the second look's logit"""

    alike: Floats
    pair: Floats


def bank_of(drawings: Sequence[Artwork]) -> Bank:
    """A drawing of several colours is looked for in one colour as well."""
    every = [(index, drawing) for index, drawing in enumerate(drawings)]
    for index, drawing in enumerate(drawings):
        one_colour = silhouette(drawing)
        if one_colour is not None and not is_plain(one_colour):
            every.append((index, one_colour))
    views = tuple(view_of(drawing) for _, drawing in every)
    models = tuple(mark_model(drawing) for _, drawing in every)
    return Bank(tuple(index for index, _ in every), models, views, expected_of(views))


@cache
def background() -> Floats:
    """(photos, places, SIZE) of photos without marks."""
    return as_floats(np.load(HERE / BACKGROUND, allow_pickle=False)) / 127


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
    found = [
        replace(sighting, mark=bank.marks[sighting.mark], probability=resemblance_odds(sighting.evidence, resemblance))
        for sighting, resemblance in candidates(bank, halves, levels)
    ]
    return clear_of_rivals(sorted(found, key=lambda sighting: -sighting.probability))


def candidates(bank: Bank, halves: tuple[Pixels, ...], levels: Sequence[Level]) -> list[tuple[Sighting, Resemblance]]:
    """The places that are worth the finer rounds, as edges and colours judge them, and what the network says of each."""
    guesses = guessed(bank, halves, levels)
    laid, to_picture = laid_on(bank.models, halves, guesses)
    laid = moved(laid, FIRST)
    first = resembling(bank, halves, guesses, to_picture, laid)
    promise = first.pair + PER_LIKENESS * first.alike + PER_SHARE * shares(laid, laid.outlines.coarse)
    chosen = best_of_each([guess.mark for guess in guesses], promise)
    kept, to_picture = [guesses[i] for i in chosen], [to_picture[i] for i in chosen]
    fit = moved(laid.of(chosen), LATER)
    again = resembling(bank, halves, kept, to_picture, fit)
    found = []
    for n, i in enumerate(chosen):
        resemblance = Resemblance(
            alike=max(float(first.alike[i]), float(again.alike[n])),
            pair=max(float(first.pair[i]), float(again.pair[n])),
            settled=float(again.pair[n]),
            expected=float(bank.expected[kept[n].mark]),
        )
        found.append((judged(bank.models, halves, kept[n], to_picture[n], fit, n), resemblance))
    return found


def guessed(bank: Bank, halves: tuple[Pixels, ...], levels: Sequence[Level]) -> list[Place]:
    """The network's likeliest places, and those of the coarse sketches of the marks that it finds likeliest."""
    found = sorted(spots(planes_of(halves), bank.views, bank.expected), key=lambda guess: -guess.likeness)
    marks = list(dict.fromkeys(guess.mark for guess in found))[:SKETCHED]
    sketched = places(levels, [bank.models[mark].sketch for mark in marks])
    sketched = sorted(sketched, key=lambda guess: -guess.likeness)[:LAID]
    return found[:LAID] + [replace(guess, mark=marks[guess.mark]) for guess in sketched]


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
