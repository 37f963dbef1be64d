"""Reading a rights file, strictly: one line an error, with its line number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from store.register.files import FileError, raw_rows
from store.register.mistakes import REQUIRED, mistakes
from store.register.rows import RightRow

COLUMNS = tuple(RightRow.model_fields)


@dataclass(frozen=True)
class RightsFile:
    """What a file holds: rows with their line numbers, and one line for each thing that is wrong or odd."""

    folder: Path
    rows: tuple[tuple[int, RightRow], ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass
class _Reading:
    rows: list[tuple[int, RightRow]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)


def read_rights(path: Path) -> RightsFile:
    """Read and check every row; nothing is raised, all that is wrong stands in `errors`."""
    reading = _Reading()
    try:
        for line, raw in raw_rows(path):
            _check(line, raw, reading)
    except (OSError, FileError) as error:
        reading.errors.append(f"{path.name}: {_one_line(error)}")
    reading.errors += _across_rows(reading.rows)
    if not reading.rows and not reading.errors:
        reading.errors.append(f"{path.name}: no rights in it")
    unknown = tuple(f"column {name!r} is not known and was left out" for name in reading.unknown)
    warnings = (*unknown, *reading.oddities)
    return RightsFile(path.resolve().parent, tuple(reading.rows), tuple(reading.errors), warnings)


def _check(line: int, raw: dict[str, Any], reading: _Reading) -> None:
    reading.unknown |= dict.fromkeys(name for name in raw if name not in COLUMNS)
    known = {name: value for name, value in raw.items() if name in COLUMNS and value not in (None, "")}
    if not known:
        return
    try:
        row = RightRow.model_validate(dict.fromkeys(REQUIRED) | known)
    except ValidationError as error:
        reading.errors += [f"line {line}: {mistake}" for mistake in mistakes(error)]
        return
    reading.rows.append((line, row))
    reading.oddities += [f"line {line}: {oddity}" for oddity in row.oddities()]


def _across_rows(rows: Iterable[tuple[int, RightRow]]) -> Iterator[str]:
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


def _one_line(error: OSError | FileError) -> str:
    said = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split())[:200] or type(error).__name__
