"""A price far under that of the genuine article: `price_findings(goods, marks, contexts, cny_per)`.

What is compared is the price of one article (`units`) with the reference of its model, else of the mark, else the
median of comparable listings. Thresholds are those of the project's table of signals: under 0.3 of the reference
strong, under 0.5 medium (what is weaker: `signals.price_signs`). Price never clears a listing, and says nothing of
second-hand goods, parts, accessories, deposits and prices that are none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from statistics import median

from matchers.kinds import is_other_kind
from matchers.title.goods import goods_words
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Mark, Reason, Signal
from matchers.units import UnitPrice, unit_price

UNDER = Decimal("0.5")  # of the reference: from here on a price is a finding
FAR_UNDER = Decimal("0.3")  # of the reference: strong
STRONG, MEDIUM = 0.85, 0.6  # probability that such a price is that of a copy: first values, by judgement
FEWEST = 8  # comparable listings for a median
CNY_PER = {"USD": Decimal("7.1")}  # used when no table is given; the rate of the rights file's documentation
LARGEST = Decimal(10) ** 9  # no article of trade costs more; larger numbers are typing or mischief
# Prices by which sellers say that the real one is asked elsewhere.
SMALLEST = Decimal(1)
PLACEHOLDERS = frozenset(map(Decimal, ("9999", "99999", "999999", "8888", "88888", "6666", "66666", "1234", "12345")))
# Words of links that sell no article: price differences, postage, deposits, samples, parts.
NO_ARTICLE = re.compile(
    r"差价|补拍|邮费|(?:运费|退货)(?!险|补贴|全免)|定金|订金|押金|预付|专拍|小样|试用|样品|色卡|空盒|礼盒空|空瓶|零件|配件专拍|吊牌|激光\s*刻字|刻字\s*服务|上门取件|代洗"
    r"|\b(?:deposit|postage|shipping fee|price difference|samples?|spare parts?|empty box)\b"
)
OTHER_GOODS = frozenset({"compatibility", "second_hand", "service", "other_goods"})
CODES = {True: "far_under_reference", False: "under_reference"}  # by whether it is far under
SURE = 0.5  # score from which a context keeps price out


@dataclass(frozen=True, slots=True)
class Reference:
    """What a price is compared with, as a sentence has it."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A price beside a reference. share : price of one article / reference"""

    mark: Mark
    goods: Goods
    unit: UnitPrice
    share: Decimal
    what: Reference


REGISTERED = Reference("that of the genuine article", "正品参考价")
MEDIAN = Reference(
    "the median of comparable listings", "同类商品价格中位数"
)  # of which nobody knows that they are genuine


def price_findings(
    goods: Goods, marks: Sequence[Mark], contexts: Collection[Finding], cny_per: Mapping[str, Decimal] | None = None
) -> list[Finding]:
    """PRICE findings for those of `marks` beside whose reference the price is far too low. Never raises.

    marks : those that the listing names
    contexts : the listing's findings; one of CONTEXT keeps price out
    cny_per : what one unit of a currency is in CNY
    """
    compared = comparisons(goods, marks, contexts, cny_per)
    if any(one.share >= UNDER for one in compared):
        return []  # what is cheap beside one mark's reference is what another's goods cost
    return [finding(one, STRONG if one.share < FAR_UNDER else MEDIUM, CODES[one.share < FAR_UNDER]) for one in compared]


def comparisons(
    goods: Goods, marks: Sequence[Mark], contexts: Collection[Finding], cny_per: Mapping[str, Decimal] | None = None
) -> list[Compared]:
    """The price beside the reference of each mark of which the listing offers what can be compared."""
    unit = unit_price(goods)
    if unit is None or not is_price(unit.amount) or NO_ARTICLE.search(goods.title[:MAX_TITLE].lower()):
        return []
    rates = {"CNY": Decimal(1), **(CNY_PER if cny_per is None else cny_per)}
    found = []
    for mark in marks:
        if is_comparable(goods, mark, contexts):
            reference, what = reference_of(goods, mark, rates)
            share = ratio(unit.amount, reference)
            if share is not None:
                found.append(Compared(mark, goods, unit, share, what))
    return found


def is_comparable(goods: Goods, mark: Mark, contexts: Collection[Finding]) -> bool:
    """Whether a listing offers what the mark's reference is the price of.

    A part that is named beside the mark's own goods is theirs (a watch with a leather strap), not what is sold.
    """
    others = [one for one in contexts if one.signal is Signal.CONTEXT and one.score >= SURE]
    parts = [one for one in others if one.reason.code == "accessory"]
    if is_other_kind(goods.title[:MAX_TITLE], mark):
        return False
    if any(one.reason.code in OTHER_GOODS for one in others if one not in parts):
        return False
    rest = goods.title[:MAX_TITLE].lower()
    for one in parts:
        rest = rest.replace(one.reason.surface.lower(), " ")
    return not parts or any(len(word) > 1 and word in rest for word in goods_words(mark))


def is_price(price: Decimal | None) -> bool:
    """Whether a number can be what an article costs."""
    if price is None or not price.is_finite() or price <= SMALLEST or price > LARGEST:
        return False
    return price not in PLACEHOLDERS


def reference_of(goods: Goods, mark: Mark, rates: Mapping[str, Decimal]) -> tuple[Decimal | None, Reference]:
    """What a genuine article costs: of its model, else of the mark, else the median of comparable listings."""
    if model := model_of(goods, mark):
        price = in_currency(mark.model_prices[model], goods.currency, rates)
        if price is not None:
            return price, Reference(f"that of the genuine article “{model}”", f"正品“{model}”参考价")
    price = reference_price(mark, goods.currency, rates)
    if price is not None:
        return price, REGISTERED
    return median_of(goods.comparables), MEDIAN


def model_of(goods: Goods, mark: Mark) -> str | None:
    """The longest model of the price list that title or attributes name."""
    if not mark.model_prices:
        return None
    text = " ".join([goods.title[:MAX_TITLE], *list(goods.attributes.values())[:50]]).lower()
    return max((model for model in mark.model_prices if model and model.lower() in text), key=len, default=None)


def median_of(prices: Sequence[Decimal]) -> Decimal | None:
    """The median of at least FEWEST prices that are any."""
    known = [price for price in prices if is_price(price)]
    return median(known) if len(known) >= FEWEST else None


def ratio(price: Decimal, reference: Decimal | None) -> Decimal | None:
    """A price as a share of a reference."""
    if reference is None or not reference.is_finite() or reference <= 0:
        return None
    with localcontext() as context:
        context.prec = 28
        try:
            return price / reference
        except InvalidOperation:
            return None


def reference_price(mark: Mark, currency: str | None, rates: Mapping[str, Decimal]) -> Decimal | None:
    """What a genuine article costs in a currency: as registered, else converted; None when that cannot be said."""
    return in_currency(mark.reference_prices, currency, rates)


def in_currency(prices: Mapping[str, Decimal], currency: str | None, rates: Mapping[str, Decimal]) -> Decimal | None:
    """A price that is known in some currencies, in another."""
    if not currency:
        return None
    references = {code.upper(): price for code, price in prices.items()}
    if currency.upper() in references:
        return references[currency.upper()]
    to = rates.get(currency.upper())
    for code, price in sorted(references.items()):
        rate = rates.get(code)
        if rate and to and rate.is_finite() and to.is_finite() and rate > 0 and to > 0 and price.is_finite():
            return price * rate / to
    return None


def finding(one: Compared, score: float, code: str, signal: Signal = Signal.PRICE) -> Finding:
    """A price beside its reference as a finding."""
    percent = (one.share * 100).quantize(Decimal(1), ROUND_HALF_UP)
    amount = f"{one.unit.amount} {one.goods.currency}"
    en, zh = (f"{amount}{how and sign + how}" for sign, how in ((", ", one.unit.how_en), ("，", one.unit.how_zh)))
    return Finding(
        signal=signal,
        right=one.mark.right_id,
        score=score,
        reason=Reason(
            code=code,
            surface=amount,
            en=f"the price ({en}) is {percent} % of {one.what.en}",
            zh=f"售价({zh})为{one.what.zh}的 {percent}%",
        ),
        matched=str(one.share.quantize(Decimal("0.001"))),
    )
