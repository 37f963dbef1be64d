"""What sellers do to a client's photo before they use it as their own. Each takes a picture and gives one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from sandbox.goods.ink import font
from sandbox.goods.scenes import badge

_STICKERS = ("包邮", "现货秒发", "新品特惠", "正品保障", "买一送一", "限时抢购", "支持验货")
_COLOURS = ((214, 40, 44), (236, 120, 20), (28, 122, 92), (40, 70, 160), (150, 30, 110))
_SIGNS = ("小满铺子", "青禾优选", "实拍请勿盗图", "橙子外贸仓", "星野潮品")


def resized(image: Image.Image, rng: Random) -> Image.Image:
    """Smaller, as a thumbnail saved again."""
    side = rng.randint(260, 400)
    return image.resize((side, round(side * image.height / image.width)), Image.Resampling.BILINEAR)


def cropped(image: Image.Image, rng: Random) -> Image.Image:
    """Four to eleven per cent off each edge."""
    w, h = image.size
    left, top, right, bottom = (rng.uniform(0.04, 0.11) for _ in range(4))
    return image.crop((round(w * left), round(h * top), round(w * (1 - right)), round(h * (1 - bottom))))


def mirrored(image: Image.Image, rng: Random) -> Image.Image:
    """Left and right exchanged."""
    return ImageOps.mirror(image)


def watermarked(image: Image.Image, rng: Random) -> Image.Image:
    """The shop's name across it, many times."""
    layer = Image.new("RGBA", (image.width * 2, image.height * 2))
    pen, text, size = ImageDraw.Draw(layer), rng.choice(_SIGNS), image.width // 17
    for row in range(0, layer.height, size * 4):
        for column in range((row // 4) % (size * 3), layer.width, size * (len(text) + 3)):
            pen.text(
                (column, row),
                text,
                font=font(size),
                fill=(255, 255, 255, 120),
                stroke_width=1,
                stroke_fill=(90, 90, 90, 70),
            )
    turned = layer.rotate(rng.choice([-28, 25, 32]), Image.Resampling.BICUBIC)
    left, top = image.width // 2, image.height // 2
    whole = image.convert("RGBA")
    whole.alpha_composite(turned.crop((left, top, left + image.width, top + image.height)))
    return whole.convert("RGB")


def bordered(image: Image.Image, rng: Random) -> Image.Image:
    """A coloured frame."""
    return ImageOps.expand(image, rng.randint(image.width // 40, image.width // 16), rng.choice(_COLOURS))


def recoloured(image: Image.Image, rng: Random) -> Image.Image:
    """Other hue, warmth and contrast: another 'colour' of the same article."""
    hue, rest = image.convert("HSV").split()[0], image.convert("HSV").split()[1:]
    turned = Image.fromarray(np.asarray(hue) + np.uint8(rng.choice([14, 30, 90, 170, 232])))
    image = Image.merge("HSV", (turned, *rest)).convert("RGB")
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(rng.uniform(0.85, 1.15))).enhance(
        rng.uniform(0.85, 1.2)
    )


def stickered(image: Image.Image, rng: Random) -> Image.Image:
    """Plates with words in a corner and along the foot."""
    image = badge(image, rng.choice(_STICKERS), rng.choice(_COLOURS), rng.randint(1, 2))
    return badge(image, " ".join(rng.sample(_STICKERS, 2)), rng.choice(_COLOURS), 0)


def padded(image: Image.Image, rng: Random) -> Image.Image:
    """White above and below, as a telephone's album shows it."""
    margin = rng.randint(image.height // 14, image.height // 8)
    return ImageOps.expand(image, (0, margin, 0, margin), (250, 250, 250))


Attack = Callable[[Image.Image, Random], Image.Image]
ATTACKS: dict[str, Attack] = {
    f.__name__: f for f in (resized, cropped, mirrored, watermarked, bordered, recoloured, stickered, padded)
}
# What is seen together; every copy is one of these.
HABITS: tuple[tuple[str, ...], ...] = (
    ("resized",),
    ("mirrored", "resized"),
    ("cropped",),
    ("watermarked",),
    ("bordered",),
    ("recoloured",),
    ("stickered", "resized"),
    ("mirrored", "watermarked"),
    ("cropped", "stickered"),
    ("recoloured", "bordered"),
    ("padded", "resized"),
    ("mirrored", "cropped", "resized"),
)


def copied(image: Image.Image, attacks: Sequence[str], rng: Random) -> Image.Image:
    """The photo after these attacks, in their order."""
    for attack in attacks:
        image = ATTACKS[attack](image, rng)
    return image
