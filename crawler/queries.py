"""What a spider asks a site for: one search, or all goods of one shop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Query:
    """One search: the words, and what narrows it.

    sort : default | sale-desc | price-asc | price-desc
    price : lowest and highest, in the site's currency
    shop : the seller whose goods are listed, as an id or as the shop's address; then `text` is empty
    """

    text: str
    sort: str = "default"
    price: tuple[Decimal, Decimal] | None = None
    shop: str | None = None

    @property
    def words(self) -> str:
        """What it is called in a line for the operator."""
        return f"shop {self.shop}" if self.shop else self.text
