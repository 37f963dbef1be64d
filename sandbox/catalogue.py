"""A catalogue: the goods of the sandbox, written by us or by other people (docs/formats.md, section Catalogue)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sandbox.paths import Folder, PathError
from sandbox.rows import Row, RowError, parse_row, shown

# A line holds one listing; the longest title and text that a site takes are far below it.
MAX_LINE = 2**20
# Whoever has this many mistakes in a file wants to see the first ones, not all.
MAX_REPORTED = 100
# Taobao and Tmall number their goods together (FACTS 0.1).
_ID_SPACE = {"tmall": "taobao"}
# Whose answers name no currency: a price there is read in the site's own (FACTS 1, 3).
_CURRENCY = {"taobao": "CNY", "tmall": "CNY", "1688": "CNY"}
# What was odd: the line that had it first, and how often it came.
Oddities = dict[str, tuple[int, int]]


class CatalogueError(Exception):
    """A catalogue that cannot be used.

    errors : one line each, with the number of its line in the file
    """

    def __init__(self, errors: tuple[str, ...]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Truth:
    """What a listing really is. mark : right_id of a rights file. Never leaves the sandbox over HTTP."""

    label: str
    mark: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """One article for sale.

    price_min, price_max : in `currency`; equal when the file gives one price
    images, description_images : paths relative to the catalogue's folder, with "/" between their parts
    keywords : words by which the site's search finds it, beside its title; never shown
    """

    marketplace: str
    item_id: str
    title: str
    price_min: Decimal
    price_max: Decimal
    currency: str
    sold: int | None
    shop_name: str
    seller_id: str
    location: str
    images: tuple[str, ...]
    description_images: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    brand: str | None = None
    is_ad: bool = False
    moq: int | None = None
    listed_at: dt.date | None = None
    keywords: tuple[str, ...] = ()
    state: str = "on_sale"
    truth: Truth | None = None

    @property
    def id_space(self) -> str:
        """Where its id is unique: one space for taobao and tmall."""
        return _ID_SPACE.get(self.marketplace, self.marketplace)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Goods in the order of the file, the folder that holds their pictures, and what was odd about the file."""

    goods: tuple[Goods, ...]
    folder: Path
    warnings: tuple[str, ...] = ()


def read_catalogue(path: Path | str) -> Catalogue:
    """Read and check a catalogue.

    A mistake refuses the whole file; unknown columns and missing pictures are warnings. Raises CatalogueError only.
    """
    path = Path(path)
    folder = _folder(path)
    oddities: Oddities = {}
    goods: list[Goods] = []
    errors: list[str] = []
    first_seen: dict[tuple[str, str], int] = {}
    for number, line in _lines(path):
        try:
            one = _goods(line, folder, oddities, number)
            _only_once(one, first_seen, number)
            goods.append(one)
        except RowError as error:
            errors += [f"line {number}: {problem}" for problem in error.problems]
        if len(errors) > MAX_REPORTED:
            errors = [*errors[:MAX_REPORTED], f"and more: reading stopped at line {number}"]
            break
    if errors:
        raise CatalogueError(tuple(errors))
    return Catalogue(tuple(goods), folder.root, _warnings(oddities, bool(goods)))


def _folder(path: Path) -> Folder:
    try:
        return Folder(path.parent)
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a name that no folder can have
        raise CatalogueError((f"{shown(str(path))}: {error}",)) from None


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines with something on them and their numbers; a line that has no end is cut at MAX_LINE."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise CatalogueError((f"line {number}: longer than {MAX_LINE} bytes",))
                line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if line.strip():
                    yield number, line
    except OSError as error:
        raise CatalogueError((f"{shown(str(path), 300)}: {(error.strerror or str(error)).lower()}",)) from None
    except ValueError as error:  # a name that no file can have
        raise CatalogueError((f"{shown(str(path))}: {error}",)) from None


def _goods(line: bytes, folder: Folder, oddities: Oddities, number: int) -> Goods:
    row, unknown = parse_row(line)
    missing = _missing_pictures(row, folder)
    for oddity in [*(f"column {shown(name)} is not known and kept out" for name in unknown), *missing, *_foreign(row)]:
        _note(oddities, oddity, number)
    return Goods(
        marketplace=row.marketplace,
        item_id=row.item_id,
        title=row.title,
        price_min=row.lowest,
        price_max=row.highest,
        currency=row.currency,
        sold=row.sold,
        shop_name=row.shop_name,
        seller_id=row.seller_id,
        location=row.location or "",
        images=row.images,
        description_images=row.description_images,
        attributes=row.attributes,
        brand=row.brand,
        is_ad=row.is_ad,
        moq=row.moq,
        listed_at=row.listed_at,
        keywords=row.keywords,
        state=row.state,
        truth=Truth(row.truth.label, row.truth.mark, row.truth.why) if row.truth else None,
    )


def _missing_pictures(row: Row, folder: Folder) -> list[str]:
    """Warnings for pictures that are not there. Raises RowError for a path that leaves the folder."""
    refused: list[str] = []
    missing: list[str] = []
    for column in ("images", "description_images"):
        for name in getattr(row, column):
            try:
                if folder.file(name) is None:
                    missing.append(f"picture {shown(name)} is missing")
            except PathError as error:
                refused.append(f"{column}: {shown(name)}: {error}")
    if refused:
        raise RowError(*refused)
    return missing


def _foreign(row: Row) -> list[str]:
    own = _CURRENCY.get(row.marketplace, row.currency)
    if row.currency == own:
        return []
    return [f"currency: {row.marketplace} shows prices without one, so that {row.currency} is read as {own} there"]


def _only_once(goods: Goods, first_seen: dict[tuple[str, str], int], number: int) -> None:
    first = first_seen.setdefault((goods.id_space, goods.item_id), number)
    if first != number:
        raise RowError(f"item_id: {goods.item_id} stands in line {first} already")


def _note(oddities: Oddities, oddity: str, number: int) -> None:
    """Count an oddity under the line that had it first; bounded, since each line may bring a new one."""
    if oddity not in oddities and len(oddities) >= MAX_REPORTED:
        oddity = "and more of this kind"
    first, times = oddities.get(oddity, (number, 0))
    oddities[oddity] = (first, times + 1)


def _warnings(oddities: Oddities, any_goods: bool) -> tuple[str, ...]:
    found = [
        f"line {first}: {oddity}" + (f" ({times} times in all)" if times > 1 else "")
        for oddity, (first, times) in oddities.items()
    ]
    return tuple(found) if any_goods else (*found, "the catalogue holds no goods")
