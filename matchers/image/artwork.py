"""The image of a registered mark, made ready for searching: trimmed, on its own background, its colours numbered."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from matchers.image.arrays import Bools, Floats, Ints, Pixels
from matchers.image.decode import flat, load
from matchers.image.geometry import as_floats, as_pixels, fitted
from matchers.image.vector import is_vector, rasterised

DRAWN_AT = 256  # px of the longer side; a mark is searched at a quarter of that
INK = 40  # levels from the background in some channel; JPEG ringing of a scanned mark stays under it
MOST_COLOURS = 3  # beside the background; a fourth shade of a mark is a nuance
SAME_COLOUR = 12.0  # levels of spread within a colour that is one
GAP = 0.03  # of the longer side: an empty band that wide parts a device from the words beside it
LIGHT = 235  # a mark drawn in this or lighter on nothing was drawn for dark paper
NUANCE = 25.0  # levels; colours of a mark that spread less are one in any print
SOLID = 128  # of 255: a pixel that covers what is under it by half


@dataclass(frozen=True, slots=True)
class Artwork:
    """image : RGB, trimmed to the ink; labels : (height, width), 0 where the background shows, else a colour's number;
    background : the colour around the ink
    """

    image: Pixels
    labels: Ints
    background: tuple[int, int, int]


def artwork(data: bytes) -> Artwork | None:
    """The mark of a picture's bytes; None when nothing is drawn on it. Raises `PictureError`, as `decode` does."""
    picture = rasterised(data, 2 * DRAWN_AT) if is_vector(data) else load(data, side=2 * DRAWN_AT)
    image = fitted(on_paper(picture), 2 * DRAWN_AT, enlarge=False)
    background = edge_colour(image)
    inked = ink_of(image, background)
    if inked.sum() < 50:  # some dust on an empty sheet
        return None
    return labelled(cut(image, inked), background)


def on_paper(image: Image.Image) -> Pixels:
    """Marks drawn in white on nothing are laid on black, others on white."""
    if image.mode != "RGBA":
        return np.asarray(image)
    pixels = np.asarray(image)
    covering = pixels[..., 3] > SOLID
    light = bool(covering.any()) and float(pixels[covering][:, :3].mean()) > LIGHT
    return np.asarray(flat(image, (0, 0, 0) if light else (255, 255, 255)))


def edge_colour(image: Pixels) -> tuple[int, int, int]:
    """The median colour along the four edges."""
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    red, green, blue = np.median(edge, axis=0).astype(int)
    return int(red), int(green), int(blue)


def ink_of(image: Pixels, background: tuple[int, int, int]) -> Bools:
    return np.asarray(np.abs(image.astype(np.int16) - background).max(2) > INK, np.bool_)


def cut(image: Pixels, inked: Bools) -> Pixels:
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def labelled(image: Pixels, background: tuple[int, int, int]) -> Artwork:
    image = fitted(image, DRAWN_AT, enlarge=False)
    inked = ink_of(image, background)
    labels = np.zeros(image.shape[:2], np.int64)
    if inked.any():
        labels[inked] = 1 + colours_of(image[inked].astype(np.float32))
    return Artwork(image, labels, background)


def colours_of(pixels: Floats) -> Ints:
    """The number of each pixel's colour: as few colours as the spread within them allows."""
    numbers = np.zeros(len(pixels), np.int64)
    for count in range(1, 1 + min(MOST_COLOURS, len(np.unique(pixels // 16, axis=0)))):
        cv2.setRNGSeed(0)  # OpenCV's clustering draws its starts at random
        criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.5)
        spread, found, _ = cv2.kmeans(pixels, count, np.zeros((0, 1), np.int32), criteria, 2, cv2.KMEANS_PP_CENTERS)
        numbers = np.asarray(found[:, 0], np.int64)
        if spread / len(pixels) < SAME_COLOUR**2:
            break
    return numbers


def device_of(mark: Artwork) -> Artwork | None:
    """The figure of a combined mark without the words beside or under it; None when no empty band parts them."""
    inked = mark.labels > 0
    for axis in (1, 0):
        parts = bands(np.asarray(inked.any(axis), np.bool_))
        if len(parts) != 2:
            continue
        start, stop = max(parts, key=lambda part: part[1] - part[0])
        piece = mark.image[start:stop] if axis == 1 else mark.image[:, start:stop]
        kept = ink_of(piece, mark.background)
        if kept.any():
            return labelled(cut(piece, kept), mark.background)
    return None


def silhouette(mark: Artwork) -> Artwork | None:
    """The mark as it is printed or stitched in one colour; None for a mark that has only one."""
    inked = mark.labels > 0
    within = cv2.erode(inked.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0  # edges are drawn in shades between
    if not within.any() or float(mark.image[within].std(0).max()) < NUANCE:
        return None
    image = np.where(inked[..., None], np.uint8(0), np.uint8(255)) * np.ones(3, np.uint8)
    return Artwork(image, inked.astype(np.int64), (255, 255, 255))


def bands(filled: Bools) -> list[tuple[int, int]]:
    """Stretches of ink along one axis, where gaps narrower than `GAP` do not count."""
    places = np.flatnonzero(filled)
    breaks = np.flatnonzero(np.diff(places) > max(2, GAP * len(filled)))
    starts, stops = np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(places) - 1]])
    return [(int(places[a]), int(places[b]) + 1) for a, b in zip(starts, stops, strict=True)]


def layers(mark: Artwork, side: int, margin: int) -> Floats:
    """How much of each pixel belongs to each label: (height, width, labels), the mark's longer side is `side`."""
    height, width = mark.labels.shape
    scale = side / max(height, width)
    size = max(6, round(width * scale)), max(6, round(height * scale))
    sheets = []
    for number in range(int(mark.labels.max()) + 1):
        part = cv2.resize(as_floats(mark.labels == number), size, interpolation=cv2.INTER_AREA)
        edge = 1.0 if number == 0 else 0.0
        sheets.append(cv2.copyMakeBorder(part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=edge))
    return as_floats(np.dstack(sheets))


def drawn(mark: Artwork, side: int, margin: int) -> Pixels:
    """The mark with its longer side at `side` pixels and `margin` pixels of its background around it."""
    height, width = mark.image.shape[:2]
    scale = side / max(height, width)
    size = max(6, round(width * scale)), max(6, round(height * scale))
    image = cv2.resize(mark.image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    edge = mark.background
    return as_pixels(cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=edge))
