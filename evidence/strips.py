"""A screenshot under a strip that says address and time. The strip is ours, and the picture without it is kept."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

LETTER = 16  # px
LINE = 22
MAX_ADDRESS = 600  # characters; the rest is in the files
QUALITY = 80  # of the long one, a JPEG: as a PNG it would be as large as the raw one again
_WIDE = 9.2  # px of a letter, on average


def stamped(png: bytes, url: str, at: datetime, *, jpeg: bool = False) -> bytes:
    """The same picture, with the strip above it. Raises nothing that Pillow does not raise of our own PNG."""
    with Image.open(BytesIO(png)) as shot:
        lines = [*_wrapped(url, shot.width), f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC (clock of this machine)"]
        above = LINE * len(lines) + 12
        sheet = Image.new("RGB", (shot.width, shot.height + above), "white")
        draw = ImageDraw.Draw(sheet)
        font = ImageFont.load_default(LETTER)
        for number, line in enumerate(lines):
            draw.text((8, 4 + number * LINE), line, fill="black", font=font)
        draw.line((0, above - 3, shot.width, above - 3), fill="black", width=2)
        sheet.paste(shot.convert("RGB"), (0, above))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY) if jpeg else sheet.save(out, "PNG")
    return out.getvalue()


def _wrapped(url: str, width: int) -> list[str]:
    plain = "".join(char if char.isascii() and char.isprintable() else "?" for char in url[:MAX_ADDRESS])
    return textwrap.wrap(plain, max(20, int((width - 16) / _WIDE)), break_on_hyphens=False) or [""]


def is_blank(png: bytes) -> bool:
    """Whether a screenshot shows one colour and nothing else."""
    with Image.open(BytesIO(png)) as shot:
        return all(low == high for low, high in shot.convert("RGB").getextrema())  # type: ignore[misc]
