"""What was decided, as pictures that a person can check: both sides, the place in each, the score and the sentence.

Ids and words come from files of strangers: names of files are made of plain letters, captions are cut and lose their
control characters, and a picture is never larger than two frames with a few lines under them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from crawler.cli.image_files import SHOWN, Entry
from crawler.cli.shared import UsageError
from crawler.cli.title_rows import safe
from matchers.image.artwork import on_paper
from matchers.image.decode import decode, load
from matchers.image.geometry import Box
from matchers.image.looks import longer_side
from matchers.image.tasks import Hit
from matchers.image.vector import is_vector, rasterised

SIDE = 480  # px of a frame; a picture within keeps its shape
MARGIN = 16  # px around the frames and between them
LETTER = 17  # px
LINE = 24  # px from one line of a caption to the next
MOST_LINES = 4  # of a sentence
LONGEST = 600  # characters of a sentence
PLAIN_ID = re.compile(r"[a-z0-9_-]{1,40}")
INK, PAPER, GROUND = (30, 30, 30), (255, 255, 255), (236, 236, 236)
PLACE, AROUND = (230, 0, 60), (255, 255, 255)  # a line that is seen on anything: red within white
# Fonts with simplified hanzi, and where in their collection these are.
FONTS = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
)
# A word with the space after it, or one character of a script that has no spaces.
PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]{1,40}\s?|\s")

Picture = Image.Image
Face = ImageFont.FreeTypeFont | ImageFont.ImageFont


def ready(folder: Path) -> list[str]:
    """Make the folder; lines about what will be missing in the pictures. Raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder}: {(getattr(error, 'strerror', None) or 'no folder').lower()}") from None
    if chinese() is not None:
        return []
    return ["no font with Chinese is installed (Debian: fonts-noto-cjk): pictures are explained in English only"]


@cache
def chinese(size: int = LETTER) -> ImageFont.FreeTypeFont | None:
    """A font with Chinese, where one is installed."""
    for name, index in FONTS:
        try:
            return ImageFont.truetype(name, size, index, layout_engine=ImageFont.Layout.BASIC)
        except OSError:
            continue
    return None


@cache
def face(size: int = LETTER) -> Face:
    """The font of captions."""
    return chinese(size) or ImageFont.load_default(size)


class Explainer:
    """Draws decided pairs into a folder."""

    def __init__(self, folder: Path, galleries: Mapping[str, Sequence[Entry]]) -> None:
        self._folder = folder
        self._known = {(entry.task, entry.id): entry for gallery in galleries.values() for entry in gallery}

    def draw(self, query: Entry, data: bytes, decided: Iterable[Hit]) -> None:
        """A file for each hit in a picture. Raises UsageError when it cannot be written."""
        for hit in decided:
            entry = self._known[query.task, hit.gallery]
            path = self._folder / f"{query.task}.{plain_id(query.id)}.{plain_id(entry.id)}.png"
            try:
                saved(sheet_of(data, entry, hit, caption(query, hit)), path)
            except OSError as error:
                raise UsageError(f"{path.name}: {(error.strerror or 'cannot be written').lower()}") from None


def plain_id(given: str) -> str:
    """An id as a part of a file's name; two ids never make the same."""
    if PLAIN_ID.fullmatch(given):
        return given
    kept = re.sub(r"[^a-z0-9_-]+", "_", given[:40].lower())
    return f"{kept}-{sha256(given.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


def saved(sheet: Picture, path: Path) -> None:
    """A file that is there once all is written; a link of that name is replaced, not followed."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        sheet.save(beside, "PNG")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sheet_of(data: bytes, entry: Entry, hit: Hit, lines: Sequence[str]) -> Picture:
    """The picture on the left, what it was matched with on the right, each with its place; the lines under them."""
    size = 2 * SIDE + 3 * MARGIN, SIDE + 3 * MARGIN + LINE * len(lines)
    sheet = Image.new("RGB", size, PAPER)
    sheet.paste(framed(decoded(data), longer_side(data), hit.finding.box), (MARGIN, MARGIN))
    sheet.paste(own_side(entry, hit), (SIDE + 2 * MARGIN, MARGIN))
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        pen.text((MARGIN, SIDE + 2 * MARGIN + number * LINE), line, INK, face())
    return sheet


def own_side(entry: Entry, hit: Hit) -> Picture:
    """What it was matched with, and the part of it that is seen."""
    if entry.path is None:
        return framed(written_word(entry.word), SIDE, None)
    image = drawn(entry.data()) if entry.task == "logo" else decoded(entry.data())
    left, top, width, height = hit.own
    across, down = image.size
    box = round(left * across), round(top * down), round(width * across), round(height * down)
    return framed(image, max(image.size), box)


def drawn(data: bytes) -> Picture:
    """A mark as it is looked for: on black where it is white on nothing."""
    return Image.fromarray(on_paper(rasterised(data, SIDE) if is_vector(data) else load(data, side=SIDE)))


def decoded(data: bytes) -> Picture:
    """A picture, not much larger than a frame."""
    return Image.fromarray(decode(data, side=SIDE))


def framed(image: Picture, longest: int, box: Box | None) -> Picture:
    """A picture in the middle of a frame. box : the place to show, in pixels of a picture of that longer side"""
    frame = Image.new("RGB", (SIDE, SIDE), GROUND)
    scale = SIDE / max(image.size)
    small = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.BOX
    )
    left, top = ((SIDE - side) // 2 for side in small.size)
    frame.paste(small, (left, top))
    if box is not None:
        places = [SIDE / longest * side for side in box]
        outline(frame, (left + places[0], top + places[1], left + places[0] + places[2], top + places[1] + places[3]))
    return frame


def outline(frame: Picture, place: tuple[float, float, float, float]) -> None:
    """A line around a place, seen on any ground."""
    pen = ImageDraw.Draw(frame)
    left, top, right, bottom = (round(min(max(side, 0), SIDE - 1)) for side in place)
    box = left, top, max(left, right), max(top, bottom)
    pen.rectangle(box, outline=AROUND, width=5)
    pen.rectangle((box[0] + 1, box[1] + 1, max(box[0] + 1, box[2] - 1), max(box[1] + 1, box[3] - 1)), None, PLACE, 3)


def written_word(word: str) -> Picture:
    """A word as large as fits a frame."""
    word = safe(word[:SHOWN])
    image = Image.new("RGB", (SIDE, SIDE), PAPER)
    size = max(LETTER, min(120, round(110 * SIDE / max(1, face(110).getlength(word)))))
    ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), word, INK, face(size), anchor="mm")
    return image


def caption(query: Entry, hit: Hit) -> list[str]:
    """Which pair it is and how surely, then why, in both languages."""
    reason = hit.finding.reason
    head = f"{query.task}: {query.id[:SHOWN]} / {hit.gallery[:SHOWN]}, {hit.score:.4f}"
    sentences = (head, reason.en, *([reason.zh] if chinese() is not None else []))
    return [line for sentence in sentences for line in wrapped(safe(sentence[:LONGEST]), 2 * SIDE + MARGIN)]


def wrapped(sentence: str, width: float) -> list[str]:
    """Lines that fit the width, few of them."""
    lines = [""]
    for piece in PIECE.findall(sentence):
        if lines[-1] and face().getlength(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines[:MOST_LINES]]
