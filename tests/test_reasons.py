"""A reason text says what the record, the site and a person say, and nothing else."""

import datetime as dt
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.facts import Facts, facts_of, one_line
from complaints.reasons import FOLDER, reason_text, suggested
from complaints.typed import PLACES, TypedError, checked, contradiction
from store.models import Candidate, Finding, Listing, ListingPhoto, Photo, Verdict
from store.rules import reason_code, reason_codes, suggestions
from tests.registering import ON, right

URL = "https://item.taobao.com/item.htm?id=1"
SEEN = datetime(2026, 10, 31, 18, 0, tzinfo=UTC)  # the first of November where the platforms sit
TYPES = ("trademark", "copyright", "design", "patent")
DIFFERENCES = {"differences": ["鞋舌标签缺线", "鞋盒没有编号"]}
ALL_TYPED = {name: "2026-11-01" if name == "bought_on" else f"{name} 说明" for name in PLACES} | DIFFERENCES


def facts(**changes):
    known = {"right": right(), "url": URL, "item_id": "1", "shop": "小店", "shop_url": "https://shop1.taobao.com/"}
    return Facts(**known | {"seen_at": SEEN} | changes)


def finding(signal, score=0.9, **changes):
    known = {"right_pk": None, "photo": None, "surface": "", "en": f"{signal} was found.", "zh": f"发现{signal}。"}
    return Finding(signal=signal, score=score, code=signal, **known | changes)


def every_code():
    return sorted({each.code for right_type in TYPES for each in reason_codes(right_type, ON)})


def right_for(code):
    right_type = reason_code(code, ON).right_type
    return right(type="trademark" if right_type == "any" else right_type, work_name="Lantern", claims="1, 3")


@pytest.mark.parametrize("code", every_code())
def test_every_reason_has_a_text_in_both_languages_that_is_whole_once_all_is_typed(code):
    text = reason_text(code, facts(right=right_for(code), typed=ALL_TYPED, pictures=(1,), words=("高仿",)), ON)
    assert text.missing == ()
    assert "99000001" in text.zh + text.en or right_for(code).type == "copyright"
    assert "【" not in text.zh
    assert "[[" not in text.en
    assert text.template == f"{code}.v1"


@pytest.mark.parametrize("code", every_code())
def test_what_nobody_typed_is_a_place_to_fill_in_and_is_told(code):
    text = reason_text(code, facts(right=right_for(code)), ON)
    assert bool(text.missing) == ("【请填写" in text.zh) == ("[[fill in" in text.en)


def test_no_template_is_there_that_no_rule_names():
    named = {path.name.partition(".")[0] for path in FOLDER.glob("*.j2")}
    assert named - {"frame"} == set(every_code())


def test_no_difference_is_made_up():
    text = reason_text("tm_counterfeit_features", facts(found=(("a disguised spelling", "变体"),)), ON)
    assert text.missing == ("differences",)
    assert "1）【请填写：与正品的不同之处】" in text.zh
    assert text.missing_words == "the differences from the genuine article"


def test_the_differences_are_those_that_were_typed():
    text = reason_text("tm_counterfeit_features", facts(typed=DIFFERENCES), ON)
    assert "1）鞋舌标签缺线；2）鞋盒没有编号。" in text.zh
    assert text.missing == ()


def test_an_official_page_is_that_of_the_record_and_else_asked_for():
    work = {"type": "copyright", "work_name": "Lantern"}
    asked = reason_text("cr_image_theft", facts(right=right(**work), pictures=(2,)), ON)
    known = reason_text(
        "cr_image_theft", facts(right=right(**work, official_page="https://x.example"), pictures=(2,)), ON
    )
    assert asked.missing == ("official_page",)
    assert "第2张图片系权利人官方页面 https://x.example" in known.zh


def test_number_registrant_classes_and_term_are_those_of_the_record():
    typed = {"differences": ["x"], "number": "1", "registrant": "Otto", "classes": "9", "expiry": "2099-01-01"}
    text = reason_text("tm_counterfeit_features", facts(typed=typed), ON)
    assert "第99000001号“ORIVA”注册商标（第25类，注册人：Oriva AG，有效期至2031-04-30）" in text.zh
    assert 'registration no. 99000001 "ORIVA" (classes 25, valid to 2031-04-30)' in text.en
    assert "Otto" not in text.zh + text.en


@pytest.mark.parametrize("name", ["number", "registrant", "classes", "expiry", "right", "x"])
def test_what_the_record_says_cannot_be_typed(name):
    with pytest.raises(TypedError, match="nothing that can be typed"):
        checked({name: "1"}, right())


@pytest.mark.parametrize(
    "text",
    [
        *("侵犯第12345678号商标", "registration no. 12345678", "第 9 类商品", "class 9 goods"),
        *("注册人：Otto", "valid to 2099-01-01", "Registrant Otto"),
    ],
)
def test_a_typed_text_never_names_another_number_class_or_registrant(text):
    with pytest.raises(TypedError):
        checked({"differences": [text]}, right())


@pytest.mark.parametrize(
    "text", ["与第99000001号证书不符", "第25类商品", "class 25", "no. of stitches: 4", "鞋号第38码"]
)
def test_what_agrees_with_the_record_may_be_typed(text):
    assert contradiction(text, right()) is None


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"differences": ["x" * 301]}, "longer"),
        ({"differences": ["x"] * 11}, "11 times"),
        ({"order_no": ["1", "2"]}, "2 times"),
        ({"bought_on": "yesterday"}, "a date"),
        ({"official_page": "javascript:alert(1)"}, "an address"),
    ],
)
def test_what_is_typed_wrong_is_told(values, wrong):
    with pytest.raises(TypedError, match=wrong):
        checked(values, right())


def test_a_missing_number_is_a_place_to_fill_in():
    assert "number" in reason_text("tm_misuse_title", facts(right=right(number=None)), ON).missing
    assert "right" not in reason_text("tm_misuse_title", facts(right=None), ON).zh


def test_the_day_is_the_platforms():
    assert "2026-11-01" in reason_text("tm_misuse_title", facts(), ON).zh


def test_an_owner_acts_for_itself():
    agent, owner = (reason_text("tm_misuse_title", facts(agent=agent), ON) for agent in (True, False))
    assert "受托代理人" in agent.zh
    assert "We act for Oriva AG" in agent.en
    assert "的权利人。" in owner.zh
    assert "act for" not in owner.en


def test_a_text_fits_the_portal_and_leaves_out_the_weakest():
    found = tuple((f"sentence {number}", f"第{number}句" + "长" * 60) for number in range(1, 10))
    text = reason_text("tm_misuse_title", facts(found=found), ON)
    assert len(text.zh) <= 500
    assert "第1句" in text.zh
    assert text.missing == ()


def test_a_text_that_does_not_fit_is_told():
    typed = {"differences": ["长" * 290, "长" * 290]}
    assert "500 are taken" in reason_text("tm_counterfeit_features", facts(typed=typed), ON).missing[-1]


@given(st.text(), st.text())
def test_nothing_that_a_seller_writes_is_run_or_breaks_a_text(shop, surface):
    text = reason_text("tm_seller_admission", facts(shop=one_line("{{ 7*7 }}" + shop), words=(surface,)), ON)
    assert "{{ 7*7 }}" in text.zh
    assert "\n" not in text.zh + text.en


@pytest.mark.parametrize(
    ("right_type", "names", "code"),
    [
        ("trademark", {"strong_slang", "price"}, "tm_seller_admission"),
        ("trademark", {"mark_in_photo"}, "tm_misuse_image"),
        ("trademark", {"disguise", "price"}, "tm_counterfeit_features"),
        ("trademark", {"own_brand", "title"}, "tm_misuse_title"),
        ("trademark", {"price", "title"}, "tm_price_impossible"),
        ("trademark", set(), "tm_counterfeit_features"),
        ("copyright", {"photo_copy"}, "cr_image_theft"),
        ("copyright", {"title"}, "cr_work"),
        ("design", set(), "pt_design"),
        ("patent", {"utility"}, "pt_utility"),
        ("patent", {"invention"}, "pt_invention"),
    ],
)
def test_a_reason_is_suggested_by_the_right_and_what_was_found(right_type, names, code):
    assert suggested(facts(right=right(type=right_type), names=frozenset(names)), ON, "taobao") == code


def test_what_is_suggested_is_a_reason_for_that_right():
    for right_type in TYPES:
        known = {each.code for each in reason_codes(right_type, ON)}
        assert {each.code for each in suggestions(right_type, ON)} <= known
    assert suggested(facts(right=None), ON) is None
    assert suggested(facts(), dt.date(2010, 1, 1)) is None


def candidate(*findings, **changes):
    photo = ListingPhoto(position=2, photo=Photo(sha256="a" * 64))
    listing = Listing(url=URL, item_id="1", shop_name="小\n店\u202e", photos=[photo])
    reasons = [["x", each.en, each.zh] for each in reversed(findings)]
    verdict = Verdict(findings=list(findings), evidence={"strong_slang": 1.0}, right_pk=None)
    return Candidate(listing=listing, right=right(), reasons=reasons, last_flagged=SEEN, **changes), verdict


def test_the_facts_are_what_was_found_on_the_page_strongest_first():
    judged = candidate(
        finding("title"), finding("slang", surface="高仿"), finding("seller"), finding("price", 0.3), finding("origin")
    )
    known = facts_of(*judged)
    assert known.found == (("slang was found", "发现slang"), ("title was found", "发现title"))
    assert known.names == {"title", "slang", "seller", "origin", "strong_slang"}
    assert (known.words, known.shop) == (("高仿",), "小 店")


def test_the_pictures_are_told_by_their_place_in_the_listing():
    assert facts_of(*candidate(finding("photo_copy", photo="a" * 64))).pictures == (2,)


def test_a_candidate_without_a_verdict_has_facts_all_the_same():
    judged, _ = candidate()
    assert facts_of(judged, None).found == ()
    assert replace(facts_of(judged, None), seen_at=None).day is None
