"""What each marketplace looks like from outside, by access group: sites that share a login share a face and a gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.catalogue import Catalogue
from sandbox.exchange import Face
from sandbox.faces.ali1688 import Ali1688
from sandbox.faces.alibaba import Alibaba
from sandbox.faces.aliexpress import AliExpress
from sandbox.faces.taobao import Taobao
from sandbox.pictures import Pictures
from sandbox.search import Recommend
from sandbox.walls import Gate

# pictures : of all goods of the catalogue, whatever site sells them; one upload has one address
FaceFactory = Callable[[Catalogue, Pictures, Gate, Recommend], Face]

# 1688 comes before taobao: its descriptions lie on a host of tmall.com.
FACES: Mapping[str, FaceFactory] = {
    "1688": Ali1688,
    "taobao": Taobao,
    "alibaba": Alibaba,
    "aliexpress": AliExpress,
}


def group_of(marketplace: str) -> str:
    """The access group of a marketplace. Raises ValueError for one that has no face."""
    group = "taobao" if marketplace == "tmall" else marketplace
    if group not in FACES:
        raise ValueError(f"no face for {marketplace!r}; there are {', '.join(FACES)}")
    return group
