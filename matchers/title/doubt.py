"""How likely a row of hanzi that resembles a Chinese name is that name in disguise, and no chance.

Two things speak for it: how seldom hanzi would resemble the name's by chance (in nats: minus the logarithm of that
share of running text), and how badly the row reads as ordinary words where it stands. A logistic formula weighs them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from matchers.data import rows
from matchers.title import scores
from matchers.title.hanzi import homophones, kinship, likeness, near, near_sound, near_sounds, sounds
from matchers.title.words import FREE, UNKNOWN, chinese, cuts, fluency

# Nats by which each strength of likeness is rarer than any two hanzi (data/shapes.py, SHARES).
LIKE = (0.0, 4.6, 5.0, 5.3, 5.8, 6.2, 6.6, 7.1, 7.6, 8.5)
KIN = 2.5  # nats from which a part in common tells anything: less than one hanzi of twelve has it
RAREST = 12.0  # nats: no hanzi is taken to be rarer than six in a million
MILLION = 1_000_000
COUNTED = {
    "homophone": "homophones", "lookalike_hanzi": "lookalikes", "near_homophone": "nears", "kin_hanzi": "kins",
    "replaced_hanzi": "replaced",
}  # fmt: skip


@cache
def usual_sounds() -> tuple[dict[str, int], dict[str, int]]:
    """How many of a million hanzi are read so: by syllable, and by syllable with near ones made equal."""
    exact = {syllable: int(count) for syllable, count in rows("syllables.tsv")}
    loose: dict[str, int] = {}
    for syllable, count in exact.items():
        loose[near(syllable)] = loose.get(near(syllable), 0) + count
    return exact, loose


def nats(count: float) -> float:
    """How rare something is that occurs so often in a million hanzi."""
    return min(RAREST, math.log(MILLION / max(count, 1)))


@lru_cache(maxsize=1 << 14)
def rarity(hanzi: str) -> float:
    """How rare a hanzi is as a word of its own."""
    return min(RAREST + 6, -chinese().get(hanzi, UNKNOWN))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one hanzi of a title resembles the name's.

    code : the difference, empty for none
    nats : how rare so much likeness is by chance
    """

    code: str
    nats: float


@lru_cache(maxsize=1 << 16)
def compare(written: str, meant: str) -> Likeness:
    """How a hanzi resembles the name's, by its likelier likeness: of sound or of shape."""
    if written == meant:
        return Likeness("", min(RAREST, rarity(meant)))
    strength = likeness(written, meant)
    close = near_sound(written) in near_sounds(meant)
    if not strength and not close:
        related = kinship(written, meant)
        return Likeness("kin_hanzi", related) if related >= KIN else Likeness("replaced_hanzi", 0.0)
    exact, loose = usual_sounds()
    if homophones(written, meant):
        return Likeness("homophone", nats(exact.get(sounds(written)[0], 0)))
    heard = nats(loose.get(near_sound(written), 0)) if close else 0.0
    if LIKE[strength] >= heard:
        return Likeness("lookalike_hanzi", LIKE[strength])
    return Likeness("near_homophone", heard)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of hanzi stands.

    before, behind : the hanzi that touch it
    open : its sides, 0 to 2, at which no letter, digit or hanzi touches it
    first : whether the title begins with it
    signs : what parts its hanzi: all of them by strange signs (2), some (1), none or only what titles part words by (0)
    spaced : whether white space or usual signs part them
    old : hanzi of it in traditional form, when those around it are not
    torn : its sides at which the strange signs go on, and hanzi behind them
    """

    before: str
    behind: str
    open: int
    first: bool
    signs: int
    spaced: bool
    old: int
    torn: int


def first_stub(behind: str) -> str:
    """The single hanzi that is left over at the beginning of a text; empty when a word begins it."""
    return behind[:1] if 1 in cuts(behind) and behind[0] not in FREE else ""


def last_stub(before: str) -> str:
    """The single hanzi that is left over at the end of a text."""
    return before[-1:] if before and len(before) - 1 in cuts(before) and before[-1] not in FREE else ""


def standing(window: str, place: Place) -> dict[str, float]:
    """What the formula weighs of a row of hanzi whatever name it resembles."""
    ordinary = fluency(place.before + window + place.behind) - fluency(place.before) - fluency(place.behind)
    size = len(window)
    stubs = [rarity(stub) for stub in (last_stub(place.before), first_stub(place.behind)) if stub]
    return {
        "one": 1.0,
        "strange": -ordinary / size,
        "strange_all": -ordinary,
        "enclosed": place.open == 2,
        "first": place.first,
        "signs": place.signs,
        "spaced": place.spaced,
        "old": min(place.old, 3),
        "torn": place.torn,
        "stubs": len(stubs),
        "stub": sum(stubs),
        "size2": size == 2,
        "size3": size == 3,
        "word": window in chinese(),
    }


def resemblance(window: str, alike: Sequence[Likeness]) -> dict[str, float]:
    """What the formula weighs of how a row of hanzi resembles a name."""
    changed = [(char, one) for char, one in zip(window, alike, strict=True) if one.code]
    kept = "".join([char for char, one in zip(window, alike, strict=True) if not one.code])
    found = {
        "same": 0.0,
        "rarest": max(rarity(char) for char, _ in changed),
        "unchanged": len(changed) < len(window),
        "left_word": len(kept) > 1 and kept in window and kept in chinese(),
        "kin2": len(window) == 2 and any(one.code == "kin_hanzi" for one in alike),
        "replaced_rarity": sum(rarity(char) for char, one in changed if one.code == "replaced_hanzi"),
    }
    for one in alike:
        sort = one.code or "same"
        found[sort] = found.get(sort, 0.0) + one.nats
        if one.code:
            found[COUNTED[sort]] = found.get(COUNTED[sort], 0.0) + 1
    return found


def weighed(found: dict[str, float]) -> float:
    """What features add to the log odds."""
    return sum([scores.HANZI_WEIGHTS.get(feature, 0.0) * value for feature, value in found.items()])


def probability(odds: float) -> float:
    """The probability of log odds: between 0 and 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
