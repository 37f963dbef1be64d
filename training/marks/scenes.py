"""Scenes made on the fly: a mark laid on a photo as goods carry it, seen through the window that the network looks by.

All is drawn at the window's own scale or twice that, so that a scene takes about a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Array = np.ndarray[Any, Any]

WINDOW = 80  # px
LARGE = (44.0, 68.0)  # px of a mark's longer side in its window: a square one, and the longest
AROUND = 31  # px; colours are taken from the mean around, in units of the spread around
QUIET = 6.0  # levels of spread under which a place is plain
LOOKS = ("original", "original", "mono", "inverted", "recolour", "embroidery", "lowcontrast")


@dataclass(frozen=True)
class Loose:
    """How far from its place in the window a mark may stand. shift : px; scale : natural logarithm; turn : degrees."""

    shift: float
    scale: float
    turn: float


@dataclass(frozen=True)
class Astray:
    """A mark that is not where the window looks: this many px off to some side, or so much too large or too small."""

    shift: tuple[float, float] = (18.0, 44.0)
    scale: tuple[float, float] = (0.5, 0.9)
    turn: float = 30.0


def length(aspect: float) -> float:
    """px of the longer side of a mark in its window; long marks get more, so that they have some height."""
    return float(np.clip(LARGE[0] * np.sqrt(max(aspect, 1 / aspect)), *LARGE))


def canonical(mark: Array) -> Array:
    """The map from a mark (RGBA) to the middle of the window."""
    height, width = mark.shape[:2]
    scale = length(width / height) / max(height, width)
    middle = (WINDOW - 1) / 2
    return np.array([[scale, 0, middle - scale * (width - 1) / 2], [0, scale, middle - scale * (height - 1) / 2]])


def registered(mark: Array, turn: float = 0.0) -> Array:
    """The mark as the register shows it, in its window: on white, or on black where it is white itself."""
    alpha = mark[..., 3:] / 255.0
    light = mark[..., :3][mark[..., 3] > 128].mean() > 235 if (mark[..., 3] > 128).any() else False
    sheet = 0.0 if light else 255.0
    flat = (mark[..., :3] * alpha + sheet * (1 - alpha)).astype(np.uint8)
    middle = (WINDOW - 1) / 2
    turning = cv2.getRotationMatrix2D((middle, middle), -turn, 1.0)
    matrix = turning @ np.vstack([canonical(mark), [0, 0, 1]])
    return laid(flat, matrix, (WINDOW, WINDOW), (sheet,) * 3)


def laid(image: Array, matrix: Array, size: tuple[int, int], edge: tuple[float, ...]) -> Array:
    """Warped with averaging: drawn twice as large, then halved."""
    factor = 2
    up = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1]])
    full = up @ np.vstack([matrix, [0, 0, 1]])
    large = cv2.warpAffine(image, full[:2], (size[0] * factor, size[1] * factor), borderValue=edge)
    return cv2.resize(large, size, interpolation=cv2.INTER_AREA)


def colour(rng: np.random.Generator) -> Array:
    kind = rng.random()
    if kind < 0.2:
        return np.full(3, rng.integers(225, 256), np.float32)
    if kind < 0.4:
        return np.full(3, rng.integers(0, 40), np.float32)
    return rng.integers(0, 256, 3).astype(np.float32)


def painted(mark: Array, look: str, ground: Array, rng: np.random.Generator) -> Array:
    """The mark's colours (height, width, 3) as the look has them. ground : the colour it is laid on"""
    own = mark[..., :3].astype(np.float32)
    if look == "mono":
        return np.broadcast_to(colour(rng), own.shape)
    if look == "inverted":
        return 255 - own
    if look == "recolour":
        return (own @ rng.normal(0, 0.6, (3, 3)).astype(np.float32) + rng.uniform(0, 255, 3)).clip(0, 255)
    if look == "embroidery":
        base = own if rng.random() < 0.6 else np.broadcast_to(colour(rng), own.shape)
        return (base + stitches(own.shape, rng)[..., None]).clip(0, 255)
    if look == "lowcontrast":
        away = rng.normal(0, 1, 3)
        step = rng.uniform(22, 70) * away / (np.abs(away).max() + 1e-6)
        grey = (own.mean(2, keepdims=True) - own.mean()) / (own.std() + 20)
        return (ground + step * (1 + 0.35 * grey)).clip(0, 255).astype(np.float32)
    return own


def stitches(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Threads: stripes with noise, in grey levels."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    angle, pitch = rng.uniform(0, np.pi), rng.uniform(5, 12)
    wave = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 2 * np.pi / pitch)
    return (rng.uniform(10, 40) * wave + rng.normal(0, rng.uniform(2, 14), shape[:2])).astype(np.float32)


def scene(mark: Array, photos: list[Array], loose: Loose | Astray, turn: float, rng: np.random.Generator) -> Array:
    """A window (WINDOW, WINDOW, 3) on a photo that carries the mark in its middle, turned, more or less."""
    pixels = float(np.exp(rng.uniform(np.log(38), np.log(250))))  # of the longer side in the listing's photo
    shrink = length(mark.shape[1] / mark.shape[0]) / pixels
    detail = 1 if shrink > 0.9 else 2
    side = WINDOW * detail
    zoom = rng.uniform(1.2, 2.0) * shrink * detail
    image = background(photos, zoom, side, rng)
    matrix = placed(mark, loose, turn, detail, rng)
    look = str(rng.choice(LOOKS))
    sheet, alpha = sheet_of(mark, look, image, rng)
    image = pasted(image, sheet, alpha, matrix, rng)
    if rng.random() < 0.3:
        image = occluded(image, photos, detail, rng)
    return finished(image, shrink * detail, rng)


def background(photos: list[Array], zoom: float, side: int, rng: np.random.Generator) -> Array:
    photo = photos[rng.integers(len(photos))]
    height, width = photo.shape[:2]
    corner = [rng.uniform(-0.1 * n, max(0.1, 1.1 * n - side / zoom)) for n in (width, height)]
    flip = rng.random() < 0.5
    matrix = np.array([[-zoom if flip else zoom, 0, 0], [0, zoom, -zoom * corner[1]]], np.float32)
    matrix[0, 2] = zoom * (width - 1 - corner[0]) if flip else -zoom * corner[0]
    return cv2.warpAffine(photo, matrix, (side, side), borderMode=cv2.BORDER_REFLECT).astype(np.float32)


def placed(mark: Array, loose: Loose | Astray, turned: float, detail: int, rng: np.random.Generator) -> Array:
    """The map (3, 3) from the mark to the window, turned, in perspective, and off its place."""
    height, width = mark.shape[:2]
    middle = (WINDOW - 1) / 2
    turn = np.radians(turned + rng.uniform(-loose.turn, loose.turn))
    shift, larger = off(loose, rng)
    size = np.exp(larger) * length(width / height) / max(height, width)
    squeeze = np.exp(rng.normal(0, 0.08))
    skew = rng.normal(0, 0.06)
    linear = (
        np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        @ np.array([[squeeze, skew], [0, 1 / squeeze]])
        * size
    )
    flat = np.eye(3)
    flat[:2, :2] = linear
    tilt = np.eye(3)
    tilt[2, :2] = rng.normal(0, 0.0012, 2)
    home, away, large = np.eye(3), np.eye(3), np.diag([detail, detail, 1.0])
    home[:2, 2] = -(width - 1) / 2, -(height - 1) / 2
    away[:2, 2] = middle + shift
    return large @ away @ tilt @ flat @ home


def off(loose: Loose | Astray, rng: np.random.Generator) -> tuple[Array, float]:
    """px off the middle, and the logarithm of how much too large."""
    if isinstance(loose, Loose):
        return rng.uniform(-loose.shift, loose.shift, 2), float(rng.uniform(-loose.scale, loose.scale))
    if rng.random() < 0.25:
        return rng.uniform(-5, 5, 2), float(rng.choice([-1, 1]) * rng.uniform(*loose.scale))
    way = rng.uniform(0, 2 * np.pi)
    return rng.uniform(*loose.shift) * np.array([np.cos(way), np.sin(way)]), float(rng.uniform(-0.3, 0.3))


def sheet_of(mark: Array, look: str, image: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Colours and opacity of what is laid on the photo: the mark alone, or the mark on its plate (with a margin)."""
    plate = rng.random() < (0.75 if look == "inverted" else 0.45)
    pad = round(max(mark.shape[:2]) * rng.uniform(0.06, 0.25)) if plate else 2
    mark = cv2.copyMakeBorder(mark, pad, pad, pad, pad, cv2.BORDER_CONSTANT)
    alpha = mark[..., 3:].astype(np.float32) / 255
    ground = plate_colour(look, rng) if plate else image.reshape(-1, 3).mean(0)
    ink = painted(mark, look, ground, rng)
    if not plate:
        return ink, alpha
    if look != "lowcontrast" and np.abs(ink[alpha[..., 0] > 0.5].mean(0) - ground).max() < 90:
        ground = 255 - ground if np.abs(ground - 128).max() > 40 else np.full(3, 255.0)
    return ink * alpha + ground * (1 - alpha), np.ones_like(alpha)


def plate_colour(look: str, rng: np.random.Generator) -> Array:
    if look == "inverted" and rng.random() < 0.5:
        return np.zeros(3, np.float32)
    return np.full(3, 255, np.float32) if rng.random() < 0.4 else colour(rng)


def pasted(image: Array, sheet: Array, alpha: Array, matrix: Array, rng: np.random.Generator) -> Array:
    side = image.shape[0]
    pad = (sheet.shape[0], sheet.shape[1])
    home = np.eye(3)
    home[:2, 2] = 0, 0
    both = np.dstack([sheet * alpha, alpha]).astype(np.float32)
    factor = 2 if side <= WINDOW else 1
    up = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1]])
    if max(pad) > 2 * side * factor / 2:
        both = cv2.resize(both, (max(2, pad[1] // 2), max(2, pad[0] // 2)), interpolation=cv2.INTER_AREA)
        home = np.array([[pad[1] / both.shape[1], 0, 0.5], [0, pad[0] / both.shape[0], 0.5], [0, 0, 1]])
    large = cv2.warpPerspective(both, up @ matrix @ home, (side * factor, side * factor))
    over = cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA) if factor > 1 else large
    strength = rng.uniform(0.85, 1.0)
    light = lighting(side, rng)
    return image * (1 - strength * over[..., 3:]) + strength * over[..., :3] * light


def lighting(side: int, rng: np.random.Generator) -> Array:
    """A soft light over what is laid on: folds and shade, as factors."""
    coarse = rng.normal(1, rng.uniform(0, 0.14), (4, 4)).astype(np.float32)
    return cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)[..., None].clip(0.4, 1.4)


def occluded(image: Array, photos: list[Array], detail: int, rng: np.random.Generator) -> Array:
    """Something of another photo, or a flat patch, over a part of the mark."""
    side = image.shape[0]
    size = [int(rng.uniform(0.12, 0.38) * LARGE[0] * detail) for _ in range(2)]
    left, top = (int(side / 2 + rng.uniform(-0.6, 0.4) * LARGE[0] * detail) for _ in range(2))
    rows, columns = slice(max(0, top), top + size[0]), slice(max(0, left), left + size[1])
    other = (
        background(photos, detail * 0.7, side, rng) if rng.random() < 0.6 else np.broadcast_to(colour(rng), image.shape)
    )
    image = image.copy()
    image[rows, columns] = other[rows, columns]
    return image


def finished(image: Array, scale: float, rng: np.random.Generator) -> Array:
    """Blur, noise, JPEG, then the window's own size. scale : px here for one of the listing's photo"""
    if rng.random() < 0.55:
        image = cv2.GaussianBlur(image, (0, 0), max(0.3, rng.uniform(0.4, 1.6) * scale))
    if rng.random() < 0.5:
        image = image + rng.uniform(1, 9) * rng.standard_normal(image.shape, np.float32)
    image = image.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        image = through_jpeg(image, int(rng.integers(35, 92)))
    if image.shape[0] != WINDOW:
        image = cv2.resize(image, (WINDOW, WINDOW), interpolation=cv2.INTER_AREA)
    return image


def through_jpeg(image: Array, quality: int) -> Array:
    _, coded = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])


def empty(photos: list[Array], rng: np.random.Generator) -> Array:
    """A window on a photo without any mark."""
    return finished(background(photos, float(np.exp(rng.uniform(np.log(0.25), np.log(2.0)))), WINDOW, rng), 1.0, rng)


def levelled(image: Array) -> Array:
    """Colours as they stand out from what is around; what the network is given, here and in `matchers/image`."""
    away = image.astype(np.float32)
    away = away - cv2.blur(away, (AROUND, AROUND))
    spread = cv2.blur(cv2.transform(away * away, np.full((1, 3), 1 / 3, np.float32)), (AROUND, AROUND))
    return away / (np.sqrt(np.maximum(spread, 0))[..., None] + QUIET)
