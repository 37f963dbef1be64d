"""What a price says beside the rule's grounds: `price_signs(goods, marks, findings, cny_per)`.

Somewhat under the reference; far under comparable listings; a number that is no price; and, against an infringement, a
price as the genuine article's, which never clears a listing: some copies are sold at full price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from matchers.price import MEDIAN, NO_ARTICLE, UNDER, comparisons, finding, is_price, median_of
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Mark, Reason, Signal
from matchers.units import unit_price

SOMEWHAT_UNDER = Decimal("0.7")  # of the reference: weak
FAIR = (Decimal("0.85"), Decimal("1.5"))  # of the reference: what the genuine article costs in a shop
OUTLYING = -3.5  # robust z from which a price lies apart (Iglewicz and Hoaglin 1993)
# How likely each is that of a copy: first values, by judgement; under 0.5, so that none is a ground of the rule.
WEAK, SECOND_OPINION, AT_REFERENCE = 0.35, 0.45, 0.6


def price_signs(
    goods: Goods, marks: Sequence[Mark], findings: Sequence[Finding], cny_per: Mapping[str, Decimal] | None = None
) -> Iterator[Finding]:
    """PRICE findings that are weak, CONTEXT where the price is fair. Never raises; arguments as `price_findings`."""
    compared = comparisons(goods, marks, findings, cny_per)
    for one in compared:
        if UNDER <= one.share < SOMEWHAT_UNDER:
            yield finding(one, WEAK, "somewhat_under_reference")
        elif one.what is not MEDIAN and FAIR[0] <= one.share <= FAIR[1] and is_one_price(goods):
            yield finding(one, AT_REFERENCE, "price_at_reference", Signal.CONTEXT)
        z = robust_z(one.unit.amount, goods.comparables)
        if z is not None and z <= OUTLYING:
            yield outlier(one.mark.right_id, one.unit.amount, goods, z)
    if marks and is_evasive(goods):
        yield evasive(goods)


def robust_z(price: Decimal, prices: Sequence[Decimal]) -> float | None:
    """How far a price lies from the median: 0.6745 (x - median) / MAD; None for too few prices, or all alike."""
    middle = median_of(prices)
    if middle is None or not is_price(price):
        return None
    spread = median([abs(one - middle) for one in prices if is_price(one)])
    return None if spread == 0 else 0.6745 * float((price - middle) / spread)


def is_one_price(goods: Goods) -> bool:
    """Whether one article is sold at one price: a wide range may hide the real one."""
    return goods.price is None or goods.price_high is None or goods.price_high <= goods.price * 2


def is_evasive(goods: Goods) -> bool:
    """Whether the price is a number that is none, of goods that are sold all the same."""
    unit = unit_price(goods)
    if unit is None or not unit.amount.is_finite() or unit.amount <= 0 or is_price(unit.amount):
        return False
    return NO_ARTICLE.search(goods.title[:MAX_TITLE].lower()) is None


def outlier(right: str, price: Decimal, goods: Goods, z: float) -> Finding:
    """A price far under those of comparable listings."""
    number = sum(map(is_price, goods.comparables))
    amount = f"{price} {goods.currency}"
    return Finding(
        signal=Signal.PRICE,
        right=right,
        score=SECOND_OPINION,
        reason=Reason(
            code="price_outlier",
            surface=amount,
            en=f"the price ({amount}) lies {abs(z):.1f} robust deviations under that of {number} comparable listings",
            zh=f"售价({amount})明显低于 {number} 条同类商品的价格（稳健 z 值 {z:.1f}）",
        ),
        matched=f"{z:.1f}",
    )


def evasive(goods: Goods) -> Finding:
    """A number that is no price: the real one is asked elsewhere."""
    number = str(goods.price)[:20]
    return Finding(
        signal=Signal.PRICE,
        right=None,
        score=WEAK,
        reason=Reason(
            code="price_evasive",
            surface=number,
            en=f"{number} is no price: the real one is asked elsewhere",
            zh=f"标价 {number} 并非真实售价，实际价格另行告知",
        ),
    )
