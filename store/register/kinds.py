"""The files of the register: one kind a file, told apart by `--what`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from store.register.other_rows import AccountRow, PoaRow, PriceRow, SellerRow
from store.register.rows import RightRow, Row


@dataclass(frozen=True)
class Kind:
    """One kind of file: its rows, how they are told apart, and an invented row for the template."""

    row: type[Row]
    things: str
    key: tuple[str, ...]
    example: dict[str, str] = field(default_factory=dict)

    def across(self, rows: Iterable[tuple[int, Any]]) -> Iterator[str]:
        """A line for each row whose key stands in an earlier one."""
        seen: dict[tuple[Any, ...], int] = {}
        for line, row in rows:
            key = tuple(getattr(row, name) for name in self.key)
            first = seen.setdefault(key, line)
            if first != line:
                shown = " ".join(str(part) for part in key if part is not None)
                yield f"line {line}: {shown} stands in line {first} already"


KINDS = {
    "rights": Kind(
        RightRow,
        "rights",
        ("client", "right_id"),
        {
            "client": "Oriva AG",
            "right_id": "ORIVA-CN-25",
            "type": "trademark",
            "kind": "word",
            "mark": "ORIVA",
            "names": "奥丽瓦",
            "aliases": "oriva shoes|欧瓦",
            "number": "99000001",
            "jurisdiction": "CN",
            "registrant": "Oriva AG",
            "nice_classes": "25",
            "goods": "shoes|鞋",
            "filed_on": "2020-03-02",
            "registered_on": "2021-05-01",
            "expires_on": "2031-04-30",
            "status": "registered",
            "reference_price": "599|84",
            "currency": "CNY|USD",
            "distribution": "open",
        },
    ),
    "accounts": Kind(
        AccountRow,
        "accounts",
        ("account",),
        {
            "account": "agency",
            "portal": "ipp",
            "role": "agent",
            "holder": "Lantern IP Ltd",
            "verified_on": "2024-01-15",
        },
    ),
    "poas": Kind(
        PoaRow,
        "powers of attorney",
        ("client", "poa_id"),
        {
            "client": "Oriva AG",
            "poa_id": "POA-2026",
            "grantor": "Oriva AG",
            "grantee": "Lantern IP Ltd",
            "rights": "all",
            "platforms": "taobao|tmall|1688",
            "actions": "file|respond|withdraw",
            "territory": "CN",
            "valid_from": "2026-01-01",
            "valid_to": "2028-12-31",
            "signatory": "Mara Ilven",
            "signatory_title": "Director",
            "seal": "yes",
            "language": "zh",
        },
    ),
    "sellers": Kind(
        SellerRow,
        "authorised sellers or items",
        ("client", "marketplace", "seller_id", "item_id", "valid_from"),
        {"client": "Oriva AG", "marketplace": "taobao", "seller_id": "77001", "valid_to": "2027-12-31"},
    ),
    "prices": Kind(
        PriceRow,
        "prices",
        ("client", "right_id", "model", "unit", "currency"),
        {
            "client": "Oriva AG",
            "right_id": "ORIVA-CN-25",
            "model": "Runner 2",
            "unit": "pair",
            "price": "699",
            "currency": "CNY",
        },
    ),
}
