"""The terms of the verdict's model: every piece of evidence that it knows, by name.

A term speaks for or against an infringement, and never the other way: a calibration may move its weight, not its sign.
Where it stands decides what benign context can do to it: it cancels what a title says, never what a picture shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a piece of evidence comes from."""

    RULE = "rule"  # the flag rule of old: the prior
    FIRM = "firm"  # a picture, or the client's own word: no context lowers it
    TITLE = "title"  # what the seller says of the goods, and the price asked for them
    BESIDE = "beside"  # facts about the seller and the way of the goods
    CONTEXT = "context"  # what makes the title's evidence innocent


@dataclass(frozen=True, slots=True)
class Term:
    """A term. sign : 1 speaks for an infringement, -1 against; what : said to people who read the weights"""

    name: str
    place: Place
    sign: int
    what: str


TERMS = {
    term.name: term
    for term in (
        Term("rule", Place.RULE, 1, "the flag rule holds for this right"),
        Term("photo_copy", Place.FIRM, 1, "a picture is made from the client's own photo"),
        Term("mark_in_photo", Place.FIRM, 1, "the figurative mark stands in a picture, no word names it"),
        Term("word_in_photo", Place.FIRM, 1, "the mark's name stands in a picture, no word names it"),
        Term("closed", Place.FIRM, 1, "the client sells through authorised sellers only"),
        Term("disguise", Place.TITLE, 1, "the name is written in a disguised spelling"),
        Term("strong_slang", Place.TITLE, 1, "a strong term of copy slang"),
        Term("medium_slang", Place.TITLE, 1, "medium terms of copy slang of two categories"),
        Term("lone_slang", Place.TITLE, 1, "one medium term of copy slang"),
        Term("price", Place.TITLE, 1, "under half of the reference; most under three tenths"),
        Term("price_somewhat", Place.TITLE, 1, "five to seven tenths of the reference"),
        Term("price_outlier", Place.TITLE, 1, "far under comparable listings"),
        Term("price_evasive", Place.TITLE, 1, "the number shown is no price"),
        Term("own_brand", Place.TITLE, 1, "the listing's own brand attribute contradicts its title or picture"),
        Term("goods_class", Place.TITLE, 1, "the goods are those the mark is registered for"),
        Term("hidden_patch", Place.BESIDE, 1, "a part of a picture was made unrecognisable"),
        Term("origin", Place.BESIDE, 1, "sent from a place known for copies of such goods"),
        Term("seller_confirmed", Place.BESIDE, 1, "other listings of the seller were confirmed as counterfeits"),
        Term("seller_flagged", Place.BESIDE, 1, "other listings of the seller are suspect"),
        Term("seller_many_brands", Place.BESIDE, 1, "the shop offers many brands of different owners"),
        Term("unsure_name", Place.BESIDE, -1, "how unsure it is that the mark is meant"),
        Term("other_kind", Place.BESIDE, -1, "the goods are of another class than the mark's"),
        Term("seller_dismissed", Place.BESIDE, -1, "other listings of the seller were judged innocent"),
        Term("official_shop", Place.CONTEXT, -1, "a Tmall shop that bears the mark's name"),
        Term("compatibility", Place.CONTEXT, -1, "the goods are made to go with the brand's"),
        Term("accessory", Place.CONTEXT, -1, "the goods are an accessory or part"),
        Term("second_hand", Place.CONTEXT, -1, "the goods are second-hand"),
        Term("service", Place.CONTEXT, -1, "a service is offered"),
        Term("no_article", Place.CONTEXT, -1, "the link sells no article: deposit, postage, difference"),
        Term("other_goods", Place.CONTEXT, -1, "the goods are of another kind, by a phrase of the title"),
        Term("own_name", Place.CONTEXT, -1, "what resembles the mark is the listing's own brand"),
        Term("price_at_reference", Place.CONTEXT, -1, "the price is that of the genuine article"),
        Term("innocent_photo", Place.CONTEXT, -1, "a picture was judged innocent before"),
    )
}
