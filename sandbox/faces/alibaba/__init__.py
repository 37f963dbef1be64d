"""Alibaba.com as it is now (FACTS 4): pages that the server draws, their data in objects of their own scripts.

Found beyond FACTS, in public code of 2026 that reads the site (confidence B):
- an ad among the offers has `isShowAd`; cards of two generations stand side by side, one with `enPureTitle`;
- the ladder is `product.price.productLadderPrices[] {min, max (-1: no end), price, dollarPrice, formatPrice}`;
- the page of an article that is gone is a 200 with the title "Product Not Available", a `detailData` without an id, and
  ld+json of an offer at 0.99 USD that is none;
- a shop has 16 goods a page at /productlist-<N>.html (see `shop`).
Not known, and invented here: how recommendations are marked, how many ads a page has, what says that an article is sold
out, the status 429, the login's address, the sentence on the page of an article that is gone.
"""

from sandbox.faces.alibaba.face import Alibaba

__all__ = ["Alibaba"]
