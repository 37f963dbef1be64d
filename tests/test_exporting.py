"""What was flagged leaves as a file with all that is known, and as lists that the portal's paste box takes."""

import csv
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from crawler.exports import BOM, COLUMNS
from store.custody import EvidenceRecord, keep
from store.models import AuthorisedSeller, Candidate, Listing, Right, Seller
from store.people import OPERATOR, add_user
from store.traits import refresh
from tests.flagging import AT, flag, judged, sighting
from tests.registering import account, right

pytest_plugins = ["tests.commanding"]

CONFIRM = ("--to", "confirmed", "--reason", "tm_seller_admission")


def rows(path="x.csv"):
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def lists(folder="links"):
    return {path.name: path.read_text().splitlines() for path in sorted(Path(folder).glob("*.txt"))}


def test_a_row_has_all_that_is_known_of_a_candidate(run, store):
    flag(store, sighting(1))
    assert run("export", "x.csv") == (0, "1 flagged links written to x.csv\n", "")
    (row,) = rows()
    assert tuple(row) == COLUMNS
    assert Path("x.csv").read_bytes().startswith(BOM)
    assert (row["right_no"], row["right_id"], row["registrant"], row["classes"]) == ("99000001", "R1", "Oriva AG", "25")
    assert (row["poa_id"], row["poa_expiry"], row["obstacles"]) == ("P1", "2028-01-01", "")
    assert (row["reason_code"], row["reason_label_zh"]) == ("tm_seller_admission", "卖家自认仿制")
    assert row["reason_text_zh"].startswith("我方系第99000001号“ORIVA”注册商标")
    assert row["reason_text_en"].startswith("We act for Oriva AG, owner of registration no. 99000001")
    assert (row["template"], row["missing"], row["complaint_type"]) == ("tm_seller_admission.v1", "", "product")
    assert (row["band"], row["against"]) == ("flag", "The price is that of a genuine article.")
    assert (row["status"], row["decision"], row["analyst"], row["candidate_id"]) == ("queued", "", "", "1")
    assert row["status_at"].endswith("+08:00")


@pytest.mark.parametrize(("missing", "told"), [((), "taobao/1/x"), (("the title is not on the page",), "")])
def test_whole_evidence_is_in_the_row_and_what_is_incomplete_is_not(run, store, missing, told):
    flag(store, sighting(1))
    with store.writing() as session:
        listing = session.get(Candidate, 1).listing
        record = EvidenceRecord(
            id_space=listing.id_space,
            item_id=listing.item_id,
            moment="discovery",
            kind="capture",
            place="taobao/1/x",
            manifest_sha256="a" * 64,
            captured_by="test",
            captured_at=AT,
            missing=missing,
        )
        keep(session, record, OPERATOR, datetime.now(UTC))
    run("export", "x.csv")
    (row,) = rows()
    assert row["evidence_path"] == told
    assert (row["evidence_ids"], row["evidence_sha256"]) == (("1", "a" * 64) if told else ("", ""))


def test_a_listing_of_two_clients_says_so_but_not_to_a_client(run, store, monkeypatch):
    with store.writing() as session:
        add_user(session, "mia", ["client"], "Oriva", AT)
    flag(store, replace(sighting(1), verdicts=(judged(client="Oriva"), judged(client="Norvane"))))
    run("export", "x.csv", "--client", "Oriva")
    assert rows()[0]["also_for"] == "Norvane"
    assert "also_for\tNorvane" in run("candidates", "show", 1)[1]
    monkeypatch.setenv("BAZAARWATCH_USER", "mia")
    run("export", "x.csv")
    assert rows()[0]["also_for"] == ""
    assert "Norvane" not in run("candidates", "show", 1)[1]


def test_shops_of_one_owner_are_in_one_cluster(run, store):
    flag(store, sighting(1), sighting(2))
    with store.writing() as session:
        for number, listing in enumerate(session.scalars(select(Listing)).all()):
            shop = Seller(
                id_space="taobao", seller_id=f"shop-{number}", first_seen=AT, last_seen=AT, licence_no="91330100MA"
            )
            session.add(shop)
            session.flush()
            listing.seller_pk = shop.id
            refresh(session, [shop.id])
    run("export", "x.csv", "--state", "all")
    one, other = rows()
    assert one["seller_cluster"] == other["seller_cluster"] != ""


def test_a_decision_is_in_the_row(run, store):
    flag(store, sighting(1), sighting(2))
    assert run("candidates", "decide", 1, *CONFIRM, "--note", "高仿")[0] == 0
    assert run("candidates", "decide", 2, "--to", "dismissed", "--reason", "genuine")[0] == 0
    assert run("export", "x.csv", "--state", "all")[0] == 0
    confirmed, dismissed = rows()
    assert (confirmed["decision"], confirmed["analyst"], confirmed["note"]) == ("confirmed", "operator", "高仿")
    assert (dismissed["decision"], dismissed["reason_code"]) == ("dismissed", "genuine")


def test_what_a_person_must_still_type_is_told(run, store):
    flag(store, sighting(1))
    assert run("candidates", "decide", 1, "--to", "confirmed", "--reason", "tm_counterfeit_features")[0] == 0
    assert run("export", "x.csv", "--state", "confirmed")[0] == 0
    assert rows()[0]["missing"] == "the differences from the genuine article"
    assert "【请填写：与正品的不同之处】" in rows()[0]["reason_text_zh"]


def test_the_workbook_has_the_same_columns_and_keeps_ids_as_text(run, store):
    flag(store, sighting(1, title="=1+1"))
    assert run("export", "x.xlsx")[0] == 0
    header, row = openpyxl.load_workbook("x.xlsx").active.iter_rows()
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert tuple(cells) == COLUMNS
    assert (cells["item_id"].data_type, cells["candidate_id"].data_type) == ("s", "s")
    assert cells["title"].value == "'=1+1"


@pytest.mark.parametrize("words", [["--state", "confirmed"], ["--marketplace", "1688"], ["--band", "watch"]])
def test_an_export_may_be_narrowed(run, store, words):
    flag(store, sighting(1))
    assert run("export", "x.csv", *words)[1] == "0 flagged links written to x.csv\n"


def test_the_links_are_a_list_for_each_site_and_right_no_longer_than_the_portal_takes(run, store):
    flag(store, *(sighting(number) for number in range(301)), sighting(999, marketplace="1688"))
    code, out, _ = run("export", "--links", "links", "--state", "queued")
    found = lists()
    assert code == 0
    assert sorted(len(links) for links in found.values()) == [1, 1, 300]
    assert [name.rpartition(".links")[2] for name in found] == [".txt", "-1.txt", "-2.txt"]
    assert len({link for links in found.values() for link in links}) == 302
    for name in found:
        data = Path("links", name).read_bytes()
        assert Path("links", f"{name}.sha256").read_text() == f"{hashlib.sha256(data).hexdigest()}  {name}\n"
    assert out.count("links written to") == 3


def test_the_lists_are_of_what_was_confirmed_one_reason_each(run, store):
    flag(store, *(sighting(number) for number in (1, 2, 3)))
    assert run("export", "--links", "a")[1] == (
        "no candidate is confirmed; --state queued takes those that nobody has decided on yet\n"
    )
    assert run("candidates", "decide", 1, *CONFIRM)[0] == 0
    assert run("candidates", "decide", 2, "--to", "confirmed", "--reason", "tm_misuse_title")[0] == 0
    assert run("export", "x.csv", "--links", "links", "--account", "A")[0] == 0
    assert [name.split(".")[-3] for name in lists()] == ["tm_misuse_title", "tm_seller_admission"]
    assert len(rows()) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "cancelled"}, "status_cancelled: the office's register says that it was cancelled"),
        ({"jurisdiction": "DE"}, "country: "),
        ({"registrant": "0riva AG"}, "poa_grantor: "),
    ],
)
def test_a_right_that_may_not_be_used_is_named_and_its_links_stay_out(run, store, change, said):
    flag(store, sighting(1))
    with store.writing() as session:
        for name, value in change.items():
            setattr(session.get(Right, 1), name, value)
    code, out, _ = run("export", "x.csv", "--links", "links", "--state", "queued")
    assert (code, lists()) == (0, {})
    assert f"1 links stay out: R1 on taobao: {said}" in out
    assert rows()[0]["obstacles"].startswith(said)


def test_the_link_of_an_authorised_seller_stays_out(run, store):
    flag(store, sighting(1))
    with store.writing() as session:
        session.add(AuthorisedSeller(client_id=1, marketplace="tmall", seller_id="77"))
    assert "authorised: the client authorised" in run("export", "--links", "links", "--state", "queued")[1]
    assert lists() == {}


def test_what_was_dismissed_is_in_no_list_whatever_the_state_that_is_asked_for(run, store):
    flag(store, sighting(1))
    assert run("candidates", "decide", 1, "--to", "dismissed", "--reason", "genuine")[0] == 0
    out = run("export", "--links", "links", "--state", "all")[1]
    assert (lists(), out) == ({}, "1 links stay out: R1 on taobao: the candidate is dismissed\n")


def test_a_shop_front_is_complained_of_by_the_address_of_the_shop(run, store):
    flag(store, sighting(1))
    assert run("candidates", "decide", 1, "--to", "confirmed", "--reason", "tm_store_front")[0] == 0
    assert run("export", "x.csv", "--links", "links")[0] == 0
    assert list(lists().values()) == [["https://shop77.taobao.com/"]]
    assert rows()[0]["complaint_type"] == "store_front"


def test_a_name_with_a_slash_leads_nowhere_else(run, store):
    with store.writing() as session:
        session.add(right(id=2, client_id=1, right_id="../../R\\2", number="99000002"))
        session.add(account(name="../A", holder="Oriva AG", client_id=1))
    flag(store, sighting(1))
    with store.writing() as session:
        session.get(Candidate, 1).right_pk = 2
    run("export", "--links", "deep/links", "--state", "queued", "--account", "A")
    assert [path.name for path in Path("deep").iterdir()] == ["links"]
    assert not list(Path().glob("*.txt"))


def test_a_txt_has_all_links_and_warns_of_those_that_may_not_be_used(run, store):
    flag(store, sighting(1), sighting(2, marketplace="1688"))
    with store.writing() as session:
        session.get(Right, 1).state = "suspended"
    code, _, said = run("export", "all.txt")
    assert (code, len(Path("all.txt").read_text().splitlines())) == (0, 2)
    assert "warning: 2 of them may not be complained of today" in said


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "give a .csv, .xlsx or .txt file, or --links FOLDER"),
        (["x.pdf"], "x.pdf: give a .csv, .xlsx or .txt file"),
        (["--links", "full"], "full: is there already; give a new folder"),
        (["x.csv", "--client", "nobody"], "no client is called nobody"),
        (["x.csv", "--account", "nobody"], "no platform account is called nobody"),
    ],
)
def test_a_wrong_word_is_one_line(run, store, words, line):
    Path("full").mkdir()
    Path("full", "old.links.txt").touch()
    code, _, said = run("export", *words)
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(line)


def test_a_clients_user_exports_nothing_of_another_client(run, store, monkeypatch):
    flag(store, sighting(1))
    with store.writing() as session:
        add_user(session, "otto", ["client"], "Norvane", AT)
    monkeypatch.setenv("BAZAARWATCH_USER", "otto")
    assert run("export", "x.csv")[1] == "0 flagged links written to x.csv\n"
    assert run("export", "x.csv", "--client", "Oriva")[2] == "otto sees Norvane alone"


def test_a_right_of_nobodys_is_in_no_list(run, store):
    seen = sighting(1)
    flag(store, type(seen)(listing=seen.listing, verdicts=(judged(client="Oriva", right=None),)))
    assert "no_right: no registered right was found infringed" in run("export", "--links", "x", "--state", "queued")[1]
