"""Pictures made to harm are decoded right or refused for one reason, in bounded memory and time; nothing raises."""

import resource
import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image, features

from matchers.image import ImageMatcher, PictureError, decode
from matchers.image.artwork import artwork
from matchers.types import Mark, Picture, Portfolio
from tests.drawing import encoded, mark, photo, picture

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP") + (("AVIF",) if features.check("avif") else ())
WHOLE = {kind: encoded(photo(4).resize((160, 120)), kind) for kind in KINDS}


@pytest.fixture(scope="module")
def matcher():
    marks = (
        Mark(right_id="V", names=("VELQUORA",)),
        Mark(right_id="F", kind="figurative", images=(picture("fish", mark()),)),
    )
    return ImageMatcher(Portfolio(client="V", marks=marks, photos={"V": (picture("own", photo(0)),)}))


def moving(kind, frames, size=(64, 64)):
    """A moving picture; every frame differs, so that none is dropped."""
    images = [Image.new("RGB", size, (index % 256, index // 256, 7)) for index in range(frames)]
    return encoded(images[0], kind, save_all=True, append_images=images[1:])


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_many_frames_cost_no_more_than_the_first(kind):
    data = moving(kind, 400)
    started = time.process_time()
    assert decode(data).shape == (64, 64, 3)
    assert time.process_time() - started < 0.5


def test_palette_with_transparency_lies_on_white():
    image = Image.new("P", (8, 8), 0)
    image.putpalette([0, 0, 0] * 256)
    assert decode(encoded(image, "PNG", transparency=0)).min() == 255


def test_sixteen_bit_grey_keeps_its_brightness():
    image = Image.fromarray(np.full((8, 8), 0x8000, np.uint16))
    assert set(np.unique(decode(encoded(image, "PNG")))) == {128}


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_turn_that_exif_knows_is_made(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    shape = decode(encoded(Image.new("RGB", (40, 30), "red"), exif=exif)).shape
    assert shape == ((30, 40, 3) if turn < 5 else (40, 30, 3))


def test_heic_is_refused_by_its_name():
    with pytest.raises(PictureError, match=r"^heic$"):
        decode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100)


@pytest.mark.skipif("AVIF" not in KINDS, reason="this Pillow has no AVIF")
def test_avif_is_read():
    assert decode(WHOLE["AVIF"]).shape == (120, 160, 3)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_compressed_text_chunk_is_not_unpacked_without_bound():
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * (200 * 2**20), 9))
    data = WHOLE["PNG"][:33] + bomb + WHOLE["PNG"][33:]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    try:
        decode(data)
    except PictureError as error:
        assert error.reason
    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_hundred_megabytes_are_refused_at_once():
    data = WHOLE["JPEG"] + bytes(100 * 2**20)
    started = time.process_time()
    with pytest.raises(PictureError, match="too many bytes"):
        decode(data)
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("tail", [b"PK\3\4" + bytes(200), b"<?php system('x');", b"%PDF-1.7"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_appended_to_a_picture_is_never_looked_at(kind, tail):
    assert np.array_equal(decode(WHOLE[kind] + tail), decode(WHOLE[kind]))


def test_a_mark_with_a_huge_white_border_is_cut_to_its_ink():
    sheet = Image.new("RGB", (5000, 5000), "white")
    sheet.paste(mark(side=600), (2200, 2200))
    height, width = artwork(encoded(sheet, "PNG")).image.shape[:2]
    assert 0.5 < width / height < 2 and max(height, width) < 120


@pytest.mark.parametrize("colour", ["white", "black", (120, 3, 200)])
@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1), (600, 600)])
def test_blank_pictures_have_nothing_in_them(matcher, size, colour):
    assert matcher.match([picture(f"{size}{colour}", Image.new("RGB", size, colour))]) == [[]]


def mutated(data, random):
    """A picture with bytes changed, cut out, doubled, or cut off."""
    data = bytearray(data)
    for _ in range(random.integers(1, 8)):
        place = int(random.integers(0, len(data)))
        what = random.integers(0, 4)
        if what == 0:
            data[place] = int(random.integers(0, 256))
        elif what == 1:
            del data[place : place + int(random.integers(1, 40))]
        elif what == 2:
            data[place:place] = data[place : place + int(random.integers(1, 40))]
        elif len(data) > 40 and random.random() < 0.3:
            del data[max(20, place) :]
        if len(data) < 20:
            break
    return bytes(data)


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_pictures_are_decoded_or_refused_for_one_reason(kind):
    random = np.random.default_rng(len(kind))
    for _ in range(150):
        data = mutated(WHOLE[kind], random)
        started = time.process_time()
        try:
            assert decode(data, max_pixels=10**6).ndim == 3
        except PictureError as error:
            assert error.reason and "\n" not in error.reason
        assert time.process_time() - started < 2


def test_the_matcher_raises_for_none_of_them(matcher):
    random = np.random.default_rng(5)
    for number, kind in enumerate(KINDS * 3):
        data = mutated(WHOLE[kind], random)
        (findings,) = matcher.match([Picture(key=f"m{number}", data=data)])
        assert isinstance(findings, list)
