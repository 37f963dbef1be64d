"""Do two candidates show the same goods? The same picture, and a near-same title. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from store.names import fold_name

ALIKE = 85.0  # per cent of two folded titles; "new", a year or a pack of words more still leave this much
NEAR = 31  # of 256 bits apart; PDQ's own limit for the same picture
MAX_TITLE = 300  # characters; no site shows more
MAX_PHOTOS = 12  # of a listing
BANDS, ROWS = 8, 2  # titles that are 85 % alike share six in ten pairs of letters: 97 % of such have a key in common
_PRIME = (1 << 61) - 1
_STEPS = [(6364136223846793005 * (n + 1) % _PRIME, 1442695040888963407 * (n + 3) % _PRIME) for n in range(BANDS * ROWS)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a candidate's listing shows. photos : (sha256, PDQ as a number where it was made), the main one first"""

    pk: int
    title: str
    photos: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two are the same goods. picture : sha256 of the one they share, `bits` apart; percent : of the titles"""

    picture: str
    bits: int
    percent: int

    @property
    def en(self) -> str:
        """As a sentence."""
        near = "same picture" if not self.bits else f"near-same picture ({self.bits} of 256 bits apart)"
        return f"{near} {self.picture[:12]} and title {self.percent} % alike"

    @property
    def zh(self) -> str:
        """As a sentence."""
        near = "图片相同" if not self.bits else f"图片近似（相差{self.bits}/256位）"
        return f"{near}（{self.picture[:12]}），标题相似度{self.percent}%"


def shown(pk: int, title: str | None, photos: list[tuple[str, str | None]]) -> Shown:
    """As it is compared."""
    known = tuple((sha256, int(pdq, 16) if pdq else None) for sha256, pdq in photos[:MAX_PHOTOS])
    return Shown(pk, fold_name((title or "")[:MAX_TITLE]), known)


def likeness(one: Shown, other: Shown) -> Likeness | None:
    """Why the two are the same goods; None where they are not, or nobody can tell."""
    if not one.title or not other.title:
        return None
    picture = same_picture(one, other)
    if picture is None:
        return None
    percent = max(fuzz.ratio(one.title, other.title), fuzz.token_sort_ratio(one.title, other.title))
    return Likeness(*picture, int(percent)) if percent >= ALIKE else None


def same_picture(one: Shown, other: Shown) -> tuple[str, int] | None:
    """The main picture of either that the other shows too, and how far apart; pictures beside it say little."""
    pairs = [(one.photos[0], each) for each in other.photos] if one.photos else []
    pairs += [(other.photos[0], each) for each in one.photos] if other.photos else []
    found = [(bits, mine[0]) for mine, theirs in pairs if (bits := _apart(mine, theirs)) <= NEAR]
    bits, picture = min(found, default=(0, ""))
    return (picture, bits) if picture else None


def _apart(one: tuple[str, int | None], other: tuple[str, int | None]) -> int:
    if one[0] == other[0]:
        return 0
    if one[1] is None or other[1] is None:
        return NEAR + 1
    return max(1, (one[1] ^ other[1]).bit_count())


def keys(one: Shown) -> list[str]:
    """By what a candidate is found again: each picture it shows, and pieces of its title."""
    if not one.title or not one.photos:
        return []
    return list(dict.fromkeys([*(f"p:{sha256}" for sha256, _ in one.photos), *_title_keys(one.title)]))


def _title_keys(title: str) -> Iterator[str]:
    """Min-hashes of its pairs of letters, two together: near-same titles have one in common."""
    letters = title.replace(" ", "")
    pairs = {letters[at : at + 2] for at in range(max(1, len(letters) - 1))}
    hashes = [_hash(pair) for pair in pairs]
    least = [min((a * value + b) % _PRIME for value in hashes) for a, b in _STEPS]
    for band in range(BANDS):
        yield f"t{band}:" + ":".join(f"{each:x}" for each in least[band * ROWS : (band + 1) * ROWS])


def _hash(pair: str) -> int:
    """The same on every machine and day."""
    return int.from_bytes(hashlib.blake2b(pair.encode("utf-8", "replace"), digest_size=7).digest(), "big")
