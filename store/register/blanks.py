"""Templates of the register's files: all columns, and one invented row to show how they are filled."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from store.register.kinds import Kind


class TemplateError(Exception):
    """A template that cannot be written; the message is one line."""


def write_template(path: Path, kind: Kind) -> None:
    """Write a .csv, .xlsx or .yaml. Raises TemplateError, OSError."""
    writers = {".csv": _csv, ".xlsx": _xlsx, ".yaml": _yaml, ".yml": _yaml}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise TemplateError(f"{path}: give a .csv, .xlsx or .yaml file")
    columns = list(kind.row.model_fields)
    writer(path, columns, [kind.example.get(name, "") for name in columns])


def _csv(path: Path, columns: list[str], example: list[str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark, or Excel spoils the Chinese
        csv.writer(file).writerows([columns, example])


def _xlsx(path: Path, columns: list[str], example: list[str]) -> None:
    import xlsxwriter  # noqa: PLC0415 # seldom needed

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet, text = book.add_worksheet("register"), book.add_format({"num_format": "@"})
        sheet.set_column(0, len(columns) - 1, 18, text)  # as text, or numbers lose their noughts
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True, "num_format": "@"}))
        sheet.write_row(1, 0, example, text)


def _yaml(path: Path, columns: list[str], example: list[str]) -> None:
    row = dict(zip(columns, example, strict=True))
    path.write_text(yaml.safe_dump([row], allow_unicode=True, sort_keys=False), encoding="utf-8")
