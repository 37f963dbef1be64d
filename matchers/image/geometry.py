"""Resizing, and affine maps as 2x3 float32 matrices from one picture's pixels to another's."""

from __future__ import annotations

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Pixels

Box = tuple[int, int, int, int]  # left, top, width, height


def fitted(image: Pixels, side: int, *, enlarge: bool = True) -> Pixels:
    """The picture with its longer side at `side` pixels."""
    height, width = image.shape[:2]
    scale = side / max(height, width)
    if scale >= 1 and not enlarge:
        return image
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # INTER_AREA averages all pixels when shrinking, which is what keeps a pattern from turning into another one
    return as_pixels(cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR))


def scaled(box: Box, scale: float) -> Box:
    """A box in pixels of a picture so many times as large."""
    left, top, width, height = (round(side * scale) for side in box)
    return left, top, width, height


def grey(image: Pixels) -> Pixels:
    return as_pixels(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def as_pixels(array: object) -> Pixels:
    return np.asarray(array, dtype=np.uint8)


def as_floats(array: object) -> Floats:
    return np.asarray(array, dtype=np.float32)


def scaling(source: tuple[int, ...], target: tuple[int, ...]) -> Floats:
    """The map from an image of shape `source` to the same image resized to shape `target`, pixel centres on centres."""
    x, y = target[1] / source[1], target[0] / source[0]
    return np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2]], np.float32)


def mirroring(shape: tuple[int, ...]) -> Floats:
    """The map from an image of this shape to its mirror image."""
    return np.array([[-1, 0, shape[1] - 1], [0, 1, 0]], np.float32)


def between(source: Box, target: Box) -> Floats:
    """The map that stretches one box onto another."""
    x, y = target[2] / source[2], target[3] / source[3]
    return np.array([[x, 0, target[0] - x * source[0]], [0, y, target[1] - y * source[1]]], np.float32)


def after(second: Floats, first: Floats) -> Floats:
    """First `first`, then `second`."""
    return as_floats((homogeneous(second) @ homogeneous(first))[:2])


def inverse(matrix: Floats) -> Floats:
    return as_floats(cv2.invertAffineTransform(matrix))


def homogeneous(matrix: Floats) -> Floats:
    return np.vstack([matrix, np.array([[0, 0, 1]], np.float32)])


def scale_of(matrix: Floats) -> float:
    """By how much the map enlarges lengths, on average."""
    return float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))


def is_sane(matrix: Floats, *, stretch: float, smallest: float, largest: float) -> bool:
    """No fold, no extreme size, and no axis stretched more than `stretch` times as much as the other."""
    if not np.all(np.isfinite(matrix)):
        return False
    long, short = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return bool(short > 1e-6 and long / short <= stretch and smallest <= scale_of(matrix) <= largest)


def halves(image: Pixels) -> tuple[Pixels, ...]:
    """The picture, half of it, a quarter, and so on, down to some 64 pixels."""
    levels = [image]
    while min(levels[-1].shape[:2]) >= 128:
        height, width = levels[-1].shape[:2]
        levels.append(as_pixels(cv2.resize(levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)))
    return tuple(levels)


def pulled(levels: tuple[Pixels, ...], matrix: Floats, shape: tuple[int, ...]) -> Pixels:
    """What a picture, given as its `halves`, shows at each pixel of a frame; `matrix` maps the frame to the picture.

    It is taken from the level of about the frame's own detail: every tenth pixel of a fabric shows another fabric.
    """
    depth = round(float(np.log2(max(1.0, scale_of(matrix)))))
    image = levels[min(depth, len(levels) - 1)]
    matrix = after(scaling(levels[0].shape, image.shape), matrix)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return as_pixels(cv2.warpAffine(image, matrix, (shape[1], shape[0]), flags=flags, borderMode=cv2.BORDER_REPLICATE))


def laid(picture: tuple[int, ...], matrix: Floats, frame: tuple[int, ...]) -> Bools:
    """Which pixels of a frame lie in a picture; `matrix` maps the frame to the picture."""
    ones = np.ones(picture[:2], np.uint8)
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ones, matrix, (frame[1], frame[0]), flags=flags), np.bool_)


def outline_box(matrix: Floats, frame: tuple[int, ...], picture: tuple[int, ...]) -> Box:
    """The upright box in `picture` around where a frame of that shape lands."""
    height, width = frame[:2]
    corners = np.array([[0, 0, 1], [width - 1, 0, 1], [0, height - 1, 1], [width - 1, height - 1, 1]], np.float32)
    points = corners @ matrix.T
    left, top = np.floor(points.min(0)).clip(0, [picture[1] - 1, picture[0] - 1]).astype(int)
    right, bottom = np.ceil(points.max(0) + 1).clip(1, [picture[1], picture[0]]).astype(int)
    return int(left), int(top), max(1, int(right - left)), max(1, int(bottom - top))
