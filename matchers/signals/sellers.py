"""What is known of the seller: `seller_findings(goods, marks)`; the facts (`SellerFacts`) are counted by who asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from matchers.title.text import fold_title
from matchers.types import Finding, Goods, Mark, Reason, SellerFacts, Signal

# First values, by judgement: fewer tell nothing of a shop.
FEWEST_FLAGGED = 3
FEWEST_DISMISSED = 3
MANY_BRANDS = 5
# Shops whose names Tmall gives only against papers of the brand: its own, and those it licensed for the brand alone.
OFFICIAL = re.compile(r"旗舰店|专卖店")


def seller_findings(goods: Goods, marks: Sequence[Mark]) -> list[Finding]:
    """Findings SELLER, and of CONTEXT where the seller's history or name speaks for him."""
    facts = goods.seller
    found = [] if facts is None else list(filter(None, (confirmed(facts), suspect(facts), crowded(facts))))
    cleared = [one for one in [facts and dismissed(facts)] if one]
    return [*found, *cleared, *official(goods, marks)]


def confirmed(facts: SellerFacts) -> Finding | None:
    """Counterfeits that a person confirmed; each dismissed listing weighs as much."""
    if facts.confirmed < 1:
        return None
    return said(
        "seller_confirmed",
        facts.confirmed / (facts.confirmed + max(facts.dismissed, 0) + 1),
        f"{facts.confirmed} other listings of this seller were confirmed as counterfeits",
        f"该卖家另有 {facts.confirmed} 条商品链接已被确认为假货",
    )


def suspect(facts: SellerFacts) -> Finding | None:
    """Several listings that are flagged and not judged yet, as a share of what was seen of the shop."""
    if facts.flagged < FEWEST_FLAGGED or facts.dismissed * 2 > facts.flagged:
        return None
    return said(
        "seller_flagged",
        min(1.0, facts.flagged / (max(facts.listings, facts.flagged) + 1)),
        f"{facts.flagged} other listings of this seller are suspect",
        f"该卖家另有 {facts.flagged} 条商品链接涉嫌侵权",
    )


def crowded(facts: SellerFacts) -> Finding | None:
    """Many brands of different owners in one shop."""
    if facts.brands < MANY_BRANDS:
        return None
    return said(
        "seller_many_brands",
        min(1.0, facts.brands / (2 * MANY_BRANDS)),
        f"the shop offers {facts.brands} brands of different owners",
        f"该店铺同时销售 {facts.brands} 个不同权利人的品牌",
    )


def dismissed(facts: SellerFacts) -> Finding | None:
    """Listings that a person looked at and let be, and none that was confirmed."""
    if facts.dismissed < FEWEST_DISMISSED or facts.confirmed:
        return None
    return said(
        "seller_dismissed",
        facts.dismissed / (facts.dismissed + 2),
        f"{facts.dismissed} other listings of this seller were judged innocent, none was confirmed",
        f"该卖家另有 {facts.dismissed} 条商品链接经审核未发现侵权",
        signal=Signal.CONTEXT,
    )


def official(goods: Goods, marks: Sequence[Mark]) -> Iterator[Finding]:
    """A Tmall shop that bears the mark's name and is called its own shop."""
    shop = goods.shop_name or ""
    if goods.marketplace != "tmall" or not OFFICIAL.search(shop):
        return
    folded = "".join(cell.text for cell in fold_title(shop).cells if not cell.text.isspace())
    for mark in marks:
        names = ["".join(c.text for c in fold_title(name).cells if not c.text.isspace()) for name in mark.names]
        if any(name and name in folded for name in names):
            en = f"the shop is called “{shop}”, a name that Tmall gives against papers of the brand"
            yield said(
                "official_shop",
                0.9,
                en,
                f"店铺名为“{shop}”，天猫仅凭品牌授权文件核准该类店名",
                signal=Signal.CONTEXT,
                right=mark.right_id,
            )


def said(
    code: str, score: float, en: str, zh: str, *, signal: Signal = Signal.SELLER, right: str | None = None
) -> Finding:
    """A fact of the seller as a finding."""
    reason = Reason(code=code, surface="", en=en, zh=zh)
    return Finding(signal=signal, right=right, score=round(score, 4), reason=reason)
