"""Parts of a picture under a patch of one colour: a bar, a disc, the face of an emoji.

Goods are lit from somewhere and photographed with grain; what was laid over the photo afterwards is of one colour from
edge to edge, has an edge all around, and one of the few shapes that such patches have.
"""

from __future__ import annotations

import cv2
import numpy as np

from matchers.image.arrays import Bools, Pixels
from matchers.image.geometry import Box
from matchers.image.smears import drawn_shape

EVEN = 5  # levels between neighbours within one colour; JPEG leaves some
SMALLEST, LARGEST = 0.004, 0.1  # of the picture
ONE_COLOUR = 2.5  # levels (standard deviation, in the worst channel)
HOLES = 0.4  # of the patch: eyes and mouth, and what JPEG blurs at its edge; a price label has more on it
EDGE = 25  # levels that the surroundings must differ by
AROUND = 0.9  # of the outline
RING = 4  # px from the patch at which its surroundings are looked at
MARGIN = 24  # px of surroundings that are cut out with it
MOST = 50  # patches that are looked at, largest first


def stickers(image: Pixels) -> list[Box]:
    """The patches of one colour in a picture (RGB)."""
    spread = cv2.dilate(image, np.ones((3, 3), np.uint8)).astype(np.int16) - cv2.erode(image, np.ones((3, 3), np.uint8))
    even = (spread.max(2) <= EVEN).astype(np.uint8)
    count, parts, stats, _ = cv2.connectedComponentsWithStats(even, connectivity=4)
    area = image.shape[0] * image.shape[1]
    sized = [part for part in range(1, count) if SMALLEST <= stats[part, cv2.CC_STAT_AREA] / area <= LARGEST]
    sized.sort(key=lambda part: -stats[part, cv2.CC_STAT_AREA])
    found = []
    for part in sized[:MOST]:
        left, top, width, height, _ = (int(v) for v in stats[part])
        margin = MARGIN
        if min(left, top) < margin or left + width + margin > image.shape[1] or top + height + margin > image.shape[0]:
            continue
        cut = slice(top - margin, top + height + margin), slice(left - margin, left + width + margin)
        if is_sticker(image[cut], np.asarray(parts[cut] == part, np.bool_)):
            found.append((left, top, width, height))
    return found


def is_sticker(image: Pixels, inside: Bools) -> bool:
    """Whether an even part is of one colour and a drawn shape, with an edge all around."""
    whole = filled(same_colour(image, inside))
    if inside.sum() < (1 - HOLES) * whole.sum() or not drawn_shape(whole):
        return False
    if float(image[inside].std(axis=0).max()) > ONE_COLOUR:
        return False
    near, wide = (
        cv2.dilate(whole.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
        for reach in (RING - 1, RING)
    )
    ring = (wide > 0) & (near == 0)
    apart = np.abs(image[ring].astype(np.int16) - np.median(image[inside], axis=0)).max(1)
    return float((apart > EDGE).mean()) >= AROUND


def same_colour(image: Pixels, inside: Bools) -> Bools:
    """All around a part that is of its colour: near an edge JPEG makes an even colour uneven."""
    apart = np.abs(image.astype(np.int16) - np.median(image[inside], axis=0)).max(2)
    smooth = cv2.morphologyEx((apart <= EDGE).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, parts = cv2.connectedComponents(smooth)
    own = np.bincount(parts[inside & (smooth > 0)], minlength=1)
    return np.asarray((parts == own.argmax()) & (smooth > 0), np.bool_)


def filled(inside: Bools) -> Bools:
    """A part without its holes."""
    outlines, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    sheet = np.zeros(inside.shape, np.uint8)
    cv2.drawContours(sheet, outlines, -1, 1, cv2.FILLED)
    return np.asarray(sheet > 0, np.bool_)
