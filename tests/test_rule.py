"""The flag rule: what becomes a candidate, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.rule import judge
from matchers.types import Finding, Goods, Mark, Portfolio, Reason, Signal

WORD = Mark(right_id="W", names=("NORVANE",))
FIGURE = Mark(right_id="F", kind="figurative", names=(), aliases=("norvane",))
WORDLESS = Mark(right_id="L", kind="figurative")
OTHER = Mark(right_id="O", names=("Kestoli",))
PORTFOLIO = Portfolio(client="Norvane", marks=(WORD, FIGURE, OTHER))
CLOSED = Portfolio(client="Norvane", marks=(WORD,), distribution="closed")
GOODS = Goods(marketplace="taobao", item_id="1", title="t", seller_id="s")


def finding(signal, code="c", *, right="W", score=0.95, surface="s"):
    reason = Reason(code=code, surface=surface, en=f"en {signal} {code}", zh=f"zh {signal} {code}")
    return Finding(signal=signal, right=right, score=score, reason=reason)


PLAIN = finding(Signal.TITLE, "plain")
BRAND = finding(Signal.BRAND_ATTRIBUTE, "brand")
DISGUISE = finding(Signal.DISGUISE, "lookalike")
PRICE = finding(Signal.PRICE, "far_under_reference", score=0.85)
PHOTO = finding(Signal.PHOTO_COPY, "copy")
IN_PHOTO = finding(Signal.MARK_IN_PHOTO, "mark", right="F")
WORD_IN_PHOTO = finding(Signal.WORD_IN_PHOTO, "word_in_photo")
PATCH = finding(Signal.HIDDEN_PATCH, "hidden_patch.mosaic", right=None, score=0.8)


def slang(code, score=0.5):
    return finding(Signal.SLANG, code, right=None, score=score)


STRONG = slang("strong.copy_grade", 0.85)
ORDERED, SOURCED, SOURCED_TOO = (
    slang("medium.overrun_story"),
    slang("medium.channel_claim"),
    slang("medium.channel_claim"),
)
COMPATIBLE = finding(Signal.CONTEXT, "compatibility", right=None, score=0.9)
USED = finding(Signal.CONTEXT, "second_hand", right=None, score=0.9)


def flagged(*findings, portfolio=PORTFOLIO, goods=GOODS):
    return judge(goods, portfolio, findings).flagged


def test_nothing_found_is_not_matched():
    verdict = judge(GOODS, PORTFOLIO, ())
    assert (verdict.matched, verdict.flagged, verdict.right, verdict.score) == (False, False, None, 0.0)


@pytest.mark.parametrize(
    "findings", [(PLAIN,), (BRAND,), (PLAIN, BRAND), (PLAIN, ORDERED), (PLAIN, slang("weak.quality_hype"))]
)
def test_a_plain_word_mark_alone_is_matched_and_not_flagged(findings):
    verdict = judge(GOODS, PORTFOLIO, findings)
    assert (verdict.matched, verdict.flagged, verdict.reasons) == (True, False, ())
    assert verdict.score < 0.2


@pytest.mark.parametrize(
    "findings",
    [
        (DISGUISE,),
        (PLAIN, STRONG),
        (PLAIN, ORDERED, SOURCED),
        (PLAIN, PRICE),
        (PHOTO,),
        (IN_PHOTO,),
    ],
    ids=["disguise", "strong slang", "two medium terms", "price", "the client's photo", "figurative mark"],
)
def test_each_ground_flags(findings):
    verdict = judge(GOODS, PORTFOLIO, findings)
    assert verdict.flagged
    assert verdict.score >= 0.5
    assert verdict.reasons


def test_two_medium_terms_of_one_category_do_not_flag():
    assert not flagged(PLAIN, SOURCED, SOURCED_TOO)


@pytest.mark.parametrize("finding_alone", [STRONG, PRICE, COMPATIBLE])
def test_what_names_no_mark_flags_nothing(finding_alone):
    assert not judge(GOODS, PORTFOLIO, (finding_alone,)).matched


def test_a_naming_that_is_unlikely_does_not_match():
    weak = finding(Signal.TITLE, "plain", score=0.3)
    assert not judge(GOODS, PORTFOLIO, (weak, STRONG)).matched


def test_a_weak_disguise_needs_another_ground_beside_it():
    weak = finding(Signal.DISGUISE, "typo_missing", score=0.52)
    assert not flagged(weak)
    assert flagged(weak, ORDERED, SOURCED)
    assert flagged(weak, PRICE)


def test_an_ordinary_word_and_a_low_price_are_not_enough():
    word = finding(Signal.TITLE, "plain", score=0.6)
    assert not flagged(word, PRICE)
    assert flagged(word, PRICE, BRAND)
    assert flagged(word, STRONG)


@pytest.mark.parametrize("context", [COMPATIBLE, USED])
@pytest.mark.parametrize("findings", [(DISGUISE,), (PLAIN, ORDERED, SOURCED), (PLAIN, PRICE)])
def test_compatible_use_and_second_hand_lower_the_title(context, findings):
    assert not flagged(*findings, context)
    assert judge(GOODS, PORTFOLIO, (*findings, context)).score < judge(GOODS, PORTFOLIO, findings).score


@pytest.mark.parametrize("context", [COMPATIBLE, USED])
@pytest.mark.parametrize("found", [PHOTO, IN_PHOTO])
def test_they_never_lower_a_picture(context, found):
    assert flagged(found, context)
    assert judge(GOODS, PORTFOLIO, (found, context)).score == judge(GOODS, PORTFOLIO, (found,)).score


def test_strong_slang_survives_second_hand_but_not_compatible_use():
    assert flagged(PLAIN, STRONG, USED)
    assert not flagged(PLAIN, STRONG, COMPATIBLE)


def test_an_unsure_context_lowers_nothing():
    assert flagged(DISGUISE, finding(Signal.CONTEXT, "second_hand", right=None, score=0.3))


@pytest.mark.parametrize("naming", [PLAIN, BRAND])
def test_a_figurative_mark_beside_its_name_does_not_flag(naming):
    assert not flagged(IN_PHOTO, naming)


@pytest.mark.parametrize("naming", [PLAIN, BRAND])
def test_a_word_in_the_picture_flags_when_nothing_else_names_it(naming):
    assert flagged(WORD_IN_PHOTO)
    assert not flagged(WORD_IN_PHOTO, naming)


def test_a_misspelt_word_in_the_picture_that_is_the_listings_own_brand_does_not_flag():
    other = finding(Signal.WORD_IN_PHOTO, "word_in_photo.typo_replaced", surface="NORVAME")
    own = Goods(marketplace="taobao", item_id="1", title="t", brand="Norvame")
    assert flagged(other)
    assert not flagged(other, goods=own)


def test_a_hidden_patch_never_flags_and_adds_a_little():
    assert not flagged(PATCH)
    assert not flagged(PLAIN, PATCH)
    assert judge(GOODS, PORTFOLIO, (PHOTO, PATCH)).score > judge(GOODS, PORTFOLIO, (PHOTO,)).score
    assert judge(GOODS, PORTFOLIO, (PLAIN, PATCH)).score < 0.25


def test_a_mark_with_words_beside_another_name_of_the_client_flags():
    combined = Mark(right_id="C", kind="combined", names=("ZELMO",))
    portfolio = Portfolio(client="Norvane", marks=(WORD, combined))
    assert flagged(finding(Signal.MARK_IN_PHOTO, "mark", right="C"), PLAIN, portfolio=portfolio)


@pytest.mark.parametrize("wordless", [WORDLESS, Mark(right_id="L", kind="figurative", aliases=("flying fish",))])
def test_a_wordless_mark_beside_any_name_of_the_client_does_not_flag(wordless):
    portfolio = Portfolio(client="Norvane", marks=(WORD, wordless))
    seen = finding(Signal.MARK_IN_PHOTO, "mark", right="L")
    assert flagged(seen, portfolio=portfolio)
    assert not flagged(seen, PLAIN, portfolio=portfolio)


def test_a_misspelling_that_is_the_listings_own_brand_does_not_flag():
    other = finding(Signal.DISGUISE, "typo_replaced", score=0.85, surface="NORVAME")
    assert flagged(other)
    own = Goods(marketplace="taobao", item_id="1", title="t", brand="Norvame/诺瓦")
    assert not flagged(other, goods=own)


def test_look_alike_letters_in_the_brand_attribute_do_not_help():
    own = Goods(marketplace="taobao", item_id="1", title="t", brand="NОRVANE")
    assert flagged(finding(Signal.DISGUISE, "lookalike", surface="NОRVANE"), goods=own)


def test_closed_distribution_flags_whatever_is_matched():
    verdict = judge(GOODS, CLOSED, (PLAIN, COMPATIBLE))
    assert verdict.flagged
    assert "closed_distribution" in {reason.code for reason in verdict.reasons}


def test_closed_distribution_flags_nothing_that_is_not_matched():
    assert not flagged(STRONG, portfolio=CLOSED)


@pytest.mark.parametrize("portfolio", [PORTFOLIO, CLOSED])
def test_an_authorised_seller_is_never_flagged(portfolio):
    allowed = Portfolio(
        client="N",
        marks=portfolio.marks,
        distribution=portfolio.distribution,
        authorised_sellers=frozenset({("taobao", "s")}),
    )
    verdict = judge(GOODS, allowed, (DISGUISE, STRONG, PRICE, PHOTO))
    assert (verdict.flagged, verdict.authorised, verdict.matched, verdict.score, verdict.reasons) == (
        False,
        True,
        True,
        0.0,
        (),
    )


def test_a_seller_is_authorised_on_its_own_marketplace_only():
    allowed = Portfolio(client="N", marks=(WORD,), authorised_sellers=frozenset({("tmall", "s")}))
    assert flagged(DISGUISE, portfolio=allowed)


def test_an_authorised_item_is_known_by_its_id_space():
    allowed = Portfolio(client="N", marks=(WORD,), authorised_items=frozenset({("taobao", "1")}))
    in_space = Goods(marketplace="tmall", id_space="taobao", item_id="1", title="t")
    assert not flagged(DISGUISE, portfolio=allowed, goods=in_space)
    assert flagged(DISGUISE, portfolio=allowed, goods=Goods(marketplace="1688", item_id="1", title="t"))


def test_the_strongest_ground_is_told_first_and_each_sentence_once():
    weaker = finding(Signal.PRICE, "under_reference", score=0.6)
    codes = [reason.code for reason in judge(GOODS, PORTFOLIO, (PLAIN, weaker, DISGUISE, DISGUISE)).reasons]
    assert codes == ["lookalike", "under_reference", "plain"]


def test_every_right_gets_its_own_probability_and_the_best_leads():
    verdict = judge(GOODS, PORTFOLIO, (finding(Signal.TITLE, "plain", right="O"), DISGUISE))
    assert verdict.right == "W"
    assert verdict.rights["W"] > verdict.rights["O"] > 0
    assert verdict.score == verdict.rights["W"]


SIGNALS = st.builds(
    finding,
    st.sampled_from([one for one in Signal if one not in {Signal.SLANG, Signal.CONTEXT}]),
    st.sampled_from(["plain", "lookalike", "typo_missing"]),
    right=st.sampled_from(["W", "F", "O"]),
    score=st.floats(0, 1),
)
SPOKEN = st.sampled_from([STRONG, ORDERED, SOURCED, COMPATIBLE, USED, PATCH])


@given(findings=st.lists(SIGNALS | SPOKEN, max_size=8))
def test_a_verdict_is_of_one_piece(findings):
    verdict = judge(GOODS, PORTFOLIO, findings)
    assert 0 <= verdict.score <= 1
    assert verdict.score == max(verdict.rights.values(), default=0.0)
    assert bool(verdict.reasons) == verdict.flagged
    assert verdict.matched >= verdict.flagged
    assert (verdict.right is None) != verdict.matched


@given(findings=st.lists(SIGNALS, max_size=6), more=st.sampled_from([DISGUISE, STRONG, PRICE, PHOTO]))
def test_more_evidence_never_unflags(findings, more):
    if flagged(PLAIN, *findings) and not any(one.signal is Signal.MARK_IN_PHOTO for one in findings):
        assert flagged(PLAIN, *findings, more)
