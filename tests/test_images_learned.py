"""Many marks are looked for at once by the trained network, which finds them in other colours and leaves others be."""

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from matchers.image import ImageMatcher
from matchers.image.artwork import artwork
from matchers.image.embedding import STRIDE, WINDOW, embedded, levelled
from matchers.image.learned import bank_of, expected_of
from matchers.image.seek import FEW
from matchers.image.spots import view_of
from matchers.types import Mark, Picture, Portfolio
from tests.drawing import encoded, mark, marked, photo, picture


def other_mark(seed):
    """An invented mark: a few bars and a polygon."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (300, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.polygon([tuple(map(int, point)) for point in random.integers(20, 280, (5, 2))], fill="black")
    for _ in range(3):
        x, y, width, height = (int(v) for v in random.integers(20, 140, 4))
        draw.rounded_rectangle(
            (x, y, x + width, y + height), 15, fill=tuple(int(v) for v in random.integers(0, 120, 3))
        )
    return image


@pytest.fixture(scope="module")
def many():
    own = Mark(right_id="V2", kind="figurative", aliases=("飞鱼",), images=(picture("fish", mark()),))
    others = (
        Mark(right_id=f"N{seed}", kind="figurative", images=(picture(f"n{seed}", other_mark(seed)),))
        for seed in range(FEW + 20)
    )
    return ImageMatcher(Portfolio(client="Velquora", marks=(*others, own)))


def rights(matcher, image):
    (findings,) = matcher.match([picture(str(hash(image.tobytes())), image)])
    return [finding.right for finding in findings]


@pytest.mark.parametrize("colour", [(250, 250, 250), (240, 190, 40), (200, 30, 40)])
@pytest.mark.parametrize(("share", "turn"), [(0.3, 0), (0.2, 8), (0.4, -15)])
def test_a_mark_among_many_is_seen_in_any_colour(many, colour, share, turn):
    assert rights(many, marked(5, colour=colour, share=share, turn=turn)) == ["V2"]


def test_plain_goods_carry_none_of_many_marks(many):
    assert [rights(many, photo(seed)) for seed in range(100, 104)] == [[]] * 4


def test_a_place_of_a_picture_is_embedded_as_its_window_alone_is():
    image = levelled(np.asarray(photo(3))[:200, :200])
    alone = embedded(image[STRIDE * 2 : STRIDE * 2 + WINDOW, STRIDE * 3 : STRIDE * 3 + WINDOW])[0, 0]
    assert np.allclose(embedded(image)[2, 3], alone, atol=1e-4)


def test_a_mark_in_several_colours_is_looked_for_in_one_too():
    two = mark()
    ImageDraw.Draw(two).ellipse((170, 100, 280, 240), fill=(250, 40, 40))
    assert bank_of([artwork(encoded(two, "PNG"))], ["R"]).marks == (0, 0)
    assert bank_of([artwork(encoded(mark(), "PNG"))], ["R"]).marks == (0,)


def test_of_a_simple_mark_more_likeness_is_expected():
    bar = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(bar).rectangle((30, 120, 270, 180), fill="black")
    simple, busy = (view_of(artwork(encoded(image, "PNG"))) for image in (bar, mark()))
    low, high = expected_of([busy, simple])
    assert 0 < low < high < 1


@pytest.mark.parametrize("size", [(1, 1), (1, 6000), (6000, 1), (40, 900), (3, 3)])
def test_strips_and_specks_are_looked_at_in_bounded_time(many, size):
    begun = time.process_time()
    assert many.match([Picture(key=str(size), data=encoded(Image.new("RGB", size, "red"), "PNG"))]) == [[]]
    assert time.process_time() - begun < 5
