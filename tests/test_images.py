"""Copies of the client's photos and its marks are found, other pictures are left in peace, and nothing raises."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from matchers.image import ImageMatcher
from matchers.image.fingerprints import MAX_DISTANCE, hex_hash
from matchers.types import Mark, Picture, Portfolio, Signal
from tests.drawing import ATTACKS, encoded, mark, marked, photo, picture

OWN = range(6)


def drawn_article(body, handle, backdrop):
    """A box with a grip on a backdrop that is lighter in the middle."""
    image = Image.new("RGB", (520, 520), backdrop)
    light = Image.radial_gradient("L").resize((520, 520)).point(lambda value: 255 - value)
    image.paste("white", (0, 0), light.point(lambda value: value * 3 // 4))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((130, 180, 330, 260), 20, body, "#222222", 3)
    draw.polygon([(165, 260), (235, 260), (210, 370), (140, 370)], handle, "#222222", 2)
    draw.rounded_rectangle((115, 360, 240, 400), 10, body, "#222222", 3)
    draw.polygon([(330, 200), (390, 210), (390, 230), (330, 240)], "#444444")
    return image


def hue_turned(image):
    hue, saturation, value = image.convert("HSV").split()
    turned = hue.point(lambda angle: (angle + 60) % 256)
    return Image.merge("HSV", (turned, saturation, value)).convert("RGB")


@pytest.fixture(scope="module")
def matcher():
    return ImageMatcher(
        Portfolio(
            client="Velquora",
            marks=(
                Mark(right_id="V1", kind="word", names=("VELQUORA",), images=(picture("word", photo(50)),)),
                Mark(right_id="V2", kind="figurative", aliases=("飞鱼",), images=(picture("fish", mark()),)),
            ),
            photos={"V1": tuple(picture(f"own-{seed}", photo(seed)) for seed in OWN)},
            negative_photos=(picture("stock", photo(77)),),
        ),
        words=False,  # they have tests of their own
    )


def found(matcher, image, key="x"):
    (findings,) = matcher.match([picture(f"{key}-{hash(image.tobytes())}", image)])
    return findings


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_photo_that_was_made_from_the_clients_own_is_a_copy(matcher, attack):
    for seed in (0, 3):
        (finding,) = found(matcher, ATTACKS[attack](photo(seed)))
        assert (finding.signal, finding.right, finding.matched) == (Signal.PHOTO_COPY, "V1", f"own-{seed}")
        assert finding.score >= 0.8


def test_other_photos_are_no_copies(matcher):
    for seed in range(100, 130):
        assert found(matcher, photo(seed)) == []


COLOURWAYS = (("#b62ac4", "#2fce7d", "#6672b8"), ("#46764f", "#e0a99b", "#9c4a8e"), ("#8a3020", "#702090", "#906070"))


@pytest.mark.parametrize("own", COLOURWAYS)
def test_another_article_of_the_same_outline_in_other_colours_is_no_copy(own):
    first = drawn_article(*own)
    matcher = ImageMatcher(Portfolio(client="x", marks=(), photos={"R": (picture("own", first),)}))
    assert [found(matcher, drawn_article(*other)) for other in COLOURWAYS if other != own] == [[], []]
    assert [one.matched for one in found(matcher, hue_turned(first))] == ["own"]


@pytest.mark.parametrize("turn", [-80, -40, 33, 75])
def test_a_figurative_mark_that_is_turned_is_seen(matcher, turn):
    assert [one.right for one in found(matcher, marked(5, turn=turn))] == ["V2"]


def test_a_copy_of_a_picture_that_was_judged_innocent_accuses_nobody(matcher):
    (finding,) = found(matcher, ATTACKS["re-encoded"](photo(77)))
    assert (finding.signal, finding.right, finding.reason.code) == (Signal.CONTEXT, None, "innocent_photo")


def test_where_the_copy_stands_is_told_in_pixels_of_the_picture(matcher):
    (finding,) = found(matcher, ATTACKS["in a collage"](photo(1)))
    left, top, width, height = finding.box
    assert abs(left) < 20 and abs(top - 60) < 20 and abs(width - 360) < 30 and abs(height - 360) < 30


def test_a_reason_is_a_sentence_in_two_languages_with_the_number_behind_it(matcher):
    (finding,) = found(matcher, ATTACKS["smaller"](photo(2)))
    assert "client's own photo" in finding.reason.en
    assert "权利人自有图片" in finding.reason.zh
    assert any(char.isdigit() for char in finding.reason.en)


@pytest.mark.parametrize("colour", [(250, 250, 250), (240, 190, 40), (200, 30, 40)])
@pytest.mark.parametrize("turn", [0, 8])
def test_a_figurative_mark_on_goods_is_seen_in_any_colour(matcher, colour, turn):
    (finding,) = found(matcher, marked(5, colour=colour, turn=turn))
    assert (finding.signal, finding.right) == (Signal.MARK_IN_PHOTO, "V2")
    left, top, width, height = finding.box
    assert abs(left + width / 2 - 222) < 30 and abs(top + height / 2 - 222) < 30


def test_plain_goods_words_and_shapes_carry_no_mark(matcher):
    for number in range(12):
        image = marked(number, share=0.02)
        draw = ImageDraw.Draw(image)
        draw.ellipse((150, 150, 300, 300), fill=(240, 240, 240))
        draw.text((160, 320), "SUMMER SALE", fill="white", font_size=30)
        draw.polygon([(120, 380), (180, 300), (240, 380)], fill=(10, 90, 200))
        assert found(matcher, image) == []


def test_the_drawing_of_a_word_mark_is_not_looked_for(matcher):
    assert found(matcher, photo(50)) == []


def test_a_mark_that_is_a_plain_disc_is_not_looked_for(caplog):
    disc = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(disc).ellipse((30, 30, 270, 270), fill="red")
    plain = ImageMatcher(
        Portfolio(client="x", marks=(Mark(right_id="D", kind="figurative", images=(picture("disc", disc),)),))
    )
    assert "plain shape" in caplog.text
    assert plain.match([picture("goods", disc)]) == [[]]


def test_a_picture_is_looked_at_once(matcher, monkeypatch):
    one = picture("once", photo(200))
    matcher.match([one])
    monkeypatch.setattr("matchers.image.matcher.look_at", None)
    assert matcher.match([one]) == [[]]


def test_two_threads_get_what_one_gets(matcher):
    pictures = [picture(f"t-{seed}", ATTACKS["mirrored"](photo(seed))) for seed in OWN]
    alone = matcher.match(pictures)
    again = [Picture(key=f"again-{each.key}", data=each.data) for each in pictures]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda each: matcher.match([each])[0], again))
    assert [[f.matched for f in each] for each in together] == [[f.matched for f in each] for each in alone]


WHOLE = encoded(photo(300))


@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_picture_cut_or_damaged_anywhere_raises_nothing(matcher, cut, damage):
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    assert len(matcher.match([Picture(key=f"{cut}{damage}", data=bytes(data[:cut]))])) == 1


@given(st.binary(max_size=200))
@settings(max_examples=40)
def test_any_bytes_raise_nothing(matcher, data):
    assert matcher.match([Picture(key=str(hash(data)), data=data)]) == [[]]


def test_a_picture_has_a_hash_of_256_bits_that_its_smaller_copy_nearly_has():
    hashes = [hex_hash(np.asarray(each)) for each in (photo(3), photo(3).resize((300, 300)), photo(4))]
    near, far = (bin(int(hashes[0], 16) ^ int(other, 16)).count("1") for other in hashes[1:])
    assert len(hashes[0]) == 64
    assert near <= MAX_DISTANCE < far


def test_a_blank_picture_has_no_hash():
    assert hex_hash(np.zeros((200, 200, 3), np.uint8)) is None
