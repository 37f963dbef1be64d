"""The rows of a rights file as they stand in it: CSV, XLSX or YAML, told by its name.

Every cell of CSV and YAML is text: `NO`, `ON`, `007` and `0123` are marks and numbers that people write, and stay so.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from store.register.cells import BadCell
from store.register.sheets import ERRORS, SheetError, bad_cells, check_unpacked

MAX_BYTES = 50 * 2**20  # a register of 10,000 rights takes about 3 MB
RawRow = tuple[int, dict[str, Any]]
_ZIP = b"PK\x03\x04"  # how a workbook begins
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # Excel's "Unicode text"
_YAML_KEPT = {"tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"}
_CSV_WORDS = {
    "unexpected end of data": "a quotation mark is opened and never closed",
    "field larger than": "a cell is longer than any cell should be; is a quotation mark never closed?",
    "expected after": "there is text after a closing quotation mark",
}


class FileError(ValueError):
    """A file that is no rights file; the message is one plain sentence."""


def raw_rows(path: Path) -> Iterator[RawRow]:
    """(line, cells) of every row. Raises FileError, OSError."""
    readers = {".csv": _csv, ".tsv": _csv, ".xlsx": _xlsx, ".yaml": _yaml, ".yml": _yaml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise FileError("a rights file is .csv, .xlsx or .yaml")
    if path.stat().st_size > MAX_BYTES:
        raise FileError(f"is larger than {MAX_BYTES >> 20} MB")
    return reader(path)


def _csv(path: Path) -> Iterator[RawRow]:
    text = _text(path.read_bytes())
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)  # Excel writes ; where , is the decimal sign
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if rows.fieldnames:
            rows.fieldnames = [name.strip().lower() for name in rows.fieldnames]
        for row in rows:
            extra = row.pop(None, None)
            if extra:
                raise FileError(f"line {rows.line_num}: more cells than the header has columns")
            yield rows.line_num, row
    except csv.Error as error:
        words = next((words for part, words in _CSV_WORDS.items() if part in str(error)), "no CSV")
        raise FileError(f"line {rows.line_num + 1}: {words}") from None


def _text(data: bytes) -> str:
    """The text of a file. Raises FileError."""
    if data.startswith(_ZIP):
        raise FileError("is an Excel workbook: give it a name that ends in .xlsx")
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")  # what a Chinese Excel calls CSV
        except UnicodeDecodeError:
            text = "\0"
    if "\0" in text:
        raise FileError("is no text file in UTF-8, UTF-16 or GB 18030: save it as CSV UTF-8")
    return text


def _xlsx(path: Path) -> Iterator[RawRow]:
    import openpyxl  # noqa: PLC0415 # a second of start-up that few files need

    with path.open("rb") as file:  # what cannot be opened is told as such
        try:
            check_unpacked(path)
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheet: Any = book.active
            bad = bad_cells(path, sheet._worksheet_path) if sheet else {}
            rows = [list(row) for row in sheet.iter_rows(values_only=True)] if sheet else []
        except SheetError as error:
            raise FileError(str(error)) from None
        except Exception:  # whatever a broken workbook makes of the library that reads it
            raise FileError("is no Excel workbook that can be read: save it again as .xlsx") from None
    header = [str(cell).strip().lower() if cell is not None else "" for cell in (rows[0] if rows else ())]
    for number, row in enumerate(rows[1:], start=2):
        cells = (_cell(cell, bad.get((number, column))) for column, cell in enumerate(row))
        yield number, {name: cell for name, cell in zip(header, cells, strict=False) if name}


def _cell(value: Any, bad: BadCell | None) -> Any:
    if isinstance(value, str) and value in ERRORS:
        return BadCell(f"holds the error {value} of a formula")
    return bad or value


class _AsText(yaml.SafeLoader):
    """YAML whose plain scalars are text, but for null; a `!!int`, which nobody writes by chance, still holds."""


_AsText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _YAML_KEPT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(path: Path) -> Iterator[RawRow]:
    text = _text(path.read_bytes())
    try:
        loader = _AsText(text)
        root = loader.get_single_node()
        nodes = root.value if isinstance(root, yaml.SequenceNode) else None
        if nodes is None:
            raise FileError("a YAML rights file is a list of rights")
        found = [(node.start_mark.line + 1, loader.construct_object(node, deep=True)) for node in nodes]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise error if isinstance(error, FileError) else FileError(_yaml_words(error)) from None
    for line, row in found:
        if not isinstance(row, dict):
            raise FileError(f"line {line}: an entry of the list is no mapping of columns to values")
        yield line, {str(name): cell for name, cell in row.items()}


def _yaml_words(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "").replace("<stream end>", "end of the file")
    where = f"line {mark.line + 1}: " if mark else ""
    return f"{where}is no YAML that can be read" + (f": {problem}" if problem else "")
