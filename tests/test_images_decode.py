"""Bytes of strangers become pixels within limits, or are refused for one short reason."""

import io
import struct
import time
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from matchers.image import PictureError, decode
from tests.drawing import encoded, photo

COLOUR = Image.new("RGB", (40, 30), (200, 30, 60))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_the_formats_of_the_sites_are_read_whatever_the_name_says(kind):
    assert decode(encoded(COLOUR, kind)).shape == (30, 40, 3)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "I;16", "1"])
def test_every_mode_comes_out_as_rgb(mode):
    image = Image.new(mode, (20, 10)) if mode == "I;16" else COLOUR.resize((20, 10)).convert(mode)
    pixels = decode(encoded(image, "TIFF" if mode == "?" else "JPEG" if mode == "CMYK" else "PNG"))
    assert (pixels.shape, pixels.dtype) == ((10, 20, 3), np.uint8)


def test_what_is_seen_through_lies_on_white():
    assert decode(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")).min() == 255


def test_a_picture_that_exif_turns_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decode(encoded(COLOUR, exif=exif)).shape == (40, 30, 3)


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert tuple(decode(data)[5, 5]) == (254, 0, 0) or tuple(decode(data)[5, 5]) == (255, 0, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<!doctype html><html></html>", "html"),
        (b"%PDF-1.7", "not a picture"),
        (b"hello", "not a picture"),
        (encoded(photo(1))[:5000], "truncated"),
        (encoded(photo(1), "PNG")[:5000], "truncated"),
    ],
)
def test_what_is_no_picture_is_refused_for_one_reason(data, reason):
    with pytest.raises(PictureError) as error:
        decode(data)
    assert error.value.reason == reason


def png_of_size(width, height):
    """A PNG that says it is large and holds next to nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (1_000_000, 100), (20_000, 2_001)])
def test_a_bomb_is_refused_before_it_is_decoded(size):
    started = time.monotonic()
    with pytest.raises(PictureError, match="too many pixels"):
        decode(png_of_size(*size))
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1)])
def test_a_picture_of_an_odd_shape_is_read(size):
    assert decode(encoded(Image.new("RGB", size), "PNG")).shape == (size[1], size[0], 3)


def test_more_bytes_than_any_site_takes_are_refused():
    with pytest.raises(PictureError, match="too many bytes"):
        decode(encoded(COLOUR) + b"\0" * (40 * 2**20))


WHOLE = {kind: encoded(photo(4).resize((64, 64)), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")}


@given(
    st.sampled_from(sorted(WHOLE)), st.integers(0), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_picture_gives_pixels_or_one_reason(kind, cut, damage):
    data = bytearray(WHOLE[kind])
    for place, value in damage:
        data[place % len(data)] = value
    try:
        pixels = decode(bytes(data[: cut % (len(data) + 1)]), max_pixels=10**6)
    except PictureError as error:
        assert error.reason and "\n" not in error.reason
    else:
        assert pixels.ndim == 3


def test_a_polyglot_is_what_its_first_bytes_say():
    assert decode(encoded(COLOUR) + b"<script>alert(1)</script>").shape == (30, 40, 3)
    assert io.BytesIO(encoded(COLOUR)).read(2) == b"\xff\xd8"
