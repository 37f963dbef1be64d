"""A price far under that of the genuine article: `price_findings(goods, marks, contexts, cny_per)`.

Thresholds are those of the project's table of signals: under 0.3 of the reference strong, under 0.5 medium. Price never
clears a listing, and says nothing of second-hand goods, parts, accessories, deposits and prices that are none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from matchers.kinds import is_other_kind
from matchers.title.goods import goods_words
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Mark, Reason, Signal

UNDER = Decimal("0.5")  # of the reference: from here on a price is a finding
FAR_UNDER = Decimal("0.3")  # of the reference: strong
STRONG, MEDIUM = 0.85, 0.6  # probability that such a price is that of a copy: first values, by judgement
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
SURE = 0.5  # score from which a context keeps price out


def price_findings(
    goods: Goods, marks: Sequence[Mark], contexts: Collection[Finding], cny_per: Mapping[str, Decimal] | None = None
) -> list[Finding]:
    """PRICE findings for those of `marks` beside whose reference the price is far too low. Never raises.

    marks : those that the listing names
    contexts : the listing's findings; one of CONTEXT keeps price out
    cny_per : what one unit of a currency is in CNY
    """
    if not is_price(goods.price) or NO_ARTICLE.search(goods.title[:MAX_TITLE].lower()):
        return []
    rates = {"CNY": Decimal(1), **(CNY_PER if cny_per is None else cny_per)}
    comparable = [mark for mark in marks if is_comparable(goods, mark, contexts)]
    return [found for mark in comparable if (found := compared(goods, mark, rates))]


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


def compared(goods: Goods, mark: Mark, rates: Mapping[str, Decimal]) -> Finding | None:
    """The finding for one mark; None when the price is not low, or nothing can be compared."""
    reference = reference_price(mark, goods.currency, rates)
    if reference is None or goods.price is None or not reference.is_finite() or reference <= 0:
        return None
    with localcontext() as context:
        context.prec = 28
        try:
            ratio = goods.price / reference
        except InvalidOperation:
            return None
    if ratio >= UNDER:
        return None
    return finding(mark, goods, ratio)


def reference_price(mark: Mark, currency: str | None, rates: Mapping[str, Decimal]) -> Decimal | None:
    """What a genuine article costs in a currency: as registered, else converted; None when that cannot be said."""
    if not currency:
        return None
    references = {code.upper(): price for code, price in mark.reference_prices.items()}
    if currency.upper() in references:
        return references[currency.upper()]
    to = rates.get(currency.upper())
    for code, price in sorted(references.items()):
        rate = rates.get(code)
        if rate and to and rate.is_finite() and to.is_finite() and rate > 0 and to > 0 and price.is_finite():
            return price * rate / to
    return None


def finding(mark: Mark, goods: Goods, ratio: Decimal) -> Finding:
    """A low price as a finding."""
    percent = (ratio * 100).quantize(Decimal(1), ROUND_HALF_UP)
    shown = f"{goods.price} {goods.currency}"
    return Finding(
        signal=Signal.PRICE,
        right=mark.right_id,
        score=STRONG if ratio < FAR_UNDER else MEDIUM,
        reason=Reason(
            code="far_under_reference" if ratio < FAR_UNDER else "under_reference",
            surface=shown,
            en=f"the price ({shown}) is {percent} % of that of the genuine article",
            zh=f"售价({shown})仅为正品参考价的 {percent}%",
        ),
        matched=str(ratio.quantize(Decimal("0.001"))),
    )
