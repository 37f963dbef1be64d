"""The fair's files: catalogue.jsonl, rights.csv, and every picture that they name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from sandbox.goods.album import Picture
from sandbox.goods.clients import Mark
from sandbox.goods.drafts import Draft
from sandbox.goods.fair.innocent import INNOCENT, Others
from sandbox.goods.fair.pictures import Album
from sandbox.goods.fair.planted import COPIES, Copies
from sandbox.goods.fair.world import World, world
from sandbox.goods.studio import drawn_shot
from sandbox.goods.writing import QUALITY, as_csv, mark_on_white, registered, right_row

PLANTED = 0.33  # share of the listings that are copies
FEWEST, MOST = 100, 20_000  # listings of a catalogue
SIDE = 400  # pixels of a picture: what search pages show, and small on disk
_DIGITS = {"taobao": 13, "tmall": 13, "1688": 12, "alibaba": 13, "aliexpress": 16}


def counted(kinds: Sequence[tuple[Any, float]], total: int) -> Iterator[tuple[Any, int]]:
    """Each kind as often as its share says, in whole numbers that make the total."""
    left, rest = total, sum(share for _, share in kinds)
    for make, share in kinds:
        number = round(left * share / rest) if rest > 0 else left
        yield make, min(left, number)
        left, rest = left - min(left, number), rest - share


def drafts(where: World, album: Album, listings: int) -> list[Draft]:
    """All listings, shuffled, always alike. No two titles are the same."""
    copies, others = Copies(where, album), Others(where, album)
    planted = round(listings * PLANTED)
    every = [make(copies, n) for make, number in counted(COPIES, planted) for n in range(number)]
    every += [make(others, n) for make, number in counted(INNOCENT, listings - planted) for n in range(number)]
    where.dice("order", 0).shuffle(every)
    seen: dict[str, int] = {}
    for place, draft in enumerate(every):
        again = seen.setdefault(draft.title, place)
        if again != place:
            every[place] = replace(draft, title=f"{draft.title} {place}")
    return every


def record(draft: Draft, item_id: str) -> dict[str, Any]:
    """A line of the catalogue. Fields that are not known are left out."""
    ranged = {"price_min": str(draft.price), "price_max": str(draft.price_high)}
    optional = {
        "brand": draft.brand,
        "attributes": draft.attributes,
        "keywords": list(draft.keywords),
        "moq": draft.moq,
    }
    return {
        "marketplace": draft.seller.marketplace,
        "item_id": item_id,
        "title": draft.title,
        **({"price": str(draft.price)} if draft.price_high is None else ranged),
        "currency": draft.currency,
        "sold": draft.sold,
        "shop_name": draft.seller.name,
        "seller_id": draft.seller.seller_id,
        "location": draft.seller.location,
        "images": [picture.path for picture in draft.images],
        **{key: value for key, value in optional.items() if value},
        "truth": {"label": draft.label, "mark": draft.mark, "why": draft.why},
    }


def item_ids(every: Sequence[Draft], rng: Random) -> list[str]:
    """A number for each, as long as its site's are; none twice."""
    tails = rng.sample(range(10**9), len(every))
    return [f"99{tail:0{_DIGITS[draft.seller.marketplace] - 2}d}" for draft, tail in zip(every, tails, strict=True)]


def mark_images(where: World, mark: Mark) -> dict[str, Image.Image]:
    """The mark as it is registered, by path, RGBA."""
    if mark.device is None:
        return {}
    inks = where.signs.inks(mark.key)
    return registered(mark, where.signs.picture(mark.key, inks), inks)


def rights_text(where: World, album: Album) -> str:
    """rights.csv."""
    negatives = "|".join(album.negatives)

    def row(mark: Mark) -> dict[str, str]:
        innocent = negatives if "flask" in mark.lines else ""
        return right_row(mark, where.authorised[mark.client], mark_images(where, mark), innocent)

    return as_csv([row(mark) for mark in where.marks])


def write(folder: Path, seed: int, listings: int) -> None:
    """Write all of it into the folder. Raises ValueError for a number of listings that it cannot make, OSError."""
    if not FEWEST <= listings <= MOST:
        raise ValueError(f"a catalogue has {FEWEST} to {MOST} listings")
    where = world(seed)
    album = Album(where)
    every = drafts(where, album, listings)
    lines = [record(draft, number) for draft, number in zip(every, item_ids(every, where.dice("ids", 0)), strict=True)]
    for part in ("pictures", "marks", "negatives", *(f"photos/{mark.key}" for mark in where.marks)):
        (folder / part).mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "catalogue.jsonl").write_text(text, encoding="utf-8")
    (folder / "rights.csv").write_text(rights_text(where, album), encoding="utf-8")
    for mark in where.marks:
        for path, image in mark_images(where, mark).items():
            mark_on_white(image).save(folder / path, optimize=True)
    for path, shot in (album.photos | album.negatives).items():
        drawn_shot(shot, where.signs).save(folder / path, quality=QUALITY)
    shown = list({picture.name: picture for draft in every for picture in draft.images}.values())
    with ProcessPoolExecutor() as pool:
        list(pool.map(_drawn, ((seed, folder, shown[start::16]) for start in range(16))))


def _drawn(job: tuple[int, Path, list[Picture]]) -> None:
    """Draw some pictures. What a seed invents is invented again: drawings do not travel between processes."""
    seed, folder, some = job
    album = Album(world(seed))
    for picture in some:
        image = album.render(picture)
        image.thumbnail((SIDE, SIDE))
        image.save(folder / picture.path, quality=QUALITY)
