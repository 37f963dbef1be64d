"""A wrong argument is one line, and says which."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arguments import ArgumentsError, parse_arguments


def test_a_brand_is_all_that_is_needed():
    assert parse_arguments({"brand": " ORIVA "}).brand == ("ORIVA",)


def test_everything_that_can_be_asked(tmp_path):
    given = parse_arguments({"brand": "x", "pages": "3", "sort": "sale-desc", "price": "50-99.5", "keywords": "a|b c"})
    assert given.pages == 3
    assert given.price == (Decimal(50), Decimal("99.5"))
    assert given.keywords == ("a", "b c")


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({}, "brand: is needed: -a brand=NAME"),
        ({"brand": ""}, "brand: is empty"),
        ({"brand": "x|"}, "brand: is empty"),
        ({"brand": "|".join("x" * 300)}, "brand: is more than 200"),
        ({"brand": "   "}, "brand: is empty"),
        ({"brand": "x" * 10_000}, "brand: is longer than 100 characters"),
        ({"brand": "x", "pages": "0"}, "pages: is less than 1"),
        ({"brand": "x", "pages": "101"}, "pages: is more than 100"),
        ({"brand": "x", "pages": "abc"}, "pages: is no whole number"),
        ({"brand": "x", "price": "99-50"}, "price: give MIN-MAX, such as 50-300"),
        ({"brand": "x", "price": "cheap"}, "price: give MIN-MAX, such as 50-300"),
        ({"brand": "x", "pages": "9" * 5000}, "pages: is no whole number"),
        ({"brand": "x", "pages": "1.5"}, "pages: is no whole number"),
        ({"brand": "x", "sort": "cheap"}, "sort: must be default, sale-desc, price-asc or price-desc"),
        ({"brand": "x", "details": ""}, "details: must be flagged, all, none or first"),
        ({"brand": "x", "shop": " "}, "shop: is empty"),
        ({"brand": "x", "items": "x\0y"}, "items: x\0y: no such file"),
        ({"brand": "x", "variants": "21"}, "variants: is more than 20"),
        ({"brand": "x", "variants": "-1"}, "variants: is less than 0"),
        ({"brand": "x", "page": "3"}, "page: no such argument"),
        ({"brand": "x", "items": "/nowhere/items.txt"}, "items: /nowhere/items.txt: no such file"),
    ],
)
def test_what_is_wrong_is_one_line(wrong, line):
    with pytest.raises(ArgumentsError) as error:
        parse_arguments(wrong)
    assert str(error.value) == line


ARGUMENTS = ["brand", "pages", "sort", "price", "keywords", "details", "items", "shop", "archive", "x"]


@given(st.dictionaries(st.sampled_from(ARGUMENTS), st.text()))
def test_any_arguments_are_taken_or_refused_in_one_line(arguments):
    try:
        parse_arguments(arguments)
    except ArgumentsError as error:
        assert "\n" not in str(error)
        assert "Input should" not in str(error)
