"""Walls on demand: what a site puts in front of a crawler that it has had enough of."""

from __future__ import annotations

from typing import Literal, get_args

Wall = Literal["login", "captcha", "rate_limit", "error"]
WALLS: tuple[str, ...] = get_args(Wall)
Site = Literal["taobao", "tmall", "1688", "alibaba", "aliexpress"]


class Gate:
    """Stands open for the first `after` answers with data, then shows its wall (None: stands open for ever)."""

    def __init__(self, wall: Wall | None = None, after: int = 0) -> None:
        self.after = after
        self.set(wall)

    def set(self, wall: Wall | None) -> None:
        """Put up another wall; `after` is counted anew. Raises ValueError for one that there is not."""
        if wall is not None and wall not in WALLS:
            raise ValueError(f"wall must be one of {', '.join(WALLS)} or None, not {wall!r}")
        self.wall: Wall | None = wall
        self.passed = 0

    def standing(self) -> Wall | None:
        """The wall that a request meets now."""
        return self.wall if self.passed >= self.after else None

    def let_through(self) -> None:
        """An answer with data is on its way."""
        self.passed += 1
