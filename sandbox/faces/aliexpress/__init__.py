"""AliExpress as it is now (FACTS 5): search pages with their data in them, detail pages whose script asks for it.

Found beyond FACTS, in public code of 2026 that reads the site (confidence B):
- an article that is gone: `data.result.GLOBAL_DATA.globalData.errorCode`, with no other module beside it;
- a price of `PRICE` has `salePriceString` and `originalPrice {value, currency, formatedAmount}`, the map of prices
  has a twin `skuIdStrPriceInfoMap`, stocks are `SKU.skuPaths[].skuStock` and `QUANTITY_PC.totalAvailableInventory`;
- a store's goods are at /store/<id>/pages/all-items.html.
Not known, and invented here: the data of that page (a search page's are taken), the pager, the status 429, what a
bundle page shows, and that store, seller and member have one number: here all are the catalogue's `seller_id`.
"""

from sandbox.faces.aliexpress.face import AliExpress

__all__ = ["AliExpress"]
