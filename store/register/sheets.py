"""What a worksheet hides from who reads only its values: merged cells, and formulas that nobody has calculated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from store.register.cells import BadCell

MAX_UNPACKED = 500 * 2**20  # bytes of one worksheet; 10,000 rights unpack to some 30 MB
MAX_MERGED = 100_000  # cells
_CHUNK = 2**20
_LONGEST = 2**14  # bytes of one cell with its formula; what is longer is no formula of a register
_FORMULA = re.compile(
    rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_UNCALCULATED = BadCell("is a formula that was never calculated: open the file in a spreadsheet, and save it again")


class SheetError(ValueError):
    """A worksheet that is larger than any register; the message is the end of a sentence."""


def check_unpacked(book: Path) -> None:
    """Raises SheetError when a workbook unpacks to more than any register does; before anything is unpacked."""
    with zipfile.ZipFile(book) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
            raise SheetError(f"unpacks to more than {MAX_UNPACKED >> 20} MB")


def bad_cells(book: Path, sheet: str) -> dict[tuple[int, int], BadCell]:
    """(row, column), from 1 and 0, of each cell that has no value of its own. Raises SheetError."""
    found: dict[tuple[int, int], BadCell] = {}
    for text in _windows(book, sheet.lstrip("/")):
        for match in _FORMULA.finditer(text):
            found[int(match[2]), _column(match[1])] = _UNCALCULATED
        for match in _MERGED.finditer(text):
            found |= dict(_merged(match))
            if len(found) > MAX_MERGED:
                raise SheetError("has more merged cells than any register: unmerge them")
    return found


def _windows(book: Path, sheet: str) -> Iterator[bytes]:
    """The sheet's text in pieces that overlap, so that nothing short is cut in two."""
    with zipfile.ZipFile(book) as archive, archive.open(sheet) as file:
        tail = b""
        while piece := file.read(_CHUNK):
            yield tail + piece
            tail = (tail + piece)[-_LONGEST:]


def _merged(match: re.Match[bytes]) -> Iterator[tuple[tuple[int, int], BadCell]]:
    """The cells of a merged range but its first, which holds the value."""
    first, last = _column(match[1]), _column(match[3])
    top, bottom = int(match[2]), int(match[4])
    if (last - first + 1) * (bottom - top + 1) > MAX_MERGED:
        raise SheetError("has more merged cells than any register: unmerge them")
    name = f"{match[1].decode()}{top}:{match[3].decode()}{bottom}"
    bad = BadCell(f"is part of the merged cells {name}: unmerge them, and write the value into each")
    for row in range(top, bottom + 1):
        for column in range(first, last + 1):
            if (row, column) != (top, first):
                yield (row, column), bad


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
