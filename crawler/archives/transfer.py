"""What a server did to a body on its way: chunks and compression, undone within limits."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import brotli  # type: ignore[import-untyped] # it and zstd come with Scrapy, which reads them from the net

from crawler.decoding import MAX_BODY

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 64 * 2**10
GZIP = b"\x1f\x8b"

Unpack = Callable[[bytes], bytes]


class TooLargeError(Exception):
    """A body is larger than any page of a marketplace."""


def received(body: bytes, headers: Mapping[str, str]) -> bytes:
    """A body as the page's script would see it. Raises TooLargeError.

    headers : lower-case names. Many archives keep the headers of a body that they have unpacked already: what does not
    unpack is taken as it is, and what is cut gives what came.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    names = [name.strip() for name in headers.get("content-encoding", "").lower().split(",")]
    for name in reversed(names[:3]):
        body = _unpacked(body, name)
    if body.startswith(GZIP):  # the header was dropped, the packing was not
        body = _unpacked(body, "gzip")
    return body


def _unchunked(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 64)) >= 0:
        try:
            size = int(body[at:end].split(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(pieces) if pieces else body


def _unpacked(body: bytes, name: str) -> bytes:
    ways = _WAYS.get(name, ())
    for way in ways:
        if (data := _in_pieces(body, way())) is not None:
            return data
    return body


def _in_pieces(body: bytes, unpack: Unpack) -> bytes | None:
    """What could be unpacked; None when nothing could."""
    pieces: list[bytes] = []
    size = 0
    try:
        for at in range(0, len(body), PIECE):
            pieces.append(unpack(body[at : at + PIECE]))
            size += len(pieces[-1])
            if size > MAX_BODY:
                raise TooLargeError
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError):  # EOFError: something follows its end
        pass
    return b"".join(pieces) if size else None


def _zlib(bits: int) -> Callable[[], Unpack]:
    return lambda: _bounded(zlib.decompressobj(bits))


def _zstd() -> Unpack:
    return _bounded(zstd.ZstdDecompressor())


def _bounded(unpacker: Any) -> Unpack:
    def unpack(piece: bytes) -> bytes:
        if unpacker.eof:
            raise EOFError
        return bytes(unpacker.decompress(piece, MAX_BODY + 1))

    return unpack


def _brotli() -> Unpack:
    unpacker = brotli.Decompressor()
    return lambda piece: bytes(unpacker.process(piece, output_buffer_limit=MAX_BODY + 1))


# Two kinds of "deflate" are sent; the bare one is rare.
_WAYS: Mapping[str, tuple[Callable[[], Unpack], ...]] = {
    "gzip": (_zlib(16 + zlib.MAX_WBITS),),
    "x-gzip": (_zlib(16 + zlib.MAX_WBITS),),
    "deflate": (_zlib(zlib.MAX_WBITS), _zlib(-zlib.MAX_WBITS)),
    "br": (_brotli,),
    "zstd": (_zstd,),
}
