"""Signals beside names and pictures: one module each, pure functions from a listing to findings that say why.

`all_signals(goods, portfolio, findings)` asks them all. What speaks against an infringement is a finding of CONTEXT.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchers.signals.goods_class import class_findings
from matchers.signals.innocent import innocent_findings
from matchers.signals.origins import origin_findings
from matchers.signals.own_brand import brand_findings
from matchers.signals.sellers import seller_findings
from matchers.types import Finding, Goods, Mark, Portfolio


def all_signals(
    goods: Goods, portfolio: Portfolio, marks: Sequence[Mark], findings: Sequence[Finding]
) -> list[Finding]:
    """What a listing says beside its names, pictures and price. Never raises on what a listing holds.

    marks : those that the listing names; findings : what was found of names and pictures
    """
    return [
        *brand_findings(goods, marks, findings),
        *class_findings(goods, marks),
        *origin_findings(goods, marks),
        *seller_findings(goods, marks),
        *innocent_findings(goods, portfolio, findings),
    ]
