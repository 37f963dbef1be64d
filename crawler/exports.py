"""Files for people: CSV with a byte-order mark for Excel, XLSX, and the list of links for the portal's paste box."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from scrapy.exporters import CsvItemExporter

from crawler.flagged import FlaggedLink

COLUMNS = tuple(field.name for field in fields(FlaggedLink))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula (COMPLAINTS 13)
BOM = b"\xef\xbb\xbf"


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return format(value, "f") if isinstance(value, Decimal) else value


class CsvExporter(CsvItemExporter):
    """Scrapy's CSV exporter with a BOM, neutralised cells, and the header row even where nothing was flagged.

    For CSV alone: a BOM would break JSON.
    """

    def __init__(self, file: Any, **options: Any) -> None:
        self.fresh = file.tell() == 0  # `-o` appends
        if self.fresh:
            file.write(BOM)
        super().__init__(file, **options | {"fields_to_export": COLUMNS, "include_headers_line": False})

    def start_exporting(self) -> None:
        """The header row."""
        super().start_exporting()
        if self.fresh:
            self.csv_writer.writerow(COLUMNS)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Each cell, made safe."""
        return safe_cell(super().serialize_field(field, name, value))


def write_csv(path: Path, rows: Iterable[FlaggedLink]) -> None:
    """RFC 4180, UTF-8 with BOM, one header row."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(value) for value in astuple(row)] for row in rows)


def write_xlsx(path: Path, rows: Iterable[FlaggedLink]) -> None:
    """A sheet of text and numbers: no formula, no link is made of anything; long ids stay text."""
    import xlsxwriter  # noqa: PLC0415 # only this needs it

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("flagged_links")
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(astuple(row)):
            _write_cell(sheet, number, column, value)
    sheet.autofit()
    book.close()


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, Decimal | int | float):
        sheet.write_number(row, column, float(value))
    elif value is not None:
        sheet.write_string(row, column, str(safe_cell(value))[:32_767])  # a cell holds no more


def write_links(path: Path, rows: Sequence[FlaggedLink]) -> None:
    """Canonical links, one a line, and their sha256 beside it."""
    write_lines(path, [row.url for row in rows])


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Links, one a line, each once, and the sha256 of the file beside it."""
    links = dict.fromkeys(lines)
    data = "".join(f"{link}\n" for link in links).encode()
    path.write_bytes(data)
    path.with_name(path.name + ".sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {path.name}\n")
