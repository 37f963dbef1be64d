"""What was judged innocent before (the client's negative bank): `innocent_findings(goods, portfolio, findings)`.

Pictures are compared by the picture matcher, which makes a finding of CONTEXT of a copy; here are titles, and links
that sell no article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from matchers.price import NO_ARTICLE
from matchers.rule import compact
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Portfolio, Reason, Signal

TITLE, PHOTO = "innocent_title", "innocent_photo"


def innocent_findings(goods: Goods, portfolio: Portfolio, findings: Sequence[Finding]) -> Iterator[Finding]:
    """CONTEXT: a title that was judged innocent; a link that collects a deposit, a difference or postage."""
    title = goods.title[:MAX_TITLE]
    if portfolio.negative_titles and compact(title) in bank(portfolio.negative_titles):
        yield said(TITLE, title[:60], 1.0, "this title was judged innocent before", "相同标题此前已被审核认定为不侵权")
    if match := NO_ARTICLE.search(title.lower()):
        en = f"“{match[0]}” says that the link sells no article"
        yield said("no_article", match[0], 0.8, en, f"“{match[0]}”表明该链接不销售商品本身")


@lru_cache(maxsize=1 << 8)  # a client's bank is asked for every listing
def bank(titles: tuple[str, ...]) -> frozenset[str]:
    """The titles as they are compared: letters, digits and hanzi, folded."""
    return frozenset(filter(None, (compact(title[:MAX_TITLE]) for title in titles)))


def said(code: str, surface: str, score: float, en: str, zh: str) -> Finding:
    """A finding of CONTEXT about the listing."""
    reason = Reason(code=code, surface=surface, en=en, zh=zh)
    return Finding(signal=Signal.CONTEXT, right=None, score=score, reason=reason)
