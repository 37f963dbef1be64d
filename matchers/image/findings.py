"""What was seen in a picture, as findings."""

from __future__ import annotations

from dataclasses import dataclass

from matchers.image.copies import Copy
from matchers.image.geometry import Box, scaled
from matchers.image.hidden import Patch
from matchers.image.looks import Look
from matchers.image.marks import Sighting
from matchers.image.words import SEEN, Seen, WordMatcher
from matchers.types import Finding, Mark, Reason, Signal

# What each kind of patch is called, and what was measured of it.
PATCHES = {
    "mosaic": ("a part of the picture is covered by a mosaic", "图片局部被打马赛克"),
    "blur": ("a part of the picture was blurred afterwards, within a hard border", "图片局部被后期模糊处理，边界生硬"),
    "sticker": ("a part of the picture is covered by a patch of one colour", "图片局部被纯色贴纸遮盖"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A photo of the bank. right : None for one that was judged innocent"""

    key: str
    right: str | None


def read_in(key: str, words: WordMatcher, look: Look) -> list[Finding]:
    """The names in a picture. key : its sha256"""
    scale = look.scale * look.reading.scale
    return [word_finding(key, one, scale) for one in words.see(look.reading) if one.score >= SEEN]


def word_finding(key: str, one: Seen, scale: float) -> Finding:
    """scale : pixels of the file for one that was read"""
    return Finding(
        signal=Signal.WORD_IN_PHOTO,
        right=one.right,
        score=one.score,
        photo=key,
        box=scaled(one.box, scale),
        matched=one.name,
        reason=one.reason,
    )


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


def copy_finding(key: str, reference: Reference, copy: Copy, scale: float) -> Finding:
    name = reference.key[:12]
    agree = f"{copy.likeness.agreement:.0%}"
    if copy.distance is not None:
        en, zh = f"PDQ distance {copy.distance} of 256, ", f"PDQ 距离 {copy.distance}/256，"
    else:
        en, zh = f"{copy.points} matching points, ", f"{copy.points} 个特征点吻合，"
    return Finding(
        signal=Signal.PHOTO_COPY,
        right=reference.right,
        score=copy.probability,
        photo=key,
        box=scaled(copy.box, scale),
        matched=reference.key,
        reason=Reason(
            code="photo_copy",
            surface=name,
            en=f"the picture is made from the client's own photo {name} ({en}{agree} of the overlap agrees)",
            zh=f"图片取自权利人自有图片 {name}（{zh}重叠部分 {agree} 一致）",
        ),
    )


def mark_finding(key: str, mark: Mark, sighting: Sighting, scale: float) -> Finding:
    name = (mark.names or mark.aliases or (mark.right_id,))[0]
    outline = f"{sighting.evidence.outline:.0%}"
    return Finding(
        signal=Signal.MARK_IN_PHOTO,
        right=mark.right_id,
        score=sighting.probability,
        photo=key,
        box=scaled(sighting.box, scale),
        matched=mark.right_id,
        reason=Reason(
            code="mark_in_photo",
            surface=name,
            en=f"the registered figurative mark of “{name}” stands in the picture ({outline} of its outline is seen)",
            zh=f"图片中出现“{name}”的注册图形商标（轮廓吻合 {outline}）",
        ),
    )


def same_article_finding(key: str, reference: Reference, copy: Copy, scale: float) -> Finding:
    """Another photo of what stands in a photo of the client: no copy of it, and so no reason by itself."""
    name = reference.key[:12]
    return Finding(
        signal=Signal.SAME_ARTICLE,
        right=reference.right,
        score=round(1 - copy.probability, 4),
        photo=key,
        box=scaled(copy.box, scale),
        matched=reference.key,
        reason=Reason(
            code="same_article",
            surface=name,
            en=f"the picture shows the same article as the client's own photo {name}, and was not made from it "
            f"({copy.points} matching points, {copy.likeness.agreement:.0%} of the overlap agrees)",
            zh=f"图片与权利人自有图片 {name} 所示为同一商品，但并非取自该图片"
            f"（{copy.points} 个特征点吻合，重叠部分 {copy.likeness.agreement:.0%} 一致）",
        ),
    )
