"""What a template of a reason text asks for, in one language; what is missing becomes a place that nobody overlooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from complaints.facts import Facts
from complaints.typed import PLACES
from store.models import Right

OURS: dict[str, tuple[str, str]] = {  # places that the record or the site fills
    "number": ("the number of the right", "权利号"),
    "registrant": ("the registrant", "注册人"),
    "classes": ("the classes", "类别"),
    "expiry": ("the day on which the right ends", "有效期"),
    "sign": ("the mark", "商标名称"),
    "work": ("the name of the work", "作品名称"),
    "claims": ("the claims relied on", "所依据的权利要求"),
    "shop": ("the name of the shop", "店铺名称"),
    "shop_url": ("the address of the shop", "店铺网址"),
    "seen_on": ("the day on which it was seen", "发现日期"),
    "right": ("the right", "权利"),
}
_FIGURE = {"zh": "图形", "en": "figurative mark"}
_KINDS = {  # how a right is called in a text
    "trademark": ("trademark", "注册商标"),
    "copyright": ("copyright", "著作权"),
    "design": ("design", "外观设计专利"),
    "patent": ("patent", "专利"),
}


@dataclass
class Filling:
    """What a template asks for, in one language; it notes what is missing."""

    facts: Facts
    lang: str
    missing: dict[str, None] = field(default_factory=dict)

    def _put(self, name: str, value: Any) -> str:
        """The value, or a place to fill in that nobody overlooks."""
        if value not in (None, "", [], ()):
            return str(value)
        self.missing[name] = None
        en, zh = (OURS | PLACES)[name]
        return f"【请填写：{zh}】" if self.lang == "zh" else f"[[fill in: {en}]]"

    @property
    def right(self) -> Right | None:
        """The record."""
        return self.facts.right

    @property
    def type(self) -> str:
        """Of the right."""
        return self.right.type if self.right else "trademark"

    @property
    def kind(self) -> str:
        """What the right is called."""
        return _KINDS.get(self.type, ("right", "权利"))[self.lang == "zh"]

    @property
    def agent(self) -> bool:
        """Whether it is made for another."""
        return self.facts.agent

    @property
    def number(self) -> str:
        """Of the registration, from the record alone, as are the next."""
        return self._put("number", self.right and self.right.number)

    @property
    def has_number(self) -> bool:
        """A copyright has none where it was not registered."""
        return bool(self.right and self.right.number)

    @property
    def registrant(self) -> str:
        """As the office shows it."""
        return self._put("registrant", self.right and self.right.registrant)

    @property
    def classes(self) -> str:
        """Nice classes."""
        return self._put("classes", ", ".join(map(str, self.right.nice_classes)) if self.right else None)

    @property
    def expiry(self) -> str:
        """The last day."""
        day = self.right.expires_on if self.right else None
        return self._put("expiry", day and day.isoformat())

    @property
    def sign(self) -> str:
        """The mark in words; a wordless one is called figurative."""
        mark = self.right.mark if self.right else None
        names = [each.name for each in mark.names if each.role == "name"] if mark else []
        return names[0] if names else (_FIGURE[self.lang] if mark else self._put("sign", None))

    @property
    def work(self) -> str:
        """Of a copyright."""
        return self._put("work", self.right and self.right.work_name)

    @property
    def claims(self) -> str:
        """Of a patent."""
        return self._put("claims", self.right and self.right.claims)

    @property
    def url(self) -> str:
        """Of the listing."""
        return self.facts.url

    @property
    def item_id(self) -> str:
        """Of the listing."""
        return self.facts.item_id

    @property
    def shop(self) -> str:
        """What the site calls it."""
        return self._put("shop", self.facts.shop)

    @property
    def shop_url(self) -> str:
        """Its address."""
        return self._put("shop_url", self.facts.shop_url)

    @property
    def seen_on(self) -> str:
        """The platforms' day."""
        return self._put("seen_on", self.facts.day)

    @property
    def found(self) -> list[str]:
        """Sentences of what was found, without a stop."""
        return [zh if self.lang == "zh" else en for en, zh in self.facts.found]

    @property
    def words(self) -> str:
        """The seller's own words for a copy, as found or typed."""
        return self._put("words", "、".join(self.facts.words) or self.facts.typed.get("words"))

    @property
    def pictures(self) -> str:
        """Which pictures show it, as found or typed."""
        return self._put("pictures", ", ".join(map(str, self.facts.pictures)) or self.facts.typed.get("pictures"))

    @property
    def official_page(self) -> str:
        """The owner's own page, of the record or typed."""
        page = self.right.official_page if self.right else None
        return self._put("official_page", page or self.facts.typed.get("official_page"))

    @property
    def price(self) -> str:
        """The price, where a finding does not say it already."""
        return "" if "price" in self.facts.names else self._put("price", self.facts.typed.get("price"))

    @property
    def differences(self) -> list[str]:
        """As typed; never made up."""
        typed: Sequence[str] = self.facts.typed.get("differences") or []
        return list(typed) or [self._put("differences", None)]

    def typed(self, name: str) -> str:
        """What a person typed there."""
        return self._put(name, self.facts.typed.get(name))
