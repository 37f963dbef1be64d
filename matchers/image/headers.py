"""What a file is, told from its first bytes (the formats' own specifications; WebP: RFC 9649)."""

from __future__ import annotations

MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
)
AVIF_BRANDS = (b"avif", b"avis")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
HEAD = 4096  # a comment or a licence may stand before <svg>; nobody puts more than this there


def kind_of(data: bytes) -> str:
    """jpeg | png | gif | bmp | webp | avif | heic | svg | html | xml | unknown."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        if any(brand in data[8:64] for brand in AVIF_BRANDS):
            return "avif"
        if data[8:12] in HEIC_BRANDS:
            return "heic"
    return text_kind(data[:HEAD])


def text_kind(head: bytes) -> str:
    """svg | html | xml | unknown, for something that is no raster picture. UTF-16 has its zero bytes taken out."""
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    if not text.startswith(b"<"):
        return "unknown"
    if b"<svg" in text or b":svg" in text:
        return "svg"
    if any(tag in text for tag in (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<title")):
        return "html"
    return "xml"


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a WebP's canvas; None when its first chunk does not tell."""
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10:
        return None
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None
