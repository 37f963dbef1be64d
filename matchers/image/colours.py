"""Is one picture another one recoloured? One plain change of colour for the whole picture is looked for, by pixel.

Whoever copies a photo changes all of it alike: brighter, paler, warmer, another hue. Two goods drawn from one pattern,
or photographed in two colours, differ in one place and not in another, and no single change explains that.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Complexes, Floats
from matchers.image.geometry import as_floats

GAIN = (0.65, 1.5)  # of contrast, within which a change is still an edit of the same picture
COLOUR_GAIN = (0.3, 1.8)  # of saturation: from nearly grey to garish
SPAN_GAIN = (0.5, 1.8)
MOST_LIGHT = 60.0  # grey levels that a picture is made brighter or darker by
MOST_TINT = 12.0  # levels of chroma that a filter adds to all of a picture
STEADY = 4.0  # squared levels; holds a gain at 1 where a picture has too little contrast to tell
ROUNDS = 6
BINS = 36  # of the circle of hues
HUE_OFF = 16.0  # levels of colour by which a pixel may miss the turn of all; 10 degrees of a colour with a span of 90
SAMPLED = 2000
LUMA, U_OF_BLUE, V_OF_RED = (0.299, 0.587, 0.114), 0.564, 0.713  # ITU-R BT.601


@dataclass(frozen=True, slots=True)
class Change:
    """off : for each pixel how far it is from what the change makes of the reference, about 1 at the limit of noise
    strength : how strong a change it is: 0 for none, 0.7 for twice the contrast
    """

    off: Floats
    strength: float


def tone_change(one: Floats, other: Floats) -> Change:
    """Contrast, brightness, saturation and tint; hues stay. `one`, `other`: RGB (n, 3) of the same n places."""
    (luma, chroma), (other_luma, other_chroma) = split(one), split(other)
    some = sample(len(one))
    gain, light = straight_line(luma[some], other_luma[some], GAIN, MOST_LIGHT)
    saturation, tint = chroma_line(chroma[some], other_chroma[some])
    off_light, off_colour = other_luma - gain * luma - light, np.abs(other_chroma - saturation * chroma - tint)
    return Change(np.hypot(off_light / 10, off_colour / 8), strength(gain, saturation))


def hue_change(one: Floats, other: Floats) -> Change:
    """Hues turn, all by one angle; beside them the brightest channel and the span of the channels are compared.

    Without the one angle any two articles of one outline are each other recoloured.
    """
    (value, span), (other_value, other_span) = value_and_span(one), value_and_span(other)
    some = sample(len(one))
    gain, light = straight_line(value[some], other_value[some], GAIN, MOST_LIGHT)
    saturation, _ = straight_line(span[some], other_span[some], SPAN_GAIN, 0.0)
    off_value, off_span = other_value - gain * value - light, other_span - saturation * span
    turns, weight = hues(other) * np.conj(hues(one)), np.minimum(span, other_span)
    off_hue = weight * np.abs(turns - commonest(turns[some], weight[some]))
    return Change(np.hypot(np.hypot(off_value / 10, off_span / 12), off_hue / HUE_OFF), strength(gain, saturation))


def hues(pixels: Floats) -> Complexes:
    """The hue of each pixel (n, 3) as a point of the unit circle: the hue of HSV, by which editors turn."""
    degrees = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2HSV)[0, :, 0]
    return np.asarray(np.exp(1j * np.radians(degrees)), np.complex64)


def commonest(turns: Complexes, weight: Floats) -> complex:
    """The turn that most of the colour made: the fullest of the bins, and the mean of what lies near it."""
    place = np.mod(np.round(np.angle(turns) * BINS / (2 * np.pi)), BINS).astype(np.int64)
    full = np.bincount(place, weight, BINS)
    fullest = int(np.argmax(full + np.roll(full, 1) + np.roll(full, -1)))
    near = np.isin(place, [fullest - 1, fullest, (fullest + 1) % BINS, (fullest - 1) % BINS])
    mean = complex((weight * turns)[near].sum())
    return mean / abs(mean) if abs(mean) > STEADY else 1 + 0j


def strength(gain: float, saturation: float) -> float:
    return float(abs(np.log(gain)) + 0.5 * abs(np.log(saturation)))


def sample(count: int) -> slice:
    """Every so manieth place: a line through two thousand points is the line through twenty thousand."""
    return slice(None, None, max(1, count // SAMPLED))


def straight_line(x: Floats, y: Floats, limits: tuple[float, float], most: float) -> tuple[float, float]:
    """Gain and shift of y ~ gain * x + shift, the shift at most `most`. Places that do not fit lose their say."""
    weight, gain, shift = np.ones(len(x), np.float32), 1.0, 0.0
    for _ in range(ROUNDS):
        total = weight.sum() + 1e-6
        mean_x, mean_y = ((weight * x).sum() / total, (weight * y).sum() / total) if most else (0.0, 0.0)
        steady = STEADY * total if most else 5 * STEADY * total
        product = (weight * (x - mean_x) * (y - mean_y)).sum() + steady
        gain = float(np.clip(product / ((weight * (x - mean_x) ** 2).sum() + steady), *limits))
        shift = float(np.clip(mean_y - gain * mean_x, -most, most))
        weight = trust(as_floats((y - gain * x - shift) / 10))
    return gain, shift


def chroma_line(x: Complexes, y: Complexes) -> tuple[float, complex]:
    """The same for chroma, a complex number a place: one gain for both axes, and a tint of limited strength."""
    weight, gain, tint = np.ones(len(x), np.float32), 1.0, 0j
    for _ in range(ROUNDS):
        total = weight.sum() + 1e-6
        product = (weight * (np.conj(x) * y).real).sum() + STEADY * total
        gain = float(np.clip(product / ((weight * np.abs(x) ** 2).sum() + STEADY * total), *COLOUR_GAIN))
        tint = complex((weight * (y - gain * x)).sum() / total)
        tint /= max(1.0, abs(tint) / MOST_TINT)
        weight = trust(as_floats(np.abs(y - gain * x - tint) / 8))
    return gain, tint


def trust(off: Floats) -> Floats:
    """How much a place counts that is `off`; a steep fall, so that a sticker on the picture does not bend the line."""
    inner = 1 + off * off
    return np.asarray(1 / (inner * np.sqrt(inner)), np.float32)


def split(pixels: Floats) -> tuple[Floats, Complexes]:
    """Luma, and chroma as a complex number."""
    luma = pixels @ np.array(LUMA, np.float32)
    chroma = U_OF_BLUE * (pixels[..., 2] - luma) + 1j * V_OF_RED * (pixels[..., 0] - luma)
    return luma, chroma.astype(np.complex64)


def value_and_span(pixels: Floats) -> tuple[Floats, Floats]:
    """The brightest channel, and how far the darkest lies under it. (Far quicker than a maximum over an axis of 3.)"""
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    value = np.maximum(np.maximum(red, green), blue)
    return value, value - np.minimum(np.minimum(red, green), blue)
