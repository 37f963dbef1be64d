"""The flag rule: from findings to a verdict. Pure; `judge(goods, portfolio, findings)`.

*Matched*: a finding names a mark. *Flagged*: matched, not authorised, and a ground holds: a disguised spelling; copy
slang (a strong term, or two medium ones of different categories); a price under half of the reference; the client's own
photo; a registered figurative mark, or the mark's word, in the picture while title and brand attribute avoid the name;
or the client's distribution is closed. A plain word mark alone is no ground, and a hidden patch of a picture only adds
to others. Words that make the goods compatible or second-hand ones lower what the title says, never what a picture
shows.

Score: for each right, how sure it is that the mark is meant, times a noisy-or over the grounds:
m * (1 - prod(1 - w * s)), with s the score of a finding (of one that names the mark: s / m, so that it counts once) and
w, from WEIGHTS, how likely a listing infringes when such a finding is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import prod

from matchers.title.text import fold_title
from matchers.types import Finding, Goods, Portfolio, Reason, Signal, Verdict

MATCHED = 0.5  # probability from which a finding names a mark
DISGUISED = 0.6  # probability from which a disguise is a ground by itself
SURELY_NAMED = 0.7  # probability from which a low price is a ground by itself; an ordinary word needs more beside it
LOWERED = 0.35  # what compatible use or second-hand leaves of a ground of the title
# How likely a listing infringes when the ground is true: first values, by judgement; a calibration is to replace them.
WEIGHTS = {
    "disguise": 0.92,
    "strong_slang": 0.95,
    "medium_slang": 0.85,
    "price": 0.9,
    "photo_copy": 0.95,
    "mark_in_photo": 0.9,
    "word_in_photo": 0.85,
    "closed": 0.85,
    "hidden_patch": 0.15,  # no ground: most sellers who blur something hide a face or a watermark
    "named": 0.1,  # no ground: what is left for a mark that is merely named
}
IN_PHOTO = (Signal.MARK_IN_PHOTO, Signal.WORD_IN_PHOTO)
NAMING = frozenset({Signal.TITLE, Signal.DISGUISE, Signal.BRAND_ATTRIBUTE, Signal.PHOTO_COPY, *IN_PHOTO})
PLAIN = frozenset({Signal.TITLE, Signal.BRAND_ATTRIBUTE})
# Disguises that are also how another maker may spell a name of its own.
OWN_NAME = (
    "typo_",
    "homophone",
    "near_homophone",
    "lookalike_hanzi",
    "kin_hanzi",
    "replaced_hanzi",
    "missing_hanzi",
    "pinyin",
    "misread",
)
CLOSED_REASON = Reason(
    code="closed_distribution",
    surface="",
    en="the client sells through authorised sellers only, and this seller is not one of them",
    zh="权利人仅通过授权渠道销售，该卖家未获授权",
)


@dataclass(frozen=True)
class Context:
    """What the whole listing says about its findings.

    compatible, second_hand : the title says so, of the goods
    """

    compatible: bool
    second_hand: bool

    @property
    def lowers(self) -> bool:
        """Whether the grounds of the title weigh less."""
        return self.compatible or self.second_hand


@dataclass(frozen=True)
class Ground:
    """Why a right is infringed. weight : probability that the listing infringes, by this ground alone."""

    name: str
    weight: float
    reasons: tuple[Reason, ...]
    flags: bool


@dataclass
class Case:
    """What speaks of one right."""

    right: str
    named: float = 0.0
    grounds: list[Ground] = field(default_factory=list)
    namings: list[Finding] = field(default_factory=list)

    @property
    def flagged(self) -> bool:
        """Whether a ground holds."""
        return self.named >= MATCHED and any(ground.flags for ground in self.grounds)

    @property
    def score(self) -> float:
        """Probability that the right is infringed (see the module's formula)."""
        weights = [ground.weight for ground in self.grounds] or [WEIGHTS["named"]]
        return round(self.named * (1 - prod(1 - weight for weight in weights)), 4)


def judge(goods: Goods, portfolio: Portfolio, findings: Sequence[Finding]) -> Verdict:
    """The verdict of one listing for one client. Findings that name no right speak of all that are matched."""
    authorised = is_authorised(goods, portfolio)
    matched = matched_cases(goods, portfolio, findings)
    if not matched:
        return Verdict(client=portfolio.client, authorised=authorised, findings=tuple(findings))
    flagged = matched[0].flagged and not authorised
    scores = {one.right: 0.0 if authorised else one.score for one in matched}
    return Verdict(
        client=portfolio.client,
        right=matched[0].right,
        rights=scores,
        score=max(scores.values()),
        matched=True,
        flagged=flagged,
        authorised=authorised,
        findings=tuple(findings),
        reasons=reasons(one for one in matched if one.flagged) if flagged else (),
    )


def matched_cases(goods: Goods, portfolio: Portfolio, findings: Sequence[Finding]) -> list[Case]:
    """What speaks of each right that is matched, the strongest first."""
    context = context_of(findings)
    rights = dict.fromkeys(one.right for one in findings if one.right is not None and one.signal in NAMING)
    cases = (case(right, goods, portfolio, findings, context) for right in rights)
    return sorted((one for one in cases if one.named >= MATCHED), key=lambda one: (-one.flagged, -one.score, one.right))


def is_authorised(goods: Goods, portfolio: Portfolio) -> bool:
    """Whether the client authorised the seller or the item."""
    seller = goods.seller_id is not None and (goods.marketplace, goods.seller_id) in portfolio.authorised_sellers
    item = (goods.id_space or goods.marketplace, goods.item_id) in portfolio.authorised_items
    return seller or item


def context_of(findings: Iterable[Finding]) -> Context:
    """What the findings of context say of the goods."""
    codes = {one.reason.code for one in findings if one.signal is Signal.CONTEXT and one.score >= MATCHED}
    return Context("compatibility" in codes, "second_hand" in codes)


def case(right: str, goods: Goods, portfolio: Portfolio, findings: Sequence[Finding], context: Context) -> Case:
    """What speaks of one right."""
    namings = [believed(one, goods) for one in findings if one.right == right and one.signal in NAMING]
    named = max(one.score for one in namings)
    slang = slang_grounds(findings, context)
    low = [one for one in findings if one.signal is Signal.PRICE and one.right == right and one.score >= MATCHED]
    unsure = context.lowers or named < SURELY_NAMED
    price = [ground("price", one, one.score, lowered=unsure) for one in low]
    copies = [one for one in namings if one.signal is Signal.PHOTO_COPY and one.score >= MATCHED]
    hidden = [one for one in namings if one.signal is Signal.DISGUISE]
    grounds = [
        *(disguise(one, named, context, backed=bool(price or slang)) for one in hidden),
        *slang,
        *price,
        *(ground("photo_copy", one, one.score / named) for one in copies),
        *(ground(str(one.signal), one, one.score / named) for one in avoided(right, portfolio, findings, namings)),
        *hidden_patches(findings),
    ]
    if portfolio.distribution == "closed":
        grounds.append(Ground("closed", WEIGHTS["closed"], (CLOSED_REASON,), flags=True))
    return Case(right, named, grounds, namings)


def believed(one: Finding, goods: Goods) -> Finding:
    """A finding as it is worth: a misspelling that is the listing's own brand is another maker's name."""
    code = one.reason.code.removeprefix("word_in_photo.")
    if one.signal not in (Signal.DISGUISE, Signal.WORD_IN_PHOTO) or not code.startswith(OWN_NAME) or not goods.brand:
        return one
    if compact(one.reason.surface) not in brands_of(goods.brand):
        return one
    return replace(one, score=one.score * LOWERED)


def brands_of(brand: str) -> frozenset[str]:
    """The names that a brand attribute gives, as they are compared: ``NORVANE/诺梵恩`` whole and each part."""
    return frozenset(filter(None, (compact(part) for part in (brand, *brand.replace("／", "/").split("/")))))


def compact(text: str) -> str:
    """Letters, digits and hanzi of a text, folded."""
    return "".join(cell.text for cell in fold_title(text).cells if cell.text.isalnum())


def ground(name: str, one: Finding, true: float, *, lowered: bool = False) -> Ground:
    """A finding as a ground. true : probability that it is true; of one that names the mark, given that it is named."""
    return Ground(name, WEIGHTS[name] * true * (LOWERED if lowered else 1.0), (one.reason,), flags=not lowered)


def disguise(one: Finding, named: float, context: Context, *, backed: bool) -> Ground:
    """A disguised spelling. backed : a low price or copy slang speaks for it, so that a weak one is enough."""
    true = one.score / named if named else 0.0
    found = ground("disguise", one, true, lowered=context.lowers)
    enough = one.score >= (MATCHED if backed else DISGUISED)
    return Ground(found.name, found.weight, found.reasons, flags=found.flags and enough)


def slang_grounds(findings: Iterable[Finding], context: Context) -> list[Ground]:
    """Copy slang: the strongest strong term, and the medium ones when they are of two categories.

    Second-hand goods are not called copies, so a strong term holds there; goods that fit a brand's are (AAA quality).
    """
    slang = [one for one in findings if one.signal is Signal.SLANG]
    strong = [one for one in slang if one.reason.code.startswith("strong.")]
    medium = {one.reason.code: one for one in slang if one.reason.code.startswith("medium.")}
    found = [ground("strong_slang", one, one.score, lowered=context.compatible) for one in strong[:1]]
    if len(medium) >= 2:
        pair = list(medium.values())[:3]
        weight = (
            WEIGHTS["medium_slang"] * (1 - prod(1 - one.score for one in pair)) * (LOWERED if context.lowers else 1.0)
        )
        found.append(Ground("medium_slang", weight, tuple(one.reason for one in pair), flags=not context.lowers))
    return found


def avoided(right: str, portfolio: Portfolio, findings: Sequence[Finding], namings: Sequence[Finding]) -> list[Finding]:
    """The best sight of a figurative mark, and of the word, in the pictures, when title and brand attribute avoid its
    name.
    """
    seen = [one for one in namings if one.signal in IN_PHOTO and one.score >= MATCHED]
    if not seen:
        return []
    kin = same_sign(right, portfolio)
    if any(one.signal in PLAIN and one.score >= MATCHED and one.right in kin for one in findings):
        return []
    best = {one.signal: one for one in sorted(seen, key=lambda one: one.score)}
    return [best[signal] for signal in IN_PHOTO if signal in best]


def hidden_patches(findings: Iterable[Finding]) -> list[Ground]:
    """The surest hidden patch, which flags nothing."""
    seen = [one for one in findings if one.signal is Signal.HIDDEN_PATCH and one.score >= MATCHED]
    if not seen:
        return []
    surest = max(seen, key=lambda one: one.score)
    return [Ground("hidden_patch", WEIGHTS["hidden_patch"] * surest.score, (surest.reason,), flags=False)]


def same_sign(right: str, portfolio: Portfolio) -> frozenset[str]:
    """The rights whose name stands for the same sign: those that share a name.

    All, when the mark has no words of its own: whoever names the maker does not avoid the name.
    """
    names = {mark.right_id: {compact(name) for name in (*mark.names, *mark.aliases)} for mark in portfolio.marks}
    worded = any(mark.right_id == right and mark.names for mark in portfolio.marks)
    own = names.get(right) or set()
    return frozenset(other for other, theirs in names.items() if not worded or other == right or own & theirs)


def reasons(cases: Iterable[Case]) -> tuple[Reason, ...]:
    """Why a listing is flagged: the grounds, strongest first, then how the mark is named; each sentence once."""
    cases = list(cases)
    grounds = sorted((ground for one in cases for ground in one.grounds if ground.flags), key=lambda one: -one.weight)
    named = [one for case in cases for one in case.namings if one.signal in PLAIN and one.score >= MATCHED]
    return tuple(
        dict.fromkeys([*(reason for one in grounds for reason in one.reasons), *(one.reason for one in named)])
    )
