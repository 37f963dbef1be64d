"""One article, cut out, with the places where a mark can stand on it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from sandbox.goods.ink import SIDE, Colour, Pixels, blurred, tinted


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a mark: centre and width as shares of the sheet, tilt in degrees clockwise, squeeze in width."""

    x: float
    y: float
    width: float
    tilt: float = 0.0
    squeeze: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """An article on a transparent sheet."""

    pixels: Pixels
    spot: Spot


@dataclass(frozen=True, slots=True)
class Dress:
    """The colours an article is made in: body, second, sole or trim."""

    body: Colour
    second: Colour
    trim: Colour


def dressed(body: Colour, second: Colour | None = None, trim: Colour = (236, 234, 228)) -> Dress:
    """A dress whose second colour is a darker body where none is given."""
    return Dress(body, second or tinted(body, -0.35), trim)


def _corners(spot: Spot, height: float, skew: float) -> Pixels:
    """Where the mark's four corners come to lie, in pixels; `skew` is the perspective, about -0.2 to 0.2."""
    w, h = spot.width * spot.squeeze / 2, height / 2
    flat = np.array([(-w, -h * (1 + skew)), (w, -h * (1 - skew)), (w, h * (1 - skew)), (-w, h * (1 + skew))])
    a = np.radians(spot.tilt)
    turned = flat @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    corners: Pixels = ((turned + np.array([spot.x, spot.y])) * SIDE).astype(np.float32)
    return corners


def stamped(
    sprite: Sprite, mark: Image.Image, *, scale: float = 1.0, skew: float = 0.0, opacity: float = 0.96
) -> Sprite:
    """The article with a mark on its spot, kept inside the article and lit as its surface is."""
    spot = Spot(sprite.spot.x, sprite.spot.y, sprite.spot.width * scale, sprite.spot.tilt, sprite.spot.squeeze)
    height = spot.width * mark.height / mark.width
    source = np.array([(0, 0), (mark.width, 0), (mark.width, mark.height), (0, mark.height)], np.float32)
    lay = cv2.getPerspectiveTransform(source, _corners(spot, height, skew))
    pixels = np.asarray(mark.convert("RGBA"), np.float32) / 255
    pixels[..., :3] *= pixels[..., 3:]
    shrink = max(1.0, mark.width / (spot.width * SIDE))
    laid = cv2.warpPerspective(cv2.GaussianBlur(pixels, (0, 0), 0.35 * shrink), lay, (SIDE, SIDE))
    return Sprite(_over(sprite.pixels, laid.astype(np.float32) * opacity), sprite.spot)


def _over(base: Pixels, mark: Pixels) -> Pixels:
    brightness = base[..., :3].mean(axis=2)
    light = np.clip(blurred(brightness, 0.004) / np.maximum(blurred(brightness, 0.08), 0.05), 0.75, 1.25)[..., None]
    alpha = mark[..., 3:] * (base[..., 3:] > 0.5)
    out = base.copy()
    out[..., :3] = np.clip(mark[..., :3] * light * (base[..., 3:] > 0.5) + base[..., :3] * (1 - alpha), 0, 1)
    return out
