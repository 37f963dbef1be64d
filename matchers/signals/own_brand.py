"""The listing's own brand attribute against its title and pictures: `brand_findings(goods, marks, findings)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchers.rule import IN_PHOTO, MATCHED, OWN_NAME, brands_of, compact
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Mark, Reason, Signal

SHOWN, NAMED, DENIED = 0.7, 0.5, 0.5  # probability of a copy, beside a picture or a title: first values, by judgement
MAX_BRAND = 80  # characters of a brand attribute that are read
# What sellers put where they name no brand.
_NONE = "其他 其它 无 无品牌 无牌 没有 自有品牌 暂无 other others none no nobrand nonbrand unbranded generic oem"
NO_BRAND = frozenset(_NONE.split())


def brand_findings(goods: Goods, marks: Sequence[Mark], findings: Sequence[Finding]) -> Iterator[Finding]:
    """OWN_BRAND where the attribute names another brand, or none, than title or picture; CONTEXT for its own name."""
    brand = (goods.brand or "").strip()[:MAX_BRAND]
    if not brand or any(one.signal is Signal.BRAND_ATTRIBUTE and one.score >= MATCHED for one in findings):
        return
    own = brands_of(brand)
    for mark in marks:
        seen = [one for one in findings if one.right == mark.right_id and one.score >= MATCHED]
        spelled = [one for one in seen if compact(one.reason.surface) in own]
        if spelled:
            if any(one.reason.code.removeprefix("word_in_photo.").startswith(OWN_NAME) for one in spelled):
                yield own_name(mark, brand)
        elif any(one.signal in {Signal.TITLE, Signal.DISGUISE, Signal.PHOTO_COPY, *IN_PHOTO} for one in seen):
            shown = any(one.signal in {Signal.PHOTO_COPY, *IN_PHOTO} for one in seen)
            if shown and names_itself(goods, own):
                continue
            yield contradiction(mark, brand, shown=shown, denied=is_none(brand))


def names_itself(goods: Goods, own: frozenset[str]) -> bool:
    """Whether the title names the listing's own brand: then it says one thing, whatever a picture resembles."""
    title = compact(goods.title[:MAX_TITLE])
    return any(len(name) > 1 and name in title for name in own)


def is_none(brand: str) -> bool:
    """Whether an attribute names no brand: ``other/其他``."""
    return {compact(part) for part in brand.replace("／", "/").split("/")} <= NO_BRAND | {""}


def contradiction(mark: Mark, brand: str, *, shown: bool, denied: bool) -> Finding:
    """What the attribute says and what the listing shows."""
    name = (mark.names or mark.aliases or (mark.right_id,))[0]
    where, there = ("picture", "图片") if shown else ("title", "标题")
    en = "that it has no brand" if denied else f"that its brand is “{brand}”"
    zh = "无品牌" if denied else f"为“{brand}”"
    return Finding(
        signal=Signal.OWN_BRAND,
        right=mark.right_id,
        score=SHOWN if shown else DENIED if denied else NAMED,
        reason=Reason(
            code="no_brand" if denied else "other_brand",
            surface=brand,
            en=f"the listing says {en}, while its {where} shows “{name}”",
            zh=f"商品属性中品牌{zh}，而{there}中出现“{name}”",
        ),
        matched=brand,
    )


def own_name(mark: Mark, brand: str) -> Finding:
    """A spelling near the mark that is another maker's name."""
    return Finding(
        signal=Signal.CONTEXT,
        right=mark.right_id,
        score=0.8,
        reason=Reason(
            code="own_name",
            surface=brand,
            en=f"what resembles the mark is the listing's own brand, “{brand}”",
            zh=f"与商标近似的文字为该商品自有品牌“{brand}”",
        ),
        matched=brand,
    )
