"""`bazaarwatch evidence` as a user runs it, on the stand-in."""

import json
import sqlite3
import zipfile
from contextlib import closing

import pytest

from crawler.cli.shared import opened
from crawler.config import load_config
from evidence.keeping import found_again, write_sealed
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from store.people import OPERATOR
from tests.crawling import command, count_in, crawl, registered
from tests.evidencing import sealed
from tests.sandbox_shop import line, write

ITEM = "700000000902"
URL = f"https://item.taobao.com/item.htm?id={ITEM}"
SAW = "the genuine logo has three stripes, this one has four"


@pytest.fixture
def market(tmp_path):
    """The stand-in with one listing that is flagged, and the client registered."""
    registered(tmp_path)
    with Sandbox(read_catalogue(write(tmp_path, [line(902, title="VELQUORA 高仿 跑鞋", price="300")]))) as box:
        yield box


def at(box, **more):
    return {"BAZAARWATCH_TRANSPORT": f"sandbox:{box.port}", "BAZAARWATCH_ACCESS__TAOBAO__DELAY": "0", **more}


def evidence(box, folder, *args, **more):
    return command("evidence", *args, folder=folder, **at(box, **more))


@pytest.mark.browser
def test_from_a_flagged_link_to_what_a_platform_and_a_court_get(tmp_path, market):
    crawl("-a", "brand=velquora", folder=tmp_path, **at(market))
    done = evidence(market, tmp_path, "capture", URL, "--moment", "filing")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("sealed: evidence 1: ")
    assert "timestamps pending: " in done.stderr
    sheet = evidence(market, tmp_path, "compare", "1", "--difference", SAW)
    assert sheet.returncode == 0, sheet.stderr
    assert next((tmp_path / "data" / "evidence").rglob("comparison.pdf")).read_bytes().startswith(b"%PDF")
    listed = evidence(market, tmp_path, "list")
    assert [row.split("\t")[3] for row in listed.stdout.splitlines()[1:]] == ["comparison", "capture"]
    for audience in ("platform", "court"):
        out = tmp_path / f"{audience}.zip"
        given = evidence(market, tmp_path, "export", "1", "2", "--for", audience, "--out", out)
        assert given.returncode == 0, given.stderr
        assert command("evidence", "verify", out, folder=tmp_path).returncode == 0
    names = zipfile.ZipFile(tmp_path / "platform.zip").namelist()
    assert any(name.endswith("comparison.pdf") for name in names)
    assert not any(name.endswith((".wacz", ".html", "headers.json")) for name in names)
    logged = "select group_concat(to_state) from (select to_state from event where entity = 'evidence' order by id)"
    assert count_in(tmp_path, logged) == ("captured,captured,viewed,viewed,exported,exported,exported,exported",)
    assert command("events", "verify", folder=tmp_path).returncode == 0


@pytest.mark.browser
def test_the_sheet_says_what_was_typed_and_from_what_it_was_made(tmp_path, market):
    crawl("-a", "brand=velquora", folder=tmp_path, **at(market))
    evidence(market, tmp_path, "capture", ITEM)
    evidence(market, tmp_path, "compare", "1", "--difference", SAW)
    (folder,) = (tmp_path / "data" / "evidence").glob("*/*/*-comparison")
    assert json.loads((folder / "differences.json").read_bytes())["differences"] == [SAW]
    files = {each["path"]: each for each in json.loads((folder / "manifest.json").read_bytes())["files"]}
    (source,) = files["picture_marked.png"]["derived_from"]
    assert (source["path"], source["bundle"].startswith(f"taobao/{ITEM}/")) == ("images/01.png", True)
    assert "picture_marked.png" in [each["path"] for each in files["comparison.png"]["derived_from"]]


@pytest.mark.browser
def test_a_crawl_captures_what_it_flags_when_it_is_told_to(tmp_path, market):
    done = crawl("-a", "brand=velquora", folder=tmp_path, **at(market, BAZAARWATCH_EVIDENCE__DURING_CRAWL="true"))
    assert (done.code, len(done.rows)) == (0, 1), done.said
    assert count_in(tmp_path, "select count(*), min(state) from evidence") == (1, "timestamp_pending")
    assert count_in(tmp_path, "select actor from event where entity = 'evidence'") == ("system",)


@pytest.mark.browser
def test_a_wall_ends_3_and_robots_txt_5_and_nothing_is_kept(tmp_path, market):
    market.wall = "captcha"
    assert evidence(market, tmp_path, "capture", URL).returncode == 3
    assert not list(tmp_path.glob("data/evidence/*/*/*"))


@pytest.mark.browser
def test_robots_txt_is_obeyed_unless_a_basis_is_recorded(tmp_path):
    registered(tmp_path)
    goods = read_catalogue(write(tmp_path, [line(902, title="VELQUORA")]))
    with Sandbox(goods, robots="real") as box:
        refused = evidence(box, tmp_path, "capture", URL)
        basis = {
            "BAZAARWATCH_ACCESS__TAOBAO__BASIS": "agreement of 2026, file 17",
            "BAZAARWATCH_ACCESS__TAOBAO__SINCE": "2026-01-02",
        }
        taken = evidence(box, tmp_path, "capture", URL, **basis)
    assert (refused.returncode, "access.taobao.basis" in refused.stderr) == (5, True)
    assert taken.returncode == 0, taken.stderr


def test_without_a_chinese_font_nothing_is_sealed(tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>")
    registered(tmp_path)
    more = {"BAZAARWATCH_TRANSPORT": "sandbox:9", "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    done = command("evidence", "capture", URL, folder=tmp_path, **more)
    assert done.returncode == 2
    assert done.stderr.strip().startswith("error: no Chinese font on this machine")
    assert len(done.stderr.strip().splitlines()) == 1


def test_verify_names_the_file_and_ends_1(tmp_path):
    bundle = sealed(tmp_path / "evidence")
    page = bundle.folder / "page.html"
    page.chmod(0o600)
    page.write_bytes(page.read_bytes().replace(b"VELQUORA", b"VELQUORB"))
    done = command("evidence", "verify", bundle.folder, folder=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (1, "WRONG page.html: was changed")
    assert not (tmp_path / "data").exists()  # no database was opened


@pytest.mark.parametrize("name", ["nothing", "empty", "note.zip"])
def test_what_is_no_evidence_is_wrong_usage(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.zip").write_text("hello")
    assert command("evidence", "verify", tmp_path / name, folder=tmp_path).returncode == 2


@pytest.fixture
def kept(tmp_path):
    """A data folder with one bundle that is written down."""
    config = load_config(data=tmp_path / "data")
    with opened(config) as (config, store):
        yield config, store, write_sealed(store, sealed(tmp_path / "data" / "evidence"), OPERATOR)


def test_what_changed_or_is_incomplete_is_not_handed_out(tmp_path, kept):
    config, store, row = kept
    page = config.data / "evidence" / row.place / "page.html"
    page.chmod(0o600)
    page.write_bytes(b"other")
    out = tmp_path / "x.zip"
    done = command("evidence", "export", "1", "--for", "court", "--out", out, folder=tmp_path)
    assert (done.returncode, out.exists()) == (1, False)
    write_sealed(store, sealed(tmp_path / "data" / "evidence", item_id="2", missing=["title"]), OPERATOR)
    done = command("evidence", "export", "2", "--for", "court", "--out", out, folder=tmp_path)
    assert (done.returncode, "is incomplete" in done.stderr) == (2, True)


def test_a_bundle_that_was_swapped_for_another_is_found_by_the_hash_in_the_store(tmp_path, kept):
    config, _, row = kept
    folder = config.data / "evidence" / row.place
    other = sealed(tmp_path / "other", files={"page.html": b"forged"})
    folder.rename(tmp_path / "away")
    other.folder.rename(folder)
    done = command("evidence", "export", "1", "--for", "court", "--out", tmp_path / "x.zip", folder=tmp_path)
    assert (done.returncode, "is not the one that was written down" in done.stdout) == (1, True)


def test_what_was_sealed_and_not_written_down_is_found_again(tmp_path, kept):
    config, store, _ = kept
    bundle = sealed(tmp_path / "data" / "evidence", item_id="3")
    assert found_again(config, store) == [f"written down: {bundle.place}"]
    assert found_again(config, store) == []


def test_purge_takes_what_is_old_enough_and_leaves_a_certificate(tmp_path, kept):
    config, _, row = kept
    assert command("evidence", "purge", folder=tmp_path).stdout == ""
    with closing(sqlite3.connect(config.data / "bazaarwatch.sqlite")) as database, database:
        database.execute("update evidence set captured_at = '2020-01-01'")
    done = command("evidence", "purge", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (certificate,) = (config.data / "evidence-purged").iterdir()
    said = json.loads(certificate.read_bytes())
    assert (said["manifest_sha256"], len(said["files"])) == (row.manifest_sha256, 4)
    assert not (config.data / "evidence" / row.place).exists()
    assert count_in(tmp_path, "select state from evidence") == ("purged",)
