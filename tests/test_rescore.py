"""`rescore`: what was seen before is asked again; persons' decisions stand; interrupted, it goes on."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

import crawler.jobs.rescoring as job_module
from crawler.cli import app
from crawler.config import load_config
from crawler.jobs.rescoring import rescore
from crawler.jobs.wishes import Wish
from matchers.types import Finding, Reason, Signal
from pipelines.rescoring import Asker, finding_of
from store.blobs import Blobs
from store.database import Store
from store.events import events_of, verify_chain
from store.models import Candidate, Listing, MarkName, ReferencePicture, Rescoring, Seller, Verdict
from store.models import Finding as FindingRow
from store.records import FindingRecord, ListingRecord, PhotoRecord, SellerRecord, SightingRecord
from store.sightings import write_sightings
from tests.registering import fill, right

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BAZAARWATCH_DATA", str(tmp_path))
    store = Store(load_config().database)
    with store.writing() as session:
        fill(session, right(goods=["跑鞋"]))
    yield store
    store.close()


def sighting(number, title, *, photos=(), seen_at=AT, verdicts=()):
    return SightingRecord(
        listing=ListingRecord(
            id_space="taobao",
            item_id=str(number),
            marketplace="taobao",
            url="u",
            seen_at=seen_at,
            source="search",
            title=title,
            price_min=Decimal(880),
            currency="CNY",
            seller=SellerRecord(seller_id="77"),
            content={"attributes": {"货号": "A1"}},
        ),
        photos=photos,
        verdicts=verdicts,
    )


def see(store, *titles, **how):
    with store.writing() as session:
        write_sightings(session, [sighting(number, title, **how) for number, title in enumerate(titles, 1)])


def ask(store, **how):
    return rescore(store, load_config(), Wish(1, **how))


def candidates(store):
    with store.reading() as session:
        question = select(Listing.item_id, Candidate.state, Candidate.found).join(Candidate)
        return [tuple(row) for row in session.execute(question.order_by(Listing.id))]


def test_what_was_stored_before_the_mark_was_known_becomes_a_candidate(store):
    see(store, "0RIVA 高仿 跑鞋", "白色跑鞋", "ORIVA 高仿 跑鞋")
    job = ask(store)
    assert (job.asked, job.changed, job.fresh) == (3, 2, 2)
    assert candidates(store) == [("1", "queued", "rescoring"), ("3", "queued", "rescoring")]


def test_a_new_alias_is_asked_about_what_was_seen_before(store):
    see(store, "欧莉娃 高仿 跑鞋")
    assert ask(store).fresh == 0
    with store.writing() as session:
        session.add(MarkName(mark_id=1, role="alias", name="欧莉娃", folded="欧莉娃"))
    assert ask(store).fresh == 1


def test_asked_again_with_the_same_nothing_changes(store):
    see(store, "0RIVA 高仿 跑鞋", "ORIVA 跑鞋")
    assert ask(store).changed == 2
    again = ask(store)
    assert (again.asked, again.changed, again.fresh) == (2, 0, 0)


def test_what_a_person_decided_stays_and_is_noted(store):
    see(store, "ORIVA 高仿 跑鞋", "ORIVA 高仿 跑鞋 男")
    ask(store)
    with store.writing() as session:
        first, second = session.scalars(select(Candidate).order_by(Candidate.id))
        first.state, second.state = "confirmed", "queued"
    see(store, "ORIVA 跑鞋", "ORIVA 跑鞋 男")
    job = ask(store)
    assert [state for _, state, _ in candidates(store)] == ["confirmed", "ignored"]
    assert job.noted == 1
    with store.reading() as session:
        last = events_of(session, "candidate", 1)[-1]
        assert (last.from_state, last.to_state, last.actor) == ("confirmed", "confirmed", "system")
        assert "would not flag it any more" in last.reason
        assert not verify_chain(session, 1).problems
    assert ask(store).noted == 0


def test_only_what_was_seen_since_a_day_is_asked(store):
    see(store, "ORIVA 高仿 跑鞋")
    assert ask(store, since=AT + timedelta(days=1)).asked == 0
    assert ask(store, since=AT - timedelta(days=1)).asked == 1


class StoppedError(Exception):
    pass


def stopped_after(monkeypatch, batches):
    left = [batches]
    known = job_module.write_batch

    def write(*arguments):
        if not left[0]:
            raise StoppedError
        left[0] -= 1
        return known(*arguments)

    monkeypatch.setattr(job_module, "write_batch", write)
    monkeypatch.setattr(job_module, "TITLES", 2)


def test_an_interrupted_one_goes_on_where_it_was(store, monkeypatch):
    see(store, *[f"ORIVA 高仿 跑鞋 {number}" for number in range(7)])
    with monkeypatch.context() as patched:
        stopped_after(patched, 2)
        with pytest.raises(StoppedError):
            ask(store)
    assert len(candidates(store)) == 4
    job = ask(store)
    assert (job.id, job.asked, job.fresh) == (1, 7, 7)
    assert len(candidates(store)) == 7


def test_one_that_was_interrupted_begins_anew_when_a_name_changed(store, monkeypatch):
    see(store, *[f"ORIVA 高仿 跑鞋 {number}" for number in range(7)])
    with monkeypatch.context() as patched:
        stopped_after(patched, 2)
        with pytest.raises(StoppedError):
            ask(store)
    with store.writing() as session:
        session.add(MarkName(mark_id=1, role="alias", name="欧莉娃", folded="欧莉娃"))
    job = ask(store)
    assert (job.id, job.asked, job.fresh) == (2, 7, 3)


def test_several_processes_find_the_same(store, monkeypatch):
    monkeypatch.setattr(job_module, "TITLES", 3)
    see(store, *[f"ORIVA 高仿 跑鞋 {number}" for number in range(10)])
    job = ask(store, processes=2)
    assert (job.asked, job.fresh) == (10, 10)


PHOTO = Finding(
    signal=Signal.MARK_IN_PHOTO,
    right="R1",
    score=0.9,
    box=(1, 2, 3, 4),
    photo="a" * 64,
    matched="m",
    reason=Reason(code="mark", surface="", en="e", zh="z"),
)


class Looker:
    """Sees the mark in every picture, and counts how many it was shown."""

    looked = 0

    def match(self, pictures):
        Looker.looked += len(pictures)
        return [[replace(PHOTO, photo=each.key)] for each in pictures]


@pytest.fixture
def looked(monkeypatch):
    Looker.looked = 0
    monkeypatch.setattr("pipelines.rescoring.looker", lambda *_, **__: Looker())
    return Looker


def with_photos(store):
    blobs = Blobs(load_config().data / "blobs")
    keys = [blobs.put(data) for data in (b"one", b"two")]
    known = {"bytes": 3, "width": 1, "height": 1, "format": "PNG"}
    photos = tuple(
        PhotoRecord(sha256=key, url=key, key=key, position=place, **known) for place, key in enumerate(keys, 1)
    )
    see(store, "白色跑鞋", "黑色跑鞋", photos=photos)
    return keys


def test_pictures_are_looked_at_once_each_and_found_again_in_the_store(store, looked):
    with_photos(store)
    job = ask(store)
    assert (job.looked, looked.looked) == (True, 2)
    again = ask(store)
    assert (again.looked, again.changed, looked.looked) == (False, 0, 2)
    with store.reading() as session:
        assert session.scalar(select(func.count()).where(FindingRow.photo.is_not(None))) == 4
        assert session.scalar(select(func.count()).where(Verdict.matched)) == 2


def test_a_new_photo_of_the_client_lets_pictures_be_looked_at_again(store, looked):
    key = with_photos(store)[0]
    ask(store)
    with store.writing() as session:
        session.add(ReferencePicture(right_pk=1, role="photo", name="p", sha256=key))
    assert ask(store).looked
    assert looked.looked == 4


def test_titles_only_looks_at_no_picture(store, looked):
    with_photos(store)
    assert not ask(store, titles_only=True).looked
    assert looked.looked == 0


def test_a_rescoring_of_some_does_not_count_as_one_of_all(store, looked):
    with_photos(store)
    assert ask(store, since=AT + timedelta(days=1)).looked
    assert ask(store).looked


def test_a_stored_finding_comes_back_as_it_was_made():
    plain = {name: getattr(PHOTO, name) for name in ("right", "score", "span", "box", "photo", "matched")}
    record = FindingRecord(signal="mark_in_photo", code="mark", surface="", en="e", zh="z", **plain)
    assert finding_of(record) == PHOTO


def test_a_verdict_that_a_crawl_wrote_meanwhile_stands(store, monkeypatch):
    see(store, "ORIVA 高仿 跑鞋")
    ask(store)
    with store.writing() as session:
        session.scalars(select(Verdict)).one().scored_at = datetime.now(UTC) + timedelta(hours=1)
        session.scalars(select(Listing)).one().title = "ORIVA 跑鞋"
    assert ask(store).changed == 0


def test_the_command_says_what_came_of_it(store):
    see(store, "0RIVA 高仿 跑鞋")
    result = CliRunner().invoke(app, ["rescore", "--client", "Oriva"])
    assert result.exit_code == 0
    assert "Oriva\t1\t1\t1\t0" in result.output


def test_an_unknown_client_or_one_without_rights_is_refused(store):
    for name in ("Nobody", "Norvane"):
        assert CliRunner().invoke(app, ["rescore", "--client", name]).exit_code != 0


def test_the_digest_is_of_all_that_is_asked_with(store):
    with store.reading() as session:
        asker = Asker(session, load_config(), 1)
    same = asker.digest(None, looked=False)
    assert asker.digest(None, looked=True) != same
    assert asker.digest(AT, looked=False) != same
    asker.weights = replace(asker.weights, flag=0.6)
    assert asker.digest(None, looked=False) != same


def test_a_finished_rescoring_is_kept_with_its_counts(store):
    see(store, "ORIVA 高仿 跑鞋")
    ask(store)
    with store.reading() as session:
        row = session.scalars(select(Rescoring)).one()
        assert row.finished_at is not None
        assert session.scalar(select(func.count()).select_from(Seller)) == 1
        assert json.dumps(row.digest)
