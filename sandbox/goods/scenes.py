"""Where goods are photographed: backgrounds, shadows, lenses, and the words sellers stick on top.

A scene is float32 (height, width, 3), RGB, 0..1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sandbox.goods.ink import SIDE, Colour, Pixels, blurred, font
from sandbox.goods.sprites import Sprite

VIEW = 480  # pixels of a listing's picture: small, as the demo must stay small, yet more than the sites' thumbnails


@dataclass(frozen=True, slots=True)
class Pose:
    """How an article stands in the picture: centre and size as shares, turn in degrees, lean is perspective."""

    x: float = 0.5
    y: float = 0.5
    size: float = 0.78
    turn: float = 0.0
    lean: float = 0.0
    mirror: bool = False


def _grid() -> tuple[Pixels, Pixels]:
    steps = np.arange(VIEW, dtype=np.float32) / VIEW
    return np.tile(steps, (VIEW, 1)), np.repeat(steps[:, None], VIEW, axis=1)


def _coloured(light: NDArray[np.floating], colour: Colour) -> Pixels:
    return np.clip(light[..., None] * np.array(colour, np.float32) / 255, 0, 1).astype(np.float32)


def studio(colour: Colour, rng: np.random.Generator) -> Pixels:
    """Paper, brighter around the article."""
    x, y = _grid()
    centre_x, centre_y = float(rng.uniform(0.35, 0.65)), float(rng.uniform(0.35, 0.6))
    return _coloured(1.04 - 0.22 * ((x - centre_x) ** 2 + (y - centre_y) ** 2), colour)


def white(colour: Colour, rng: np.random.Generator) -> Pixels:
    """Nearly pure white, as marketplaces ask of the first picture."""
    return np.full((VIEW, VIEW, 3), float(rng.uniform(0.965, 1.0)), np.float32)


def table(colour: Colour, rng: np.random.Generator) -> Pixels:
    """Boards of wood before a plain wall."""
    x, y = _grid()
    edge = float(rng.uniform(0.5, 0.68))
    rings = blurred(rng.normal(0, 1, (VIEW, VIEW)).astype(np.float32), 0.003)
    rings = cv2.resize(rings[:, : VIEW // 8], (VIEW, VIEW)).astype(np.float32)
    boards = 0.9 + 1.2 * rings * 0.2 - 0.25 * (np.abs(((y - edge) * 6 + 0.03) % 1 - 0.5) > 0.47)
    wood = _coloured(boards * (0.8 + 0.35 * y), (178, 136, 96))
    wall = _coloured(1.0 - 0.15 * np.abs(x - 0.4), colour)
    return np.where((y > edge)[..., None], wood, wall)


def outdoors(colour: Colour, rng: np.random.Generator) -> Pixels:
    """Grass, trees and sky, out of focus."""
    _, y = _grid()
    scene = np.where(
        (y < 0.55)[..., None], _coloured(1.1 - 0.3 * y, (176, 208, 236)), _coloured(1.05 - 0.3 * y, (126, 152, 88))
    )
    scene = scene.astype(np.float32)
    for _ in range(26):
        at = (int(rng.uniform(0, VIEW)), int(rng.uniform(0.25, 0.6) * VIEW))
        green = [float(v) for v in np.array([70, 110, 60]) / 255 * rng.uniform(0.6, 1.4)]
        cv2.circle(scene, at, int(rng.uniform(0.04, 0.13) * VIEW), green, -1)
    return np.clip(blurred(scene, 0.03), 0, 1)


def cloth(colour: Colour, rng: np.random.Generator) -> Pixels:
    """A sheet with soft folds."""
    x, y = _grid()
    angle, folds = rng.uniform(0.3, 1.2), np.zeros((VIEW, VIEW), np.float32)
    for wave in (5.0, 9.0, 17.0):
        folds += (np.sin((x * np.cos(angle) + y * np.sin(angle)) * wave + rng.uniform(0, 6)) / wave).astype(np.float32)
    threads = blurred(rng.normal(0, 1, (VIEW, VIEW)).astype(np.float32), 0.0015)
    return _coloured(0.95 + 0.45 * folds + 0.03 * threads, colour)


def stone(colour: Colour, rng: np.random.Generator) -> Pixels:
    """Marble with veins."""
    cloud = blurred(rng.normal(0, 1, (VIEW, VIEW)).astype(np.float32), 0.07)
    crack = blurred(rng.normal(0, 1, (VIEW, VIEW)).astype(np.float32), 0.02)
    veins = np.abs(cloud / cloud.std() + 0.35 * crack / crack.std())
    return _coloured(0.98 - 0.16 * np.exp(-((veins * 4) ** 2)) + 0.03 * cloud / cloud.std(), colour)


def shelf(colour: Colour, rng: np.random.Generator) -> Pixels:
    """A room's corner: wall, board, a few boxes and books behind."""
    x, y = _grid()
    scene = _coloured(1.0 - 0.25 * x, colour).astype(np.float32)
    floor = int(VIEW * rng.uniform(0.72, 0.8))
    for _ in range(9):
        left, width, height = (int(VIEW * rng.uniform(*r)) for r in ((0, 0.95), (0.04, 0.16), (0.15, 0.5)))
        tone = [float(v) for v in rng.uniform(0.35, 0.85, 3)]
        cv2.rectangle(scene, (left, floor - height), (left + width, floor), tone, -1)
    scene = blurred(scene, 0.012)
    scene[floor:] = _coloured(0.85 + 0.2 * y, (206, 190, 168))[floor:]
    return np.clip(scene, 0, 1)


BACKGROUNDS: dict[str, Callable[[Colour, np.random.Generator], Pixels]] = {
    f.__name__: f for f in (studio, white, table, outdoors, cloth, stone, shelf)
}


def _lay(pose: Pose) -> Pixels:
    """The matrix (3, 3) that brings a sheet's pixels into the picture."""
    lean, half = pose.lean, pose.size * VIEW / 2
    corners = np.array([(-1 - lean, -1), (1 - lean, -1 + lean), (1 + lean, 1), (-1 + lean, 1 - lean)])
    if pose.mirror:
        corners = corners[[1, 0, 3, 2]]
    a = np.radians(pose.turn)
    turned = corners @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) * half
    goal = (turned + np.array([pose.x, pose.y]) * VIEW).astype(np.float32)
    corner_of_sheet = np.array([(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)], np.float32)
    return cv2.getPerspectiveTransform(corner_of_sheet, goal).astype(np.float32)


def place(scene: Pixels, sprite: Sprite, pose: Pose, shadow: float = 0.45) -> Pixels:
    """The scene with the article in it, and its shadow to the lower right."""
    pixels = sprite.pixels.copy()
    pixels[..., :3] *= pixels[..., 3:]
    soft_edges = blurred(pixels, 0.001)
    laid = cv2.warpPerspective(soft_edges, _lay(pose), (VIEW, VIEW), flags=cv2.INTER_AREA).astype(np.float32)
    alpha = np.clip(laid[..., 3], 0, 1)
    lit = scene
    for shift, soft, share in ((0.012, 0.008, 0.5), (0.035, 0.03, 0.5)):
        move = np.array([[1, 0, shift * VIEW], [0, 1, shift * VIEW * 0.8]], np.float32)
        dark = blurred(cv2.warpAffine(alpha, move, (VIEW, VIEW)).astype(np.float32), soft)
        lit = (lit * (1 - shadow * share * dark[..., None])).astype(np.float32)
    whole: Pixels = np.clip(laid[..., :3] + lit * (1 - alpha[..., None]), 0, 1)
    return whole


def developed(scene: Pixels, rng: np.random.Generator, quality: float = 1.0) -> Image.Image:
    """The scene as a camera gives it: warmth, exposure, dark corners, noise; `quality` below 1 is a poor telephone."""
    x, y = _grid()
    warmth = 1 + np.array([1, 0.2, -1], np.float32) * float(rng.normal(0, 0.015 / quality))
    corners = 1 - 0.12 / quality * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    seen = (scene * warmth * float(rng.normal(1.0, 0.03)) * corners[..., None]).astype(np.float32)
    if quality < 1:
        seen = blurred(seen, 0.0012 / quality)
    noisy = seen + rng.normal(0, 0.006 / quality, scene.shape)
    return Image.fromarray((np.clip(noisy, 0, 1) * 255).astype(np.uint8))


def badge(image: Image.Image, text: str, colour: Colour, corner: int) -> Image.Image:
    """A sticker with a few words: 0 a band at the foot, 1 to 4 a plate in a corner (clockwise from the top left)."""
    image = image.copy()
    pen = ImageDraw.Draw(image)
    size = image.width // (16 if corner else 14)
    type_ = font(size)
    width, height = round(type_.getlength(text)) + size, round(size * 1.7)
    left = 0 if corner in (0, 1, 4) else image.width - width
    top = 0 if corner in (1, 2) else image.height - height
    pen.rectangle([left, top, image.width if corner == 0 else left + width, top + height], fill=colour)
    start = (image.width - width) // 2 if corner == 0 else left
    pen.text((start + size // 2, top + height * 0.08), text, font=type_, fill=(255, 255, 255))
    return image
