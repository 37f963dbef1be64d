"""Reading a file of the register, strictly: one line an error, with its line number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from store.register.files import FileError, raw_rows
from store.register.mistakes import mistakes
from store.register.rows import RightRow, Row

R = TypeVar("R", bound=Row)
Across = Callable[[Iterable[tuple[int, Any]]], Iterator[str]]


@dataclass(frozen=True)
class RegisterFile(Generic[R]):
    """What a file holds: rows with their line numbers, and one line for each thing that is wrong or odd.

    columns : those it has; what stands in the register under another column stays
    """

    folder: Path
    rows: tuple[tuple[int, R], ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


RightsFile = RegisterFile[RightRow]


@dataclass
class _Reading(Generic[R]):
    model: type[R]
    rows: list[tuple[int, R]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)


def read_rights(path: Path) -> RightsFile:
    """Read and check every right; nothing is raised, all that is wrong stands in `errors`."""
    return read_file(path, RightRow, _across_rights, _odd_rights, "rights")


def read_file(
    path: Path, model: type[R], across: Across, odd: Across = lambda rows: iter(()), things: str = "rows"
) -> RegisterFile[R]:
    """Read and check every row of a kind; nothing is raised, all that is wrong stands in `errors`.

    across, odd : what is wrong, and what is odd, between rows
    """
    reading = _Reading(model)
    try:
        for line, raw in raw_rows(path):
            _check(line, raw, reading)
    except (OSError, FileError) as error:
        reading.errors.append(f"{path.name}: {_one_line(error)}")
    reading.errors += across(reading.rows)
    if not reading.rows and not reading.errors:
        reading.errors.append(f"{path.name}: no {things} in it")
    known = frozenset(model.model_fields)
    unknown = tuple(f"column {name!r} is not known and was left out" for name in reading.columns if name not in known)
    warnings = (*unknown, *reading.oddities, *odd(reading.rows))
    columns = known & frozenset(reading.columns)
    return RegisterFile(path.resolve().parent, tuple(reading.rows), tuple(reading.errors), warnings, columns)


def _check(line: int, raw: dict[str, Any], reading: _Reading[R]) -> None:
    reading.columns |= dict.fromkeys(raw)
    fields = reading.model.model_fields
    known = {name: value for name, value in raw.items() if name in fields and value not in (None, "")}
    if not known:
        return
    required = reading.model.REQUIRED
    try:
        row = reading.model.model_validate(dict.fromkeys(required) | known)
    except ValidationError as error:
        reading.errors += [f"line {line}: {mistake}" for mistake in mistakes(error, required)]
        return
    reading.rows.append((line, row))
    reading.oddities += [f"line {line}: {oddity}" for oddity in row.oddities()]


def _across_rights(rows: Iterable[tuple[int, RightRow]]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    distribution: dict[str, tuple[int, str]] = {}
    for line, row in rows:
        first = seen.setdefault((row.client, row.right_id), line)
        if first != line:
            yield f"line {line}: right_id {row.right_id!r} of {row.client!r} stands in line {first} already"
        if row.distribution:
            where, said = distribution.setdefault(row.client, (line, row.distribution))
            if said != row.distribution:
                yield f"line {line}: distribution of {row.client!r} is {said} in line {where}"


def _odd_rights(rows: Iterable[tuple[int, RightRow]]) -> Iterator[str]:
    """Two rights with one number; one registration in several classes may be two rows, so it is told, not refused."""
    numbers: dict[tuple[str, str | None, str], int] = {}
    for line, row in rows:
        if row.number:
            first = numbers.setdefault((row.type, row.jurisdiction, row.number), line)
            if first != line:
                yield f"line {line}: number: {row.number} is that of the right in line {first} too"


def _one_line(error: OSError | FileError) -> str:
    said = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split())[:200] or type(error).__name__
