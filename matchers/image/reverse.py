"""The question the other way round: which of the pictures that were seen may be made from a photo that is new?

The answer is a short list. Each of its pictures is then asked the usual question (`ImageMatcher`): a collage shows the
photo in a corner of itself, and only from its side can that be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from matchers.image.arrays import Pixels
from matchers.image.bank import Bank
from matchers.image.bankfiles import bank_of_pictures
from matchers.image.codes import near
from matchers.image.guesses import Asked, asked, near_views
from matchers.image.looks import SEEN_AT
from matchers.types import Picture, PictureError

FEWEST = 15  # near codes; with as many, 416 of 420 copies stand on the list and one of eight other pictures
MOST = 500  # pictures of a list


def seen_pictures(folder: Path, pictures: Iterable[Picture], left_out: Callable[[PictureError], None]) -> Bank:
    """The bank of all pictures that were seen; those that are not in the folder yet are measured, 15 ms each."""
    return bank_of_pictures(folder, pictures, side=SEEN_AT, left_out=left_out)


def shown_in(bank: Bank, photo: Pixels) -> list[str]:
    """Keys of the pictures that may be made from a photo (RGB), likeliest first, at most `MOST`."""
    picture = asked(photo)
    votes = np.zeros(len(bank), np.int64)
    for _, codes in picture.faces:
        votes = np.maximum(votes, np.bincount(near(bank.shelves, codes).owner, minlength=len(bank)))
    votes[hashed(bank, picture)] += FEWEST * MOST
    chosen = [place for place in np.argsort(-votes, kind="stable")[:MOST] if votes[place] >= FEWEST]
    keys = list(bank.keys())
    return [keys[place] for place in chosen]


def hashed(bank: Bank, picture: Asked) -> list[int]:
    """Pictures with a hash near one of the photo's."""
    return sorted({place for place, *_ in near_views(bank, picture.views)})
