"""Titles as sellers write them: nouns, praise and noise around a name, in many orders."""

from __future__ import annotations

import re
from random import Random

from sandbox.goods.clients import Mark
from sandbox.goods.words import LINES, NOISE, SEASONS, STYLES

# b the name, n and m nouns, f to i praise, p people, s season, o and q noise, t style, x what else must be said
_ORDERS = (
    "{s}{b}{p}{f}{n}{g}{h}{m}{x}",
    "{b}{n}{p}{f}{x}{g}{t}{m}{o}",
    "{o}{b} {f}{n}{x} {g}{h}{p}",
    "{p}{n}{s}{f}{b}{g}{x}{m}",
    "【{o}】{b}{n}{f}{g}{t}{x}",
    "{n}{p}{f} {b} {x}{g}{m}{s}{h}",
    "{b} {t}{f}{n} {p}{x} {g} {o}",
    "{t}{n}{f}{x}{p}{b}{s}{g}{h}",
    "{b}{s}{n}{f}{g}{h}{i}{x}{p}",
    "{x}{b}{n}{p}{f}{g}{t}{m}",
    "{s}{t}{p}{n}{b}{f}{x}",
    "{f}{g}{n}{x} {b}/{m} {p} {o}",
    "{b}｜{n}{f}{x}{g}｜{p}{o}",
    "{p}{f}{b}{n}{g}{x}{q}{o}",
)
_TOUCHING = re.compile(r"(?<=[A-Za-z0-9])\x00(?=[A-Za-z0-9])")


def title(line: str, rng: Random, name: str = "", extra: str = "") -> str:
    """A title for goods of a line that holds the name and the extra words, neither touched by Latin letters."""
    vocabulary = LINES[line]
    n, m = rng.sample(vocabulary.nouns, 2)
    f, g, h, i = rng.sample(vocabulary.praise, 4)
    o, q = rng.sample(NOISE, 2)
    people, season, style = rng.choice(vocabulary.people), rng.choice(SEASONS), rng.choice(STYLES)
    parts = {"n": n, "m": m, "f": f, "g": g, "h": h, "i": i, "o": o, "q": q, "p": people, "s": season, "t": style}
    # Marked off, so that a name never grows together with the "2026" or "ins" beside it.
    whole = rng.choice(_ORDERS).format(b=f"\0{name}\0" if name else "", x=f"\0{extra}\0" if extra else "", **parts)
    return _joined(whole)


def phrase(words: str, rng: Random, name: str = "", first: bool = False) -> str:
    """A title from given words (blank between them), all of them used, in a random order, with some noise."""
    listed = words.split()
    kept = [listed[0], *rng.sample(listed[1:], len(listed) - 1)]
    kept.insert(0 if first else rng.randint(0, len(kept)), f"\0{name}\0")
    kept.insert(rng.choice([0, len(kept)]), rng.choice(SEASONS + NOISE))
    return _joined("".join(kept) if rng.random() < 0.6 else " ".join(kept))


def _joined(marked: str) -> str:
    """The finished title: a blank only where Latin letters would grow together, nothing left of an empty name."""
    whole = _TOUCHING.sub(" ", marked).replace("\0", "").replace("【】", "").replace(" /", " ")
    return re.sub(" {2,}", " ", whole).strip(" /｜")


def plain(mark: Mark, rng: Random) -> str:
    """The name as an honest seller writes it: Latin, Chinese, or both."""
    if not mark.latin:
        return rng.choice(mark.aliases)
    latin = rng.choice([mark.latin, mark.latin.title(), mark.latin.lower()])
    return rng.choice(
        [latin, mark.chinese, f"{latin}/{mark.chinese}", f"{mark.chinese}{latin}", f"{latin} {mark.chinese}"]
    )


def brand_attribute(latin: str, chinese: str, rng: Random) -> str:
    """The brand attribute as the sites' lists have it."""
    return rng.choice([f"{latin}/{chinese}", f"{latin}/{chinese}", latin, chinese])
