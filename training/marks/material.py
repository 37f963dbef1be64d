"""The marks that are trained on: the collection's, drawn from SVG, and letters and shapes drawn here."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import resvg_py
from PIL import Image, ImageDraw, ImageFont
from scenes import Array

DRAWN_AT = 144  # px of the longer side
FONTS = "/usr/share/fonts"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789&@#$"


def collection(folder: Path) -> list[Array]:
    """RGBA, trimmed; sorted by name, so that a seed draws the same scenes anew."""
    marks = (trimmed(drawn(file.read_text())) for file in sorted(folder.glob("*.svg")))
    return [mark for mark in marks if mark is not None]


def drawn(svg: str) -> Array:
    data = np.frombuffer(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=256)), np.uint8)
    return cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)


def trimmed(mark: Array) -> Array | None:
    seen = mark[..., 3] > 8
    if seen.sum() < 50:
        return None
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    mark = mark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    mark[..., :3] *= mark[..., 3:] / 255
    scale = DRAWN_AT / max(mark.shape[:2])
    size = max(4, round(mark.shape[1] * scale)), max(4, round(mark.shape[0] * scale))
    mark = cv2.resize(mark, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    mark[..., :3] = np.where(mark[..., 3:] > 1, mark[..., :3] / np.maximum(mark[..., 3:], 1) * 255, 0)
    return mark.clip(0, 255).astype(np.uint8)


def lettered(fonts: list[str], rng: np.random.Generator) -> Array | None:
    """One to three letters, or a short word, bare or cut out of a shape: the hard neighbours of marks with letters."""
    text = "".join(rng.choice(list(LETTERS), int(rng.choice([1, 1, 2, 2, 3, 5]))))
    font = ImageFont.truetype(str(rng.choice(fonts)), 110)
    box = font.getbbox(text)
    width, height = int(box[2] - box[0] + 40), int(box[3] - box[1] + 40)
    sheet = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(sheet)
    kind = rng.integers(6)
    if kind == 1:
        draw.ellipse((0, 0, width - 1, height - 1), fill=255)
    elif kind == 2:
        draw.rounded_rectangle((0, 0, width - 1, height - 1), int(rng.integers(0, 40)), fill=255)
    elif kind == 3:
        draw.ellipse((0, 0, width - 1, height - 1), outline=255, width=int(rng.integers(6, 14)))
    draw.text((20 - box[0], 20 - box[1]), text, font=font, fill=0 if kind in (1, 2) else 255)
    ink = np.asarray(sheet)
    return trimmed(np.dstack([np.full((*ink.shape, 3), rng.integers(0, 90, 3), np.uint8), ink]))
