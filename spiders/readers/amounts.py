"""Money and counts as localised pages write them: any country's decimals, thousands and currency signs.

price-parser reads one number rightly, and is used for that. Ranges, signs that stand apart ("US $"), negative amounts,
currencies of three decimals, other scripts' digits and counts are covered here.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any, NamedTuple

from price_parser import Price

from spiders.readers.fields import MAX_COUNT, MAX_PRICE, money

MAX_WRITTEN = 200  # characters of a text that are looked at; prices and counts seen have up to 40

# What turns the direction of text around, and what has no width.
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"[0-9]+(?:[.,'][0-9]+| [0-9]{3}(?![0-9]))*")
_APOSTROPHES = str.maketrans("’‘´`٫٬−", "''''.,-")
_PERCENT = re.compile(" ?%")
_EXPONENT = re.compile(r"[0-9][eE][+-]?[0-9]")
_BETWEEN = re.compile(r"[^0-9%]{0,10}?[-–—~〜至][^0-9%]{0,10}")  # the ends of a range, with a sign on either
_TEN_THOUSANDS = re.compile(" ?[万萬]")
_ONE_SEPARATOR = re.compile(r"([0-9]+)([.,])([0-9]+)")

# Signs as AliExpress and Alibaba.com write them (`$` also as "US $"). Not here is what stands for several currencies:
# a bare $, ¥, kr, ₨ or ﷼.
_SIGNS: dict[str, str] = {
    **{"US$": "USD", "AU$": "AUD", "A$": "AUD", "CA$": "CAD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD"},
    **{"SG$": "SGD", "S$": "SGD", "MX$": "MXN", "R$": "BRL", "CL$": "CLP", "CO$": "COP", "AR$": "ARS"},
    **{"€": "EUR", "£": "GBP", "₪": "ILS", "zł": "PLN", "₽": "RUB", "руб": "RUB", "₴": "UAH", "грн": "UAH"},
    **{"₺": "TRY", "TL": "TRY", "₩": "KRW", "฿": "THB", "₫": "VND", "đ": "VND", "₹": "INR", "₦": "NGN", "₱": "PHP"},
    **{"₵": "GHS", "₸": "KZT", "₾": "GEL", "₡": "CRC", "Rp": "IDR", "RM": "MYR", "Kč": "CZK", "Ft": "HUF"},
    **{"lei": "RON", "лв": "BGN", "DH": "MAD", "CN¥": "CNY", "元": "CNY", "JP¥": "JPY", "円": "JPY"},
    **{"ر.س": "SAR", "د.إ": "AED", "د.م": "MAD", "ج.م": "EGP", "د.ك": "KWD", "ر.ق": "QAR", "د.أ": "JOD"},
}
_CODES = (
    "AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP EUR GBP GEL GHS GTQ"
    " HKD HUF IDR ILS INR IQD ISK JMD JOD JPY KES KGS KRW KWD KZT LBP LKR LYD MAD MDL MKD MXN MYR NGN NOK NPR NZD OMR"
    " PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UYU UZS VND ZAR"
)
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})  # ISO 4217
_LETTER = "A-Za-zÀ-žЀ-ӿ"
_CODE = re.compile(rf"(?<![A-Za-z])(?:{_CODES.replace(' ', '|')})(?![A-Za-z])")
_SIGN = re.compile(
    rf"(?<![{_LETTER}])(?:{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})(?![{_LETTER}])"
)
_APART = re.compile(r"(?<=[A-Z]) (?=[$¥])")

# Thousands and millions as counts of sales are shortened on AliExpress's own sites. Words end where letters do.
_WORDS = {
    **dict.fromkeys(("k", "mil", "tys", "тыс", "bin", "rb", "tsd"), 10**3),
    **dict.fromkeys(("m", "mln", "млн", "jt"), 10**6),
    "w": 10**4,
}
_CHARACTERS = {
    **dict.fromkeys("千천", 10**3),
    **dict.fromkeys("万萬만", 10**4),
    **dict.fromkeys("亿億억", 10**8),
}
_UNIT = re.compile(rf" ?(?:({'|'.join(_WORDS)})(?![^\W_])|([{''.join(_CHARACTERS)}]))", re.I)


class Money(NamedTuple):
    """Lowest and highest of a price text, the same for one price.

    currency : ISO 4217; None where the text has no sign, or one of several currencies (`$`, `¥`, `kr`)
    """

    low: Decimal
    high: Decimal
    currency: str | None


def localised_money(text: Any) -> Money | None:
    """What a price text says, whatever its country: "US $0.50-1.20", "1.234,56 €", "PKR 144 - 1,341", "GH₵80.51".

    A number counts as one price without a currency. None for what is no price: negative, zero, a percentage, over a
    thousand million. Never raises.
    """
    if not isinstance(text, str):
        amount = money(text)
        return Money(amount, amount, None) if amount is not None else None
    written = _normal(text)
    currency = _currency(written)
    found = [number for number in _NUMBER.finditer(written) if not _PERCENT.match(written, number.end())]
    if not found or _is_negative(written, found[0]) or _EXPONENT.search(written):
        return None
    ends = found[:2] if len(found) > 1 and _BETWEEN.fullmatch(written, found[0].end(), found[1].start()) else found[:1]
    amounts = [_amount(number, written, currency) for number in ends]
    known = [amount for amount in amounts if amount is not None]
    return Money(min(known), max(known), currency) if known and amounts[0] is not None else None


def localised_count(value: Any) -> int | None:
    """The number in "10,000+ sold", "1.000+ vendidos", "5 000+ продано", "1.2K", "3 mil+", 88; None without one.

    A plus makes it a lower bound, which is what is returned. Never raises.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    written = _normal(str(value)[:MAX_WRITTEN])
    number = _NUMBER.search(written)
    if not number or _is_negative(written, number) or _PERCENT.match(written, number.end()):
        return None
    unit = _UNIT.match(written, number.end())
    amount = _plain_number(number.group(), None)
    if amount is None or (unit is None and amount != int(amount)):
        return None
    if unit:
        amount *= _WORDS[unit.group(1).lower()] if unit.group(1) else _CHARACTERS[unit.group(2)]
    return int(amount) if amount <= MAX_COUNT else None


def _normal(text: str) -> str:
    """One kind of space, apostrophe and digit; no marks of direction."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text[:MAX_WRITTEN])[:MAX_WRITTEN]).translate(_APOSTROPHES)
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    return " ".join(plain.split())


def _currency(written: str) -> str | None:
    code = _CODE.search(written)
    if code:
        return code.group()
    sign = _SIGN.search(_APART.sub("", written).replace("GH₵", "₵"))
    return _SIGNS[sign.group()] if sign else None


def _is_negative(written: str, number: re.Match[str]) -> bool:
    return written.startswith("-") or written[: number.start()].endswith("-")


def _amount(number: re.Match[str], written: str, currency: str | None) -> Decimal | None:
    amount = _plain_number(number.group(), currency)
    if amount is None:
        return None
    amount *= 10_000 if _TEN_THOUSANDS.match(written, number.end()) else 1
    return amount if 0 < amount <= MAX_PRICE else None


def _plain_number(digits: str, currency: str | None) -> Decimal | None:
    """One number; price-parser tells thousands from decimals where it is right to guess."""
    digits = digits.replace(" ", "").replace("'", "")
    return Price.fromstring(digits, decimal_separator=_decimal_separator(digits, currency)).amount


def _decimal_separator(digits: str, currency: str | None) -> str | None:
    """The separator that price-parser would take for one of thousands; None: it guesses rightly."""
    last = max(digits.rfind("."), digits.rfind(","))
    if "." in digits and "," in digits:
        return digits[last]
    one = _ONE_SEPARATOR.fullmatch(digits)
    if one and (one.group(1) == "0" or currency in _THREE_DECIMALS):
        return one.group(2)
    return None
