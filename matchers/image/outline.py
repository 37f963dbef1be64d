"""Moving the outline of a mark to where a picture has its edges; all guesses of a picture at once.

Each point of the outline looks along its normal for an edge that runs the right way, and the flat map that serves
most of them best is taken; then again, from nearer (Harris and Stennett, "RAPID - a video rate object tracker", 1990).
Colours play no part, so that a mark is found in any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats, Ints, Pixels
from matchers.image.artwork import Artwork, drawn
from matchers.image.edges import edge_field, tensor
from matchers.image.geometry import as_floats, pulled

SIDE = 64  # px of the mark's longer side here
POINTS = 96
MARGIN = 18  # px around the mark in a patch: what the outline may have to move, and the blur
PATCH = SIDE + 2 * MARGIN
CLEAREST = 30.0  # grey levels a pixel; steps above it are all as clear
SHARE = 0.12  # of the clearest step, under which a step is shading and no edge of the mark
SETTINGS = {"faint": 1.0, "crowd": 0.5}  # a mark's own edges stand in a crowd; less is lost for it than in a sketch


@dataclass(frozen=True, slots=True)
class Outline:
    """points, normals : (POINTS, 2), from the mark's middle, in pixels at `SIDE`; weights : (POINTS,), 0..1;
    coarse, fine : (POINTS,), how clear the edges are in the mark's own drawing, blurred as in the first and last round
    """

    points: Floats
    normals: Floats
    weights: Floats
    coarse: Floats
    fine: Floats


@dataclass(frozen=True, slots=True)
class Round:
    """reach : pixels to either side; times : how often; blur : of the picture, in pixels; rigid : hold on the map."""

    reach: float
    times: int
    blur: float
    rigid: float

    @property
    def offsets(self) -> Floats:
        return np.arange(-self.reach, self.reach + 0.1, 1.0 if self.reach > 2 else 0.5, dtype=np.float32)


FIRST = (Round(8, 3, 2.0, 0.05),)
LATER = (Round(5, 3, 1.2, 0.05), Round(3, 3, 0.8, 0.015), Round(2, 2, 0.8, 0.015))


@dataclass(frozen=True, slots=True)
class Fit:
    """Outlines laid on patches. turn : (n, 2, 2) and shift : (n, 2), from the outline to the middle of its patch;
    clear : (n, POINTS), how clear an edge lies under each point, 0..1; patches : (n * PATCH, PATCH, 3)
    """

    outlines: Outline
    patches: Floats
    turn: Floats
    shift: Floats
    clear: Floats

    def of(self, chosen: Ints) -> Fit:
        """Only the chosen ones."""
        patches = self.patches.reshape(-1, PATCH, PATCH, 3)[chosen].reshape(-1, PATCH, 3)
        outlines = Outline(*(part[chosen] for part in parts(self.outlines)))
        return Fit(outlines, patches, self.turn[chosen], self.shift[chosen], self.clear[chosen])


def parts(outline: Outline) -> tuple[Floats, ...]:
    return outline.points, outline.normals, outline.weights, outline.coarse, outline.fine


def outline_of(mark: Artwork) -> Outline:
    """The clearest edges of a mark, spread over it."""
    image = drawn(mark, SIDE, MARGIN)
    cosine, sine, energy = tensor(image, 0.8)
    step, angle = np.sqrt(energy), np.arctan2(sine, cosine) / 2
    normals = np.stack([np.cos(angle), np.sin(angle)], 2).astype(np.float32)
    rows, columns = np.nonzero(ridge(step, normals) & (step > max(6.0, SHARE * float(step.max()))))
    # a mark with few edges has some twice; every outline is of one length, so that all are moved at once
    chosen = np.random.default_rng(0).permutation(np.resize(np.arange(len(rows)), max(POINTS, len(rows))))[:POINTS]
    rows, columns = rows[chosen], columns[chosen]
    middle = np.array([(image.shape[1] - 1) / 2, (image.shape[0] - 1) / 2])
    weights = np.sqrt(np.minimum(step[rows, columns], CLEAREST) / CLEAREST)
    return Outline(
        as_floats(np.stack([columns, rows], 1) - middle),
        normals[rows, columns],
        as_floats(weights),
        *(np.hypot(*edge_field(image, blur, **SETTINGS)[rows, columns].T) for blur in (FIRST[-1].blur, LATER[-1].blur)),
    )


def ridge(step: Floats, normals: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where a step is the highest of those beside it, across the edge."""
    rows, columns = np.mgrid[: step.shape[0], : step.shape[1]].astype(np.float32)
    x, y = normals[..., 0], normals[..., 1]
    one = cv2.remap(step, columns + x, rows + y, cv2.INTER_LINEAR)
    other = cv2.remap(step, columns - x, rows - y, cv2.INTER_LINEAR)
    return np.asarray((step >= one) & (step > other), np.bool_)


def patch(halves: tuple[Pixels, ...], centre: tuple[float, float], side: float) -> tuple[Floats, Floats]:
    """The surroundings of a place where a mark's longer side is `side` pixels, and the map from them to the picture."""
    scale = side / SIDE
    corner = [c - scale * (PATCH - 1) / 2 for c in centre]
    matrix = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]], np.float32)
    return as_floats(pulled(halves, matrix, (PATCH, PATCH))), matrix


def started(outlines: Sequence[Outline], patches: Sequence[Floats], turns: Sequence[float]) -> Fit:
    """Outlines laid on the middle of their patches, turned by so many degrees."""
    angles = np.radians(turns)
    turn = np.stack([np.stack([np.cos(angles), np.sin(angles)], 1), np.stack([-np.sin(angles), np.cos(angles)], 1)], 1)
    joined = Outline(*(np.stack(part) for part in zip(*(parts(outline) for outline in outlines), strict=True)))
    count = len(outlines)
    none = np.zeros((count, POINTS), np.float32)
    return Fit(joined, np.concatenate(patches), as_floats(turn), np.zeros((count, 2), np.float32), none)


def moved(fit: Fit, rounds: Sequence[Round]) -> Fit:
    """The outlines after these rounds, with how clear the edges under them are at the blur of the last."""
    turn, shift, field = fit.turn.copy(), fit.shift.copy(), fit.patches
    for step in rounds:
        field = edge_field(fit.patches, step.blur, **SETTINGS)
        for _ in range(step.times):
            nudge(fit.outlines, field, step, turn, shift)
    clear = looked(fit.outlines, field, turn, shift, np.array([-1, 0, 1], np.float32))[0].max(2)
    return Fit(fit.outlines, fit.patches, turn, shift, as_floats(clear))


def looked(outlines: Outline, field: Floats, turn: Floats, shift: Floats, offsets: Floats) -> tuple[Floats, Floats]:
    """How clear an edge of the right direction each point sees at each offset along its normal: (n, POINTS, offsets);
    and the normals as they lie in the patches.
    """
    at = outlines.points @ turn.transpose(0, 2, 1) + shift[:, None] + (PATCH - 1) / 2
    normals = outlines.normals @ np.linalg.inv(turn)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True) + 1e-9
    seen = (at[:, :, None] + offsets[:, None] * normals[:, :, None]).clip(0, PATCH - 1)
    down = seen[..., 1] + PATCH * np.arange(len(seen))[:, None, None]
    size = (len(seen) * POINTS, len(offsets))
    sampled = cv2.remap(field, as_floats(seen[..., 0]).reshape(size), as_floats(down).reshape(size), cv2.INTER_LINEAR)
    sampled = sampled.reshape(len(seen), POINTS, len(offsets), 2)
    x, y = normals[..., 0, None], normals[..., 1, None]
    return as_floats(np.maximum(sampled[..., 0] * (x * x - y * y) + sampled[..., 1] * (2 * x * y), 0)), as_floats(
        normals
    )


def nudge(outlines: Outline, field: Floats, step: Round, turn: Floats, shift: Floats) -> None:
    """One move of all outlines, in place."""
    offsets = step.offsets
    clear, normals = looked(outlines, field, turn, shift, offsets)
    power = clear**2 * np.exp(-((offsets / (0.8 * step.reach)) ** 2)) + 1e-6
    total = power.sum(2)
    way = (power * offsets).sum(2) / total
    spread = (power * (offsets - way[..., None]) ** 2).sum(2) / total
    # a point that sees two edges, or one at the end of its reach, has little to say
    weight = outlines.weights * clear.max(2) ** 2 / (1 + spread) * np.exp(-((way / step.reach) ** 2))
    radius = SIDE / 2
    terms = np.concatenate(
        [normals[..., :1] * outlines.points / radius, normals[..., 1:] * outlines.points / radius, normals], 2
    )
    hold = step.rigid * weight.sum(1)[:, None] * np.array([1, 1, 1, 1, 0.02, 0.02]) + 1e-6
    weighted = terms * weight[..., None]
    left = weighted.transpose(0, 2, 1) @ terms + hold[:, None] * np.eye(6)
    change = np.linalg.solve(left, (weighted.transpose(0, 2, 1) @ way[..., None]).astype(left.dtype))[..., 0]
    turn += as_floats(change[:, :4].reshape(-1, 2, 2) / radius)
    shift += as_floats(change[:, 4:])
