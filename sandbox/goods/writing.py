"""The demo's files: catalogue.jsonl, rights.csv, and every picture that they name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from sandbox.goods import album
from sandbox.goods.album import Picture
from sandbox.goods.bystanders import bystanders
from sandbox.goods.clients import AUTHORISED, MARKS, Mark, Seller
from sandbox.goods.drafts import Draft
from sandbox.goods.emblems import DEVICES, INKS, Inks, combined, drawn
from sandbox.goods.innocent import hard
from sandbox.goods.planted import planted
from sandbox.goods.shops import SEED
from sandbox.goods.studio import drawn_shot

ADS, SOLD_OUT, REMOVED = 9, 7, 4
QUALITY = 72  # JPEG: what the sites' own thumbnails have, and small
_FIRST_ID, _LAST_ID = 9_900_000_000_000, 9_999_999_999_999  # 13 digits: real ids have not got there


def drafts() -> list[Draft]:
    """All listings, in the order of the catalogue: shuffled, always alike."""
    every = [*planted(), *hard(), *bystanders()]
    Random(f"{SEED}/order").shuffle(every)
    return every


def _record(draft: Draft, item_id: int, rng: Random) -> dict[str, Any]:
    """A line of the catalogue. Fields that are not known are left out."""
    paths = [picture.path for picture in draft.images]
    optional = {
        "brand": draft.brand,
        "attributes": draft.attributes,
        "keywords": list(draft.keywords),
        "description_images": paths[-1:] if rng.random() < 0.07 else [],
        "listed_at": str(date(2026, 1, 5) + timedelta(days=rng.randrange(300))) if rng.random() < 0.8 else None,
    }
    return {
        "marketplace": draft.seller.marketplace,
        "item_id": str(item_id),
        "title": draft.title,
        "price": str(draft.price),
        "currency": "CNY",
        "sold": draft.sold,
        "shop_name": draft.seller.name,
        "seller_id": draft.seller.seller_id,
        "location": draft.seller.location,
        "images": paths,
        **{key: value for key, value in optional.items() if value},
        "truth": {"label": draft.label, "mark": draft.mark, "why": draft.why},
    }


def _mark_out(records: list[dict[str, Any]], rng: Random) -> None:
    """A few stand in paid places, are sold out, or are gone; what is gone cannot be found, so no copy is."""
    innocent = [r for r in records if r["truth"]["label"] != "counterfeit"]
    for record in rng.sample(records, ADS):
        record["is_ad"] = True
    for record in rng.sample(records, SOLD_OUT):
        record["state"] = "sold_out"
    for record in rng.sample([r for r in innocent if "state" not in r], REMOVED):
        record["state"] = "removed"


def records() -> list[dict[str, Any]]:
    """The catalogue: one dict a line."""
    rng, every = Random(f"{SEED}/records"), drafts()
    ids = rng.sample(range(_FIRST_ID, _LAST_ID), len(every))
    listed = [_record(draft, item_id, rng) for draft, item_id in zip(every, ids, strict=True)]
    _mark_out(listed, rng)
    return listed


def catalogue_text() -> str:
    """catalogue.jsonl. Hanzi stand as they are; what some readers take for the end of a line is escaped."""
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records()]
    return "".join(lines).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def registered(mark: Mark, device: Image.Image, inks: Inks) -> dict[str, Image.Image]:
    """The mark as it is registered, by path, RGBA. device : its drawing, whose first ink the words have"""
    if not mark.latin:
        return {f"marks/{mark.key}.png": device}
    whole = combined(device, mark.latin, inks[0], mark.face)
    return {f"marks/{mark.key}.png": whole, f"marks/{mark.key}-device.png": device}


def _mark_images(mark: Mark) -> dict[str, Image.Image]:
    if mark.device is None:
        return {}
    inks = INKS[mark.device]
    return registered(mark, drawn(DEVICES[mark.device](), inks), inks)


def right_row(mark: Mark, sellers: Iterable[Seller], images: Iterable[str], negatives: str) -> dict[str, str]:
    """A row of the rights file, its columns in order. sellers : whom the client allows"""
    return {
        "client": mark.client,
        "right_id": mark.right_id,
        "type": "trademark",
        "kind": mark.kind,
        "mark": mark.latin,
        "names": mark.chinese,
        "aliases": "|".join(mark.aliases),
        "number": mark.number,
        "jurisdiction": "CN",
        "registrant": mark.client,
        "nice_classes": mark.nice,
        "goods": "|".join(mark.goods),
        "filed_on": "2019-03-11",
        "registered_on": "2020-02-14",
        "expires_on": "2030-02-13",
        "status": "registered",
        "images": "|".join(images),
        "photos": f"photos/{mark.key}",
        "reference_price": "|".join(str(price) for price in mark.reference),
        "currency": "CNY|USD",
        "distribution": "open",
        "authorised_sellers": "|".join(f"{s.marketplace}:{s.seller_id}" for s in sellers),
        "negative_photos": negatives,
    }


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows with their header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def rights_text() -> str:
    """rights.csv."""
    return as_csv([right_row(mark, AUTHORISED[mark.client], _mark_images(mark), mark.negatives) for mark in MARKS])


def listing_pictures() -> Iterator[Picture]:
    """Every picture that a listing shows, once."""
    yield from {picture.name: picture for draft in drafts() for picture in draft.images}.values()


def mark_on_white(image: Image.Image) -> Image.Image:
    """With a margin and in few colours, as an office's register shows a mark."""
    margin = image.width // 12
    paper = Image.new("RGB", (image.width + 2 * margin, image.height + 2 * margin), "white")
    paper.paste(image, (margin, margin), image)
    return paper.quantize(32)


def _clear(folder: Path, pattern: str) -> None:
    for old in folder.glob(pattern):
        old.unlink()


def write(folder: Path) -> None:
    """Write all of it into the folder; pictures of an earlier time go."""
    for part in ("pictures", "marks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        _clear(folder / part, "*.*")
    (folder / "catalogue.jsonl").write_text(catalogue_text(), encoding="utf-8")
    (folder / "rights.csv").write_text(rights_text(), encoding="utf-8")
    for mark in MARKS:
        for path, image in _mark_images(mark).items():
            mark_on_white(image).save(folder / path, optimize=True)
    for path, shot in (album.PHOTOS | album.NEGATIVES).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        drawn_shot(shot).save(folder / path, quality=QUALITY, optimize=True)
    for picture in listing_pictures():
        album.render(picture).save(folder / picture.path, quality=QUALITY, optimize=True)
