"""Names with a letter hidden or wrong: N*RVANE, NOVRANE, NORVAN. Whole runs of letters only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from rapidfuzz.distance import OSA

from matchers.title import scores
from matchers.title.keys import LONGEST_TYPED, TWICE_HIDDEN_FROM, TWICE_WRONG_FROM
from matchers.title.patterns import Pattern, index_form
from matchers.title.register import Register
from matchers.title.sighting import Sighting
from matchers.title.text import Text
from matchers.title.tokens import Token, numeric, tokens, windows
from matchers.title.words import is_english

MOST_WRONG = 2  # letters of a name that may be wrong at most
ANY_WRONG_FROM = 5  # letters from which any may be: nearer words are too many in shorter names
Window: TypeAlias = tuple[Token, ...]
# Letters beside one another on a keyboard, and those that sound or look alike.
NEIGHBOURS = {
    "a": "qwszeo", "b": "vghndp", "c": "xdfvkse", "d": "serfcxb", "e": "wsdraio", "f": "drtgvc", "g": "ftyhbvjq",
    "h": "gyujnbn",
    "i": "ujkoeya", "j": "huikmng", "k": "jiolmc", "m": "njk", "n": "bhjm", "o": "iklpaeu", "p": "olbq", "q": "wago",
    "r": "edft", "s": "awedxzc", "t": "rfgyd", "u": "yhjiovwbcfg", "w": "qaseuv", "x": "zsdck", "y": "tghuiv",
    "z": "asxc",
}  # fmt: skip


def masks(form: str, breaks: frozenset[int]) -> Iterator[str]:
    """The form with one letter or two hidden; a row of hidden letters also as a single mask.

    breaks : where a word begins; the space before it may be masked together with a letter beside it
    """
    for place in range(len(form)):
        yield form[:place] + "*" + form[place + 1 :]
    for place in breaks:
        yield form[:place] + "**" + form[place + 1 :]
        yield form[: place - 1] + "**" + form[place:]
    if len(form) < TWICE_HIDDEN_FROM:
        return
    for one, two in combinations(range(len(form)), 2):
        yield form[:one] + "*" + form[one + 1 : two] + "*" + form[two + 1 :]
        if two == one + 1:
            yield form[:one] + "*" + form[two + 1 :]


def edits(pattern: Pattern) -> int:
    """How many letters of a name may be wrong."""
    return 2 if len(pattern.text) >= TWICE_WRONG_FROM and not pattern.code else 1


def askable(text: Text) -> list[tuple[Window, str]]:
    """The runs of letters of a title that may be misspelt names, and their letters; hidden ones as ``*``."""
    found = []
    for window in windows(text, tokens(text), LONGEST_TYPED):
        joined = "".join([token.text for token in window])
        if "*" in joined or not known(window):
            found.append((window, joined))
    return found


def find(register: Register, text: Text, places: Iterable[tuple[Window, str, int]]) -> Iterator[Sighting]:
    """The misspelt names that runs of letters are. places : run, letters, number of a name"""
    for window, joined, name in places:
        if is_far(register.form(name), joined):
            continue
        for pattern in register.misspellable(name):
            sighting = (hidden if "*" in joined else compared)(pattern, text, window, joined)
            if sighting:
                yield sighting


def is_far(form: str, joined: str) -> bool:
    """Whether a name in Latin letters is surely another word; told without making the name."""
    return form.isascii() and "*" not in joined and OSA.distance(joined, form, score_cutoff=MOST_WRONG) > MOST_WRONG


def known(window: Window) -> bool:
    """Whether a window is one ordinary word."""
    return len(window) == 1 and is_english(window[0].letters)


def hidden(pattern: Pattern, text: Text, window: Window, joined: str) -> Sighting | None:
    """A name with masked letters."""
    if pattern.code or any(token.text == "*" for token in window):
        return None
    if joined not in set(masks(index_form(pattern.text), pattern.breaks)):
        return None
    surface = text.surface(window[0].first, window[-1].last)
    score = scores.CODES["masked"] if joined.count("*") == 1 else scores.CODES["masked"] - 0.1
    return Sighting(pattern.name, ("masked",), score, window[0].first, window[-1].last, (surface,))


def compared(pattern: Pattern, text: Text, window: Window, joined: str) -> Sighting | None:
    """A window beside a name; None when it is too far away or another word."""
    form = index_form(pattern.text)
    distance = OSA.distance(joined, form, score_cutoff=2)
    if not 1 <= distance <= edits(pattern) or not fits(pattern, form, window):
        return None
    if any(numeric(token, text) for token in window) or touched(text, window):
        return None
    code, said = difference(form, joined) if distance == 1 else ("typo_two", joined)
    if not believable(code, said, form, joined, window):
        return None
    first, last = window[0].first, window[-1].last
    base = scores.TYPO_BY_LENGTH.get(min(len(form), 8), 0.0) + scores.TYPO_KIND[code]
    if code == "typo_replaced":
        base += odds(said[-1], said[0], form, joined)
    codes, told = ((code, "pinyin"), (said, "")) if pattern.code else ((code,), (said,))
    return Sighting(pattern.name, codes, min(base, 0.95), first, last, told)


def fits(pattern: Pattern, form: str, window: Window) -> bool:
    """Whether a window has the words of a name: as many, or all in one; and no ordinary word in place of another."""
    if len(window) == 1:
        return not is_english(window[0].letters)
    cuts = sorted(pattern.breaks)
    if len(cuts) != len(window) - 1:
        return False
    names = [form[one:two] for one, two in zip([0, *cuts], [*cuts, len(form)], strict=True)]
    pairs = [(token, name) for token, name in zip(window, names, strict=True) if token.text != name]
    return all(len(name) >= 3 and not is_english(token.letters) for token, name in pairs)


def touched(text: Text, window: Window) -> bool:
    """Whether a digit makes the window a model (letters are of the run already)."""
    return (
        any(kind == "D" for token in window for kind in text.shape[token.first : token.last + 1])
        and len(window) == 1
        and (text.shape[window[0].last] == "D")
    )


def difference(name: str, word: str) -> tuple[str, str]:
    """What one edit made of a name: its code, and the letters to tell."""
    place = next(
        (i for i, (one, two) in enumerate(zip(name, word, strict=False)) if one != two), min(len(name), len(word))
    )
    if len(word) < len(name):
        return "typo_missing", name[place]
    if len(word) > len(name):
        extra = word[place]
        doubled = (place > 0 and word[place - 1] == extra) or name[place : place + 1] == extra
        return ("typo_doubled" if doubled else "typo_added"), extra
    if name[place : place + 2] == word[place : place + 2][::-1] and name[place] != name[place + 1 : place + 2]:
        return "typo_swapped", name[place : place + 2]
    return "typo_replaced", f"{word[place]} = {name[place]}"


def odds(meant: str, written: str, form: str, joined: str) -> float:
    """What the letters of a replacement add to its score."""
    far = written not in NEIGHBOURS.get(meant, "") and meant not in NEIGHBOURS.get(written, "")
    return (scores.FAR_KEY if far else 0.0) + (scores.FIRST_LETTER if form[0] != joined[0] else 0.0)


def believable(code: str, said: str, form: str, joined: str, window: Window) -> bool:
    """Whether a difference is that of a misspelling, and not that of a longer or inflected word."""
    if len(form) < ANY_WRONG_FROM:
        return code in {"typo_doubled", "typo_swapped"} and form[0] == joined[0]
    if code == "typo_added":
        return len(form) >= 6 and joined[1:] != form and joined[:-1] != form
    if code == "typo_two":
        return joined[0] == form[0] and not joined.startswith(form) and not joined.endswith(form)
    if code == "typo_missing" and joined + "s" == form:
        return len(form) >= 7 and len(window) == 1
    return True
