"""Ink: outlines, light and paint, so that drawn goods have volume like photographed ones.

Coordinates run from 0 to 1 across a square sheet, y downwards. A sheet is float32 (side, side, 4), RGBA, 0..1; a cover
is float32 (side, side), 0..1: how much of each pixel a shape covers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

SIDE = 640  # pixels of a sheet: half as much again as the pictures that come of it
FINE = 2  # shapes are drawn this many times larger and averaged, for smooth edges
LIGHT = (0.55, 0.83)  # the lamp stands above, to the left

Point = tuple[float, float]
Outline = Sequence[Point]
Colour = tuple[int, int, int]
Pixels = NDArray[np.float32]


def sheet() -> Pixels:
    """An empty, transparent sheet."""
    return np.zeros((SIDE, SIDE, 4), np.float32)


def spline(points: Outline, closed: bool = True, steps: int = 12) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    p = np.array(points, np.float64)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return [(float(x), float(y)) for x, y in np.vstack(parts if closed else [*parts, p[-2:-1]])]


def ellipse(x: float, y: float, rx: float, ry: float = 0, *, start: float = 0, end: float = 360) -> list[Point]:
    """The outline of an ellipse about (x, y), or of a sector's arc; degrees clockwise from the right."""
    angles = np.radians(np.linspace(start, end, 72))
    return [(float(x + rx * np.cos(a)), float(y + (ry or rx) * np.sin(a))) for a in angles]


def box(left: float, top: float, right: float, bottom: float, corner: float = 0.0) -> list[Point]:
    """A rectangle with rounded corners."""
    corner = min(corner, (right - left) / 2, (bottom - top) / 2)
    if corner <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    arcs = [(right, top, -1, 1, 270), (right, bottom, -1, -1, 0), (left, bottom, 1, -1, 90), (left, top, 1, 1, 180)]
    return [
        point
        for x, y, inwards, downwards, start in arcs
        for point in ellipse(x + inwards * corner, y + downwards * corner, corner, start=start, end=start + 90)
    ]


def _drawn(draw: Callable[[ImageDraw.ImageDraw, list[Point]], None], points: Outline, margin: float = 0.0) -> Pixels:
    """What `draw` covers about the points: drawn large on a small cut-out, for speed, then averaged into place."""
    whole = np.zeros((SIDE, SIDE), np.float32)
    x, y = np.array(points, np.float64).T * SIDE
    left, top = (max(0, int(v.min() - margin * SIDE) - 1) for v in (x, y))
    right, bottom = (min(SIDE, int(v.max() + margin * SIDE) + 2) for v in (x, y))
    if right <= left or bottom <= top:
        return whole
    drawing = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
    draw(ImageDraw.Draw(drawing), [((a - left) * FINE, (b - top) * FINE) for a, b in zip(x, y, strict=True)])
    whole[top:bottom, left:right] = np.asarray(drawing.reduce(FINE), np.float32) / 255
    return whole


def cover(outline: Outline) -> Pixels:
    """What the shape covers."""
    return _drawn(lambda pen, points: pen.polygon(points, fill=255), outline)


def stroke(points: Outline, width: float) -> Pixels:
    """What a round pen of this width covers along the points."""
    radius = width * SIDE * FINE / 2

    def draw(pen: ImageDraw.ImageDraw, scaled: list[Point]) -> None:
        pen.line(scaled, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)

    return _drawn(draw, points, width)


def without(shape: Pixels, hole: Pixels) -> Pixels:
    """The first shape less the second."""
    rest: Pixels = np.clip(shape - hole, 0, 1)
    return rest


def stitches(points: Outline, width: float = 0.004, every: int = 2) -> Pixels:
    """A dashed seam along the points."""
    thread = stroke(points, width)
    gaps = [stroke(points[i : i + 2], width * 1.6) for i in range(1, len(points) - 1, every)]
    return without(thread, np.maximum.reduce([np.zeros_like(thread), *gaps]))


def blurred(values: Pixels, radius: float) -> Pixels:
    """A Gaussian blur; the radius is a share of the sheet."""
    out: Pixels = cv2.GaussianBlur(values, (0, 0), max(0.3, radius * values.shape[0])).astype(np.float32)
    return out


def relief(shape: Pixels, bulge: float = 0.04, depth: float = 0.35) -> Pixels:
    """Brightness of a cushioned shape: lit towards the lamp, darker away from it. About 1."""
    down, right = np.gradient(blurred(shape, bulge))
    slope = (right * LIGHT[0] + down * LIGHT[1]) * bulge * SIDE
    shade: Pixels = (1 + depth * np.tanh(2.2 * slope)).astype(np.float32)
    return shade


def barrel(shape: Pixels, depth: float = 0.45, gleam: float = 0.25) -> Pixels:
    """Brightness of an upright cylinder as wide as the shape: dark at the sides, a gleam left of the middle."""
    columns = np.flatnonzero(shape.max(axis=0) > 0.5)
    if not len(columns):
        return np.ones_like(shape)
    x = (np.arange(shape.shape[1]) - columns[0]) / max(1, columns[-1] - columns[0])
    curve = 1 - depth * np.abs(2 * x - 0.8) ** 2.2 + gleam * np.exp(-(((x - 0.27) / 0.07) ** 2))
    return np.tile(np.clip(curve, 0.2, 1.6).astype(np.float32), (shape.shape[0], 1))


def paint(on: Pixels, shape: Pixels, colour: Colour, shade: Pixels | float = 1.0, opacity: float = 1.0) -> Pixels:
    """Lay a colour over the sheet (in place) where the shape is; returns the shape, for what goes on top of it."""
    where = _extent(shape)
    below, alpha = on[where], (shape[where] * np.float32(opacity))[..., None]
    light = shade[where][..., None] if isinstance(shade, np.ndarray) else shade
    body = np.clip(np.array(colour, np.float32) / 255 * light, 0, 1)
    total = alpha + below[..., 3:] * (1 - alpha)
    mixed = body * alpha + below[..., :3] * below[..., 3:] * (1 - alpha)
    on[where] = np.concatenate([mixed / np.maximum(total, 1e-6), total], axis=2)
    return shape


def _extent(shape: Pixels) -> tuple[slice, slice]:
    """The rows and columns where there is something of the shape."""
    rows, columns = np.flatnonzero(shape.max(axis=1) > 0), np.flatnonzero(shape.max(axis=0) > 0)
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def solid(on: Pixels, outline: Outline, colour: Colour, bulge: float = 0.03, depth: float = 0.35) -> Pixels:
    """Paint a cushioned shape."""
    shape = cover(outline)
    return paint(on, shape, colour, relief(shape, bulge, depth))


def gleam(on: Pixels, outline: Outline, strength: float = 0.5, soft: float = 0.006) -> None:
    """A reflection of the lamp, kept inside what is painted already."""
    paint(on, blurred(cover(outline), soft) * on[..., 3], (255, 255, 255), opacity=strength)


def tinted(colour: Colour, by: float) -> Colour:
    """The colour, darker (by < 0) or lighter (by > 0); -1 is black, 1 white."""
    goal = 255 if by > 0 else 0
    r, g, b = (round(c + (goal - c) * abs(by)) for c in colour)
    return r, g, b


def weave(rng: np.random.Generator, every: float = 0.012, depth: float = 0.08) -> Pixels:
    """Brightness of cloth."""
    t = np.arange(SIDE) / SIDE / every * np.pi
    threads = 1 + depth * np.sin(t)[:, None] * np.sin(t + 0.7)[None, :]
    return (threads + rng.normal(0, depth / 2, (SIDE, SIDE))).astype(np.float32)


def grain(rng: np.random.Generator, size: float = 0.006, depth: float = 0.06) -> Pixels:
    """Brightness of leather, plush or stone, by the size of its grain."""
    noise = blurred(rng.normal(0, 1, (SIDE, SIDE)).astype(np.float32), size)
    return (1 + depth * noise / max(1e-6, float(noise.std()))).astype(np.float32)


@lru_cache(maxsize=64)
def font(size: int, face: str = "Sans", bold: bool = True) -> ImageFont.FreeTypeFont:
    """Noto CJK, Sans or Serif, Simplified Chinese. Raises OSError where it is not installed."""
    name = f"Noto{face}CJK-{'Bold' if bold else 'Regular'}.ttc"
    return ImageFont.truetype(
        name, size, index=2
    )  # 2 is SC in the collection; Pillow looks where the system keeps fonts


def lettering(text: str, colour: Colour, face: str = "Sans", spacing: float = 0.0, size: int = 160) -> Image.Image:
    """Words on nothing, cut to their edges; spacing is a share of the letter size."""
    type_ = font(size, face)
    widths = [type_.getlength(c) + spacing * size for c in text]
    image = Image.new("RGBA", (round(sum(widths)) + size, size * 2))
    pen, x = ImageDraw.Draw(image), size / 2
    for character, width in zip(text, widths, strict=True):
        pen.text((x, size * 0.3), character, font=type_, fill=(*colour, 255))
        x += width
    return image.crop(image.getbbox())
