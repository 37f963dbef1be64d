"""The contract of `read`: walls first, then layouts in order; a fault in a layout does not lose the run."""

from decimal import Decimal

import pytest

from crawler.decoding import Truncated, decode, embedded_object, embedded_objects, find_all, from_json, literal_value
from crawler.items import Listing
from crawler.reading import Answer, Outcome, Page, read, reader
from spiders.readers.fields import count, flag, item_id, money, money_range, parameters, plain, text

ARTICLE = Listing(marketplace="taobao", item_id="1001", url="https://item.taobao.com/item.htm?id=1001")


@reader(layout="known", seen="2026", kinds={"search"})
def known(answer):
    return Page(layout="known", kind="search", listings=(ARTICLE,)) if "known" in answer.text else None


@reader(layout="faulty", seen="2026", kinds={"search"})
def faulty(answer):
    raise KeyError("a bug\nwith a line break")


@reader(layout="cut", seen="2026", kinds={"search"})
def cut(answer):
    raise Truncated("the list that is cut in the middle")


@reader(layout="bare", seen="2026", kinds={"search"})
def bare(answer):
    return Page(layout="bare", kind="search")


def test_a_reader_carries_its_layout_years_and_kinds():
    assert (known.layout, known.seen, known.kinds) == ("known", "2026", frozenset({"search"}))


def test_the_first_layout_that_fits_is_the_reading():
    found = read(Answer(b"known"), (cut, known, bare))
    assert (found.outcome, found.signal, found.page.listings) == (Outcome.PAGE, "known", (ARTICLE,))


def test_no_layout_is_unknown_and_never_empty():
    assert read(Answer(b"something"), (known,)).outcome is Outcome.UNKNOWN


def test_a_page_without_listings_and_proof_is_unknown():
    assert read(Answer(b"x"), (bare,)).outcome is Outcome.UNKNOWN


def test_a_wall_never_gets_to_a_reader():
    assert read(Answer(b"known", headers={"bxpunish": "1"}), (known,)).outcome is Outcome.BLOCKED


def test_a_reader_that_fails_is_told_and_the_next_one_asked():
    assert read(Answer(b"known"), (faulty, known)).outcome is Outcome.PAGE


def test_a_reader_that_fails_alone_makes_the_answer_unknown():
    found = read(Answer(b"x"), (faulty,))
    assert (found.outcome, found.signal) == (Outcome.UNKNOWN, "reader faulty failed: KeyError")


def test_a_cut_answer_is_unknown_with_what_was_cut():
    found = read(Answer(b"x"), (cut,))
    assert (found.outcome, found.signal) == (Outcome.UNKNOWN, "cut: the list that is cut in the middle")


# Text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("羽岚 跑鞋".encode(), ""),
        ("羽岚 跑鞋".encode("gb18030"), "text/html; charset=GBK"),
        ("羽岚 跑鞋".encode("gb18030"), 'text/html; charset="gb2312"'),
        ("羽岚 跑鞋".encode("gb18030"), ""),
        (b"\xef\xbb\xbf" + "羽岚 跑鞋".encode(), "text/html; charset=gbk"),
        ("羽岚 跑鞋".encode("utf-16"), ""),
        ("羽岚 跑鞋".encode(), "text/html; charset=gbk"),
        ("羽岚 跑鞋".encode(), "text/html; charset=zlib"),
    ],
)
def test_text_is_decoded_by_what_it_is_and_what_it_says(body, content_type):
    assert decode(body, content_type) == "羽岚 跑鞋"


def test_the_charset_of_a_meta_tag_far_down_counts_and_a_scripts_does_not():
    head = b'<script charset="utf-8"></script>' + b" " * 200_000 + b'<meta charset="gbk">'
    assert decode(head + "羽岚".encode("gb18030")).endswith("羽岚")


def test_a_page_that_was_saved_as_utf8_is_read_so_whatever_its_meta_tag_says():
    assert decode('<meta charset="gbk">羽岚'.encode()).endswith("羽岚")


def test_characters_that_only_gb18030_has_are_read_in_a_page_that_says_gb2312():
    assert decode('<meta charset="gb2312">镕㐀'.encode("gb18030")).endswith("镕㐀")


def test_a_damaged_byte_does_not_turn_a_page_into_another_charset():
    body = ("羽岚跑鞋" * 20).encode()
    assert decode(body[:7] + b"\xff" + body[8:]).endswith("羽岚跑鞋")


# JSON and literals


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1]}',
        ' mtopjsonp3({"a": [1]})',
        'mtopjsonpreqTppId_32517_getOfferList2({"a": [1]});',
        '/**/jQuery1.cb({"a": [1]}) ;\n',
        'cb && cb({"a": [1]});',
        '\ufeff{"a": [1]}',
        '{"a": [1]};',
    ],
)
def test_json_is_read_bare_and_in_a_call(text):
    assert from_json(text) == {"a": [1]}


@pytest.mark.parametrize("text", ["", "<html></html>", "x", '"text"', "12", "{'a': 1}", '{"a": 1} and more', "f(x)"])
def test_what_is_no_json_object_or_list_is_none(text):
    assert from_json(text) is None


def test_numbers_that_are_none_become_none():
    assert from_json('{"a": NaN, "b": -Infinity, "c": 1e999}') == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize(
    "text", ['{"a": [1, 2', '{"a": "b', 'cb({"a": {"b": tr', '{"a": "\\u00', '{"a": "b\\', '{"a": -', '{"a": 1.', "["]
)
def test_json_that_is_cut_is_told(text):
    with pytest.raises(Truncated):
        from_json(text)


def test_a_literal_is_found_by_its_braces_outside_of_strings_and_comments():
    literal = "{a: \"}\\\"}\", 'b': '}', /* } */ c: {d: `}`} // }\n }"
    assert embedded_object(f"var x = {literal}; y = {{}}", "x") == literal


@pytest.mark.parametrize("text", ["x = {1}", "x={1}", '"x": {1}', "x({1})", "'x' : {1}", "x.y = 2; x = {1}"])
def test_a_literal_may_follow_its_marker_in_every_way_that_pages_write(text):
    assert embedded_object(text, "x") == "{1}"


def test_a_marker_without_a_literal_has_none():
    assert embedded_object("x = 1; x.y = function() {}", "x") is None


def test_a_literal_that_does_not_end_is_told():
    with pytest.raises(Truncated, match="cut in the middle"):
        embedded_object('x = {"a": {"b": 1}', "x")


def test_every_literal_after_a_marker_is_found():
    assert list(embedded_objects("x = {1}; x = {2}", "x")) == ["{1}", "{2}"]


@pytest.mark.parametrize("literal", ['{"a": 1}', "{a: 1}", "{'a': 1,}"])
def test_a_literal_of_javascript_has_a_value(literal):
    assert literal_value(literal) == {"a": 1}


def test_a_literal_with_an_expression_has_none():
    assert literal_value("{a: x ? '1' : '2'}") is None


def test_keys_are_found_from_the_root_down():
    assert list(find_all({"b": [{"a": 1}], "a": 2}, "a")) == [2, 1]


# Fields


@pytest.mark.parametrize(
    ("shown", "price"),
    [
        ("129.90", "129.90"),
        ("¥2,288.00", "2288.00"),
        ("￥ 93起", "93"),
        (93, "93"),
        (34.9, "34.9"),
        ("1.2万", "12000"),
        ("１２９", "129"),
        ("1000000000", "1000000000"),
    ],
)
def test_a_price_is_read(shown, price):
    assert money(shown) == Decimal(price)


@pytest.mark.parametrize(
    "shown",
    [
        *("", "-5", "¥-5", "NaN", "0", "0.00", "1000000001", "9" * 40, "1e5", "12,99", "免费", "1.2.3", True, None),
        *(float("nan"), float("inf"), -1.5, 0, 10**10, Decimal("sNaN"), [], {}),
    ],
)
def test_what_is_no_price_is_none(shown):
    assert money(shown) is None


@pytest.mark.parametrize("shown", ["149.00 - 159.00", "149.00-159.00", "159.00 ~ 149.00", "¥149.00–¥159.00"])
def test_a_range_of_prices_has_two_ends(shown):
    assert money_range(shown) == (Decimal("149.00"), Decimal("159.00"))


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("1.2万+人付款", 12000),
        ("700+人付款", 700),
        ("9人收货", 9),
        ("51601人付款", 51601),
        ("1143笔", 1143),
        ("月销 1,143", 1143),
        ("100万+", 1000000),
        ("0人付款", 0),
        (88, 88),
        ("", None),
        ("人付款", None),
        ("-3", None),
        ("9" * 40, None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_a_number_of_deals_is_read(shown, number):
    assert count(shown) == number


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("a <span class=H>b</span> c", "a b c"),
        ("a &amp;amp; b", "a &amp; b"),
        ("3 < 5 > 2", "3 < 5 > 2"),
        ("  a\n\tb ", "a b"),
        ("&lt;b&gt;", "<b>"),
        (12, "12"),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_a_title_is_plain_text(shown, title):
    assert plain(shown) == title


@pytest.mark.parametrize(
    ("shown", "said"), [(True, True), ("true", True), (1, True), ("0", False), ("x", None), (2, None)]
)
def test_a_flag_is_yes_no_or_unknown(shown, said):
    assert flag(shown) is said


@pytest.mark.parametrize(
    ("shown", "known_as"),
    [(1001, "1001"), (" 1001 ", "1001"), ("a-b_1", "a-b_1"), ("0", None), ("null", None), ("1/2", None), (True, None)],
)
def test_an_id_is_a_word_of_digits_and_letters(shown, known_as):
    assert item_id(shown) == known_as


@pytest.mark.parametrize(
    "packed", [{"userId": "5"}, '{"userId": "5"}', "userId=5&x=1", "x=1;userId=5", [{"key": "userId", "value": "5"}]]
)
def test_parameters_are_unpacked_however_they_come(packed):
    assert parameters(packed)["userId"] == "5"


def test_text_is_bounded():
    assert len(text("x" * 10**6)) == 1000
