"""A second look for text: where only the colour changes and not the brightness, and at what was read badly.

Thread on cloth of its own brightness, pale print on a shaded ground: to a network that learnt from print there is
nothing. With the two colour channels (Lab) in place of red, green and blue, each stretched to its full range, there is.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from matchers.image.arrays import Pixels
from matchers.image.geometry import as_pixels
from matchers.image.reading import Line, read
from matchers.image.textlines import Region, regions

SIDE = 480  # px that the network sees
TEXT = 0.1  # likelihood of a pixel: colour alone convinces the network less
GRID = 6  # fields a side, each stretched by itself
CLIP = 4.0  # how far noise in an even field may be stretched
BADLY = 0.85  # confidence under which a line may be upside down, or cut
TURNS = (2, 1, 3)  # quarter turns, the likeliest first
MOST_TURNED = 6  # lines


def second_look(image: Pixels, before: Sequence[Line]) -> list[Line]:
    """Lines that the first look did not find or read. before : what it read"""
    coloured = colours(image)
    found = regions(coloured, SIDE, text=TEXT)
    return [*read(image, found), *read(coloured, found), *turned(image, before)]


def colours(image: Pixels) -> Pixels:
    """The two colour channels of Lab and their mean, each stretched."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    stretch = cv2.createCLAHE(CLIP, (GRID, GRID))
    across, along = (stretch.apply(full_range(as_pixels(lab[..., place]))) for place in (1, 2))
    return as_pixels(cv2.merge([cv2.addWeighted(across, 0.5, along, 0.5, 0), along, across]))


def full_range(channel: Pixels) -> Pixels:
    least, most = int(channel.min()), int(channel.max())
    return as_pixels((channel.astype(np.float32) - least) * (255 / max(1, most - least)))


def turned(image: Pixels, before: Sequence[Line]) -> list[Line]:
    """What was read badly, read in the other three directions, as far as that reads better."""
    badly = [one for one in before if one.confidence < BADLY][:MOST_TURNED]
    places = [Region(one.corners, one.likelihood) for one in badly]
    again = [one for turn in TURNS for one in read(image, places, turn=turn)]
    return [one for one in again if one.confidence >= BADLY]
