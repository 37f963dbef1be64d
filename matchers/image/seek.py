"""How a client's marks are looked for: few of them by their edges alone, many by the trained network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matchers.image.artwork import Artwork
from matchers.image.looks import Look
from matchers.image.marks import Sighting, mark_model, sightings

# One pass of the network over a picture takes as long as looking for some forty marks by their edges.
FEW = 40

Seeker = Callable[[Look], list[Sighting]]


def seeker(drawings: Sequence[Artwork], owners: Sequence[str]) -> Seeker:
    """Asks a picture for these drawings of the marks `owners`; a sighting names its drawing by the index."""
    if len(drawings) > FEW:
        from matchers.image.learned import bank_of, sightings_among  # noqa: PLC0415 # a runtime few marks do not need

        bank = bank_of(drawings, owners)
        return lambda look: sightings_among(bank, look.halves, look.levels)
    models = [mark_model(drawing) for drawing in drawings]
    return lambda look: sightings(models, look.halves, look.levels) if models else []
