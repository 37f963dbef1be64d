"""A comparison sheet: the registered mark or a genuine photo beside the listing's picture, and what a person saw.

It is a bundle of its own, made from a sealed capture. Nothing stands on it that a person has not typed, but what the
register and the capture say of themselves.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from PIL import Image, ImageDraw
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from crawler import __version__
from crawler.items import now
from evidence.drafts import Draft, Sealed
from evidence.errors import EvidenceError
from evidence.manifest import Source
from evidence.writing import as_json
from matchers.image.decode import decode, flat
from matchers.image.vector import is_vector, rasterised
from matchers.types import PictureError

TOOL = f"bazaarwatch {__version__}"
TEMPLATE = Path(__file__).with_name("comparison.html")
SIDE = 1_000  # px of a picture on the sheet
LINE = 4  # px of the box
MAX_DIFFERENCES, MAX_DIFFERENCE = 20, 500
Box = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is to be shown.

    reference : the registered picture or the genuine photo; None: a word mark, shown as `word`
    picture, source : the listing's, and where it lies sealed; box : x, y, width, height in its pixels; None: no box
    differences : sentences that a person typed
    about : plain values for the manifest: marketplace, item id, id space, candidate, ...
    facts : (name, value) rows under the pictures
    """

    heading: str
    reference: bytes | None
    word: str
    reference_is: str
    picture: bytes
    source: Source
    box: Box | None
    differences: tuple[str, ...]
    by: str
    about: dict[str, Any]
    facts: Sequence[tuple[str, str]]


def checked(differences: Sequence[str]) -> tuple[str, ...]:
    """The sentences without what cannot be seen. Raises EvidenceError: none, or too many."""
    told = tuple(" ".join("".join(c if c.isprintable() else " " for c in each).split()) for each in differences)
    if not told or not all(told) or len(told) > MAX_DIFFERENCES or any(len(each) > MAX_DIFFERENCE for each in told):
        raise EvidenceError(f"give 1 to {MAX_DIFFERENCES} differences of 1 to {MAX_DIFFERENCE} characters")
    return told


async def compare(context: BrowserContext, root: Path, place: PurePosixPath, what: Comparison) -> Sealed:
    """Make and seal the sheet. Raises EvidenceError. place : the folder of the listing's bundles"""
    at = now()
    marked = _png(what.picture, what.box)
    reference = None if what.reference is None else _png(what.reference, None)
    png, pdf, browser = await _printed(context, _page(what, reference, marked))
    with Draft(root, place, at, TOOL, kind="comparison", suffix="-comparison") as draft:
        made_from = _parts(draft, what, reference, marked)
        for name, data in (("comparison.png", png), ("comparison.pdf", pdf)):
            draft.add(name, data, tool=browser, made_from=made_from)
        return draft.seal(what.about)


def _parts(draft: Draft, what: Comparison, reference: bytes | None, marked: bytes) -> list[str]:
    """The pictures and sentences of the sheet, each with what it was made from; their names."""
    parts = []
    if what.reference is not None and reference is not None:
        draft.add("reference.bin", what.reference, tool="as registered")
        draft.add("reference.png", reference, made_from=["reference.bin"])
        parts.append("reference.png")
    draft.add("picture_marked.png", marked, made_from=[what.source])
    said = {"differences": what.differences, "typed_by": what.by, "box": what.box}
    draft.add("differences.json", as_json(said), tool=f"typed by {what.by}")
    return [*parts, "picture_marked.png", "differences.json"]


def _png(data: bytes, box: Box | None) -> bytes:
    """A picture for the sheet, with the box drawn where one is. Raises EvidenceError."""
    try:
        image = flat(rasterised(data, SIDE)) if is_vector(data) else Image.fromarray(decode(data))
    except PictureError as error:
        raise EvidenceError(f"a picture of the comparison cannot be read: {error}") from None
    image = image.convert("RGB")
    if box is not None:
        left, top, width, height = box
        line = max(LINE, max(image.size) // 250)
        corners = (left, top, max(left + 1, left + width), max(top + 1, top + height))
        ImageDraw.Draw(image).rectangle(corners, outline="red", width=line)
    image.thumbnail((SIDE, SIDE))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _page(what: Comparison, reference: bytes | None, marked: bytes) -> str:
    template = Environment(autoescape=True).from_string(TEMPLATE.read_text("utf-8"))
    return template.render(
        heading=what.heading,
        reference=None if reference is None else _inline(reference),
        word=what.word,
        reference_is=what.reference_is,
        picture=_inline(marked),
        picture_is=f"{what.source.bundle}/{what.source.path}",
        by=what.by,
        differences=what.differences,
        facts=what.facts,
    )


def _inline(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


async def _printed(context: BrowserContext, html: str) -> tuple[bytes, bytes, str]:
    """PNG, PDF, and the browser's name. Nothing of the sheet is fetched from anywhere. Raises EvidenceError."""
    try:
        page = await context.new_page()
        try:
            await page.set_content(html, wait_until="load")
            png = await page.locator("body").screenshot()
            pdf = await page.pdf(format="A4", print_background=True)
        finally:
            await page.close()
    except PlaywrightError as error:
        raise EvidenceError(f"the sheet could not be printed: {error.message.splitlines()[0][:150]}") from None
    version = context.browser.version if context.browser else "unknown"
    return png, pdf, f"Chromium {version}"
