"""Mosaics, blurred patches and stickers are told of, weakly; photos as they come from a camera are left in peace."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from matchers.image import ImageMatcher, decode
from matchers.image.hidden import patches
from matchers.types import Mark, Portfolio, Signal
from tests.drawing import encoded, marked, photo, picture

PLACE = (150, 130, 310, 290)


def cloth(seed=1):
    """A patterned cloth, sharp everywhere."""
    random = np.random.default_rng(seed)
    coarse = random.integers(40, 220, (40, 40, 3)).astype(np.uint8)
    pattern = np.asarray(Image.fromarray(coarse).resize((480, 480), Image.Resampling.BICUBIC), float)
    return Image.fromarray((pattern + random.normal(0, 22, pattern.shape)).clip(0, 255).astype(np.uint8))


def mosaic(image, block=11):
    part = image.crop(PLACE)
    small = part.resize((part.width // block, part.height // block), Image.Resampling.BOX)
    image.paste(small.resize((small.width * block, small.height * block), Image.Resampling.NEAREST), PLACE[:2])
    return image


def blur(image):
    image.paste(image.crop(PLACE).filter(ImageFilter.GaussianBlur(7)), PLACE[:2])
    return image


def sticker(image):
    ImageDraw.Draw(image).ellipse((200, 180, 300, 280), fill=(255, 204, 20))
    return image


def seen(image):
    return patches(decode(encoded(image, quality=90)))


@pytest.mark.parametrize("hide", [mosaic, blur, sticker])
def test_a_hidden_part_is_told_of_with_its_place(hide):
    patch = seen(hide(cloth()))[0]
    left, top, width, height = patch.box
    assert patch.kind == hide.__name__
    assert left < 250 < left + width and top < 230 < top + height
    assert patch.score < 0.9


@pytest.mark.parametrize("image", [cloth(2), photo(5), marked(3), Image.new("RGB", (400, 400), "white")])
def test_a_photo_as_it_was_taken_has_nothing_hidden(image):
    assert not seen(image)


@pytest.mark.parametrize("quality", [20, 35, 50])
def test_the_blocks_of_a_bad_jpeg_are_no_mosaic(quality):
    assert not any(patch.kind == "mosaic" for patch in patches(decode(encoded(photo(6), quality=quality))))


def test_a_checked_shirt_is_no_mosaic():
    image = cloth(3)
    draw = ImageDraw.Draw(image)
    for at in range(0, 480, 12):
        draw.line((at, 0, at, 480), (240, 240, 240), 2)
        draw.line((0, at, 480, at), (20, 20, 60), 2)
    assert not any(patch.kind == "mosaic" for patch in seen(image))


@pytest.mark.parametrize("size", [(1, 1), (63, 64), (1, 3000), (3000, 2)])
def test_pictures_of_odd_shapes_are_looked_at(size):
    assert patches(np.zeros((size[1], size[0], 3), np.uint8)) == []


def test_the_finding_names_no_right_and_says_so_in_both_languages():
    matcher = ImageMatcher(Portfolio(client="V", marks=(Mark(right_id="V", names=("VELQUORA",)),)), twice=False)
    ((finding,),) = matcher.match([picture("hidden", mosaic(cloth(4)))])
    assert (finding.signal, finding.right) == (Signal.HIDDEN_PATCH, None)
    assert "mosaic" in finding.reason.en and "马赛克" in finding.reason.zh
