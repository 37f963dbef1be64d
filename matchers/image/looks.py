"""What is measured of a picture before any client is thought of; shared, since several clients ask of one picture."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO

from PIL import Image

from matchers.image.arrays import Pixels
from matchers.image.cells import Level, levels_of
from matchers.image.decode import decode
from matchers.image.geometry import fitted, scaled
from matchers.image.guesses import Asked, asked
from matchers.image.hidden import SEEN_AT as HIDDEN_AT
from matchers.image.hidden import Patch, patches
from matchers.image.readings import Reading
from matchers.types import Picture

SEEN_AT = 1024  # px of the longer side; what is smaller than 8 % of that is not looked for
KEPT = 16  # looks at hand, some 3 MB each: clients ask of a picture one after another


@dataclass(frozen=True)
class Look:
    """asked : what copies are looked for by; scale : pixels of the file for one of `asked.levels[0]`"""

    asked: Asked
    scale: float

    @property
    def halves(self) -> tuple[Pixels, ...]:
        """The picture and its reductions."""
        return self.asked.levels

    @cached_property
    def levels(self) -> list[Level]:
        """What marks are looked for by; measured when the first mark is."""
        return levels_of(self.halves)

    @cached_property
    def patches(self) -> list[Patch]:
        """What was made unrecognisable."""
        image = fitted(self.halves[0], HIDDEN_AT, enlarge=False)
        scale = max(self.halves[0].shape[:2]) / max(image.shape[:2])
        return [replace(one, box=scaled(one.box, scale)) for one in patches(image)]

    @cached_property
    def reading(self) -> Reading:
        """What words are looked for by; read when the first name is asked for."""
        return Reading(self.halves[0])


_looks: OrderedDict[tuple[str, int], Look] = OrderedDict()
_lock = threading.Lock()


def look_at(picture: Picture) -> Look:
    """Measure a picture, or take what was measured a moment ago. Raises `PictureError`."""
    key = picture.key, hash(picture.data)
    with _lock:
        known = _looks.get(key)
    if known is None:
        image = decode(picture.data, side=SEEN_AT)
        known = Look(asked(image), longer_side(picture.data) / max(image.shape[:2]))
        with _lock:
            _looks[key] = known
            while len(_looks) > KEPT:
                _looks.popitem(last=False)
    return known


def longer_side(data: bytes) -> int:
    """As the file has it; turning does not change it."""
    with Image.open(BytesIO(data)) as image:
        return max(image.size)
