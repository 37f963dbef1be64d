"""The terms that `lexicon` looks for: rows of data/lexicon.tsv, and families that are made by a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from matchers.data import rows
from matchers.lexicon_rules import COPIES, GRADES, SHORT_GRADES, SUPER_A, TRUE_WIRELESS
from matchers.title.text import Text, fold_title

SKIPPED = frozenset({"brand_nickname"})  # nicknames are a mark's aliases, and live with the client


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the lexicon; `text` is folded as titles are."""

    text: str
    category: str
    weight: str
    meaning: str


def flat(text: Text) -> str:
    """A folded title as a string of one character a cell."""
    return "".join([cell.text[:1] for cell in text.cells])


@cache
def terms() -> tuple[Term, ...]:
    """The lexicon, each folded term once: the first row wins."""
    found: dict[str, Term] = {}
    for text, _, category, weight, meaning in rows("lexicon.tsv")[1:]:
        if category not in SKIPPED:
            folded = flat(fold_title(text))
            found.setdefault(folded, Term(folded, category, weight, meaning))
    for term in families():
        found.setdefault(term.text, term)
    return tuple(found.values())


def families() -> Iterator[Term]:
    """The terms that are made by a pattern; a row of the lexicon goes before."""
    for text in (
        *(grade + copy for grade in GRADES for copy in COPIES),
        *(f"{grade}仿" for grade in SHORT_GRADES),
        *(f"{grade}仿{TRUE_WIRELESS}" for grade in SHORT_GRADES),
    ):
        yield Term(flat(fold_title(text)), "copy_grade", "strong", "a grade of imitation")
    for text in SUPER_A:
        yield Term(f"超a{text}", "copy_grade", "strong", "super-A copy")
    for grade in SHORT_GRADES:
        yield Term(f"{grade}仿真", "false_friend", "benign", "lifelike")


@cache
def spread() -> tuple[Term, ...]:
    """The terms that are also looked for with things set between their hanzi."""
    return tuple(
        term
        for term in terms()
        if term.weight in {"strong", "medium"} and re.fullmatch(r"[\u4e00-\u9fff]{2,}", term.text)
    )


@cache
def automaton(*, apart: bool) -> AhoCorasick:
    """The index of all terms, or of those that may stand apart."""
    return AhoCorasick([term.text for term in (spread() if apart else terms())])
