"""Pictures for tests, drawn here: invented goods, an invented mark, and what is done to photos that are copied."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from matchers.types import Picture

SIZE = (480, 480)


def encoded(image, kind="JPEG", **options):
    """The bytes of an image."""
    file = io.BytesIO()
    image.save(file, kind, **({"quality": 85} if kind == "JPEG" else {}) | options)
    return file.getvalue()


def picture(key, image):
    """An image as the matchers take it."""
    return Picture(key=key, data=encoded(image))


def photo(seed):
    """Something like a product photo: a shaded body with parts, on a ground with grain; each seed another article."""
    random = np.random.default_rng(seed)
    ground = Image.new("RGB", SIZE, tuple(int(v) for v in random.integers(150, 250, 3)))
    draw = ImageDraw.Draw(ground)
    for _ in range(14):
        colour = tuple(int(v) for v in random.integers(0, 255, 3))
        x, y = (int(v) for v in random.integers(40, 360, 2))
        width, height = (int(v) for v in random.integers(30, 190, 2))
        shape = random.integers(0, 3)
        box = (x, y, min(x + width, 470), min(y + height, 470))
        if shape == 0:
            draw.rounded_rectangle(box, radius=12, fill=colour, outline=(20, 20, 20), width=2)
        elif shape == 1:
            draw.ellipse(box, fill=colour, outline=(40, 40, 40), width=2)
        else:
            corners = [
                (int(random.integers(box[0], box[2] + 1)), int(random.integers(box[1], box[3] + 1))) for _ in range(5)
            ]
            draw.polygon(corners, fill=colour)
    grain = random.normal(0, 4, (*SIZE, 3))
    pixels = np.asarray(ground.filter(ImageFilter.GaussianBlur(0.7)), float) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def with_border(image):
    return ImageOps.expand(image.resize((400, 400)), 40, (250, 240, 230))


def with_stamp(image):
    copy = image.copy()
    draw = ImageDraw.Draw(copy)
    draw.rectangle((60, 200, 420, 250), fill=(255, 40, 40))
    draw.text((90, 215), "SALE  FREE SHIPPING  NEW", fill="white")
    return copy


def collage(image):
    sheet = Image.new("RGB", (720, 480), "white")
    sheet.paste(image.resize((360, 360)), (0, 60))
    sheet.paste(photo(999).resize((360, 360)), (360, 60))
    return sheet


ATTACKS = {
    "re-encoded": lambda image: Image.open(io.BytesIO(encoded(image, quality=35))),
    "smaller": lambda image: image.resize((220, 220)),
    "mirrored": ImageOps.mirror,
    "cropped": lambda image: image.crop((50, 40, 440, 430)),
    "bordered": with_border,
    "stamped": with_stamp,
    "brighter": lambda image: image.point(lambda value: min(255, int(value * 1.12 + 6))),
    "in a collage": collage,
}


def mark(colour=(20, 60, 160), ground=(255, 255, 255), side=400):
    """An invented figurative mark: a horned fish over three waves."""
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    s = side / 100
    draw.polygon(
        [(x * s, y * s) for x, y in ((10, 45), (35, 20), (70, 30), (90, 12), (84, 45), (92, 66), (70, 58), (36, 66))],
        fill=colour,
    )
    draw.polygon([(x * s, y * s) for x, y in ((30, 25), (22, 4), (44, 18))], fill=colour)
    draw.ellipse((28 * s, 36 * s, 37 * s, 45 * s), fill=ground)
    for top in (74, 84, 94):
        points = [(x * s, (top + 3 * np.sin(x / 7)) * s) for x in range(12, 90, 2)]
        draw.line(points, fill=colour, width=int(4 * s))
    return image


def marked(seed, share=0.3, colour=(250, 250, 250), turn=0.0):
    """Plain goods that carry the mark."""
    random = np.random.default_rng(seed)
    goods = Image.new("RGB", SIZE, (214, 210, 204))
    draw = ImageDraw.Draw(goods)
    body = tuple(int(v) for v in random.integers(20, 120, 3))
    draw.rounded_rectangle((70, 60, 410, 430), radius=60, fill=body)
    draw.rectangle((180, 20, 300, 70), fill=(60, 50, 40))
    side = int(SIZE[0] * share)
    drawing = mark((255, 255, 255), (0, 0, 0)).convert("L").resize((side, side)).rotate(turn, fillcolor=0)
    goods.paste(Image.new("RGB", drawing.size, colour), (150, 150), drawing)
    pixels = np.asarray(goods.filter(ImageFilter.GaussianBlur(0.6)), float) + random.normal(0, 3, (*SIZE, 3))
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
