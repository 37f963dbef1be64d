"""How a misspelt word differs from the name it is near: by slips of the fingers, or as another word does."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from matchers.title import scores
from matchers.title.words import is_english

# Letters beside one another on a keyboard, and those that sound or look alike.
NEIGHBOURS = {
    "a": "qwszeo", "b": "vghndp", "c": "xdfvkse", "d": "serfcxb", "e": "wsdraio", "f": "drtgvc", "g": "ftyhbvjq",
    "h": "gyujnbn",
    "i": "ujkoeya", "j": "huikmng", "k": "jiolmc", "m": "njk", "n": "bhjm", "o": "iklpaeu", "p": "olbq", "q": "wago",
    "r": "edft", "s": "awedxzc", "t": "rfgyd", "u": "yhjiovwbcfg", "w": "qaseuv", "x": "zsdck", "y": "tghuiv",
    "z": "asxc",
}  # fmt: skip
TWINS = {"i": "il", "u": "uv"}  # what a letter in index form may be (see text.SKELETON)


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


def odds(code: str, said: str, form: str, joined: str) -> float:
    """What the letters that were changed add to the score of a misspelling."""
    first = scores.FIRST_LETTER if form[0] != joined[0] else 0.0
    if code == "typo_replaced":
        return first + (0.0 if near(said[-1], said[0]) else scores.FAR_KEY)
    return first + (scores.FAR_KEY * far_edits(form, joined) if code == "typo_two" else 0.0)


def near(meant: str, written: str) -> bool:
    """Whether two letters are neighbours on the keyboard, or to the eye or ear."""
    return any(
        two in NEIGHBOURS.get(one, "") or one in NEIGHBOURS.get(two, "")
        for one in TWINS.get(meant, meant)
        for two in TWINS.get(written, written)
    )


def far_edits(form: str, joined: str) -> int:
    """How many changes are no slip: a letter put in that is no double and not moved, or one replaced by a far one."""
    operations = [(one.tag, one.src_pos, one.dest_pos) for one in Levenshtein.editops(form, joined)]
    out = {form[source] for kind, source, _ in operations if kind != "insert"}
    return sum(
        is_far(form[source : source + 1] if kind == "replace" else "", joined[target], out | beside(form, source))
        for kind, source, target in operations
        if kind != "delete"
    )


def is_far(meant: str, written: str, at_hand: set[str]) -> bool:
    """Whether a letter was put in, or set for `meant`, that is no neighbour of it nor of its place."""
    return written not in at_hand and not (meant and near(meant, written))


def beside(form: str, place: int) -> set[str]:
    """The letters of a name at a place and up to two from it: doubled or moved, they are where they are by a slip."""
    return set(form[max(0, place - 2) : place + 3])


def is_compound(word: str, name: str) -> bool:
    """Whether a word is put together of two ordinary ones, and the name is not (bearberry)."""
    return is_two_words(word) and not is_two_words(name)


def is_two_words(word: str) -> bool:
    """Whether a word is two ordinary words in one."""
    return any(is_english(word[:cut]) and is_english(word[cut:]) for cut in range(3, len(word) - 2))
