"""What AliExpress's layouts have in common: trees in envelopes, `window.runParams`, ids, stores, brands, prices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from crawler.answers import Answer
from crawler.decoding import embedded_objects, json_at, literal_value
from crawler.marketplaces import canonical_id, identify, marketplace_of, query_value
from spiders.readers.amounts import Money, currency_code, localised_money
from spiders.readers.fields import attributes, first, item_id, money, plain, records

NAME = "aliexpress"
TREE_DEPTH = 7  # levels of envelopes above a tree: data.data.root.fields is the deepest seen
MAX_LEVEL = 2_000  # objects of one level that are looked at
MAX_TREES = 5  # in one page

BRAND_ID = "2"  # attrNameId of the brand, in every language (seen 2020, 2021)
BRAND_NAMES = re.compile(  # where an answer has no ids
    "brand(?: name)?|nazwa marki|שם מותג|nombre de la marca|marca|nome da marca|(?:nom de )?marque|marke(?:nname)?"
    "|название бренда|бренд|merknaam|marka adı|ブランド名|브랜드 이름|nama merek"
)
_INIT_DATA = re.compile(r"_init_data_\s{0,9}=\s{0,9}\{\s{0,9}[\"']?data[\"']?\s{0,9}:\s{0,9}(?=\{)")
_STORE = re.compile(r"/store/(?:[a-z-]{1,40}/)?([0-9]{4,15})(?![0-9])")
_SEARCHED = re.compile(r"/w(?:holesale)?/wholesale-([^/?#]{1,300})\.html")


def nearest(value: Any, wanted: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any] | None:
    """The object nearest to the root that is wanted; envelopes are objects, lists are not looked into."""
    level = [value]
    for _ in range(TREE_DEPTH):
        objects = [each for each in level if isinstance(each, dict)]
        if found := next((each for each in objects if wanted(each)), None):
            return found
        level = [child for each in objects for child in each.values()][:MAX_LEVEL]
    return None


def bearing(value: Any, *keys: str) -> Mapping[str, Any] | None:
    """The object nearest to the root that has one of these keys."""
    return nearest(value, lambda each: any(key in each for key in keys))


def init_data(answer: Answer) -> Iterator[Any]:
    """The value of `_init_data_ = { data: {...} }`: the key is bare, what it leads to is JSON. Raises Truncated."""
    for number, opening in enumerate(_INIT_DATA.finditer(answer.text)):
        if number == MAX_TREES:
            return
        found = json_at(answer.text, opening.end())
        yield found[0] if found else None


def run_params(answer: Answer) -> Iterator[Any]:
    """Each value of `window.runParams = {...}` that holds something. Raises Truncated."""
    for literal in embedded_objects(answer.text, "runParams"):
        if len(literal.strip("{} \r\n\t")) > 1:
            yield literal_value(literal)


def number(*values: Any) -> str | None:
    """The canonical id: the first of these that is one, ids of a region made canonical."""
    found = next((word for value in values if (word := item_id(value)) and word.isdecimal()), None)
    return canonical_id(NAME, found) if found else None


def number_of(url: Any) -> str | None:
    """The canonical id that an address names."""
    named = identify(url) if isinstance(url, str) else None
    return named.item_id if named and named.marketplace == NAME else None


def store_address(url: Any, store: Any = None) -> str | None:
    """A store's one address, from its number or from an address of the site's own with the number in it."""
    known = item_id(store)
    if not known and isinstance(url, str) and marketplace_of(url) == NAME:
        found = _STORE.search(url)
        known = found.group(1) if found else None
    return f"https://www.aliexpress.com/store/{known}" if known and known.isdecimal() else None


def searched(url: str | None) -> str | None:
    """The words that were searched, from the address of a result page."""
    slug = _SEARCHED.search(url or "")
    asked = query_value(url or "", "SearchText", "keywords")
    return plain(unquote(slug.group(1)).replace("-", " ") if slug and not asked else asked)


def properties(value: Any) -> tuple[dict[str, str], str | None]:
    """The attributes of a list of {attrName, attrValue}, and the brand among them."""
    listed = records(value)
    known = attributes((first(each, "attrName", "name"), first(each, "attrValue", "value")) for each in listed)
    by_id = next((first(each, "attrValue") for each in listed if str(each.get("attrNameId")) == BRAND_ID), None)
    return known, plain(by_id) or brand_of(known)


def brand_of(known: Mapping[str, str]) -> str | None:
    """The brand by the name of its attribute."""
    return next((value for name, value in known.items() if BRAND_NAMES.fullmatch(name.lower())), None)


def price(shown: Any, low: Any = None, high: Any = None) -> Money | None:
    """A price as it is shown, else from its amounts {value, formatedAmount, currency}."""
    code = currency_code(first(low, "currency")) or currency_code(first(high, "currency"))
    if found := localised_money(shown):
        return Money(found.low, found.high, code or found.currency)
    ends = [end for amount in (low, high) if (end := _amount(amount))]
    return Money(min(ends), max(ends), code) if ends else None


def _amount(amount: Any) -> Decimal | None:
    exact = money(first(amount, "value"))
    if exact is None:
        shown = localised_money(first(amount, "formatedAmount", "formattedAmount"))
        return shown.low if shown else None
    return exact


def span(prices: Iterable[Money | None]) -> Money | None:
    """From the lowest to the highest of several prices; the currency of the first that says one."""
    known = [each for each in prices if each]
    if not known:
        return None
    code = next((each.currency for each in known if each.currency), None)
    return Money(min(each.low for each in known), max(each.high for each in known), code)
