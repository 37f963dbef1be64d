"""1688 as it is now (FACTS 3): a search whose script asks the gateway, offers that hold their data, shops.

What FACTS does not name is as public crawlers of 2023 to 2026 found it:
- the arrow to the next page is `a.fui-arrow.fui-next`, with the class `fui-disabled` on the last page;
- the call carries its keyword percent-encoded in GBK, whatever the address had;
- a shop's list is at /page/offerlist.htm on its seller's host (`shop<13 digits>`, or the member id, `.1688.com`);
  its page asks by POST, its cards are no links, and it is turned by a plain `button` with the text 下一页 >;
- an offer that was taken off the shelf is a page with `h3.mod-detail-offline-title` and without `window.context`;
  one that never was leads to page.1688.com/shtml/static/wrongpage.html;
- a description is a script of its own on itemcdn.tmall.com.
Not known, and invented here: how many of the 60 of a page are ads, what the page's other calls answer, and what a
pageId holds (the page at which the search was opened).
"""

from sandbox.faces.ali1688.face import Ali1688

__all__ = ["Ali1688"]
