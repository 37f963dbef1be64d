"""What was seen in a picture, as findings."""

from __future__ import annotations

from matchers.image.copies import Copy
from matchers.image.geometry import Box, scaled
from matchers.image.hidden import Patch
from matchers.image.looks import Look
from matchers.image.words import SEEN, WordMatcher
from matchers.types import Finding, Reason, Signal

# What each kind of patch is called, and what was measured of it.
PATCHES = {
    "mosaic": ("a part of the picture is covered by a mosaic", "图片局部被打马赛克"),
    "blur": ("a part of the picture was blurred afterwards, within a hard border", "图片局部被后期模糊处理，边界生硬"),
    "sticker": ("a part of the picture is covered by a patch of one colour", "图片局部被纯色贴纸遮盖"),
}


def read_in(key: str, words: WordMatcher, look: Look) -> list[Finding]:
    """The names in a picture. key : its sha256"""
    scale = look.scale * look.reading.scale
    return [
        Finding(
            signal=Signal.WORD_IN_PHOTO,
            right=one.right,
            score=one.score,
            photo=key,
            box=scaled(one.box, scale),
            matched=one.name,
            reason=one.reason,
        )
        for one in words.see(look.reading)
        if one.score >= SEEN
    ]


def innocent(key: str, copy: Copy) -> Finding:
    """A copy of a picture that was judged innocent: it accuses nobody. key : the picture's sha256"""
    return Finding(
        signal=Signal.CONTEXT,
        right=None,
        score=copy.probability,
        photo=key,
        reason=Reason(
            code="innocent_photo",
            surface="",
            en="the picture is a copy of one that was judged innocent before",
            zh="该图片与此前已认定为不侵权的图片相同",
        ),
    )


def hidden_in(key: str, look: Look) -> list[Finding]:
    """The hidden patches of a picture. key : its sha256"""
    return [_hidden(key, one, scaled(one.box, look.scale)) for one in look.patches]


def _hidden(key: str, one: Patch, box: Box) -> Finding:
    left, top, width, height = box
    en, zh = PATCHES[one.kind]
    place = f"{width}x{height} px at {left},{top}"
    return Finding(
        signal=Signal.HIDDEN_PATCH,
        right=None,
        score=one.score,
        photo=key,
        box=box,
        reason=Reason(
            code=f"hidden_patch.{one.kind}",
            surface=place,
            en=f"{en}, where a mark may be hidden ({place})",
            zh=f"{zh}，可能遮盖商标（位置 {left},{top}，大小 {width}x{height} 像素）",
        ),
    )
