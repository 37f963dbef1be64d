"""A registered mark may be an SVG, which is drawn within limits; the SVG of a listing is refused."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.image.artwork import artwork
from matchers.image.decode import decode
from matchers.image.vector import is_vector, rasterised
from matchers.types import PictureError

FISH = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#c00" d="M0 10L30 0V20Z"/></svg>'
HEAD, FOOT = FISH[: FISH.index(b"<path")], b"</svg>"


def refusal(data):
    with pytest.raises(PictureError) as caught:
        rasterised(data, 64)
    return caught.value.reason


def test_a_registered_svg_is_drawn_with_its_paper_see_through():
    image = rasterised(FISH, 64)
    assert image.size == (64, 32)
    assert image.getpixel((30, 16)) == (204, 0, 0, 255) and image.getpixel((1, 1))[3] == 0


def test_a_registered_svg_becomes_an_artwork():
    drawing = artwork(FISH)
    assert drawing.image.shape == (171, 256, 3) and drawing.background == (255, 255, 255)


def test_the_svg_of_a_listing_is_refused():
    with pytest.raises(PictureError, match="svg"):
        decode(FISH)


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>x</script>",
        b'<image href="file:///etc/passwd"/>',
        b'<use href="http://127.0.0.1/x.svg#a"/>',
        b"<rect fill='url(http://127.0.0.1/a)'/>",
        b"<foreignObject/>",
        b'<filter id="f"><feTurbulence numOctaves="99999"/></filter>',
        b"<text>VELQUORA</text>",
        b'<use href="#a"/>' * 13,
        b"<g/>" * 6000,
    ],
)
def test_what_leads_out_of_the_file_or_takes_long_is_refused(inside):
    assert refusal(HEAD + inside + FOOT) == "svg"


def test_entities_are_refused():
    assert refusal(b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + FISH) == "svg"


def test_too_large_a_file_is_refused():
    assert refusal(FISH + b" " * 1024 * 1024) == "too many bytes"


def test_shapes_that_stand_for_themselves_end_soon():
    levels = b"".join(b'<g id="l%d">' % n + b'<use href="#l%d"/>' % (n + 1) * 3 + b"</g>" for n in range(4))
    begun = time.process_time()
    rasterised(HEAD + levels + b'<rect id="l4" width="9" height="9"/>' + FOOT, 64)
    assert time.process_time() - begun < 2


@given(st.integers(0, len(FISH)), st.lists(st.tuples(st.integers(0, len(FISH) - 1), st.integers(0, 255)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_an_svg_cut_or_damaged_anywhere_raises_only_what_is_documented(cut, damage):
    data = bytearray(FISH)
    for place, value in damage:
        data[place] = value
    data = bytes(data[:cut])
    try:
        if is_vector(data):
            assert max(rasterised(data, 64).size) <= 64
    except PictureError as error:
        assert error.reason in ("svg", "broken", "too many bytes")
