"""A photographed certificate is told from the picture of a mark."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from matchers.image.page import looks_like_page
from tests.drawing import encoded, photo

WORDS = "Certificate of registration number of the mark shown below for goods of class registered until the day "


def page(size=(1000, 1400), lines=24):
    """A certificate: a frame, a title, lines of small print, a seal."""
    image = Image.new("RGB", size, (250, 247, 238))
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, size[0] - 20, size[1] - 20), outline=(160, 120, 40), width=6)
    for number in range(lines):
        draw.text((80, 200 + 40 * number), WORDS[number % 9 :][:70], font=ImageFont.load_default(22), fill=(30, 30, 30))
    draw.ellipse((650, 1100, 850, 1300), outline=(190, 30, 30), width=9)
    return image


def photographed(image):
    """On a desk, from the side, in the light of a lamp."""
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = np.float32([[90, 60], [width - 30, 90], [width - 80, height - 40], [40, height - 90]])
    tilt = cv2.getPerspectiveTransform(corners, seen)
    turned = cv2.warpPerspective(pixels, tilt, (width, height), borderValue=(96, 70, 50))
    light = np.linspace(0.6, 1.05, width)[None, :, None]
    return Image.fromarray(np.clip(turned * light, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def mark(text="ORIVA"):
    """A combined mark: a ring, a word, a slogan."""
    image = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((250, 60, 550, 360), outline=(20, 60, 140), width=30)
    draw.text((180, 390), text, font=ImageFont.load_default(120), fill="black")
    draw.text((240, 530), "finest shoes since 1921", font=ImageFont.load_default(30), fill="black")
    return image


@pytest.mark.parametrize("image", [page(), photographed(page())], ids=["scan", "photo"])
def test_a_certificate_looks_like_a_page(image):
    assert looks_like_page(encoded(image))


@pytest.mark.parametrize("image", [mark(), mark("奥"), photo(3), photo(4), Image.new("RGB", (1, 1))])
def test_a_mark_or_a_product_does_not(image):
    assert not looks_like_page(encoded(image))


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_no_page(data):
    assert not looks_like_page(data)
