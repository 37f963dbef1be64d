"""Price and sales texts in the forms that localised pages write become numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.readers.amounts import Money, localised_count, localised_money


def said(low, high=None, currency=None):
    return Money(Decimal(low), Decimal(high or low), currency)


@pytest.mark.parametrize(
    ("text", "low", "currency"),
    [
        ("US $13.00", "13.00", "USD"),
        ("US$13", "13", "USD"),
        ("$13.00", "13.00", None),  # of twenty countries
        ("C$9.76", "9.76", "CAD"),
        ("AU $12.30", "12.30", "AUD"),
        ("R$ 1.234,56", "1234.56", "BRL"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("12,34€", "12.34", "EUR"),
        ("€ 97,39", "97.39", "EUR"),
        ("1.234 €", "1234", "EUR"),
        ("1\u00a0234,56\u00a0zł", "1234.56", "PLN"),
        ("12,34zł", "12.34", "PLN"),
        ("₪97.39", "97.39", "ILS"),
        ("\u200f97.39 \u202a₪\u202c", "97.39", "ILS"),
        ("1\u202f234,56 ₽", "1234.56", "RUB"),
        ("1 234,56 руб.", "1234.56", "RUB"),
        ("GH₵80.51", "80.51", "GHS"),
        ("PKR1,542", "1542", "PKR"),
        ("Rp343,297", "343297", "IDR"),
        ("DH164.93", "164.93", "MAD"),
        ("¥1,234", "1234", None),
        ("JP¥1,234", "1234", "JPY"),
        ("CHF 1’234.50", "1234.50", "CHF"),
        ("₹1,23,456.00", "123456.00", "INR"),
        ("123.456₫", "123456", "VND"),
        ("100,00kr", "100.00", None),
        ("KWD 1.234", "1.234", "KWD"),
        ("KWD 1,234.567", "1234.567", "KWD"),
        ("0.123", "0.123", None),
        ("٣٫٥٠ ر.س", "3.50", "SAR"),
        ("１２９ 円", "129", "JPY"),
        ("1.2万元", "12000", "CNY"),
        ("1542.", "1542", None),
        ("35% OFF US $5.20", "5.20", "USD"),
        ("PKR1,457 per piece from 10 pieces", "1457", "PKR"),
        ("STOP 5", "5", None),
        (93, "93", None),
        (34.9, "34.9", None),
    ],
)
def test_a_price_is_read_with_its_currency(text, low, currency):
    assert localised_money(text) == said(low, currency=currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("US $0.50-1.20", "0.50", "1.20", "USD"),
        ("US$0.50 - US$1.20", "0.50", "1.20", "USD"),
        ("PKR 144 - 1,341", "144", "1341", "PKR"),
        ("€ 97,39 - 128,72", "97.39", "128.72", "EUR"),
        ("12,34 €–15,00 €", "12.34", "15.00", "EUR"),
        ("159.00 ~ 149.00", "149.00", "159.00", None),
    ],
)
def test_a_range_of_prices_has_two_ends(text, low, high, currency):
    assert localised_money(text) == said(low, high, currency)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Free", "-5", "US $-5", "-US $5", "\u22125", "-35%", "35 %"),
        *("NaN", "0", "0,00 €", "1e5", "1.2.3", "9" * 40),
        *(None, True, [], {}, float("nan"), float("inf"), -1, 0, 10**10),
    ],
)
def test_what_is_no_price_is_none(text):
    assert localised_money(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("84 sold", 84),
        ("120 Sold", 120),
        ("10,000+ sold", 10_000),
        ("4000+ sold", 4_000),
        ("1.000+ vendidos", 1_000),
        ("5 000+ продано", 5_000),
        ("+1\u00a0000 sprzedano", 1_000),
        ("\u200f4.000+\u200f נמכרו", 4_000),
        ("1,324 orders", 1_324),
        ("1.2K", 1_200),
        ("1.5k+ sold", 1_500),
        ("100K+ 点販売", 100_000),
        ("5 mil+ vendidos", 5_000),
        ("1,5 тыс. продано", 1_500),
        ("10rb+ terjual", 10_000),
        ("1 млн продано", 1_000_000),
        ("1.2万+人付款", 12_000),
        ("12 000 000 sold", 12_000_000),
        ("5 kg", 5),
        ("10 million", 10),
        (88, 88),
        ("0", 0),
        ("sold", None),
        ("-3", None),
        ("4.8", None),
        ("98.4%", None),
        ("9" * 40, None),
        (-3, None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_a_number_of_sales_is_read(text, number):
    assert localised_count(text) == number


@given(st.text(max_size=300) | st.text(alphabet="0123456789.,-–' €$KMтыс%\u00a0\u200f", max_size=80))
def test_any_text_is_a_positive_price_or_none(text):
    found = localised_money(text)
    assert found is None or 0 < found.low <= found.high <= 10**9
    counted = localised_count(text)
    assert counted is None or counted >= 0


@given(st.decimals(min_value=1, max_value=999_999, places=2), st.sampled_from([",", " ", "\u00a0", "’", ""]))
def test_a_price_comes_back_from_every_style_of_writing(amount, thousands):
    english = f"{amount:,}".replace(",", thousands)
    german = f"{amount:,}".translate(str.maketrans(",.", ".,"))
    assert localised_money(f"{english} USD").low == localised_money(f"{german} €").low == amount
