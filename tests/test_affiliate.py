"""AliExpress's affiliate API: signing, paging, refusals, and that no key is ever shown.

The stand-in checks each signature by its own implementation of the published rule: sort by name, join names and values,
HMAC-SHA256 with the secret, upper-case hex.
"""

import asyncio
import gzip
import hashlib
import json
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from decimal import Decimal

import pytest
import trustme
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from crawler import affiliate
from crawler.config import ConfigError, load_config
from crawler.queries import Query
from crawler.reading import Answer, Outcome
from spiders.readers.aliexpress.affiliate import affiliate as goods
from tests.crawling import environment, read_csv, registered

KEY, SECRET, TRACKING = "ak-520001", "s3cret/of+the=app", "velq-track-77"
KEYS = affiliate.Keys(KEY, SECRET, TRACKING)
SURROUNDINGS = {
    "BAZAARWATCH_ALIEXPRESS_APP_KEY": KEY,
    "BAZAARWATCH_ALIEXPRESS_APP_SECRET": SECRET,
    "BAZAARWATCH_ALIEXPRESS_TRACKING_ID": TRACKING,
    "BAZAARWATCH_ACCESS__ALIEXPRESS__DELAY": "0",
}


def published_signature(form, secret):
    """HMAC-SHA256 written out (RFC 2104), so that nothing is shared with what is tested."""
    message = b""
    for name in sorted(key for key in form if key != "sign"):
        message += name.encode() + form[name].encode()
    block = secret.encode().ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).hexdigest().upper()


# The parts


def test_a_signature_is_that_of_the_published_rule():
    wanted = {"method": "a.b", "app_key": KEY, "timestamp": "1700000000000", "keywords": "été 鞋 & more"}
    assert affiliate.sign(wanted, SECRET) == published_signature(wanted, SECRET)


written = st.text(st.characters(codec="utf-8"), min_size=1, max_size=15)


@given(st.dictionaries(written, written, max_size=8), written)
def test_any_parameters_are_signed_by_the_rule(wanted, secret):
    assert affiliate.sign(wanted, secret) == published_signature(wanted, secret)


def test_what_is_asked_names_words_page_order_and_prices_in_hundredths():
    query = Query("running shoes", "price-asc", (Decimal("5.50"), Decimal(20)))
    asked = affiliate.parameters(query, 3)
    assert (asked["keywords"], asked["page_no"], asked["page_size"]) == ("running shoes", "3", "50")
    assert (asked["sort"], asked["min_sale_price"], asked["max_sale_price"]) == ("SALE_PRICE_ASC", "550", "2000")


def test_an_address_has_no_key_in_it_and_the_form_has_the_time_in_milliseconds():
    address = affiliate.address(Query("shoes"), 1)
    form = affiliate.form(address, KEYS, now=1_700_000_000.25).decode()
    assert not any(secret in address for secret in (KEY, SECRET, TRACKING))
    assert "timestamp=1700000000250" in form
    assert SECRET not in form


def test_keys_are_not_shown_when_they_are_printed():
    assert not any(secret in repr(KEYS) for secret in (KEY, SECRET, TRACKING))


def test_a_missing_key_is_named():
    with pytest.raises(ConfigError, match="set BAZAARWATCH_ALIEXPRESS_APP_SECRET in the environment"):
        affiliate.keys({"BAZAARWATCH_ALIEXPRESS_APP_KEY": KEY})


def test_a_key_of_odd_characters_is_refused_before_it_is_used():
    with pytest.raises(ConfigError, match="APP_SECRET"):
        affiliate.keys({"BAZAARWATCH_ALIEXPRESS_APP_KEY": KEY, "BAZAARWATCH_ALIEXPRESS_APP_SECRET": "a\udc80b"})


def test_keys_in_the_environment_are_no_part_of_the_configuration(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    assert SECRET not in load_config().model_dump_json()


# What it answers


def told(value, **headers):
    return affiliate.outcome(Answer(json.dumps(value).encode(), headers=headers), (goods,))


def refused(code, msg="said", **more):
    return {"error_response": {"code": code, "msg": msg, "request_id": "2101", **more}}


@pytest.mark.parametrize("code", ["AppApiCallLimit", "ApiCallLimit", 7])
def test_a_call_limit_is_a_rate_limit(code):
    found = told(refused(code, "This ban will last 14229 seconds"))
    assert (found.outcome, found.signal) == (Outcome.RATE_LIMITED, f"{code} This ban will last 14229 seconds")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("IncompleteSignature", "is BAZAARWATCH_ALIEXPRESS_APP_SECRET the secret of that key?"),
        (25, "is BAZAARWATCH_ALIEXPRESS_APP_SECRET the secret of that key?"),
        ("InvalidAppKey", "check BAZAARWATCH_ALIEXPRESS_APP_KEY"),
        ("InsufficientPermission", "ask for it in the console of the app"),
        ("IllegalTimestamp", "set the clock and run again"),
    ],
)
def test_a_refusal_says_in_one_line_what_to_do(code, advice):
    found = told(refused(code))
    assert found.outcome is Outcome.ERROR
    assert advice in found.signal
    assert len(found.signal) <= 200


def test_a_refusal_without_an_envelope_is_known_too():
    assert told({"type": "ISV", "code": "IncompleteSignature", "message": "x"}).outcome is Outcome.ERROR


def test_a_wrong_clock_is_measured_by_the_answers_own_time():
    found = told(
        refused("IllegalTimestamp"), date=time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 900))
    )
    assert found.signal.startswith("the clock of this machine is 15 minutes slow; set the clock and run again")


@pytest.mark.parametrize("date", ["", "nonsense", "Mon, 99 Foo 0000 99:99:99 GMT", "x" * 10_000])
def test_a_wrong_clock_is_told_without_a_time_to_compare(date):
    assert told(refused("IllegalTimestamp"), date=date).signal.startswith("the clock of this machine is wrong")


def test_an_unknown_refusal_is_told_as_it_is():
    assert (
        told(refused("ServiceUnavailable", "try\nlater", sub_code="isp.x")).signal
        == "ServiceUnavailable try later isp.x"
    )


def result(code, msg="", **more):
    return {
        "aliexpress_affiliate_product_query_response": {"resp_result": {"resp_code": code, "resp_msg": msg, **more}}
    }


def test_a_result_with_another_code_is_an_error_and_the_word_for_nothing_is_proof():
    assert told(result(401, "not registered")).signal == "resp_code 401 not registered"
    assert told(result(405, "The result is empty")).outcome is Outcome.EMPTY


def test_how_many_pages_there_are_follows_from_the_total():
    products = {"product": [{"product_id": "1005009000000801", "product_title": "x"}]}
    found = told(result(200, result={"total_record_count": 120, "products": products}))
    assert found.page.pages == 3


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=10),
        lambda inner: st.dictionaries(
            st.sampled_from(["error_response", "code", "msg", "type", "resp_result", "aliexpress_affiliate_x"]),
            inner,
            max_size=4,
        ),
    )
)
def test_any_answer_is_named(value):
    assert told(value).outcome in Outcome


# The whole crawl


class Gateway:
    """A stand-in of the API on loopback: as many invented goods as it was given, or a refusal."""

    def __init__(self, total=0, refusal=None, clock=0.0):
        self.total, self.refusal, self.clock = total, refusal, clock
        self.calls, self.paths = [], Counter()

    def answer(self, form):
        if form.get("sign") != published_signature(form, SECRET) or form.get("app_key") != KEY:
            return refused("IncompleteSignature", "The request signature does not conform to platform standards")
        if abs(int(form["timestamp"]) / 1000 - time.time() - self.clock) > 600:
            return refused("IllegalTimestamp", "The specified timestamp is expired")
        if self.refusal and len(self.calls) >= self.refusal[0]:
            return refused(*self.refusal[1:])
        page, size = int(form["page_no"]), int(form["page_size"])
        numbers = range(self.total)[(page - 1) * size : page * size]
        products = [
            {
                "product_id": 1005009000000000 + n,
                "product_title": f"Velquora shoes {n}",
                "target_sale_price": "3.21",
                "target_sale_price_currency": "USD",
                "shop_name": "Velquora Outlet Store",
            }
            for n in numbers
        ]
        return result(
            200,
            "ok",
            result={"total_record_count": self.total, "current_page_no": page, "products": {"product": products}},
        )

    async def handle(self, request):
        self.paths[f"{request.method} {request.path}"] += 1
        if request.path != "/sync":
            return web.Response(status=404)
        form = dict(await request.post())
        self.calls.append(form)
        assert not request.query_string
        if self.refusal and not self.refusal[1] and len(self.calls) >= self.refusal[0]:
            request.transport.abort()
        return web.json_response(self.answer(form))

    async def _serve(self, ready):
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("api-sg.aliexpress.com").configure_cert(context)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        self.port = runner.addresses[0][1]
        ready.set()
        await self.stop.wait()
        await runner.cleanup()

    def __enter__(self):
        ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.stop = asyncio.Event()
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(self._serve(ready),))
        self.thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join()


def crawl(folder, gateway, *args, **env):
    port = gateway.port if gateway else 9
    surroundings = {**SURROUNDINGS, "BAZAARWATCH_TRANSPORT": f"sandbox:{port}", **env}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "aliexpress_api", *args, "-O", "flagged.csv"],
        cwd=folder,
        env=environment(folder, SCRAPY_SETTINGS_MODULE="crawler.settings", **surroundings),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def stored(folder):
    """All that a run left, unpacked."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    opened = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files]
    return b"".join(opened).decode("latin-1")


def last(done):
    return done.stderr.strip().splitlines()[-1]


def test_a_crawl_signs_turns_the_pages_and_flags_without_a_detail_page(tmp_path):
    registered(tmp_path, "closed")
    with Gateway(total=103) as gateway:
        done = crawl(
            tmp_path, gateway, "-a", "brand=VELQUORA", "-a", "keywords=velquora", BAZAARWATCH_LOG_LEVEL="DEBUG"
        )
    assert done.returncode == 0, done.stderr
    assert last(done) == "done: 3 pages read, 103 listings kept, 103 flagged"
    assert [call["page_no"] for call in gateway.calls] == ["1", "2", "3"]
    assert {call["tracking_id"] for call in gateway.calls} == {TRACKING}
    assert set(gateway.paths) == {"POST /sync"}
    assert len(read_csv(tmp_path / "flagged.csv")) == 103
    shown = done.stdout + done.stderr + stored(tmp_path)
    assert not any(secret in shown for secret in (KEY, SECRET, TRACKING, gateway.calls[0]["sign"]))
    [recording] = tmp_path.rglob("*-aliexpress_api.warc.gz")
    again = crawl(tmp_path, None, "-a", "brand=VELQUORA", "-a", f"archive={recording}")
    assert "103 listings kept" in last(again)


def test_a_refusal_that_repeats_the_keys_is_shown_and_kept_without_them(tmp_path):
    registered(tmp_path)
    with Gateway(total=5, refusal=(1, "Unheard", f"{KEY} with {SECRET} for {TRACKING} is not known")) as gateway:
        done = crawl(tmp_path, gateway, "-a", "brand=VELQUORA", "-a", "keywords=velquora")
    assert done.returncode == 1
    assert "Unheard *** with *** for *** is not known" in last(done)
    assert not any(secret in stored(tmp_path) + done.stdout + done.stderr for secret in (KEY, SECRET, TRACKING))


def test_a_connection_that_breaks_in_mid_run_keeps_what_was_read(tmp_path):
    registered(tmp_path)
    with Gateway(total=500, refusal=(2, "", "")) as gateway:
        done = crawl(tmp_path, gateway, "-a", "brand=VELQUORA", "-a", "keywords=velquora")
    assert done.returncode == 6
    assert "50 listings kept" in last(done)
    assert "Traceback" not in done.stderr


def test_a_call_limit_in_mid_run_keeps_what_was_read_and_ends_partly(tmp_path):
    registered(tmp_path)
    with Gateway(total=500, refusal=(2, "AppApiCallLimit", "This ban will last 60 seconds")) as gateway:
        done = crawl(tmp_path, gateway, "-a", "brand=VELQUORA", "-a", "keywords=velquora")
    assert done.returncode == 6
    assert "then rate_limited: AppApiCallLimit This ban will last 60 seconds: 50 listings kept" in last(done)
    assert len(gateway.calls) == 2


def test_a_wrong_clock_is_one_clear_line_and_ends_the_run(tmp_path):
    registered(tmp_path)
    with Gateway(total=5, clock=86_400) as gateway:
        pace = {"BAZAARWATCH_ACCESS__ALIEXPRESS__DELAY": "3"}
        done = crawl(tmp_path, gateway, "-a", "brand=VELQUORA", "-a", "keywords=velquora|other", **pace)
    assert done.returncode == 1
    assert "set the clock and run again (IllegalTimestamp The specified timestamp is expired)" in last(done)
    assert len(gateway.calls) == 1


def test_a_wrong_secret_is_one_clear_line(tmp_path):
    registered(tmp_path)
    with Gateway(total=5) as gateway:
        done = crawl(tmp_path, gateway, "-a", "brand=VELQUORA", BAZAARWATCH_ALIEXPRESS_APP_SECRET="other")
    assert done.returncode == 1
    assert "is BAZAARWATCH_ALIEXPRESS_APP_SECRET the secret of that key?" in last(done)


@pytest.mark.parametrize(
    ("arguments", "env", "line"),
    [
        ((), {"BAZAARWATCH_ALIEXPRESS_APP_KEY": ""}, "set BAZAARWATCH_ALIEXPRESS_APP_KEY in the environment"),
        (("-a", "shop=1"), {}, "aliexpress_api searches for words"),
    ],
)
def test_what_cannot_start_is_wrong_usage(tmp_path, arguments, env, line):
    done = crawl(tmp_path, None, "-a", "brand=VELQUORA", *arguments, **env)
    assert done.returncode == 2
    assert line in last(done)
