"""Bytes of strangers into pixels, within limits.

What a picture is, is told by its content, never by a name. Size, scans and kind are read from the header before
anything is decoded, so that a few kilobytes cannot ask for gigabytes.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError, features

from matchers.image.arrays import Pixels
from matchers.image.headers import kind_of, webp_size
from matchers.types import PictureError

MAX_PIXELS = 40_000_000  # a 7,700 x 5,200 camera picture; 120 MB as RGB
MAX_BYTES = 32 * 1024 * 1024  # ten times the largest photo that a marketplace takes
MAX_SCANS = 100  # a progressive JPEG of a camera or a web tool has about 10
MAX_SCAN_PIXELS = 600_000_000  # each scan walks over all pixels again: about 5 s at the most
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP") + (("AVIF",) if features.check("avif") else ())
WHITE = (255, 255, 255)
# Size is checked from the header before anything is decoded; Pillow's own limit would only add a warning.
Image.MAX_IMAGE_PIXELS = None


def decode(data: bytes, *, max_pixels: int = MAX_PIXELS, side: int | None = None) -> Pixels:
    """The first frame of a picture as it is meant to be seen: uint8 (height, width, 3), RGB, on white.

    side : the longer side may come out smaller than in the file, but not under this (a JPEG is decoded reduced,
        which takes a fraction of the time)
    Raises `PictureError`, and nothing else: "empty", "too many bytes", "too many pixels", "too many scans",
    "truncated", "heic", "svg", "html", "xml", "not a picture", "broken".
    """
    return np.asarray(flat(load(data, max_pixels=max_pixels, side=side)))


def load(data: bytes, *, max_pixels: int = MAX_PIXELS, side: int | None = None) -> Image.Image:
    """The first frame, turned as its EXIF says, in RGB or, where parts of it can be seen through, RGBA.

    Raises `PictureError`, as `decode` does.
    """
    kind = checked_kind(data)
    try:
        image = opened(data, kind, max_pixels)
        if side is not None:
            image.draft("RGB", (side, side))
        image.load()
        check_pixels(image.size, max_pixels)  # a GIF frame may be larger than its screen
        return upright(plain(image))
    except PictureError:
        raise
    except Exception as error:  # Pillow raises whatever its parsers run into: struct.error, SyntaxError, KeyError
        raise PictureError(reason_for(error)) from error


def checked_kind(data: bytes) -> str:
    """The format that the first bytes tell; `PictureError` for anything that is no raster picture."""
    if not data:
        raise PictureError("empty")
    if len(data) > MAX_BYTES:
        raise PictureError("too many bytes")
    kind = kind_of(data)
    if kind.upper() not in FORMATS:
        raise PictureError(kind if kind in ("heic", "svg", "html", "xml") else "not a picture")
    return kind.upper()


def opened(data: bytes, kind: str, max_pixels: int) -> Image.Image:
    """The picture with its header read and checked, its pixels not yet decoded."""
    if kind == "WEBP" and (size := webp_size(data)) is not None:
        check_pixels(size, max_pixels)  # Pillow asks for the whole canvas as soon as it opens a WebP
    image = Image.open(BytesIO(data), formats=(kind,))
    check_pixels(image.size, max_pixels)
    if kind == "JPEG":
        check_scans(data, image.width * image.height)
    return image


def check_pixels(size: tuple[int, int], max_pixels: int) -> None:
    if size[0] * size[1] > max_pixels:
        raise PictureError("too many pixels")
    if min(size) < 1:
        raise PictureError("broken")


def check_scans(data: bytes, pixels: int) -> None:
    # Inside coded data a 0xFF is always followed by 0x00 or a restart marker, so this counts scans only.
    scans = data.count(b"\xff\xda")
    if scans > MAX_SCANS or scans * pixels > MAX_SCAN_PIXELS:
        raise PictureError("too many scans")


def plain(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where the picture has transparency, whatever mode it was stored in."""
    if image.mode.startswith("I"):  # 16 bit grey; Pillow's own conversion differs between its versions
        return Image.fromarray(eight_bits(np.asarray(image))).convert("RGB")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        return image.convert("RGBA")
    return image.convert("RGB")


def eight_bits(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Pixels:
    return np.asarray(np.clip(values.astype(np.int64) >> 8, 0, 255), np.uint8)


def upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says; a malformed EXIF block turns nothing."""
    try:
        return ImageOps.exif_transpose(image) or image
    except Exception:  # hostile EXIF; the picture itself is good
        return image


def flat(image: Image.Image, background: tuple[int, int, int] = WHITE) -> Image.Image:
    """What can be seen through, laid on one colour."""
    if image.mode != "RGBA":
        return image
    sheet = Image.new("RGBA", image.size, (*background, 255))
    sheet.alpha_composite(image)
    return sheet.convert("RGB")


def reason_for(error: Exception) -> str:
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "too many pixels"
    if isinstance(error, UnidentifiedImageError | EOFError) or "truncated" in str(error).lower():
        return "truncated"  # its first bytes were right, the rest of its header was not there
    return "broken"
