"""What the store knows of sellers, prices and judgements reaches the matchers."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from matchers.scorer import Scorer
from matchers.types import Goods, Mark, Portfolio
from matchers.weights import shipped
from pipelines.facts import facts_of
from pipelines.portfolios import portfolios
from pipelines.weights import weights_of
from store.blobs import Blobs
from store.calibrations import propose, settle
from store.database import Store
from store.models import Candidate, Finding, Listing, NegativeTitle, ReferencePrice, Seller, Verdict
from store.people import OPERATOR
from store.queries import rights_to_match
from tests.registering import fill, right

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
MARK = Mark(right_id="R1", names=("ORIVA",), nice_classes=(25,), goods=("跑鞋",))
PORTFOLIO = Portfolio(client="Oriva", marks=(MARK,))


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        fill(session, right(goods=["跑鞋"]))
        session.add(Seller(id=1, id_space="taobao", seller_id="77", first_seen=AT, last_seen=AT))
    yield store
    store.close()


def listing(session, number, *, state=None, code=None, price="900", flagged=False, authorised=False):
    session.add(
        Listing(
            id=number,
            id_space="taobao",
            item_id=str(number),
            marketplace="taobao",
            url="https://item.taobao.com/item.htm?id=1",
            title="ORIVA 跑鞋",
            price_min=Decimal(price),
            currency="CNY",
            seller_pk=1,
            first_seen=AT,
            last_seen=AT,
        )
    )
    session.flush()
    where = {"listing_pk": number, "client_id": 1, "right_pk": 1, "score": 0.5}
    said = {"matched": True, "flagged": flagged, "authorised": authorised, "digest": "x", "scored_at": AT}
    found = Finding(
        signal="goods_class", right_pk=1, score=0.9, matched="跑鞋", code="c", surface="跑鞋", en="e", zh="z"
    )
    session.add(Verdict(**where, **said, findings=[found]))
    if state:
        session.add(Candidate(**where, state=state, reason_code=code, first_flagged=AT, last_flagged=AT))


def goods(item_id="900", price="880"):
    return Goods(
        marketplace="taobao",
        id_space="taobao",
        item_id=item_id,
        seller_id="77",
        title="ORIVA 跑鞋 男",
        price=Decimal(price),
        currency="CNY",
    )


def added(store, **kwargs):
    with store.reading() as session:
        return facts_of(session, "Oriva").added(goods(**kwargs), [MARK])


def test_what_was_decided_of_a_sellers_other_listings_is_counted(store):
    with store.writing() as session:
        listing(session, 1, state="confirmed")
        listing(session, 2, state="in_complaint")
        listing(session, 3, state="dismissed", code="genuine")
        listing(session, 4, state="dismissed", code="too_weak")
        listing(session, 5, state="watch")
        listing(session, 6)
    facts = added(store).seller
    assert (facts.listings, facts.confirmed, facts.dismissed, facts.flagged) == (6, 2, 1, 1)


def test_what_nobody_looked_at_yet_accuses_no_other_listing(store):
    with store.writing() as session:
        for number in range(1, 6):
            listing(session, number, state="queued", flagged=True)
    assert added(store).seller is None


def test_a_listing_does_not_speak_for_itself(store):
    with store.writing() as session:
        listing(session, 1, state="confirmed")
    assert added(store, item_id="1").seller.confirmed == 0


def test_of_a_seller_without_candidates_nothing_is_said(store):
    with store.writing() as session:
        listing(session, 1)
    assert added(store).seller is None


def test_prices_of_other_such_goods_are_compared_when_there_are_eight(store):
    with store.writing() as session:
        for number in range(1, 9):
            listing(session, number)
    assert added(store).comparables == (Decimal(900),) * 8
    assert added(store, item_id="1").comparables == ()


def test_prices_of_flagged_listings_are_not_those_of_such_goods(store):
    with store.writing() as session:
        for number in range(1, 9):
            listing(session, number, flagged=True)
    assert added(store).comparables == ()


def test_authorised_sellers_say_what_the_goods_cost_where_enough_are_known(store):
    with store.writing() as session:
        for number in range(1, 31):
            listing(session, number, price="100" if number > 10 else "900", authorised=number <= 10)
    assert set(added(store).comparables) == {Decimal(900)}


def test_a_seller_of_confirmed_copies_is_told_in_the_verdict(store):
    with store.writing() as session:
        listing(session, 1, state="confirmed")
    with store.reading() as session:
        scorer = Scorer(PORTFOLIO, facts=facts_of(session, "Oriva"))
    (verdict,) = scorer.score([goods()])
    assert "seller_confirmed" in verdict.evidence


def test_the_price_list_and_the_negative_bank_are_part_of_the_portfolio(store, tmp_path):
    price = {"right_pk": 1, "currency": "CNY"}
    with store.writing() as session:
        session.add(ReferencePrice(model="Runner 3", unit="pair", amount=Decimal(1200), **price))
        session.add(ReferencePrice(model="Runner 4", unit="box", amount=Decimal(9000), **price))
        session.add(NegativeTitle(client_id=1, title="ORIVA 城 地图", digest="x", added_by="mei", added_at=AT))
    with store.reading() as session:
        (portfolio,) = portfolios(rights_to_match(session, [1]), Blobs(tmp_path))
    assert portfolio.negative_titles == ("ORIVA 城 地图",)
    assert portfolio.marks[0].model_prices == {"Runner 3": {"CNY": Decimal(1200)}}


def test_a_client_is_judged_by_its_own_weights_once_they_are_accepted(store):
    own = shipped().as_dict() | {"version": "own"}
    with store.writing() as session:
        row = propose(session, 1, own, {}, actor=OPERATOR, at=AT)
        assert weights_of(session, "Oriva") == shipped()
        settle(session, row, "accepted", actor=OPERATOR, at=AT)
        assert weights_of(session, "Oriva").version == "own"
        settle(session, row, "undone", actor=OPERATOR, at=AT)
        assert weights_of(session, "Oriva") == shipped()


def test_weights_that_cannot_be_read_are_told_and_left_out(store, capsys):
    with store.writing() as session:
        row = propose(session, 1, shipped().as_dict() | {"terms": {"moon": 1.0}}, {}, actor=OPERATOR, at=AT)
        settle(session, row, "accepted", actor=OPERATOR, at=AT)
        assert weights_of(session, "Oriva") == shipped()
    assert "no term is called moon" in capsys.readouterr().err
