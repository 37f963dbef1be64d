"""What an operator wants asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A rescoring that is wanted. titles_only : what was found in pictures is used as it is stored"""

    client_id: int
    since: datetime | None = None
    titles_only: bool = False
    processes: int = 1
