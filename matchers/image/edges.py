"""Where a picture has edges and which way they run, whatever their colours.

An edge between white and red has the same direction as one between black and white: what is kept is the double angle
of the gradient, summed over the colour channels (Di Zenzo 1986), in which an edge and its inverse are one.
"""

from __future__ import annotations

import cv2
import numpy as np

from matchers.image.arrays import Floats, Pixels
from matchers.image.geometry import as_floats

FAINT = 2.0  # grey levels a pixel; steps under it fade into noise
AROUND = 25  # px; an edge counts by how far it stands out from its surroundings


def tensor(image: Pixels | Floats, blur: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """cos 2a, sin 2a, and 1, each times the squared step a pixel; a is the direction across the edge."""
    pixels: Floats = image.astype(np.float32)
    if blur:
        pixels = as_floats(cv2.GaussianBlur(pixels, (0, 0), blur))
    across = cv2.Sobel(pixels, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(pixels, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    add = np.ones((1, pixels.shape[2]), np.float32)
    xx, yy, xy = (as_floats(cv2.transform(part, add)) for part in (across * across, down * down, across * down))
    return xx - yy, 2 * xy, xx + yy


def edge_field(image: Pixels | Floats, blur: float = 0.0, faint: float = FAINT, crowd: float = 1.0) -> Floats:
    """(height, width, 2): cos 2a and sin 2a, times how clear an edge is, 0..1.

    crowd : how much an edge loses for standing among others
    """
    cosine, sine, energy = tensor(image, blur)
    step = as_floats(cv2.sqrt(energy))
    clear = 1 / ((step + 1e-3) * (step + faint + crowd * as_floats(cv2.blur(step, (AROUND, AROUND)))))
    return as_floats(cv2.merge([cosine * clear, sine * clear]))
