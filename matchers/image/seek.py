"""How a client's marks are looked for: few of them by their edges alone, many by the trained network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from matchers.image.arrays import Pixels
from matchers.image.artwork import Artwork, artwork, device_of
from matchers.image.cells import Level
from matchers.image.marks import Sighting, mark_model, sightings
from matchers.image.shapes import is_plain

# One pass of the network over a picture takes as long as looking for some forty marks by their edges.
FEW = 40


class Sized(Protocol):
    """A picture as marks are looked for in it: `geometry.halves`, and their `cells.levels_of`."""

    @property
    def halves(self) -> tuple[Pixels, ...]: ...
    @property
    def levels(self) -> list[Level]: ...


Seeker = Callable[[Sized], list[Sighting]]


def drawings_of(data: bytes) -> list[Artwork]:
    """What a mark is looked for by: its drawing, and the device of one with words beside it; no plain shapes.

    Empty when nothing is drawn, or nothing but plain shapes. Raises `PictureError`.
    """
    drawing = artwork(data)
    parts = [drawing, device_of(drawing)] if drawing else []
    return [part for part in parts if part is not None and not is_plain(part)]


def seeker(drawings: Sequence[Artwork], owners: Sequence[str]) -> Seeker:
    """Asks a picture for these drawings of the marks `owners`; a sighting names its drawing by the index."""
    if len(drawings) > FEW:
        from matchers.image.learned import bank_of, sightings_among  # noqa: PLC0415 # a runtime few marks do not need

        bank = bank_of(drawings, owners)
        return lambda look: sightings_among(bank, look.halves, look.levels)
    models = [mark_model(drawing) for drawing in drawings]
    return lambda look: sightings(models, look.halves, look.levels) if models else []
