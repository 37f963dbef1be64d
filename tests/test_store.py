"""The store keeps what it was given, once, whatever happens meanwhile."""

import hashlib
import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from store.database import Store, StoreError
from store.events import events_of, verify_chain
from store.migrating import newest
from store.models import Base, Candidate, Client, Finding, Listing, Photo, Right, Seller, Snapshot, Verdict
from store.records import FindingRecord, ListingRecord, PhotoRecord, SellerRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'data' / 'watch.sqlite'}")
    with store.writing() as session:
        client = Client(name="Oriva")
        session.add_all([client, Right(client=client, right_id="R1", type="trademark")])
    yield store
    store.close()


def listing(item_id="1", **changes):
    return ListingRecord(
        id_space="taobao",
        item_id=item_id,
        marketplace="taobao",
        url=f"https://item.taobao.com/item.htm?id={item_id}",
        seen_at=AT,
        source="search",
        title="奥丽瓦 跑鞋",
        price_min=Decimal("99.50"),
        currency="CNY",
        seller=SellerRecord(seller_id="77", shop_name="小店"),
        **changes,
    )


FINDING = FindingRecord(
    signal="disguise", right="R1", score=0.97, code="homoglyph", surface="ОRIVA", en="...", zh="...", span=(0, 5)
)


def verdict(**changes):
    known = {"right": "R1", "score": 0.97, "matched": True, "flagged": True, "authorised": False}
    return VerdictRecord(client="Oriva", findings=(FINDING,), reasons=(("homoglyph", "en", "zh"),), **known | changes)


def write(store, *sightings):
    with store.writing() as session:
        write_sightings(session, sightings)


def count(store, model):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def one(store, model):
    with store.reading() as session:
        return session.scalars(select(model)).one()


def test_the_migrations_make_the_tables_that_the_models_say(store):
    with store.engine.connect() as connection:
        tables = inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert {c["name"] for c in tables.get_columns(table.name)} == {c.name for c in table.columns}


def test_the_newest_migration_is_the_one_that_an_opened_store_has(store):
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest()


def test_money_comes_back_exact(store):
    write(store, SightingRecord(listing=listing(price_max=Decimal("1234567.8901"))))
    assert one(store, Listing).price_max == Decimal("1234567.8901")


def test_a_moment_comes_back_aware(store):
    write(store, SightingRecord(listing=listing()))
    assert one(store, Listing).first_seen == AT


def test_what_speaks_against_and_the_terms_of_the_model_are_kept(store):
    said = {"band": "flag", "against": (("fair_price", "en", "zh"),), "evidence": {"rule": 1.0}, "model": "v1"}
    write(store, SightingRecord(listing=listing(), verdicts=(verdict(**said),)))
    kept = one(store, Verdict)
    assert (kept.band, kept.against, kept.evidence, kept.model) == (
        *("flag", [["fair_price", "en", "zh"]]),
        *({"rule": 1.0}, "v1"),
    )


def test_a_naive_moment_is_refused(store):
    with pytest.raises(SQLAlchemyError, match="naive"):
        write(store, SightingRecord(listing=replace(listing(), seen_at=datetime(2026, 1, 1))))  # noqa: DTZ001


def test_the_same_input_again_changes_only_when_it_was_seen_last(store):
    sighting = SightingRecord(listing=listing(), verdicts=(verdict(),))
    write(store, sighting)
    later = replace(sighting, listing=replace(sighting.listing, seen_at=AT + timedelta(days=1)))
    before = {model: count(store, model) for model in (Listing, Seller, Snapshot, Verdict, Finding, Candidate)}
    finding = one(store, Finding).id
    write(store, later)
    assert {model: count(store, model) for model in before} == before
    assert one(store, Finding).id == finding
    assert (one(store, Listing).first_seen, one(store, Listing).last_seen) == (AT, AT + timedelta(days=1))


def test_a_changed_price_is_a_new_snapshot(store):
    write(store, SightingRecord(listing=listing()))
    write(store, SightingRecord(listing=replace(listing(), price_min=Decimal("9"))))
    assert count(store, Snapshot) == 2
    assert one(store, Listing).price_min == Decimal("9")


def test_an_unknown_never_overwrites_what_is_known(store):
    write(store, SightingRecord(listing=listing()))
    write(store, SightingRecord(listing=replace(listing(), title=None, price_min=None, seller=None)))
    stored = one(store, Listing)
    assert (stored.title, stored.price_min, stored.seller_pk) == ("奥丽瓦 跑鞋", Decimal("99.50"), 1)


def test_taobao_and_tmall_share_ids(store):
    write(store, SightingRecord(listing=listing()))
    write(store, SightingRecord(listing=replace(listing(), marketplace="tmall")))
    assert one(store, Listing).marketplace == "tmall"


def test_two_sightings_of_one_listing_in_a_batch_are_one_listing(store):
    card = SightingRecord(listing=listing(), verdicts=(verdict(),))
    detail = SightingRecord(listing=replace(listing(), source="detail", stock=5, title=None), verdicts=(verdict(),))
    write(store, card, detail)
    stored = one(store, Listing)
    assert (stored.title, stored.stock) == ("奥丽瓦 跑鞋", 5)
    assert count(store, Snapshot) == 2


def test_a_photo_shown_by_two_listings_is_kept_once(store):
    photo = PhotoRecord(
        sha256="a" * 64, url="https://x/1.jpg", key="1", bytes=9, width=3, height=3, format="JPEG", position=1
    )
    write(store, *(SightingRecord(listing=listing(item), photos=(photo,)) for item in ("1", "2")))
    assert count(store, Photo) == 1


def test_flagged_becomes_a_candidate_and_unflagged_does_not(store):
    write(store, SightingRecord(listing=listing("1"), verdicts=(verdict(),)))
    write(store, SightingRecord(listing=listing("2"), verdicts=(verdict(flagged=False),)))
    assert one(store, Candidate).state == "queued"


@pytest.mark.parametrize(("change", "state"), [({}, "ignored"), ({"authorised": True}, "authorised")])
def test_a_candidate_nobody_touched_follows_the_latest_verdict(store, change, state):
    write(store, SightingRecord(listing=listing(), verdicts=(verdict(),)))
    write(store, SightingRecord(listing=listing(), verdicts=(verdict(flagged=False, **change),)))
    assert one(store, Candidate).state == state


def test_what_a_verdict_makes_of_a_candidate_is_told_in_the_log(store):
    for flagged in (True, True, False, True):
        write(store, SightingRecord(listing=listing(), verdicts=(verdict(flagged=flagged),)))
    with store.reading() as session:
        told = [(event.from_state, event.to_state, event.actor) for event in events_of(session, "candidate", 1)]
        assert verify_chain(session, 1).problems == ()
    assert told == [
        ("scored", "queued", "system"),
        ("queued", "ignored", "system"),
        ("ignored", "queued", "system"),
    ]


def test_a_persons_decision_is_never_overwritten(store):
    sighting = SightingRecord(listing=listing(), verdicts=(verdict(),))
    write(store, sighting)
    with store.writing() as session:
        session.execute(update(Candidate).values(state="confirmed"))
    write(store, replace(sighting, verdicts=(verdict(flagged=False, score=0.1),)))
    assert (one(store, Candidate).state, one(store, Candidate).score) == ("confirmed", 0.97)


def test_new_findings_take_the_place_of_the_old(store):
    write(store, SightingRecord(listing=listing(), verdicts=(verdict(),)))
    other = replace(FINDING, code="leet", score=0.9)
    write(store, SightingRecord(listing=listing(), verdicts=(replace(verdict(), findings=(other,)),)))
    assert one(store, Finding).code == "leet"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_was(store, title):
    item_id = hashlib.sha256(title.encode()).hexdigest()[:16]
    write(store, SightingRecord(listing=replace(listing(item_id), title=title)))
    with store.reading() as session:
        assert session.scalar(select(Listing.title).where(Listing.item_id == item_id)) == title


def _write_many(url, worker, ready):
    ready.wait()
    store = Store(url)
    for number in range(40):
        item = f"{worker}-{number}"
        with store.writing() as session:  # a read that turns into a write, as `write_sightings` does
            session.scalar(select(func.count()).select_from(Listing))
            write_sightings(session, [SightingRecord(listing=listing(item), verdicts=(verdict(),))])
    store.close()


def test_three_writing_processes_wait_for_each_other(store):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    url = str(store.engine.url)
    workers = [context.Process(target=_write_many, args=(url, worker, ready)) for worker in range(3)]
    for worker in workers:
        worker.start()
    ready.set()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert count(store, Candidate) == 120


def _open(url, ready, result):
    ready.wait()
    try:
        Store(url).close()
        result.put("opened")
    except Exception as error:
        result.put(repr(error))


def test_three_processes_may_make_the_same_new_database(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, result = context.Event(), context.Queue()
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    workers = [context.Process(target=_open, args=(url, ready, result)) for _ in range(3)]
    for worker in workers:
        worker.start()
    ready.set()
    assert [result.get(timeout=60) for _ in workers] == ["opened"] * 3


def test_a_transaction_that_will_write_holds_the_lock_from_its_beginning(store):
    with store.writing() as session:
        session.execute(text("select 1"))
        with pytest.raises(SQLAlchemyError, match="locked"), store.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=50")
            other.exec_driver_sql("UPDATE client SET name='x'")


def test_a_failed_batch_leaves_nothing_half_written(store):
    bad = SightingRecord(listing=listing("2"), verdicts=(replace(verdict(), client="nobody"),))
    with pytest.raises(KeyError):
        write(store, SightingRecord(listing=listing("1"), verdicts=(verdict(),)), bad)
    assert count(store, Listing) == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"^the data folder cannot be made: .*$"):
        Store(f"sqlite:///{tmp_path / 'file' / 'x.sqlite'}")


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    (tmp_path / "x.sqlite").write_text("this is no database at all, though it has the name of one" * 50)
    with pytest.raises(StoreError, match="the database cannot be used: file is not a database"):
        Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
