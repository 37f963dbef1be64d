"""The names of marks are read in pictures: plain, disguised, turned, coloured; and nothing else is."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from matchers.image import ImageMatcher, looks, readings
from matchers.image.joins import goes_on, passages
from matchers.image.misread import misreadable
from matchers.image.reading import Line
from matchers.image.readings import Reading
from matchers.image.words import WordMatcher
from matchers.types import Mark, Portfolio, Signal
from sandbox.goods.ink import font
from tests.drawing import photo, picture

MARKS = (
    Mark(right_id="V", names=("VELQUORA",)),
    Mark(right_id="H", names=("岚珂美",)),
    Mark(right_id="T", names=("Dorvane Listel",)),
    Mark(right_id="F", kind="figurative"),
)
PORTFOLIO = Portfolio(client="Velquora", marks=MARKS)


@pytest.fixture(scope="module")
def matcher():
    return ImageMatcher(PORTFOLIO)


def goods(text, *, colour=(250, 250, 250), body=(60, 80, 120), size=54, turn=0, side=520):
    """A bag with a word on it."""
    image = Image.new("RGB", (520, 520), (216, 212, 206))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((40, 60, 480, 470), 50, body)
    sheet = Image.new("L", image.size)
    face = font(size) if any(char > "⺀" for char in text) else ImageFont.load_default(size)
    ImageDraw.Draw(sheet).multiline_text((260, 260), text, 255, face, anchor="mm", align="center")
    image.paste(Image.new("RGB", image.size, colour), (0, 0), sheet.rotate(turn))
    pixels = np.asarray(image.resize((side, side)), float) + np.random.default_rng(1).normal(0, 2, (side, side, 3))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def words(matcher, image):
    (findings,) = matcher.match([picture(f"w{hash(image.tobytes())}", image)])
    return [finding for finding in findings if finding.signal is Signal.WORD_IN_PHOTO]


def test_a_name_on_the_goods_is_found_with_its_place_and_quoted_in_both_languages(matcher):
    (finding,) = words(matcher, goods("VELQUORA"))
    left, top, width, height = finding.box
    assert (finding.right, finding.matched, finding.span) == ("V", "VELQUORA", None)
    assert finding.score > 0.85
    assert left < 150 < 370 < left + width and top < 255 < 270 < top + height
    assert "“VELQUORA”" in finding.reason.en and "“VELQUORA”" in finding.reason.zh


def test_a_place_is_told_in_pixels_of_the_file(matcher):
    (finding,) = words(matcher, goods("VELQUORA", side=1560))
    left, top, width, height = finding.box
    assert left < 450 < 1110 < left + width and top < 765 < 810 < top + height


def test_a_disguised_name_is_found_and_says_what_is_wrong_with_it(matcher):
    (finding,) = words(matcher, goods("VELQU0RRA"))
    assert finding.reason.code.startswith("word_in_photo.")
    assert "VELQUORA" in finding.reason.en and "VELQUORA" in finding.reason.zh
    assert finding.score < words(matcher, goods("VELQUORA"))[0].score


def test_a_name_in_hanzi_is_found(matcher):
    assert [finding.right for finding in words(matcher, goods("岚珂美"))] == ["H"]


def test_traditional_hanzi_in_a_picture_are_typesetting_and_no_disguise(matcher):
    (finding,) = words(matcher, goods("嵐珂美"))
    assert finding.reason.code == "word_in_photo"


def test_a_name_in_two_lines_is_found(matcher):
    assert [finding.right for finding in words(matcher, goods("DORVANE\nLISTEL"))] == ["T"]


@pytest.mark.parametrize("turn", [20, 90, 180, 270])
def test_a_turned_name_is_found(matcher, turn):
    assert [finding.right for finding in words(matcher, goods("VELQUORA", turn=turn))] == ["V"]


def test_thread_as_bright_as_the_cloth_is_read_by_its_colour(matcher):
    assert [
        finding.right for finding in words(matcher, goods("VELQUORA", colour=(134, 84, 76), body=(84, 98, 100)))
    ] == ["V"]


@pytest.mark.parametrize("text", ["SUMMER", "MERIVANTO", "茶叶", "VELVET", "QUORUM", "2026 100%"])
def test_other_words_are_none(matcher, text):
    assert not words(matcher, goods(text))


@pytest.mark.parametrize("image", [photo(3), Image.new("RGB", (300, 300), "white"), Image.new("RGB", (1, 1))])
def test_where_nothing_is_written_nothing_is_read(matcher, image):
    assert not words(matcher, image)


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1), (31, 33), (3, 3)])
def test_pictures_of_odd_shapes_are_looked_at(size):
    noise = np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), np.uint8)
    assert not WordMatcher(MARKS).see(Reading(noise))


def test_words_are_not_read_when_that_is_switched_off():
    assert not words(ImageMatcher(PORTFOLIO, words=False), goods("VELQUORA"))


def test_nothing_is_read_for_marks_without_words(monkeypatch):
    monkeypatch.setattr(readings, "regions", lambda *_: pytest.fail("it was read"))
    assert not words(ImageMatcher(Portfolio(client="F", marks=MARKS[3:])), goods("VELQUORA"))


def test_two_clients_have_a_picture_read_once(monkeypatch):
    looked = []
    monkeypatch.setattr(readings, "regions", lambda *given: looked.append(1) or [])
    monkeypatch.setattr(readings, "second_look", lambda *_: [])
    shown = picture("twice", goods("VELQUORA", size=40))
    looks._looks.clear()
    for client in ("one", "two"):
        ImageMatcher(Portfolio(client=client, marks=MARKS)).match([shown, shown])
    assert len(looked) == 1


def test_a_page_full_of_text_takes_bounded_time(matcher):
    image = Image.new("RGB", (1000, 1400), "white")
    row = "many words stand in this row " * 3
    ImageDraw.Draw(image).multiline_text((10, 10), "\n".join([row] * 90), 0, ImageFont.load_default(12))
    started = time.process_time()
    words(matcher, image)
    assert time.process_time() - started < 8


def line(text, left, top, width, height=20, confidence=0.9):
    corners = np.array(
        [[left, top], [left + width, top], [left + width, top + height], [left, top + height]], np.float32
    )
    return Line(text, confidence, 0.8, corners)


def test_a_line_goes_on_beside_it_and_below_it():
    texts = [one.text for one in passages([line("DOR", 0, 0, 50), line("VANE", 60, 2, 60), line("LISTEL", 5, 24, 80)])]
    assert {"DOR VANE", "DORVANE", "DOR LISTEL"} <= set(texts)


@pytest.mark.parametrize("other", [(200, 0, 50, 20), (0, 80, 50, 20), (0, 24, 50, 60), (0, 0, 50, 20)])
def test_far_larger_or_earlier_text_is_other_text(other):
    assert not goes_on((0, 0, 50, 20), other)


def test_joined_lines_are_as_sure_as_the_worse_of_them():
    joined = [
        one for one in passages([line("DOR", 0, 0, 50, confidence=0.5), line("VANE", 60, 0, 60)]) if " " in one.text
    ]
    assert [one.confidence for one in joined] == [0.5]


NEAR = misreadable(
    (
        Mark(right_id="V", names=("VELQUORA",)),
        Mark(right_id="C", names=("Climburne",)),
        Mark(right_id="S", names=("Lumi",)),
    )
)


@pytest.mark.parametrize(
    ("read", "right"), [("ELQUOR", "V"), ("VELQU0BA", "V"), ("dirnbume", "C"), ("C1imbume", "C"), ("Climb urne", "C")]
)
def test_what_a_reader_takes_for_one_another_does_not_hide_a_name(read, right):
    assert right in {one.right for one in NEAR.near(read)}


@pytest.mark.parametrize("read", ["Lurni", "QUORUM", "CLIMB", "VELVET", "", "VEL", "climbing"])
def test_short_names_and_ordinary_words_are_no_misreadings(read):
    assert not NEAR.near(read)


def test_the_more_letters_are_wrong_the_less_sure_it_is():
    (one,), (two,) = NEAR.near("VELQUORA"), NEAR.near("ELQUOR")
    assert one.score > two.score


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    assert all(0 <= one.score <= 1 for one in NEAR.near(text))


def test_a_picture_is_remembered_by_its_content(matcher):
    shown = picture("same", goods("VELQUORA"))
    first = matcher.match([shown])
    started = time.process_time()
    assert matcher.match([shown]) == first
    assert time.process_time() - started < 0.01


def test_a_picture_is_read_once_when_that_is_enough(monkeypatch):
    monkeypatch.setattr(readings, "second_look", lambda *_: pytest.fail("it was read again"))
    assert not words(ImageMatcher(PORTFOLIO, twice=False), goods("SUMMER", size=50))
