"""Goods for measuring: as many plain listings of an invented brand as are wanted, all found by its name."""

from __future__ import annotations

import json
from pathlib import Path

BRAND = "velquora"
CURRENCIES = {"alibaba": "USD", "aliexpress": "USD"}
FIRST = {"alibaba": 1_600_000_000_000, "aliexpress": 1_005_000_000_000_000}


def row(marketplace: str, number: int) -> dict[str, object]:
    """One line of a catalogue."""
    return {
        "marketplace": marketplace,
        "item_id": str(FIRST.get(marketplace, 700_000_000_000) + number),
        "title": f"{BRAND} 跑鞋 running shoes {number}",
        "price": "99",
        "currency": CURRENCIES.get(marketplace, "CNY"),
        "sold": number,
        "shop_name": f"小店{number % 9}",
        "seller_id": str(2_000_000 + number % 9),
        "location": "广东 广州",
        "images": [],
    }


def catalogue_of(folder: Path, marketplace: str, count: int) -> Path:
    """Written as a catalogue file of that marketplace alone."""
    path = folder / f"{marketplace}.jsonl"
    lines = (json.dumps(row(marketplace, number), ensure_ascii=False) + "\n" for number in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path
