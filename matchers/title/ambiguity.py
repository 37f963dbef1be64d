"""What is meant by a name that is also an ordinary word, or so short that it means other things.

A prior for each kind of such names, and what the rest of the title says for the mark or against it; both are fitted
weights of a logistic formula (scores.MEANT, bench/title_ambiguity.py), so that a doubtful naming gets a middling score.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from matchers.data import rows
from matchers.title import scores, words
from matchers.title.cells import Cell
from matchers.title.goods import goods_said, own_words, says
from matchers.title.names import SHORT, Name
from matchers.title.sighting import Sighting, around
from matchers.title.text import Text

# Words beside an ordinary word that make it a brand: claims that sellers make of branded goods.
CLAIMS = (
    "正品", "官方", "专柜", "旗舰店", "联名", "代购", "高仿", "复刻", "专卖店", "授权", "明星同款", "原单", "尾单",
    "authentic", "genuine", "official", "licensed",
)  # fmt: skip
# English words that stand beside brands too, without making a phrase with them.
BESIDE_BRANDS = frozenset(
    ("men", "women", "mens", "womens", "kids", "unisex", "new", "pro", "max", "mini", "plus", "sale", "size", "style")
)
BEFORE, BEHIND = re.compile(r"([A-Za-z]{3,})[ ]$"), re.compile(r"[ ]([A-Za-z]{3,})")  # the English word beside
NUMBERED = re.compile(r"[-_]?\d|-[a-z]{1,3}-?\d")  # what makes a model code of the letters before it
MEASURE = re.compile(r"\d+(?:mm|cm|dm|km|m|g|kg|mg|l|ml|w|kw|v|a|mah|k|x|d|t|s|gb|tb)")  # a name that is also a measure
MEASURED = re.compile(r"\s?(?:米|长|宽|高|厚|线|绳|带|/|[x×*]\s?\d|左右|以上|以下|款|卷|long|wide|cable|tall|high)")
MULTIPLIED = re.compile(r"(?:\d\s?[x×*/]|长|宽|高|厚|共)\s?$")
OPENING, CLOSING = frozenset("([{（［【「『《〈<"), frozenset(")]}）］】」』》〉>")
# English words that stand beside words and not beside names, before them and behind them.
LEADING = re.compile(r"(?<![a-z])(?:the|a|an|of|my|your|our|this|his|her)\s$")
TRAILING = re.compile(r"\s(?:and|of|in|on|is|are|how|who|what|or|to|that)(?![a-z])")
TERM = frozenset("级型号码类度档相路位阶")  # hanzi behind letters that make a grade or a kind of them
AS_WORDS = frozenset({"small_word", "phrase", "phrase_zh", "grammar"})  # ways to begin a title that words have too
RARE_WORD = 100  # occurrences up to which a Chinese word is hardly used but as a name


def meant(text: Text, one: Sighting) -> float:
    """How likely the mark is meant by a plain ambiguous name."""
    found = evidence(text, one)
    if "sibling" in found:
        return scores.PLAIN
    if one.name.nickname and one.name.script == "hanzi" and found.isdisjoint({"goods", "claim"}):
        return scores.LOOSE_NICKNAME
    weight = sum(scores.MEANT[feature] for feature in found)
    return min(1 / (1 + math.exp(-weight)), scores.PLAIN)


def evidence(text: Text, one: Sighting) -> frozenset[str]:
    """What speaks for or against the mark in a title, by name (the keys of scores.MEANT)."""
    said = Said(text, one)
    found = {kind_of(one.name), *said.goods(), *said.place(), *said.writing(), *said.sense()}
    return frozenset(found - {"first"} if found & AS_WORDS else found)


def kind_of(name: Name) -> str:
    """Why a name is ambiguous."""
    if MEASURE.fullmatch(name.key):
        return "measure"
    if name.script == "latin":
        return f"letters_{len(name.key)}" if len(name.key) <= SHORT else "english"
    if name.script != "hanzi":
        return "mixed"
    usual = words.chinese().get(name.key, 0.0) > words.weight(RARE_WORD)
    return "chinese" if usual else "chinese_rare"


class Said:
    """What one title says around one sighting."""

    def __init__(self, text: Text, one: Sighting) -> None:
        self.text, self.one, self.name = text, one, one.name
        self.before = folded(text.cells[: one.first])
        self.behind = folded(text.cells[one.last + 1 :])
        self.rest = f"{self.before} {self.behind}"
        self.latin = frozenset("".join(c if c.isascii() and c.isalnum() else " " for c in self.rest).split())

    def goods(self) -> Iterator[str]:
        """The mark's other names, claims, goods."""
        compact = "".join(char for char in self.rest if char.isalnum())
        if any(len(key) > 1 and key in compact for key in self.name.siblings):
            yield "sibling"
        if any(claim in self.rest for claim in CLAIMS):
            yield "claim"
        said = goods_said(self.text, self.one.first, self.one.last)
        if not said.isdisjoint(self.name.goods) or any(
            says(self.rest, self.latin, word) for word in own_words(self.name.goods)
        ):
            yield "goods"
        elif self.name.goods and said:
            yield "other_goods"

    def place(self) -> Iterator[str]:
        """Where in the title the name stands, and what touches it."""
        left, right = around(self.text, self.one.first, self.one.last)
        if left or right:
            yield "glued_twice" if left and right else "glued"
        if not self.before.strip("".join(OPENING) + " "):
            yield "first"
        if self.before[-1:] in OPENING and self.behind[:1] in CLOSING and self.before:
            yield "bracketed"
        if self.name.script == "latin" and self.behind[:1] in TERM and self.behind:
            yield "term"
        if NUMBERED.match(self.behind) or self.before[-1:].isdigit():
            yield "numbered"
        elif self.before[-1:] == "-" or self.behind[:1] == "-":
            yield "hyphened"

    def writing(self) -> Iterator[str]:
        """How the letters are written beside those of the rest."""
        surface = self.text.surface(self.one.first, self.one.last)
        if self.name.script != "latin":
            return
        if surface.islower():
            yield "small" if len(self.name.key) <= SHORT else "small_word"
        elif surface.isupper() and len(surface) > 1 and not self.shouts():
            yield "capitals"
        if LEADING.search(self.before) or TRAILING.match(self.behind):
            yield "grammar"
        if in_phrase(self.text, self.one, surface):
            yield "phrase_zh" if "H" in self.text.shape else "phrase"

    def shouts(self) -> bool:
        """Whether the rest of the title is in capitals too."""
        rest = [c.char for c in (*self.text.cells[: self.one.first], *self.text.cells[self.one.last + 1 :])]
        letters = [char for char in rest if char.isascii() and char.isalpha()]
        return len(letters) > SHORT and all(char.isupper() for char in letters)

    def sense(self) -> Iterator[str]:
        """Whether words for the other sense are there."""
        measured = MEASURED.match(self.behind) or MULTIPLIED.search(self.before)
        if self.is_otherwise(self.name.key) or (MEASURE.fullmatch(self.name.key) and measured):
            yield "sense"

    def is_otherwise(self, word: str) -> bool:
        """Whether a word for the other sense of `word` is there (see senses.tsv)."""
        return any(speaks(cue, self.before, self.behind, self.latin) for cue in senses().get(word, ()))


def folded(cells: tuple[Cell, ...]) -> str:
    """Cells as text."""
    return "".join([cell.text for cell in cells])


def in_phrase(text: Text, one: Sighting, surface: str) -> bool:
    """Whether an English word stands beside, written alike, that makes a phrase with the name (Pearl Harbour)."""
    beside = (BEFORE.search(text.title[: text.starts[one.first]]), BEHIND.match(text.title[text.ends[one.last] :]))
    found = [match[1] for match in beside if match]
    return any(written_alike(word, surface) and word.lower() not in one.name.goods | BESIDE_BRANDS for word in found)


def written_alike(word: str, surface: str) -> bool:
    """Whether two words have their capitals in the same places: all, or the first."""
    return (word.isupper(), word.istitle()) == (surface.isupper(), surface.istitle())


@cache
def senses() -> dict[str, tuple[str, ...]]:
    """Names to the words that speak for their other sense (see senses.tsv)."""
    found: dict[str, tuple[str, ...]] = {}
    for names, cues in rows("senses.tsv"):
        for name in names.replace("_", "").split():
            found[name] = found.get(name, ()) + tuple(cue.replace("_", " ") for cue in cues.split())
    return found


def speaks(cue: str, before: str, behind: str, latin: frozenset[str]) -> bool:
    """Whether a title has one cue: anywhere, or beside the name."""
    word = cue.strip("~")
    if not cue.startswith("~") and not cue.endswith("~"):
        return word in latin if word.isascii() else word in before or word in behind
    text = behind.lstrip(" -'") if cue.startswith("~") else before.rstrip(" -'")
    if not word.isascii():
        return text.startswith(word) if cue.startswith("~") else text.endswith(word)
    edge = rf"{re.escape(word)}(?![a-z0-9])" if cue.startswith("~") else rf"(?<![a-z0-9]){re.escape(word)}$"
    return (re.match if cue.startswith("~") else re.search)(edge, text) is not None
