"""What goes into the matchers and what comes out.

Goods come in as `Goods` (one listing, its pictures as bytes), a client's rights as a `Portfolio`; out come `Finding`s,
each of which says why, and one `Verdict` a listing and client. Scores are probabilities between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Signal(StrEnum):
    """What kind of evidence a finding is."""

    TITLE = "title"  # the mark is named in the title, plainly or by a listed alias
    DISGUISE = "disguise"  # the mark is named in a disguised spelling
    BRAND_ATTRIBUTE = "brand_attribute"  # the listing's own brand attribute names the mark
    SLANG = "slang"  # copy slang: 高仿, 1:1, super clone
    CONTEXT = "context"  # the mark is named, but the goods are for it, second-hand, or a service
    PRICE = "price"  # far under the reference price
    PHOTO_COPY = "photo_copy"  # made from one of the client's own photos
    SAME_ARTICLE = "same_article"  # another photo of what one of the client's own photos shows
    MARK_IN_PHOTO = "mark_in_photo"  # a registered figurative mark stands in the picture
    WORD_IN_PHOTO = "word_in_photo"  # the mark's name, plain or disguised, is written in the picture
    HIDDEN_PATCH = "hidden_patch"  # a part of the picture was made unrecognisable, where a mark may be
    OWN_BRAND = "own_brand"  # the listing's own brand attribute contradicts its title or picture
    GOODS_CLASS = "goods_class"  # the goods are those that the mark is registered for
    ORIGIN = "origin"  # sent from a place that is known for copies of such goods
    SELLER = "seller"  # what is known of the seller's other listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a finding is one: a code, what was seen, and a sentence that can stand in a complaint."""

    code: str
    surface: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One piece of evidence.

    right : right_id of the mark it speaks of; None for a finding about the listing alone (slang, context, patch)
    score : probability that the finding is true, 0..1
    span : [start, end) code point offsets in the title
    box : (left, top, width, height) in pixels of the listing's picture
    photo : sha256 (hex) of the listing's picture the finding was made in
    matched : what it was matched with: the mark's name, or the key of the reference picture
    """

    signal: Signal
    right: str | None
    score: float
    reason: Reason
    span: tuple[int, int] | None = None
    box: tuple[int, int, int, int] | None = None
    photo: str | None = None
    matched: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as bytes, known by its content.

    key : sha256 (hex) of the bytes; sources of the client's own may carry any stable name
    """

    key: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The sign of a trademark right, as the matchers need it.

    names : the sign in words and its registered names in other scripts; empty for a wordless figurative mark
    aliases : known short names and nicknames
    nicknames, loose_nicknames : what people call it beside those (matchers/title/nicknames.py); the loose ones are
        ordinary words too, or letters with other meanings
    images : the mark drawn (any raster format that Pillow reads)
    reference_prices : price of a genuine article by currency (ISO 4217)
    model_prices : the same by model, {model as titles write it: {currency: price}}; goes before the mark's own
    """

    right_id: str
    kind: str = "word"  # word | figurative | combined
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    loose_nicknames: tuple[str, ...] = ()
    nice_classes: tuple[int, ...] = ()
    goods: tuple[str, ...] = ()
    images: tuple[Picture, ...] = ()
    reference_prices: Mapping[str, Decimal] = field(default_factory=dict)
    model_prices: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """All that the matchers know of one client.

    photos : the client's own product photos, each with the right it belongs to: {right_id: pictures}
    negative_photos : pictures that were judged innocent; a copy of one is no finding
    negative_titles : titles that were judged innocent
    authorised_sellers : (marketplace, seller_id)
    authorised_items : (id space, item_id)
    distribution : open | closed; closed means that every matched listing of another seller is flagged
    """

    client: str
    marks: tuple[Mark, ...]
    photos: Mapping[str, tuple[Picture, ...]] = field(default_factory=dict)
    negative_photos: tuple[Picture, ...] = ()
    negative_titles: tuple[str, ...] = ()
    authorised_sellers: frozenset[tuple[str, str]] = frozenset()
    authorised_items: frozenset[tuple[str, str]] = frozenset()
    distribution: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerFacts:
    """What is known of a seller's other listings, counted for one client by whoever asks; an unknown is 0.

    listings : seen at all; flagged : suspect, not judged yet; confirmed, dismissed : judged so by a person
    brands : how many brands of different owners the shop offers
    """

    listings: int = 0
    flagged: int = 0
    confirmed: int = 0
    dismissed: int = 0
    brands: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """One listing as the matchers see it.

    price, price_high : the lowest and the highest that is shown, in `currency`
    price_tiers : wholesale steps, (from how many pieces on, price of one)
    location : where it is sent from, as the site writes it
    seller : what is known of the seller; None where nobody counted
    comparables : unit prices of other listings of such goods, in `currency`
    """

    marketplace: str
    item_id: str
    title: str
    id_space: str | None = None
    brand: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    price: Decimal | None = None
    price_high: Decimal | None = None
    price_tiers: tuple[tuple[int, Decimal], ...] = ()
    currency: str | None = None
    seller_id: str | None = None
    shop_name: str | None = None
    location: str | None = None
    seller: SellerFacts | None = None
    comparables: tuple[Decimal, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Band(StrEnum):
    """What becomes of a listing."""

    FLAG = "flag"  # a candidate: a person decides
    WATCH = "watch"  # not enough to be one; looked at again when more is known
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The findings of one listing for one client.

    right : the right it speaks of most strongly; None when nothing matched
    rights : every matched right with its probability
    score : probability that the listing infringes, the highest of `rights`
    matched : a finding names a mark
    flagged : it becomes a candidate; the same as band `flag`
    authorised : seller or item is authorised by the client
    reasons : what speaks for an infringement of `right`, strongest first; empty in band `ignore`
    against : what speaks against it, strongest first; what ended the matter early is the first
    evidence : the terms of the model that held for `right`, and how much (0..1): what a calibration learns from
    model : version of the weights; empty where the rule alone judged
    """

    client: str
    right: str | None = None
    rights: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0
    matched: bool = False
    flagged: bool = False
    authorised: bool = False
    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    band: Band = Band.IGNORE
    against: tuple[Reason, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)
    model: str = ""


class PictureError(ValueError):
    """The bytes are no picture that will be decoded; `reason` says why in one or two words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
