"""How much hanzi look alike, by their drawings and their parts; makes lookalikes.tsv for make_tables.py.

A reader in a hurry confuses hanzi that leave the same impression (several drawings are compared) and hanzi that share a
part which few others have. Both are said as a share of all hanzi, so that they add up; the impression may also be
enough alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from opencc import OpenCC
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ways = Mapping[str, Sequence[Sequence[str]]]

IDEOGRAPHS = [chr(code) for code in range(0x4E00, 0x9FA6)]  # what fonts and input methods of the last 20 years have
PICTURE, SIZE = 64, 56  # pixels of a drawing and of the hanzi in it
# Views of a drawing: blur in pixels and side after it, from what is seen at arm's length to what is seen in passing.
SANS_VIEWS = ((1.5, 24), (3.5, 16))
SERIF_VIEWS = ((2.5, 20),)
DIRECTIONS, GRID = 4, 10  # of strokes, and the places in which they are counted
# How much a shared part and a like drawing say: looked at by eye and on labelled disguises outside of the repository.
PART_WEIGHT, VIEW_WEIGHT = 0.8, 0.33
# Share of all pairs that are at least so much alike, for the strengths 1 to 9.
SHARES = (0.01, 0.007, 0.005, 0.003, 0.002, 0.0013, 0.0008, 0.0005, 0.0002)
RARE_FROM = 6  # strength from which a hanzi out of use is kept: there are twice as many of them
ALONE = 4  # how many times rarer a likeness of the drawing must be that stands alone
SAMPLE = 400  # hanzi from whose likeness to all others the shares are taken
# Forms of one part: the one at the side, and the one that stands alone.
FORMS = dict(zip("氵亻扌艹讠钅饣忄犭纟衤礻刂灬辶", "水人手艸言金食心犬糸衣示刀火辵", strict=True))


def drawn(hanzi: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """A hanzi in the middle of a picture, white on black."""
    picture = Image.new("L", (PICTURE, PICTURE), 0)
    ImageDraw.Draw(picture).text((PICTURE // 2, PICTURE // 2), hanzi, font=font, fill=255, anchor="mm")
    return picture


def unit(values: Any) -> Floats:
    """Values as one vector of unit length around zero: float32."""
    flat = np.asarray(values, dtype=np.float32).ravel()
    flat = flat - flat.mean()
    return np.asarray(flat / (np.linalg.norm(flat) + 1e-6), dtype=np.float32)


def blurred(picture: Image.Image, blur: float, side: int) -> Floats:
    """A drawing as it is seen from afar."""
    return unit(picture.filter(ImageFilter.GaussianBlur(blur)).resize((side, side), Image.Resampling.BOX))


def strokes(picture: Image.Image) -> Floats:
    """The directions of a drawing's edges, counted roughly where they are."""
    down, right = np.gradient(np.asarray(picture.filter(ImageFilter.GaussianBlur(1)), dtype=np.float32))
    strength = np.hypot(right, down)
    turn = (np.arctan2(down, right) % np.pi) / np.pi * DIRECTIONS
    low = np.floor(turn).astype(int) % DIRECTIONS
    counts = []
    for direction in range(DIRECTIONS):
        share = (low == direction) * (1 - turn % 1) + ((low + 1) % DIRECTIONS == direction) * (turn % 1)
        layer = Image.fromarray(np.clip(strength * share * 2, 0, 255).astype(np.uint8))
        counts.append(np.asarray(layer.filter(ImageFilter.GaussianBlur(4)).resize((GRID, GRID), Image.Resampling.BOX)))
    return unit(np.sqrt(np.concatenate(counts).astype(np.float32)))


def views(sans: Path, serif: Path) -> list[Floats]:
    """Each view of all hanzi: float32, (len(IDEOGRAPHS), length of the view)."""
    fonts = [ImageFont.truetype(str(path), SIZE, index=2) for path in (sans, serif)]  # 2: simplified forms
    rows = [
        [*(blurred(one, *view) for view in SANS_VIEWS), *(blurred(two, *view) for view in SERIF_VIEWS), strokes(one)]
        for one, two in ([drawn(hanzi, font) for font in fonts] for hanzi in IDEOGRAPHS)
    ]
    return [np.stack(view) for view in zip(*rows, strict=True)]


@cache
def converter(direction: str) -> OpenCC:
    """OpenCC for one direction."""
    return OpenCC(direction)


def unlike(meant: int, seen: Sequence[Floats], used: Sequence[int], old: Sequence[int]) -> Floats:
    """For each hanzi the logarithm of how many used ones are nearer to `meant`, the mean of all views.

    old : the traditional form of each; two hanzi are as alike as the likelier pair of their forms
    """
    total = np.zeros(len(IDEOGRAPHS), dtype=np.float32)
    for view in seen:
        near = view @ view[meant]
        if old[meant] != meant:
            both = np.where(np.asarray(old) != np.arange(len(old)), view[old] @ view[old[meant]], -1)
            near = np.maximum(near, both)
        nearer = len(used) - np.searchsorted(np.sort(near[used]), near - 1e-6)
        total += np.log2(1 + np.maximum(nearer - 1, 0))
    return np.asarray(total / len(seen), dtype=np.float32)


def parts_of(hanzi: str, ways: Ways) -> set[str]:
    """A hanzi and its parts, forms of one part made equal."""
    return {FORMS.get(part, part) for part in (hanzi, *(part for way in ways.get(hanzi, ()) for part in way))}


def shared(ways: Ways, used: Sequence[int]) -> tuple[list[set[str]], dict[str, float], dict[str, list[int]]]:
    """The parts of all hanzi, how much each part says (nats), and the hanzi that have it."""
    parts = [parts_of(hanzi, ways) for hanzi in IDEOGRAPHS]
    having: dict[str, list[int]] = {}
    for place, some in enumerate(parts):
        for part in some:
            having.setdefault(part, []).append(place)
    among = set(used)
    told = {part: float(-np.log(max(1, len(among.intersection(some))) / len(used))) for part, some in having.items()}
    return parts, told, having


def likeness(sans: Path, serif: Path, ways: Ways, written: set[str]) -> Iterator[tuple[str, Floats, Floats]]:
    """Each hanzi in use; how much every other is like it, parts counted; and how many are nearer in the drawing alone.

    The first is in log odds, minus infinity for forms of another hanzi; the second a logarithm to base 2.
    """
    old = [ord((converter("s2t").convert(hanzi) + hanzi)[0]) - 0x4E00 for hanzi in IDEOGRAPHS]
    old = [form if 0 <= form < len(old) else place for place, form in enumerate(old)]
    simple = np.array([converter("t2s").convert(hanzi) == hanzi for hanzi in IDEOGRAPHS])
    used = [place for place, hanzi in enumerate(IDEOGRAPHS) if hanzi in written and simple[place]]
    seen = views(sans, serif)
    parts, told, having = shared(ways, used)
    for meant in used:
        common = np.zeros(len(IDEOGRAPHS), dtype=np.float32)
        for part in parts[meant]:
            common[having[part]] = np.maximum(common[having[part]], told[part])
        nearer = unlike(meant, seen, used, old)
        like = PART_WEIGHT * common - VIEW_WEIGHT * nearer
        like[~simple] = -np.inf
        like[meant] = -np.inf
        yield IDEOGRAPHS[meant], like.astype(np.float16), nearer.astype(np.float16)


def lookalikes(sans: Path, serif: Path, ways: Ways, written: set[str]) -> list[str]:
    """A hanzi and those that look like it, the most alike first, after the digit of how much."""
    found = {hanzi: (like, nearer) for hanzi, like, nearer in likeness(sans, serif, ways, written)}
    among = [place for place, hanzi in enumerate(IDEOGRAPHS) if hanzi in found]
    sample = np.concatenate([like[among] for like, _ in list(found.values())[:: max(1, len(found) // SAMPLE)]])
    cuts = np.quantile(sample.astype(np.float32), [1 - share for share in SHARES])
    alone = [-np.log2(1 + share * len(among) / ALONE) for share in SHARES]
    rare = np.array([hanzi not in written for hanzi in IDEOGRAPHS])
    rows = []
    for hanzi, (like, nearer) in found.items():
        strength = np.maximum(np.searchsorted(cuts, like, side="right"), np.searchsorted(alone, -nearer, side="right"))
        strength[(rare & (strength < RARE_FROM)) | np.isinf(like)] = 0
        if strength.any():
            rows.append(f"{hanzi}\t{graded(strength, like)}")
    return rows


def graded(strength: Floats, like: Floats) -> str:
    """9 and the hanzi of that strength, 8 and those of that strength ..."""
    row = ""
    for digit in range(len(SHARES), 0, -1):
        places = np.flatnonzero(strength == digit)
        if len(places):
            row += str(digit) + "".join(IDEOGRAPHS[place] for place in places[np.argsort(-like[places])])
    return row
