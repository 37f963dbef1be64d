"""Does a registered mark stand in a picture? Places from a coarse sketch, moved to the edges, judged by the colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.image.arrays import Floats, Pixels
from matchers.image.artwork import Artwork
from matchers.image.cells import Level, Sketch, sketch_of
from matchers.image.colouring import SIDE as PAINT_SIDE
from matchers.image.colouring import Paint, explained, paint_of
from matchers.image.geometry import Box, after, outline_box, pulled
from matchers.image.odds import Evidence, mark_odds
from matchers.image.outline import FIRST, LATER, PATCH, SIDE, Fit, Outline, moved, outline_of, patch, started
from matchers.image.search import Place, places

PROMISING = 0.4  # share of the outline seen at first; of the marks that were then confirmed 1 % lay near it
LAID = 256  # places that outlines are laid on, the likeliest; their patches, one above another, must fit OpenCV's 32767
KEPT = 8  # places of a picture that are worth the finer rounds


@dataclass(frozen=True, slots=True)
class MarkModel:
    """A mark as it is searched, moved and judged."""

    sketch: Sketch
    outline: Outline
    paint: Paint


@dataclass(frozen=True, slots=True)
class Sighting:
    """mark : index of the model; box : in pixels of the picture; evidence : what its probability comes from."""

    mark: int
    box: Box
    probability: float
    evidence: Evidence


def mark_model(mark: Artwork) -> MarkModel:
    return MarkModel(sketch_of(mark), outline_of(mark), paint_of(mark))


def sightings(models: Sequence[MarkModel], halves: tuple[Pixels, ...], levels: Sequence[Level]) -> list[Sighting]:
    """Where in a picture, given as its `geometry.halves` and `cells.levels_of`, each mark stands most likely.

    Likeliest first.

    Of two marks at one place only the likelier is given.
    """
    guesses = sorted(places(levels, [model.sketch for model in models]), key=lambda guess: -guess.likeness)[:LAID]
    if not guesses:
        return []
    laid, to_picture = laid_on(models, halves, guesses)
    laid = moved(laid, FIRST)
    seen = shares(laid, laid.outlines.coarse)
    chosen = np.array([i for i in np.argsort(-seen, kind="stable")[:KEPT] if seen[i] > PROMISING], np.int64)
    if not len(chosen):
        return []
    fit = moved(laid.of(chosen), LATER)
    found = [judged(models, halves, guesses[i], to_picture[i], fit, n) for n, i in enumerate(chosen)]
    return clear_of_rivals(sorted(found, key=lambda sighting: -sighting.probability))


def laid_on(
    models: Sequence[MarkModel], halves: tuple[Pixels, ...], guesses: Sequence[Place]
) -> tuple[Fit, list[Floats]]:
    """The outlines of guesses on their patches, not yet moved, and the maps from the patches to the picture."""
    cut = [patch(halves, guess.centre, max(guess.size)) for guess in guesses]
    outlines = [models[guess.mark].outline for guess in guesses]
    return started(outlines, [part for part, _ in cut], [guess.turn for guess in guesses]), [
        matrix for _, matrix in cut
    ]


def shares(fit: Fit, own: Floats) -> Floats:
    """How much of each outline's own edges is seen, 0..1."""
    return np.asarray(np.minimum(fit.clear, own).sum(1) / (own.sum(1) + 1e-6), np.float32)


def judged(
    models: Sequence[MarkModel], halves: tuple[Pixels, ...], guess: Place, to_picture: Floats, fit: Fit, number: int
) -> Sighting:
    paint, turn = models[guess.mark].paint, fit.turn[number]
    matrix = after(after(to_picture, in_patch(fit, number)), paint_frame(paint))
    look = explained(paint, pulled(halves, matrix, paint.shape).astype(np.float32))
    stretch = np.linalg.svd(turn, compute_uv=False)
    evidence = Evidence(
        outline=float(shares(fit, fit.outlines.fine)[number]),
        detail=look.detail,
        parts=look.parts,
        contrast=look.contrast,
        sketch=guess.likeness,
        squeeze=float(stretch[0] / max(stretch[1], 1e-3)),
        pixels=float(max(guess.size) * np.sqrt(stretch[0] * stretch[1])),
        own_hull=paint.own_hull,
    )
    return Sighting(guess.mark, outline_box(matrix, paint.shape, halves[0].shape), mark_odds(evidence), evidence)


def in_patch(fit: Fit, number: int) -> Floats:
    """The map from an outline to its patch."""
    return np.concatenate([fit.turn[number], (fit.shift[number] + (PATCH - 1) / 2)[:, None]], 1)


def paint_frame(paint: Paint) -> Floats:
    """The map from the frame of a paint to the outline's, which is counted from the mark's middle."""
    scale = SIDE / PAINT_SIDE
    down, across = ((side - 1) / 2 * scale for side in paint.shape)
    return np.array([[scale, 0, -across], [0, scale, -down]], np.float32)


def clear_of_rivals(found: Sequence[Sighting]) -> list[Sighting]:
    """Without those that stand where a likelier one of another mark does, and the less likely ones of the same mark."""
    kept: list[Sighting] = []
    for sighting in found:
        if all(sighting.mark != other.mark and not overlapping(sighting.box, other.box) for other in kept):
            kept.append(sighting)
    return kept


def overlapping(one: Box, other: Box) -> bool:
    """The smaller of two boxes lies for the larger part in the other."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height) > 0.5 * min(one[2] * one[3], other[2] * other[3])
