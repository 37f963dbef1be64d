"""AliExpress by its affiliate API, for operators who have keys."""

from __future__ import annotations

from dataclasses import replace

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler import affiliate
from crawler.arguments import ArgumentsError, SearchArguments
from crawler.base import SearchSpider
from crawler.items import Listing
from crawler.marketplaces import ALIEXPRESS
from crawler.plain import answer_of, guarded, record
from crawler.queries import Query
from crawler.reading import Reading
from crawler.transports import transport_of
from crawler.transports.signed import LIVE, SANDBOX
from crawler.watching import Ask
from spiders.readers.aliexpress import READERS, SAVED_READERS
from spiders.readers.aliexpress.affiliate import affiliate as goods


class AliexpressApi(SearchSpider):
    """`aliexpress.affiliate.product.query` by signed requests (FACTS 6); no page of the site is opened.

    Marketplace: aliexpress.com
    Arguments: brand, variants, keywords, pages, sort, price, archive (see SearchArguments)
    Access: group ``aliexpress``; keys from the environment: BAZAARWATCH_ALIEXPRESS_APP_KEY, _APP_SECRET and, if there
        is one, _TRACKING_ID; robots.txt is not asked, the keys are the permission
    Known limits: 50 a page; only goods whose sellers take part in the affiliate programme; no details, no member ids
    """

    name = "aliexpress_api"
    site = ALIEXPRESS
    readers = READERS
    saved_readers = SAVED_READERS

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Requests are signed as they leave."""
        super().update_settings(settings)
        handler = {"live": LIVE, "sandbox": SANDBOX}.get(transport_of(settings).kind)
        if handler:
            settings.set("DOWNLOAD_HANDLERS", {"https": handler}, "spider")

    @classmethod
    def check(cls, arguments: SearchArguments, *, live: bool) -> None:
        """Words to search, and keys. Raises ArgumentsError, ConfigError."""
        if arguments.items or arguments.shop:
            raise ArgumentsError("aliexpress_api searches for words: items and shop are for the spider aliexpress")
        if live:
            affiliate.keys()

    def search_url(self, query: Query, page: int) -> str:
        """The call by its public parameters."""
        return affiliate.address(query, page)

    def _page_request(self, request: Request, api: str | None, item_id: str | None = None) -> Request:
        request = super()._page_request(request, api, item_id)
        request.meta["dont_obey_robotstxt"] = True
        return request

    def _as_found(self, listing: Listing, query: Query, position: int) -> Listing:
        """No detail page is asked for: what the API gives is all."""
        return replace(super()._as_found(listing, query, position), details="missing")

    async def _first(self, response: Response) -> Reading | None:
        return await super()._first(response) if self.archived else self._told(response, response.meta["ask"])

    async def _following(self, response: Response, query: Query, number: int) -> Reading | None:
        request = Request(self.address(query, number), meta={"dont_retry": True, "dont_obey_robotstxt": True})
        answer = await guarded(request, self.crawler.engine.download_async)
        return answer if isinstance(answer, Reading) else self._told(answer, response.meta["ask"])

    def _told(self, response: Response, ask: Ask) -> Reading:
        """A refusal for good ends the run: the next call would be refused too."""
        response = response.replace(body=affiliate.veiled(response.body, affiliate.keys()))
        record(response, ask)
        answer = answer_of(response, [])
        reading = affiliate.outcome(answer, (goods,))
        if affiliate.is_final(answer):
            self.run.stopped = self.run.stopped or reading
        return reading
