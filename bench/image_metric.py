"""How well pictures are matched, as the benchmark of labelled pictures counts it (its README has the rules).

All pairs of a task are ranked by score; a pair is right when its id is the one that the picture was made with. Pictures
of the very same article (`amb:`) count neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

PRECISION = 0.95
ALARMS = 1e-3  # of the pictures without anything that may have a score above the strict threshold
SAME_ARTICLE = "amb:"


@dataclass(frozen=True, slots=True)
class Query:
    """A picture. target : the id that stands in it, None for none; attack : what was done to it"""

    id: str
    target: str | None
    attack: str


@dataclass(frozen=True, slots=True)
class Score:
    """How surely an id stands in a picture."""

    query: str
    gallery: str
    score: float
    decided: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the pictures of one attack. ranked : above the threshold of that precision; decided : rightly; of : all"""

    ranked: int
    decided: int
    of: int


@dataclass(frozen=True, slots=True)
class Quality:
    """recall : the most that is found at any threshold with `PRECISION`; quiet : above nearly all that carry nothing
    top : the likeliest id is right; precision, found : at the shipped threshold
    attacks : by attack; same_article : pictures of the same article that were decided, and all
    """

    recall: float
    quiet: float
    top: float
    precision: float
    found: float
    attacks: dict[str, Hits]
    same_article: tuple[int, int]


def quality(queries: Sequence[Query], scores: Iterable[Score]) -> Quality:
    """The figures of one task."""
    of_query: dict[str, list[Score]] = {query.id: [] for query in queries}
    for score in scores:
        of_query[score.query].append(score)
    counted = [query for query in queries if not query.attack.startswith(SAME_ARTICLE)]
    again = [query for query in queries if query.attack.startswith(SAME_ARTICLE)]
    carrying = [query for query in counted if query.target is not None]
    ranked = {query.id: best(of_query[query.id]) for query in counted}
    threshold = threshold_at(pairs(counted, ranked), PRECISION)
    alarm = alarm_at([max(ranked[query.id].values(), default=None) for query in counted if query.target is None])
    decided = [(query, score) for query in counted for score in of_query[query.id] if score.decided]
    right = {query.id for query, score in decided if score.gallery == query.target}
    own = {query.id: ranked[query.id].get(query.target or "") for query in carrying}
    return Quality(
        recall=share(sum(at_least(own[query.id], threshold) for query in carrying), len(carrying)),
        quiet=share(sum(above(own[query.id], alarm) for query in carrying), len(carrying)),
        top=share(sum(is_first(ranked[query.id], query.target) for query in carrying), len(carrying)),
        precision=share(sum(score.gallery == query.target for query, score in decided), len(decided)),
        found=share(len(right), len(carrying)),
        attacks={
            attack: Hits(
                sum(at_least(own[query.id], threshold) for query in some),
                sum(query.id in right for query in some),
                len(some),
            )
            for attack, some in by_attack(carrying)
        },
        same_article=(sum(any(score.decided for score in of_query[query.id]) for query in again), len(again)),
    )


def best(scores: Iterable[Score]) -> dict[str, float]:
    """The best score of each id."""
    found: dict[str, float] = {}
    for one in scores:
        found[one.gallery] = max(found.get(one.gallery, one.score), one.score)
    return found


def pairs(queries: Sequence[Query], ranked: dict[str, dict[str, float]]) -> list[tuple[float, bool]]:
    """All pairs, the likeliest first."""
    every = ((score, id_ == query.target) for query in queries for id_, score in ranked[query.id].items())
    return sorted(every, key=lambda pair: -pair[0])


def threshold_at(ranked: Sequence[tuple[float, bool]], precision: float) -> float | None:
    """The score from which the most are found with this precision; those of one score are taken together."""
    right = wrong = most = 0
    found = None
    for score, some in groupby(ranked, key=lambda pair: pair[0]):
        told = [is_right for _, is_right in some]
        right, wrong = right + sum(told), wrong + len(told) - sum(told)
        if right >= precision * (right + wrong) and right > most:
            most, found = right, score
    return found


def alarm_at(highest: Sequence[float | None]) -> float | None:
    """The score that only `ALARMS` of the pictures without anything pass."""
    ordered = sorted((float("-inf") if one is None else one for one in highest), reverse=True)
    return ordered[int(len(ordered) * ALARMS)] if ordered else None


def at_least(score: float | None, threshold: float | None) -> bool:
    """Whether it is found."""
    return score is not None and threshold is not None and score >= threshold


def above(score: float | None, threshold: float | None) -> bool:
    """Whether it stands clear of all false alarms."""
    return score is not None and (threshold is None or score > threshold)


def is_first(ranked: dict[str, float], target: str | None) -> bool:
    """The right id is the likeliest, alone."""
    highest = max(ranked.values(), default=None)
    return [id_ for id_, score in ranked.items() if score == highest] == [target]


def by_attack(queries: Iterable[Query]) -> Iterable[tuple[str, list[Query]]]:
    """The pictures of each attack, by name."""
    ordered = sorted(queries, key=lambda query: query.attack)
    return [(attack, list(some)) for attack, some in groupby(ordered, key=lambda query: query.attack)]


def share(some: int, of: int) -> float:
    """0..1; 0 of none."""
    return some / max(1, of)
