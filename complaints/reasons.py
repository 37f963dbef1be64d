"""Why a link is complained of: the reason that is suggested, and its text in Chinese and English.

A text is made only of the record, of what was found, and of what a person typed. Where something is missing it shows a
place to fill in, and says its name in `missing`. Templates are versioned; a text names the one it was made of.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from complaints.facts import Facts, facts_of
from complaints.filling import OURS, Filling
from complaints.typed import PLACES
from store.models import Candidate, Verdict
from store.rules import limit, reason_code, reason_codes, suggestions

FOLDER = Path(__file__).parent / "templates"
VERSIONS: dict[str, int] = {}  # the newest template of a reason; 1 where it is not named. Old ones stay in the folder


@dataclass(frozen=True)
class ReasonText:
    """The text of a reason. `template`: its name with version; `missing`: names of places that nobody filled."""

    code: str
    template: str
    zh: str
    en: str
    missing: tuple[str, ...] = ()

    @property
    def missing_words(self) -> str:
        """What is missing, in English."""
        known = OURS | PLACES
        return "; ".join(known[name][0] if name in known else name for name in self.missing)


def suggested(facts: Facts, on: dt.date, platform: str | None = None) -> str | None:
    """The code of the reason that what was found speaks for on that day; None without a right or a rule."""
    if facts.right is None:
        return None
    taken = {each.code for each in reason_codes(facts.right.type, on, platform)}
    for each in suggestions(facts.right.type, on):
        if each.code in taken and (not each.found or facts.names & set(each.found)):
            return each.code
    return None


def reason_of(
    candidate: Candidate, verdict: Verdict | None, on: dt.date, *, agent: bool = True
) -> tuple[str | None, ReasonText | None]:
    """The reason that is suggested, and the text of the one that was decided on, else of the suggested one."""
    right = candidate.right
    facts = facts_of(candidate, verdict, agent=agent)
    proposed = suggested(facts, on, candidate.listing.marketplace)
    known = {each.code for each in reason_codes(right.type, on)} if right else set()
    code = candidate.reason_code if candidate.reason_code in known else proposed
    return proposed, reason_text(code, facts, on) if code else None


def label_zh(code: str | None, on: dt.date) -> str | None:
    """How the portal's list calls it."""
    found = reason_code(code, on) if code else None
    return found.label_zh if found else None


def complaint_type(code: str | None) -> str:
    """`store_front` where the shop itself is complained of, else `product`."""
    return "store_front" if code == "tm_store_front" else "product"


def reason_text(code: str, facts: Facts, on: dt.date) -> ReasonText:
    """The text of a reason in both languages; what was found is cut where the portal takes no more."""
    longest = limit("reason_characters", on)
    found = facts.found
    while True:
        text = _rendered(code, replace(facts, found=found))
        if len(text.zh) <= longest or not found:
            break
        found = found[:-1]
    if len(text.zh) > longest:
        return replace(text, missing=(*text.missing, f"{len(text.zh)} characters, {longest} are taken"))
    return text


def _rendered(code: str, facts: Facts) -> ReasonText:
    name = f"{code}.v{VERSIONS.get(code, 1)}"
    filling = {lang: Filling(facts, lang) for lang in ("zh", "en")}
    texts = {lang: _template(f"{name}.{lang}.txt.j2").render(it=each) for lang, each in filling.items()}
    missing = dict.fromkeys(place for each in filling.values() for place in each.missing)
    return ReasonText(code, name, _tidy(texts["zh"], ""), _tidy(texts["en"], " "), tuple(missing))


def _tidy(text: str, between: str) -> str:
    return between.join(line for each in text.splitlines() if (line := each.strip()))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(FOLDER)
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=False)  # noqa: S701 # text, not HTML
