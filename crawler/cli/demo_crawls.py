"""The crawls of a demo: of every marketplace that the catalogue has goods of, for every registered word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.arguments import MAX_WORD
from crawler.brands import queries_of
from crawler.cli.shared import UsageError
from crawler.config import Config
from crawler.marketplaces import SITES
from crawler.progress import tell
from crawler.runs import DONE, INTERRUPTED, PARTLY
from crawler.supervise import run_crawl
from sandbox.catalogue import Goods
from store.database import Store
from store.models import Right
from store.queries import all_rights

PAGES = "100"
BRANDS_A_RUN = 50
# The stand-in is ours; a site's own pace and budget are in its configuration.
UNBOUNDED = {"DELAY": "0", "PAGES_PER_RUN": "100000", "PAGES_PER_DAY": "100000", "REQUESTS_PER_DAY": "10000000"}


def crawl_all(store: Store, config: Config, port: int, spiders: Sequence[str]) -> int:
    """One crawl a marketplace for many brands at once; the last exit code that is no success, or the interruption.

    Raises UsageError where there are goods and no word to search them by.
    """
    env = surroundings(config, port)
    with store.reading() as session:
        brands, lost = words_of(all_rights(session))
    why = f"nothing can be searched for {', '.join(lost)}: no mark in words, names, aliases or goods"
    if spiders and not brands:
        raise UsageError(f"rights: {why}")
    if lost:
        tell(f"warning: {why}")
    worst = DONE
    for spider in spiders:
        for start in range(0, len(brands), BRANDS_A_RUN):
            some = brands[start : start + BRANDS_A_RUN]
            tell(f"searching {spider} for {', '.join(some)}")
            code = run_crawl([spider, "-a", f"brand={'|'.join(some)}", "-a", f"pages={PAGES}"], env)
            if code == INTERRUPTED:
                return code
            worst = code if code not in (DONE, PARTLY) else worst
    return worst


def surroundings(config: Config, port: int) -> dict[str, str]:
    """The environment of a crawl of the stand-in."""
    limits = {
        f"BAZAARWATCH_ACCESS__{name.upper()}__{limit}": value for name in SITES for limit, value in UNBOUNDED.items()
    }
    return {
        "BAZAARWATCH_DATA": str(config.data),
        "BAZAARWATCH_DATABASE_URL": config.database,
        "BAZAARWATCH_TRANSPORT": f"sandbox:{port}",
        **limits,
    }


def spiders_for(goods: Iterable[Goods]) -> tuple[str, ...]:
    """The spiders that see all of these goods: taobao's finds Tmall's too."""
    there = {SITES[each.marketplace].access_group for each in goods}
    return tuple(name for name in SITES if name in there)


def words_of(rights: Sequence[Right]) -> tuple[list[str], list[str]]:
    """A word for each trademark, where one serves all rights that bear it; and the ids of rights that have none.

    Other rights are searched by the words for their goods where their client has no trademark to be searched for.
    """
    trademarks = [right for right in rights if right.mark is not None and queries_of([right])]
    searched = {right.client_id for right in trademarks}
    others = [right for right in rights if right.mark is None and right.client_id not in searched]
    lost = [right for right in rights if not queries_of([right]) and (right.mark or right in others)]
    found = [right for right in others if right not in lost]
    return _brands([*trademarks, *found]), [right.right_id for right in lost]


def _brands(rights: Iterable[Right]) -> list[str]:
    covered: set[str] = set()
    words: dict[str, None] = {}
    for right in rights:
        folded = {name.folded for name in right.mark.names} if right.mark else set()
        if not covered & folded:
            usable = (word for word in _names(right) if len(word) <= MAX_WORD and "|" not in word)
            words |= dict.fromkeys(word for word in [next(usable, None)] if word)
        covered |= folded
    return list(words)


def _names(right: Right) -> list[str]:
    return [*(name.name for name in right.mark.names), right.right_id] if right.mark else [right.right_id]
