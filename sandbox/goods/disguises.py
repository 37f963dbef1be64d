"""How sellers write a name so that a reader sees it and a search for it does not. One function a class."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sandbox.goods.clients import Mark

# Letters of other scripts that look like these (Cyrillic, Greek, Armenian): Unicode TR39 lists them as confusable.
_LOOKALIKES = {
    "A": "АΑ", "B": "ВΒ", "C": "С", "D": "Ꭰ", "E": "ЕΕ", "G": "Ԍ", "H": "НΗ", "I": "ІΙ", "K": "КΚ", "L": "Ꮮ", "M": "МΜ",
    "N": "Ν", "O": "ОΟ", "Q": "Ԛ", "S": "Ѕ", "T": "ТΤ", "U": "Ս", "V": "Ѵ",
    "a": "аα", "c": "с", "e": "е", "g": "ɡ", "i": "і", "k": "κ", "l": "ӏ", "n": "ո",
    "o": "оο", "q": "ԛ", "s": "ѕ", "u": "υ", "v": "ν",
}  # fmt: skip
_LEET = {"A": "4", "E": "3", "I": "1", "O": "0", "S": "5", "T": "7", "a": "@", "e": "3", "i": "1", "o": "0", "s": "5"}
_NEIGHBOURS = {
    "E": "R",
    "I": "L",
    "K": "R",
    "L": "I",
    "N": "M",
    "Q": "G",
    "R": "P",
    "S": "Z",
    "T": "F",
    "U": "V",
    "V": "W",
    "D": "B",
    "G": "Q",
    "O": "D",
}
_PINYIN = {
    "昆维克": "kun wei ke",
    "托维岭": "tuo wei ling",
    "奈瑞薇尔": "nai rui wei er",
    "塔梭": "ta suo",
    "鸥霖": "ou lin",
}
_HOMOPHONES = {
    "昆维克": ("坤唯可", "昆唯客", "鲲维刻"),
    "托维岭": ("托薇领", "拖维陵", "托唯玲"),
    "奈瑞薇尔": ("耐蕊薇儿", "奈芮微尔", "耐瑞唯尔"),
    "塔梭": ("塔唆", "榻梭"),
    "鸥霖": ("鸥淋", "讴霖"),
}
_TRADITIONAL = {"昆维克": "昆維克", "托维岭": "托維嶺", "奈瑞薇尔": "奈瑞薇爾", "鸥霖": "鷗霖"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_STICKERS = "🔥⭐💎❤🍀✨🌟👟"
_STOPS = ".·-_、/~"


def _some(places: list[int], rng: Random, least: int = 1, most: int = 3) -> set[int]:
    return set(rng.sample(places, min(len(places), rng.randint(least, most))))


def _cased(mark: Mark, rng: Random) -> str:
    return rng.choice([mark.latin, mark.latin, mark.latin.lower(), mark.latin.title()])


def _either(mark: Mark, rng: Random) -> str:
    return _cased(mark, rng) if rng.random() < 0.6 else mark.chinese


def _replaced(word: str, table: dict[str, str], rng: Random, most: int) -> str:
    places = _some([i for i, c in enumerate(word) if c in table], rng, min(2, most), most)
    return "".join(rng.choice(table[c]) if i in places else c for i, c in enumerate(word))


def homoglyph(mark: Mark, rng: Random) -> str:
    """Look-alike letters of other scripts for some letters."""
    return _replaced(_cased(mark, rng), _LOOKALIKES, rng, 4)


def fullwidth(mark: Mark, rng: Random) -> str:
    """Letters as wide as a hanzi."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in _cased(mark, rng)).replace(" ", "\u3000")


def enclosed(mark: Mark, rng: Random) -> str:
    """Circled, squared or filled letters."""
    first = rng.choice([0x24B6, 0x1F130, 0x1F170])
    return "".join(chr(first + ord(c) - ord("A")) if c.isalpha() else c for c in mark.latin)


def leet(mark: Mark, rng: Random) -> str:
    """Digits for letters."""
    return _replaced(_cased(mark, rng), _LEET, rng, 3)


def separators(mark: Mark, rng: Random) -> str:
    """A dot or dash between the letters."""
    return rng.choice(_STOPS).join(_either(mark, rng).replace(" ", ""))


def spaced(mark: Mark, rng: Random) -> str:
    """Blanks between the letters."""
    return " ".join(_either(mark, rng).replace(" ", ""))


def zero_width(mark: Mark, rng: Random) -> str:
    """Characters without width between the letters."""
    word = _either(mark, rng)
    return word[0] + "".join(
        rng.choice(_INVISIBLE) + c if rng.random() < 0.7 or i == 0 else c for i, c in enumerate(word[1:])
    )


def emoji(mark: Mark, rng: Random) -> str:
    """A sticker in the middle of the name."""
    word = _either(mark, rng)
    at = rng.randint(1, len(word) - 1)
    return word[:at] + rng.choice(_STICKERS) + word[at:]


def masked(mark: Mark, rng: Random) -> str:
    """A star or circle for a letter."""
    word = mark.chinese if len(mark.chinese) > 2 and rng.random() < 0.5 else _cased(mark, rng)
    at = rng.randint(1, len(word) - 2)
    return word[:at] + rng.choice("*＊○x" if word.isascii() else "*＊○") + word[at + 1 :]


def typo(mark: Mark, rng: Random) -> str:
    """A neighbouring or similar letter for one."""
    word = mark.latin
    at = rng.choice([i for i, c in enumerate(word) if c in _NEIGHBOURS and i > 0])
    return word[:at] + _NEIGHBOURS[word[at]] + word[at + 1 :]


def missing_letter(mark: Mark, rng: Random) -> str:
    """One letter left out, not the first or last."""
    word = _cased(mark, rng)
    at = rng.choice([i for i, c in enumerate(word) if 0 < i < len(word) - 1 and c.isalpha()])
    return word[:at] + word[at + 1 :]


def doubled_letter(mark: Mark, rng: Random) -> str:
    """One letter written twice, not the first or last: the name would stand beside it unharmed."""
    word = _cased(mark, rng)
    at = rng.choice([i for i, c in enumerate(word) if 0 < i < len(word) - 1 and c.isalpha()])
    return word[: at + 1] + word[at:]


def pinyin(mark: Mark, rng: Random) -> str:
    """The Chinese name spelled in Latin letters."""
    syllables = _PINYIN[mark.chinese].split()
    return rng.choice(
        ["".join(syllables), " ".join(syllables), "".join(s.title() for s in syllables), "".join(syllables).upper()]
    )


def homophone(mark: Mark, rng: Random) -> str:
    """Other hanzi of the same sound."""
    return rng.choice(_HOMOPHONES[mark.chinese])


def traditional(mark: Mark, rng: Random) -> str:
    """Traditional characters, in a title that is otherwise simplified."""
    return _TRADITIONAL[mark.chinese]


def backwards(mark: Mark, rng: Random) -> str:
    """The name from its end."""
    return (mark.chinese if len(mark.chinese) > 2 and rng.random() < 0.35 else _cased(mark, rng))[::-1]


def mixed(mark: Mark, rng: Random) -> str:
    """Two classes at once."""
    word = _cased(mark, rng)
    how = rng.randrange(4)
    if how == 0:
        return rng.choice(_STOPS).join(_replaced(word, _LEET, rng, 2).replace(" ", ""))
    if how == 1:
        return " ".join(_replaced(word, _LOOKALIKES, rng, 3).replace(" ", ""))
    if how == 2:
        return rng.choice(_STICKERS).join(
            _replaced(word, _LOOKALIKES, rng, 2)[i : i + 3] for i in range(0, len(word), 3)
        )
    half = len(mark.chinese) // 2
    return mark.chinese[:half] + "".join(_PINYIN[mark.chinese].split()[half:])


Disguise = Callable[[Mark, Random], str]
_ALL = ("quenvik", "olum", "tolver", "nerivelle", "tassel")
_LONG = ("quenvik", "tolver", "nerivelle", "tassel")
_LONGEST = ("quenvik", "tolver", "nerivelle")
# Each class, and the marks it can be used on so that a buyer would still read them: four letters bear no typo.
DISGUISES: dict[str, tuple[Disguise, tuple[str, ...]]] = {
    "homoglyph": (homoglyph, _ALL),
    "fullwidth": (fullwidth, _ALL),
    "enclosed": (enclosed, _ALL),
    "leet": (leet, _ALL),
    "separators": (separators, _ALL),
    "spaced": (spaced, _ALL),
    "zero_width": (zero_width, _ALL),
    "emoji": (emoji, _ALL),
    "masked": (masked, _LONG),
    "typo": (typo, _LONGEST),
    "missing_letter": (missing_letter, _LONGEST),
    "doubled_letter": (doubled_letter, _LONG),
    "pinyin": (pinyin, _LONGEST),
    "homophone": (homophone, _LONGEST),
    "traditional": (traditional, ("quenvik", "tolver", "nerivelle", "olum")),
    "reversed": (backwards, _LONG),
    "mixed": (mixed, _LONGEST),
}
