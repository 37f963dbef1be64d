"""Reading a rights file: CSV, XLSX or YAML, told by its name. Strict: one line an error, with its line number."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from store.register.rows import RightRow

COLUMNS = tuple(RightRow.model_fields)
MAX_BYTES = 50 * 2**20  # a register of 10,000 rights takes about 3 MB


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


def read_rights(path: Path) -> RightsFile:
    """Read and check every row; nothing is raised, all that is wrong stands in `errors`."""
    reading = _Reading()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"larger than {MAX_BYTES >> 20} MB")
        for line, raw in _raw_rows(path):
            _check(line, raw, reading)
    except (OSError, ValueError, yaml.YAMLError, zipfile.BadZipFile, KeyError) as error:
        reading.errors.append(f"{path.name}: {_one_line(error)}")
    reading.errors += _across_rows(reading.rows)
    if not reading.rows and not reading.errors:
        reading.errors.append(f"{path.name}: no rights in it")
    unknown = tuple(f"column {name!r} is not known and was left out" for name in reading.unknown)
    return RightsFile(path.resolve().parent, tuple(reading.rows), tuple(reading.errors), unknown)


def _check(line: int, raw: dict[str, Any], reading: _Reading) -> None:
    reading.unknown |= dict.fromkeys(name for name in raw if name not in COLUMNS)
    known = {name: value for name, value in raw.items() if name in COLUMNS and value not in (None, "")}
    if not known:
        return
    try:
        reading.rows.append((line, RightRow.model_validate({"client": None, "right_id": None, "type": None} | known)))
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(str(part) for part in problem["loc"][:1])
            what = problem["msg"].removeprefix("Value error, ")
            given = f" (not {str(problem['input'])[:40]!r})" if where and problem["input"] not in (None, "") else ""
            reading.errors.append(f"line {line}: {where + ': ' if where else ''}{what}{given}")


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


def _raw_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    readers = {".csv": _csv, ".tsv": _csv, ".xlsx": _xlsx, ".yaml": _yaml, ".yml": _yaml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ValueError("a rights file is .csv, .xlsx or .yaml")
    return reader(path)


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    text = _text(path.read_bytes())
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)  # Excel writes ; where , is the decimal sign
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    if rows.fieldnames:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames]
    try:
        for row in rows:
            extra = row.pop(None, None)
            if extra:
                raise ValueError(f"line {rows.line_num}: more cells than the header has columns")
            yield rows.line_num, row
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")  # what a Chinese Excel calls CSV


def _xlsx(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    import openpyxl  # noqa: PLC0415 # a second of start-up that few files need

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        if book.active is None:
            raise ValueError("no sheet in it")
        rows = book.active.iter_rows(values_only=True)
        header = [str(cell).strip().lower() if cell is not None else "" for cell in next(rows, ())]
        for number, row in enumerate(rows, start=2):
            yield number, {name: cell for name, cell in zip(header, row, strict=False) if name}
    finally:
        book.close()


def _yaml(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    value = yaml.safe_load(_text(path.read_bytes()))
    if not isinstance(value, list):
        raise ValueError("a YAML rights file is a list of rights")
    for number, row in enumerate(value, start=1):
        if not isinstance(row, dict):
            raise ValueError(f"entry {number} is no mapping")
        yield number, {str(name): cell for name, cell in row.items()}


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())[:200] or type(error).__name__
