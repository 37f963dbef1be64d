"""Timestamps from local authorities: good ones are kept, all others are a reason and are asked for again."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from rfc3161_client import TimestampRequestBuilder
from rfc3161_client.base import HashAlgorithm

from crawler.config import load_config
from crawler.items import now
from crawler.jobs import stamps
from evidence.authorities import Authority, stamp
from evidence.keeping import ask_for_stamps, write_sealed
from evidence.verify import verify_bundle
from store.custody import bundles
from store.database import Store
from store.people import OPERATOR
from tests.evidencing import answer, authority, sealed


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """Two authorities that are trusted, and one that is not."""
    folder = tmp_path_factory.mktemp("authorities")
    return {name: authority(folder / name, name=f"Invented {name}") for name in ("one", "two", "stranger")}


@contextmanager
def served(folder, mood="good"):
    """An authority on loopback; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if mood == "refused":
                self.send_error(403)
                return
            if mood == "late":
                time.sleep(2)
            if mood == "other hash":
                other = TimestampRequestBuilder().data(b"other").hash_algorithm(HashAlgorithm.SHA256)
                body = other.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()
            token = b"<html>" if mood == "nonsense" else bytes(2**20) if mood == "endless" else answer(folder, body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(token)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_two_authorities_make_it_whole_and_openssl_agrees(tmp_path, local):
    bundle = sealed(tmp_path)
    with served(local["one"]) as one, served(local["two"]) as two:
        known = [Authority("one", one, local["one"] / "root.pem"), Authority("two", two, local["two"] / "root.pem")]
        assert stamp(bundle.folder, known, 5) == (asked := stamp(bundle.folder, known, 5))
    assert (asked.stamps, asked.pending) == (2, None)
    checked = verify_bundle(bundle.folder)
    assert (checked.problems, checked.notes, len(checked.stamps)) == ([], [], 2)


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("refused", "refused: HTTP 403"),
        ("late", "did not answer in 1 s"),
        ("other hash", "stamps something else|does not hold"),
        ("nonsense", "does not hold|cannot be read"),
        ("endless", "too much for a timestamp"),
    ],
)
def test_what_is_not_good_is_a_reason_and_is_not_kept(tmp_path, local, mood, words):
    bundle = sealed(tmp_path)
    with served(local["one"], mood) as one, served(local["two"]) as two:
        known = [Authority("one", one, local["one"] / "root.pem"), Authority("two", two, local["two"] / "root.pem")]
        asked = stamp(bundle.folder, known, 1)
    assert asked.stamps == 1
    assert asked.pending.startswith("one: ")
    assert any(each in asked.pending for each in words.split("|")), asked.pending
    assert sorted(each.name for each in (bundle.folder / "tsa").iterdir()) == [
        "two.chain.pem",
        "two.tsr",
        "two.tsr.sha256",
    ]


def test_a_chain_that_is_not_trusted_does_not_count(tmp_path, local):
    bundle = sealed(tmp_path)
    with served(local["stranger"]) as url:
        asked = stamp(bundle.folder, [Authority("one", url, local["one"] / "root.pem")], 5)
    assert asked.stamps == 0
    assert not (bundle.folder / "tsa").exists()


def test_one_authority_alone_is_not_enough(tmp_path, local):
    with served(local["one"]) as url:
        asked = stamp(sealed(tmp_path).folder, [Authority("one", url, local["one"] / "root.pem")], 5)
    assert (asked.stamps, "fewer than two" in asked.pending) == (1, True)


def settings(folder, **urls):
    known = [{"name": name, "url": url, "chain": str(chain)} for name, (url, chain) in urls.items()]
    return load_config(data=folder, evidence={"timestamp_authorities": known, "timestamp_seconds": 2})


def test_offline_is_pending_and_due_asks_again_until_all_have_answered(tmp_path, local):
    chains = {name: local[name] / "root.pem" for name in ("one", "two")}
    offline = settings(tmp_path, **{name: ("http://127.0.0.1:9/", chain) for name, chain in chains.items()})
    store = Store(offline.database)
    row = write_sealed(store, sealed(tmp_path / "evidence"), OPERATOR)
    assert "is not reached" in ask_for_stamps(offline, store, row.id).pending
    assert stamps.due(store, offline, now()) == []
    later = now() + timedelta(hours=2)
    (job,) = stamps.due(store, offline, later)
    with store.writing() as session:
        bundles(session)[0][0].retry_at = now()
    with served(local["one"]) as one, served(local["two"]) as two:
        online = settings(tmp_path, one=(one, chains["one"]), two=(two, chains["two"]))
        assert stamps.run(store, online, job) == 0
    with store.reading() as session:
        ((found, _),) = bundles(session)
        assert (found.state, found.stamps, found.reason) == ("sealed", 2, None)
    assert stamps.due(store, online, later) == []
    store.close()


def test_nobody_is_asked_where_no_authority_is_set(tmp_path):
    config = load_config(data=tmp_path)
    store = Store(config.database)
    write_sealed(store, sealed(tmp_path / "evidence"), OPERATOR)
    assert stamps.due(store, config, now() + timedelta(days=1)) == []
    store.close()
