"""Rules hold on days: one on each, and none twice."""

import datetime as dt

import pytest

from store import rules
from store.register.rows import MARKETPLACES

ON = dt.date(2026, 11, 1)
LIMIT = "- {{name: links, value: 300, valid_from: {0}, valid_to: {1}, source: s}}\n"


@pytest.mark.parametrize("name", sorted(rules._FILES))
def test_the_rules_that_are_shipped_are_sound(name):
    assert rules._file(name)


def read(tmp_path, text):
    (tmp_path / "limits.yaml").write_text(text)
    return rules.read_rules(tmp_path / "limits.yaml", rules.Limit, lambda each: each.name)


def test_rules_that_follow_each_other_are_fine(tmp_path):
    both = LIMIT.format("2020-01-01", "2025-12-31") + LIMIT.format("2026-01-01", "null")
    assert [each.holds(ON) for each in read(tmp_path, both)] == [False, True]


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (("2020-01-01", "2025-12-30"), ("2026-01-01", "null"), "no rule holds on 2025-12-31"),
        (("2020-01-01", "2026-01-01"), ("2026-01-01", "null"), "two rules hold on 2026-01-01"),
        (("2020-01-01", "null"), ("2026-01-01", "null"), "two rules hold on 2026-01-01"),
        (("2020-01-01", "2019-01-01"), ("2019-01-02", "null"), "ends on 2019-01-01, before it begins"),
    ],
)
def test_gaps_and_overlaps_are_refused(tmp_path, first, second, problem):
    with pytest.raises(rules.RulesError, match=problem):
        read(tmp_path, LIMIT.format(*first) + LIMIT.format(*second))


@pytest.mark.parametrize(
    "text", ["", "a: b", "[1]", "- {name: links}", "- [", "- {name: x, value: 1, valid_from: soon}"]
)
def test_what_is_no_file_of_rules_is_one_line(tmp_path, text):
    with pytest.raises(rules.RulesError) as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("site", MARKETPLACES)
@pytest.mark.parametrize("right_type", ["trademark", "copyright", "design", "patent"])
def test_each_site_says_which_rights_it_takes_and_has_a_portal(site, right_type):
    assert rules.jurisdiction(site, right_type, ON) is not None
    assert any(site in each.platforms for each in rules.portals(ON))


def test_each_right_has_reasons_and_each_reason_is_said_in_both_languages():
    for right_type in ("trademark", "copyright", "design", "patent"):
        assert all(each.label_zh and each.label_en for each in rules.reason_codes(right_type, ON))
    assert rules.reason_code("tm_grey", ON).right_type == "trademark"
    assert rules.reason_code("nonsense", ON) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CN"),
        (" 中国 ", "CN"),
        ("P.R. China", "CN"),
        ("EUIPO", "EU"),
        ("fr", "FR"),
        ("Atlantis", None),
        (None, None),
    ],
)
def test_a_country_is_known_however_it_is_written(written, code):
    assert rules.country(written) == code


def test_a_number_that_no_rule_says_is_told():
    with pytest.raises(rules.RulesError, match="no rule says links_per_complaint on 1990-01-01"):
        rules.limit("links_per_complaint", dt.date(1990, 1, 1))
    assert rules.limit("links_per_complaint", ON) == 300
