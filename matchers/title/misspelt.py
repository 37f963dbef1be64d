"""Names with a letter hidden or wrong: N*RVANE, NOVRANE, NORVAN. Whole runs of letters only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from rapidfuzz.distance import OSA

from matchers.title import scores
from matchers.title.cells import How, Kind
from matchers.title.hanzi import is_pinyin
from matchers.title.keys import LONGEST_TYPED, TWICE_HIDDEN_FROM, TWICE_WRONG_FROM
from matchers.title.patterns import Pattern, index_form
from matchers.title.register import Register
from matchers.title.sighting import Sighting
from matchers.title.slips import difference, far_edits, is_compound, odds
from matchers.title.text import Text
from matchers.title.tokens import Token, numeric, tokens, windows
from matchers.title.words import is_english, other_brands

MOST_WRONG = 2  # letters of a name that may be wrong at most
ANY_WRONG_FROM = 5  # letters from which any may be: nearer words are too many in shorter names
ANY_PINYIN_FROM = 8  # the same for any one letter: the syllables of shorter ones are shared by many words
SHORTEST_WORD = 3  # letters of a word of a short name that may be misspelt
PREFIX = 5  # letters up to which a word before a hyphen is its prefix
Window: TypeAlias = tuple[Token, ...]


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
    runs = tokens(text)
    numbers = {token.first for token in runs if numeric(token, text)}
    ordinary = {token.first for token in runs if is_english(token.letters)}
    for window in windows(text, runs, LONGEST_TYPED):
        joined = "".join([token.text for token in window])
        firsts = {token.first for token in window}
        plain = firsts <= ordinary or not numbers.isdisjoint(firsts)
        other = len(window) == 1 and window[0].letters in other_brands()
        if "*" in joined or not (plain or other):
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
    if not 1 <= distance <= edits(pattern):
        return None
    code, said = difference(form, joined) if distance == 1 else ("typo_two", joined)
    if not fits(pattern, form, window, code) or not is_misspelling(pattern, text, window, joined, code):
        return None
    first, last = window[0].first, window[-1].last
    base = scores.TYPO_BY_LENGTH.get(min(len(form), 8), 0.0) + scores.TYPO_KIND[code]
    base += odds(code, said, form, joined) + unlike(pattern, window, distance)
    if has_signs(text, window):
        base += scores.TYPO_SPACED
    codes, told = ((code, "pinyin"), (said, "")) if pattern.code else ((code,), (said,))
    return Sighting(pattern.name, codes, min(base, 0.95), first, last, told)


def is_misspelling(pattern: Pattern, text: Text, window: tuple[Token, ...], joined: str, code: str) -> bool:
    """Whether a window near a name is no model, no word of another language and no longer word."""
    form = index_form(pattern.text)
    if touched(text, window) or foreign(text, window):
        return False
    if len(window) == 1 and is_prefix(text, window[0]):
        return False
    if len(window) == 1 and code in {"typo_two", "typo_replaced"} and is_compound(window[0].letters, pattern.text):
        return False
    if pattern.code and not believable_pinyin(code, form, joined):
        return False
    return (has_signs(text, window) and form[0] == joined[0]) or believable(code, form, joined, window)


def unlike(pattern: Pattern, window: tuple[Token, ...], distance: int) -> float:
    """What it takes from the score that I and l, u and v were taken for one another as well."""
    more = OSA.distance("".join([token.letters for token in window]), pattern.text) - distance
    return scores.UNLIKE_LETTER * max(more, 0)


def is_prefix(text: Text, token: Token) -> bool:
    """Whether a short word is bound to the next by a hyphen, as prefixes are (semi-sheer)."""
    behind = text.cells[token.last + 1 : token.last + 3]
    return len(token.text) <= PREFIX and len(behind) == 2 and behind[0].char == "-" and behind[1].kind is Kind.LETTER


def has_signs(text: Text, window: tuple[Token, ...]) -> bool:
    """Whether signs or emoji stand between the letters of a spaced-out row, which nobody writes by mistake."""
    shape = text.shape[window[0].first : window[-1].last + 1]
    return any(token.spaced for token in window) and ("M" in shape or "E" in shape)


def foreign(text: Text, window: tuple[Token, ...]) -> bool:
    """Whether a word has accents as the rest of its title has: a word of another language, not a misspelling."""
    first, last = window[0].first, window[-1].last
    if not any(cell.how is How.ACCENT for cell in text.cells[first : last + 1]):
        return False
    return any(cell.how is How.ACCENT for cell in (*text.cells[:first], *text.cells[last + 1 :]))


def believable_pinyin(code: str, form: str, joined: str) -> bool:
    """Whether a name in pinyin may be so misspelt: not as other syllables, and shorter ones only by a slip."""
    if is_pinyin(joined):
        return False
    return len(form) >= ANY_PINYIN_FROM or code in {"typo_doubled", "typo_swapped"}


def fits(pattern: Pattern, form: str, window: tuple[Token, ...], code: str) -> bool:
    """Whether a window has the words of a name: as many, or all in one; and no ordinary word in place of another."""
    if len(window) == 1:
        return not is_english(window[0].letters)
    cuts = sorted(pattern.breaks)
    if len(cuts) != len(window) - 1:
        return False
    names = [form[one:two] for one, two in zip([0, *cuts], [*cuts, len(form)], strict=True)]
    rare = any(token.text == name and not is_english(token.letters) for token, name in zip(window, names, strict=True))
    short = code == "typo_doubled" or len(form) >= TWICE_WRONG_FROM
    return all(
        token.text == name
        or ((short or len(name) >= SHORTEST_WORD) and is_slip(token, name, rare=rare and code == "typo_missing"))
        for token, name in zip(window, names, strict=True)
    )


def is_slip(token: Token, name: str, *, rare: bool) -> bool:
    """Whether a word of a title is a misspelt word of a name. rare : beside a word that no other phrase has"""
    twice = len(token.text) >= ANY_WRONG_FROM and not far_edits(name, token.text)
    return (rare or not is_english(token.letters)) and OSA.distance(token.text, name) <= (2 if twice else 1)


def touched(text: Text, window: Window) -> bool:
    """Whether a digit makes the window a model (letters are of the run already)."""
    return (
        any(kind == "D" for token in window for kind in text.shape[token.first : token.last + 1])
        and len(window) == 1
        and (text.shape[window[0].last] == "D")
    )


def believable(code: str, form: str, joined: str, window: tuple[Token, ...]) -> bool:
    """Whether a difference is that of a misspelling, and not that of a longer or inflected word."""
    if len(form) < ANY_WRONG_FROM:
        return code in {"typo_doubled", "typo_swapped"} and form[0] == joined[0]
    if code == "typo_added":
        return len(form) >= 6 and joined[1:] != form and joined[:-1] != form
    if code == "typo_two":
        slips = len(form) > TWICE_WRONG_FROM or (not far_edits(form, joined) and len(joined) > len(form) - 2)
        return slips and joined[0] == form[0] and not joined.startswith(form) and not joined.endswith(form)
    if code == "typo_missing" and joined + "s" == form:
        return len(form) >= 7 and len(window) == 1
    return True
