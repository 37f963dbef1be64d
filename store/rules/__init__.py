"""Rules of platforms, offices and this house: data with the days on which they hold and where they come from.

For one thing there is one rule on each day: what has a gap or an overlap is refused when it is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from store.names import fold_name

FOLDER = Path(__file__).parent


class RulesError(Exception):
    """A file of rules that cannot be used; the message is one line."""


class Dated(BaseModel):
    """A rule holds from its first to its last day; without a last, until further notice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: dt.date
    valid_to: dt.date | None = None
    source: str

    def holds(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Jurisdiction(Dated):
    """Where a right of a type must hold for a site: one of `countries`, `any`, or where it is registered."""

    platform: str
    right_type: str
    countries: tuple[str, ...] | Literal["any", "registration"]


class Portal(Dated):
    """A portal, and the sites for which it takes complaints."""

    portal: str
    platforms: tuple[str, ...]


class Limit(Dated):
    """A number with a name."""

    name: str
    value: int


class Dismissal(Dated):
    """Why a candidate was none. `innocent`: it may feed the negative bank."""

    code: str
    label_en: str
    label_zh: str
    innocent: bool


class ReasonCode(Dated):
    """A reason to complain, the right it needs (`any`: each), and what must be shown for it."""

    code: str
    right_type: str
    label_en: str
    label_zh: str
    evidence_required: tuple[str, ...]
    platforms: tuple[str, ...] = ()  # none: every platform


class Suggestion(Dated):
    """A reason that is suggested where one of `found` was found; none asks for nothing. `order`: the first goes."""

    right_type: str
    order: int
    code: str
    found: tuple[str, ...] = ()


class Document(Dated):
    """A role of a document."""

    role: str
    label_en: str
    label_zh: str


class Need(Dated):
    """What a right of a type needs: a column, or one of some papers, where `when` is true of it."""

    right_type: str
    field: str | None = None
    papers: tuple[str, ...] = ()
    when: dict[str, tuple[str | bool, ...]] = {}
    must: bool = True


D = TypeVar("D", bound=Dated)


def read_rules(path: Path, kind: type[D], key: Callable[[D], object]) -> tuple[D, ...]:
    """The rules of a file. Raises RulesError: no such rule, or a day on which one thing has none or two."""
    try:
        rows = tuple(kind.model_validate(row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise RulesError(f"{path.name}: {' '.join(str(error).split())[:200]}") from None
    for name, ofone in _by_key(rows, key).items():
        problem = _gap_or_overlap(ofone)
        if problem:
            raise RulesError(f"{path.name}: {name}: {problem}")
    return rows


def _by_key(rows: Iterable[D], key: Callable[[D], object]) -> dict[object, list[D]]:
    found: dict[object, list[D]] = {}
    for each in rows:
        found.setdefault(key(each), []).append(each)
    return found


def _gap_or_overlap(rules: Sequence[Dated]) -> str | None:
    ordered = sorted(rules, key=lambda each: each.valid_from)
    for each in ordered:
        if each.valid_to is not None and each.valid_to < each.valid_from:
            return f"ends on {each.valid_to}, before it begins"
    for before, after in pairwise(ordered):
        if before.valid_to is None or before.valid_to >= after.valid_from:
            return f"two rules hold on {after.valid_from}"
        if before.valid_to + dt.timedelta(days=1) != after.valid_from:
            return f"no rule holds on {before.valid_to + dt.timedelta(days=1)}"
    return None


@cache
def _file(name: str) -> tuple[Any, ...]:
    kind, key = _FILES[name]
    return read_rules(FOLDER / f"{name}.yaml", kind, key)


_FILES: dict[str, tuple[type[Dated], Callable[[Any], object]]] = {
    "jurisdictions": (Jurisdiction, lambda each: (each.platform, each.right_type)),
    "portals": (Portal, lambda each: each.portal),
    "limits": (Limit, lambda each: each.name),
    "dismissals": (Dismissal, lambda each: each.code),
    "reasons": (ReasonCode, lambda each: each.code),
    "suggestions": (Suggestion, lambda each: (each.right_type, each.order)),
    "documents": (Document, lambda each: each.role),
    "needs": (Need, lambda each: (each.right_type, each.field, each.papers, str(each.when))),
}


@cache
def _on(name: str, on: dt.date) -> tuple[Any, ...]:
    return tuple(each for each in _file(name) if each.holds(on))


def limit(name: str, on: dt.date) -> int:
    """A number that holds on that day. Raises RulesError: none does."""
    for each in _on("limits", on):
        if each.name == name:
            value: int = each.value
            return value
    raise RulesError(f"no rule says {name} on {on}")


def windows(on: dt.date) -> tuple[int, ...]:
    """Days before its end on which a right is warned of, the longest first."""
    return tuple(limit(name, on) for name in ("expiring_days", "expiring_days_second", "expiring_days_third"))


def jurisdiction(platform: str, right_type: str, on: dt.date) -> Jurisdiction | None:
    """Where a right must hold for a site on that day; None where nobody knows."""
    found = (each for each in _on("jurisdictions", on) if (each.platform, each.right_type) == (platform, right_type))
    return next(found, None)


def portals(on: dt.date) -> tuple[Portal, ...]:
    """The portals that take complaints on that day."""
    return _on("portals", on)


def reason_codes(right_type: str, on: dt.date, platform: str | None = None) -> list[ReasonCode]:
    """The reasons that may be given for a right of a type (on a platform) on that day."""
    return [
        each
        for each in _on("reasons", on)
        if each.right_type in (right_type, "any") and (not each.platforms or platform in (None, *each.platforms))
    ]


def reason_code(code: str, on: dt.date) -> ReasonCode | None:
    """The reason of that code on that day."""
    return next((each for each in _on("reasons", on) if each.code == code), None)


def suggestions(right_type: str, on: dt.date) -> list[Suggestion]:
    """The reasons that are suggested for a right of a type on that day, the first that fits first."""
    found = [each for each in _on("suggestions", on) if each.right_type == right_type]
    return sorted(found, key=lambda each: each.order)


def dismissals(on: dt.date) -> dict[str, Dismissal]:
    """Why a candidate may be dismissed on that day, by code."""
    return {each.code: each for each in _on("dismissals", on)}


def documents(on: dt.date) -> dict[str, Document]:
    """The roles that documents of a right have on that day."""
    return {each.role: each for each in _on("documents", on)}


def document_roles() -> tuple[str, ...]:
    """Every role that a document may have, whenever."""
    return tuple(dict.fromkeys(each.role for each in _file("documents")))


def needs(right_type: str, on: dt.date) -> list[Need]:
    """What rights of a type need on that day."""
    return [each for each in _on("needs", on) if each.right_type == right_type]


@cache
def _countries() -> dict[str, str]:
    names = yaml.safe_load((FOLDER / "countries.yaml").read_text(encoding="utf-8"))
    return {fold_name(name): code for code, known in names.items() for name in (code, *known)}


def country(written: str | None) -> str | None:
    """The code of a jurisdiction however it is written; None where nobody can tell."""
    folded = fold_name(written or "")
    if folded in _countries():
        return _countries()[folded]
    return folded.upper() if len(folded) == 2 and folded.isascii() and folded.isalpha() else None
