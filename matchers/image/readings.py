"""All that is read in one picture, each look made once, however many clients ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from matchers.image.arrays import Pixels
from matchers.image.geometry import fitted
from matchers.image.reading import Line, read
from matchers.image.secondlook import second_look
from matchers.image.textlines import regions

FIRST_SIDE = 480  # px that the network sees of a picture's longer side: 0.17 s; at 736 it takes 0.4 s and finds no more

READ_AT = 1024  # px of the longer side


@dataclass(frozen=True)
class Reading:
    """picture : RGB"""

    picture: Pixels

    @cached_property
    def image(self) -> Pixels:
        """The picture at the size it is read at."""
        return fitted(self.picture, READ_AT, enlarge=False)

    @property
    def scale(self) -> float:
        """Pixels of the picture for one that was read."""
        return float(max(self.picture.shape[:2]) / max(self.image.shape[:2]))

    @cached_property
    def first(self) -> list[Line]:
        """What a look at the whole picture reads."""
        return read(self.image, regions(self.image, FIRST_SIDE))

    @cached_property
    def second(self) -> list[Line]:
        """What a second look reads beside that."""
        return second_look(self.image, self.first)
