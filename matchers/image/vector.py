"""The drawing of a registered mark as SVG, made into pixels within limits. SVG of a listing is never drawn.

resvg runs no scripts and opens no network; what could still take it long or far is refused before it sees the file:
entities, programs and pictures within, filters, and shapes that stand for many others over and over.
"""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image

from matchers.image.headers import kind_of
from matchers.types import PictureError

MAX_BYTES = 1024 * 1024  # the largest of 1,131 marks in a public collection has 90 kB
MAX_REPEATS = 12  # uses, clips, masks, patterns; nested they multiply: twelve draw all tags 81 times at most
MAX_TAGS = 5_000
# Text would be drawn without its font, which is another mark. An address that does not begin with # leads out of the
# file.
REFUSED = re.compile(
    rb"<!ENTITY|<!DOCTYPE[^>]*\[|<\s*(?:\w+:)?(?:script|image|feImage|foreignObject|filter|text)\b"
    rb"|href\s*=\s*[\"']\s*[^#\"'\s]|url\(\s*[\"']?\s*[^#\"'\s)]",
    re.IGNORECASE,
)
REPEATED = re.compile(rb"<\s*(?:\w+:)?(?:use|clipPath|mask|pattern|marker)\b", re.IGNORECASE)


def is_vector(data: bytes) -> bool:
    return kind_of(data) == "svg"


def rasterised(data: bytes, side: int) -> Image.Image:
    """RGBA, within a square of `side` pixels. Raises `PictureError`: "too many bytes", "svg", "broken"."""
    import resvg_py  # noqa: PLC0415 # few clients register drawings

    if len(data) > MAX_BYTES:
        raise PictureError("too many bytes")
    if REFUSED.search(data) or data.count(b"<") > MAX_TAGS or len(REPEATED.findall(data)) > MAX_REPEATS:
        raise PictureError("svg")
    try:
        text = data.decode("utf-8-sig")
        drawn = resvg_py.svg_to_bytes(svg_string=text, width=side, height=side, skip_system_fonts=True)
        return Image.open(BytesIO(bytes(drawn)), formats=("PNG",)).convert("RGBA")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # resvg raises ValueError, and a panic of Rust is no Exception
        raise PictureError("broken") from error
