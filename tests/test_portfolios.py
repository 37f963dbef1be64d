"""What a client allows goes to the matchers while it holds, and not a day longer."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.portfolios import portfolios
from store.blobs import Blobs
from store.database import Store
from store.days import platform_day
from store.models import AuthorisedItem, AuthorisedSeller
from store.queries import rights_to_match
from tests.registering import fill, right

TODAY = platform_day(datetime.now(UTC))


@pytest.mark.parametrize(
    ("days", "holds"),
    [((None, None), True), ((-5, 5), True), ((0, 0), True), ((None, -1), False), ((1, None), False)],
)
def test_what_is_authorised_holds_from_its_first_day_to_its_last(tmp_path, days, holds):
    first, last = (None if day is None else TODAY + timedelta(days=day) for day in days)
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        fill(session, right())
        valid = {"client_id": 1, "marketplace": "taobao", "valid_from": first, "valid_to": last}
        session.add_all([AuthorisedSeller(seller_id="77", **valid), AuthorisedItem(item_id="5", **valid)])
        session.flush()
        (portfolio,) = portfolios(rights_to_match(session, [1]), Blobs(tmp_path))
    store.close()
    assert (("tmall", "77") in portfolio.authorised_sellers) == holds
    assert (("taobao", "5") in portfolio.authorised_items) == holds
