"""What was planted against what was found; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA_VERSION = 1
Key = tuple[str, str]


@dataclass(frozen=True)
class Planted:
    """A listing that is known to be a counterfeit.

    clients : those that have a right of the id it infringes (an id is unique once a client); None: any client's
    """

    key: Key
    clients: frozenset[str] | None


@dataclass(frozen=True)
class Comparison:
    """Counts and ids (`idspace:item_id`) of a demo.

    planted : label counterfeit; reachable : planted, and some answer that was read showed it
    found : flagged against a right of a client that has the right it infringes; missed : reachable and not found
    wrong : any other listing that was flagged
    """

    planted: int
    reachable: int
    found: int
    missed: int
    wrong: int
    found_ids: tuple[str, ...]
    missed_ids: tuple[str, ...]
    unreachable_ids: tuple[str, ...]
    wrong_ids: tuple[str, ...]

    def as_json(self, seconds: float) -> dict[str, Any]:
        """The object of `demo --json`."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self), "seconds": round(seconds, 1)}


def compare(planted: Iterable[Planted], seen: set[Key], flagged: Mapping[Key, set[str]]) -> Comparison:
    """flagged : {(id space, item id): clients}"""
    found, missed, unreachable = [], [], []
    for each in planted:
        clients = flagged.get(each.key, set())
        if clients and (each.clients is None or each.clients & clients):
            found.append(each.key)
        elif each.key in seen:
            missed.append(each.key)
        else:
            unreachable.append(each.key)
    wrong = sorted(set(flagged) - set(found))
    return Comparison(
        planted=len(found) + len(missed) + len(unreachable),
        reachable=len(found) + len(missed),
        found=len(found),
        missed=len(missed),
        wrong=len(wrong),
        found_ids=_ids(found),
        missed_ids=_ids(missed),
        unreachable_ids=_ids(unreachable),
        wrong_ids=_ids(wrong),
    )


def _ids(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(f"{space}:{item_id}" for space, item_id in sorted(keys))
