"""What sellers do to a photo that is not theirs: seeded, on any photos; for measuring and for fitting.

Each attack takes an RGB picture, a `Random`, and a function that gives another photo (for collages and insets).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

Another = Callable[[], Image.Image]
Attack = Callable[[Image.Image, Random, Another], Image.Image]

WORDS = ("包邮", "正品", "SALE -50%", "新款上市", "HOT", "Free shipping", "厂家直销", "七天无理由退换")
LARGEST = 800  # px of the longer side, as marketplaces serve them


@dataclass(frozen=True, slots=True)
class Attacked:
    """A picture after an attack: its bytes as JPEG."""

    name: str
    data: bytes


def attacked(name: str, photo: Image.Image, dice: Random, another: Another) -> Attacked:
    """The photo after the attack of that name."""
    image = ATTACKS[name](photo, dice, another)
    image.thumbnail((LARGEST, LARGEST))
    return Attacked(name, encoded(image, dice.randint(60, 92)))


def encoded(image: Image.Image, quality: int) -> bytes:
    """As JPEG."""
    file = BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def border(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """On a plain frame."""
    width, height = photo.size
    left, top, right, bottom = (round(side * dice.uniform(0.03, 0.22)) for side in (width, height, width, height))
    frame = Image.new("RGB", (width + left + right, height + top + bottom), colour(dice))
    frame.paste(photo, (left, top))
    return frame


def collage(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Among others, in cells that are filled to their edges."""
    columns, rows = dice.choice(((2, 1), (1, 2), (2, 2), (3, 1), (2, 2)))
    side, gap = 720 // max(columns, rows), dice.choice((0, 0, 4, 10))
    sheet = Image.new("RGB", (columns * (side + gap), rows * (side + gap)), "white")
    chosen = dice.randrange(columns * rows)
    for cell in range(columns * rows):
        shown = covering(photo if cell == chosen else another(), side)
        sheet.paste(shown, ((cell % columns) * (side + gap), (cell // columns) * (side + gap)))
    return sheet


def covering(photo: Image.Image, side: int) -> Image.Image:
    """The middle square."""
    width, height = photo.size
    least = min(width, height)
    box = ((width - least) // 2, (height - least) // 2, (width + least) // 2, (height + least) // 2)
    return photo.crop(box).resize((side, side))


def shade(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Brightness, contrast, saturation and balance."""
    for enhance, low, high in (
        (ImageEnhance.Brightness, 0.6, 1.5),
        (ImageEnhance.Contrast, 0.6, 1.6),
        (ImageEnhance.Color, 0.0, 1.8),
    ):
        photo = enhance(photo).enhance(dice.uniform(low, high))
    if dice.random() < 0.5:
        gains = np.array([dice.uniform(0.75, 1.25) for _ in range(3)])
        photo = Image.fromarray((np.asarray(photo, float) * gains).clip(0, 255).astype(np.uint8))
    return photo


def crop(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """A part of it: 45 to 85 % of each side."""
    width, height = photo.size
    w, h = round(width * dice.uniform(0.45, 0.85)), round(height * dice.uniform(0.45, 0.85))
    left, top = dice.randint(0, width - w), dice.randint(0, height - h)
    return photo.crop((left, top, left + w, top + h))


def inset(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Small on another photo."""
    under = another().resize((700, 700))
    share = dice.uniform(0.35, 0.6)
    small = photo.copy()
    small.thumbnail((round(700 * share), round(700 * share)))
    under.paste(small, (dice.randint(0, 700 - small.width), dice.randint(0, 700 - small.height)))
    return under


def jpeg(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Saved badly, twice."""
    for _ in range(2):
        photo = Image.open(BytesIO(encoded(photo, dice.randint(12, 35)))).convert("RGB")
    return photo


def mirror(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Left for right."""
    return photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def mosaic(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """One to three places made unrecognisable."""
    photo = photo.copy()
    width, height = photo.size
    for _ in range(dice.randint(1, 3)):
        w, h = round(width * dice.uniform(0.12, 0.35)), round(height * dice.uniform(0.08, 0.25))
        left, top = dice.randint(0, width - w), dice.randint(0, height - h)
        part = photo.crop((left, top, left + w, top + h))
        cells = part.resize((max(1, w // 16), max(1, h // 16)))
        photo.paste(cells.resize((w, h), Image.Resampling.NEAREST), (left, top))
    return photo


def perspective(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Seen from the side, on a plain ground."""
    width, height = photo.size
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    off = np.array(
        [[dice.uniform(0, 0.14) * width, dice.uniform(0, 0.14) * height] for _ in range(4)], np.float32
    ) * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, source + off)
    return warped(photo, matrix, dice)


def rotate(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """A little askew."""
    return photo.rotate(dice.choice((-1, 1)) * dice.uniform(3, 15), Image.Resampling.BICUBIC, fillcolor=colour(dice))


def warped(photo: Image.Image, matrix: np.ndarray[Any, Any], dice: Random) -> Image.Image:
    """Through a homography, the rest in one colour."""
    return Image.fromarray(
        cv2.warpPerspective(np.asarray(photo), matrix, photo.size, borderMode=0, borderValue=colour(dice))
    )


def resize(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Small, and of another shape."""
    width, height = (round(side * dice.uniform(0.3, 0.75)) for side in photo.size)
    return photo.resize((max(width, 120), max(height, 120)))


def screenshot(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """On a telephone, with what an app draws around it."""
    screen = Image.new("RGB", (540, 1080), "white")
    shown = photo.resize((540, round(540 * photo.height / photo.width)))
    top = dice.randint(60, 200)
    screen.paste(shown, (0, top))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, 540, 50), fill=colour(dice))
    for line in range(dice.randint(3, 7)):
        y = min(1000, top + shown.height + 20 + line * 44)
        draw.text((20, y), dice.choice(WORDS) * dice.randint(1, 2), font=font(28), fill=colour(dice))
    draw.rectangle((300, 1010, 530, 1070), fill=(255, 80, 0))
    return screen


def textblock(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """A block of advertising over it."""
    photo = photo.copy()
    width, height = photo.size
    draw = ImageDraw.Draw(photo)
    for _ in range(dice.randint(1, 2)):
        h = round(height * dice.uniform(0.12, 0.3))
        top = dice.choice((0, height - h, dice.randint(0, height - h)))
        draw.rectangle((0, top, round(width * dice.uniform(0.6, 1)), top + h), fill=colour(dice))
        draw.text((width // 20, top + h // 5), dice.choice(WORDS), font=font(max(12, h // 2)), fill=colour(dice))
    return photo


def watermark(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Words all over it, half transparent."""
    width, height = photo.size
    layer = Image.new("RGBA", (width * 2, height * 2))
    draw = ImageDraw.Draw(layer)
    size, word = round(width * dice.uniform(0.05, 0.12)), dice.choice(WORDS)
    ink = (*colour(dice), dice.randint(70, 170))
    for y in range(0, height * 2, size * 3):
        for x in range(0, width * 2, size * (len(word) + 2)):
            draw.text((x, y), word, font=font(size), fill=ink)
    turned = layer.rotate(dice.uniform(-40, 40)).crop(
        (width // 2, height // 2, width // 2 + width, height // 2 + height)
    )
    return Image.alpha_composite(photo.convert("RGBA"), turned).convert("RGB")


def combo(photo: Image.Image, dice: Random, another: Another) -> Image.Image:
    """Two or three at once."""
    for name in dice.sample(SINGLE, dice.choice((2, 3, 3))):
        photo = ATTACKS[name](photo, dice, another)
    return photo


def colour(dice: Random) -> tuple[int, int, int]:
    """Any; white more often."""
    return (255, 255, 255) if dice.random() < 0.3 else (dice.randrange(256), dice.randrange(256), dice.randrange(256))


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """One with hanzi where there is one."""
    try:
        return ImageFont.truetype("NotoSansCJK-Regular.ttc", size)
    except OSError:
        return ImageFont.load_default(size)


ATTACKS: Mapping[str, Attack] = {
    "border": border,
    "collage": collage,
    "colour": shade,
    "combo": combo,
    "crop": crop,
    "inset": inset,
    "jpeg": jpeg,
    "mirror": mirror,
    "mosaic": mosaic,
    "perspective": perspective,
    "resize": resize,
    "rotate": rotate,
    "screenshot": screenshot,
    "textblock": textblock,
    "watermark": watermark,
}
SINGLE = (
    "border",
    "colour",
    "crop",
    "inset",
    "jpeg",
    "mirror",
    "mosaic",
    "perspective",
    "rotate",
    "textblock",
    "watermark",
)
