"""AliExpress's search page, read on one core: 680 kB, 60 listings, as the site serves it.

python -m bench.express
"""

from __future__ import annotations

import json
import time
from typing import Any

from bench.report import Figure, arguments, report
from crawler.reading import Answer, Outcome, read
from spiders.readers.aliexpress import READERS

CARDS, BYTES = 60, 680_000  # FACTS 0.3 and 5: what a real result page has
WANTED = 15  # pages a second
SECONDS = 5.0  # of the core
CARD_BYTES = 6_300  # of one card, most of it tracking


def search_page(cards: int = CARDS, size: int = BYTES) -> bytes:
    """A result page of that many bytes with that many invented goods, in the layout of today."""
    mods = {"itemList": {"content": [_card(number) for number in range(cards)]}}
    info = {"page": 1, "pageSize": 60, "totalResults": 18_000, "finished": False}
    tree = {"hierarchy": {"root": "root"}, "data": {"root": {"fields": {"pageInfo": info, "mods": mods}}}}
    data = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    head = "<!DOCTYPE html><html><head><title>running shoes</title>"
    body = (
        "</head><body><script>window._dida_config_ = {};/*!-->init-data-start--*/\n"
        f"window._dida_config_._init_data_= {{ data: {data} }}/*!-->init-data-end--*/\n</script></body></html>"
    )
    rest = size - len((head + body).encode())
    return (head + _scripts(rest) + body).encode()


def _scripts(size: int) -> str:
    """What else a page carries: scripts and styles."""
    one = '<script>!function(e){var t="a{b}";window.runParams=window.runParams||{};e.push({a:"FAIL",b:t})}([])</script>'
    return (one * (size // len(one) + 1))[: max(0, size - 40)] + "<style>a{color:red}</style>"


def _card(number: int) -> dict[str, Any]:
    canonical = 1_005_009_000_000_000 + number
    price = 10 + number / 4
    card: dict[str, Any] = {
        "redirectedId": str(canonical + 2**51),
        "itemType": "productV3",
        "productType": "ad" if number % 4 == 3 else "natural",
        "productId": str(canonical + 2**51),
        "lunchTime": "2026-03-01 00:00:00",
        "image": {"imgUrl": _picture(number, 0), "imgWidth": 350, "imgHeight": 350, "imgType": "0"},
        "title": {"displayTitle": f"Velmora running shoes number {number}, breathable, light – unisex {{2026}}"},
        "prices": {
            "currencySymbol": "$",
            "originalPrice": {"currencyCode": "USD", "minPrice": price * 2, "formattedPrice": f"US ${price * 2:.2f}"},
            "salePrice": {
                "currencyCode": "USD",
                "minPrice": price,
                "formattedPrice": f"US ${price:.2f}",
                "discount": 50,
            },
        },
        "evaluation": {"starRating": 4.7},
        "trade": {"tradeDesc": f"{number},000+ sold"},
        "images": [{"imgUrl": _picture(number, view), "imgWidth": 350, "imgHeight": 350} for view in range(6)],
        "trace": {
            "pdpParams": {"channel": "direct", "pdp_npi": "6%40dis%21USD%2165.85%2123.29%21"},
            "utLogMap": {"real_trade_count": str(number * 1_000 + 7), "x_object_id": str(canonical), "oip": "65.85,1"},
        },
    }
    tracking = {f"algo_{n}": f"dd34797a-c2ea-4b0d-8cea-{n:012d}" for n in range(40)}
    card["trace"]["custom"] = tracking
    card["trace"]["pad"] = "x" * max(0, CARD_BYTES - len(json.dumps(card, separators=(",", ":"))))
    return card


def _picture(number: int, view: int) -> str:
    return f"//ae-pic-a1.aliexpress-media.com/kf/Sb{number:06d}{view:02d}a1f.jpg_350x350xz.jpg"


def pages_read() -> Figure:
    """Whole pages from bytes to listings, one after another; time is that of the core, whoever shares it."""
    body = search_page()
    read(Answer(body), READERS)
    started, number = time.process_time(), 0
    while time.process_time() - started < SECONDS:
        found = read(Answer(body), READERS)
        if found.outcome is not Outcome.PAGE or not found.page or len(found.page.listings) != CARDS:
            raise SystemExit(f"error: the page was not read: {found.outcome} {found.signal}")
        number += 1
    speed = number / (time.process_time() - started)
    return Figure(
        f"AliExpress search pages, {len(body) // 1000} kB", f">= {WANTED}/s", f"{speed:.0f}/s", speed >= WANTED
    )


def main() -> None:
    """Measure and report."""
    given = arguments(__doc__).parse_args()
    report([pages_read()], given.json)


if __name__ == "__main__":
    main()
