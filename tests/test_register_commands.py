"""The register on the command line: files in, papers out, and a clear line for whatever is wrong with either."""

import io
import multiprocessing
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from crawler.cli.shared import take_rights
from crawler.config import load_config
from store.blobs import Blobs
from store.database import Store
from store.events import verify_chain
from store.models import Client, Event, Mark, PowerOfAttorney, Right, RightDocument
from store.names import client_code
from store.register.kinds import KINDS
from tests.drawing import encoded
from tests.test_images_page import page

PDF = b"%PDF-1.7\n" + bytes(200)
RIGHT = (
    "client,right_id,type,mark,number,jurisdiction,registrant,nice_classes,registered_on,expires_on,status,documents\n"
)
pytest_plugins = ["tests.commanding"]

ORIVA = "Oriva AG,R1,trademark,ORIVA,99000001,CN,Oriva AG,25,2021-05-01,2031-04-30,registered,certificate:c.pdf\n"
ACCOUNT = "account,portal,role,holder,verified_on\nagency,ipp,agent,Lantern Ltd,2024-01-15\n"
POA = "client,poa_id,grantor,grantee,rights,actions,valid_from,valid_to,signatory,signatory_title,seal,scan\n"
OUR_POA = "Oriva AG,P1,Oriva AG,Lantern Ltd,R1,file,2025-01-01,2040-01-01,Mara,Director,yes,p.pdf\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A database with the tables, made once."""
    path = tmp_path_factory.mktemp("empty") / "bazaarwatch.sqlite"
    Store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(autouse=True)
def papers(run):
    """In the folder where the commands run."""
    Path("c.pdf").write_bytes(PDF)
    Path("p.pdf").write_bytes(PDF + b"poa")


def write(name, text):
    Path(name).write_text(text, encoding="utf-8")
    return name


def count(store, model):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def filled(run):
    for what, text in (("rights", RIGHT + ORIVA), ("accounts", ACCOUNT), ("poas", POA + OUR_POA)):
        assert run("rights", "import", write(f"{what}.csv", text), "--what", what)[0] == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx", "yaml"])
def test_a_template_can_be_imported_as_it_is(run, ending):
    for what in KINDS:
        assert run("rights", "template", f"{what}.{ending}", "--what", what)[0] == 0
        assert run("rights", "import", f"{what}.{ending}", "--what", what)[0] == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["template", "r.pdf"], "r.pdf: give a .csv, .xlsx or .yaml file"),
        (["template", "c.pdf"], "c.pdf is there already"),
        (["template", "r.csv", "--what", "goods"], "--what is one of rights, accounts, poas, sellers, prices"),
        (["import", "r.csv", "--what", "goods"], "--what is one of"),
        (["show", "R9"], "no right is called R9"),
        (["check", "--client", "nobody"], "no client is called nobody"),
        (["pack", "R9", "--account", "a", "--out", "x.pdf"], "x.pdf: give a .zip file"),
        (["pack", "R9", "--account", "a", "--out", "x.zip"], "no right is called R9"),
        (["registered", "R9", "--account", "a", "--status", "verified"], "no right is called R9"),
    ],
)
def test_a_wrong_word_is_one_line(run, words, line):
    code, _, said = run("rights", *words)
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(line)


def test_a_right_goes_from_the_file_to_the_portal_and_is_then_usable(run):
    filled(run)
    code, out, _ = run("rights", "check")
    assert (code, "not_submitted" in out) == (1, True)
    assert run("rights", "pack", "R1", "--account", "agency", "--out", "new/r1.zip")[1].endswith("nothing is missing\n")
    with zipfile.ZipFile("new/r1.zip") as pack:
        names = pack.namelist()
        assert names == [
            *("checklist.txt", "power-of-attorney.zh.txt", "power-of-attorney.en.txt"),
            *("01-certificate.pdf", "poa-01-poa.pdf"),
        ]
        assert pack.read("01-certificate.pdf") == PDF
        draft = pack.read("power-of-attorney.zh.txt").decode("utf-8-sig")
    assert "授权人：Oriva AG" in draft
    assert "第99000001号“ORIVA”，第25类" in draft
    assert run("rights", "registered", "R1", "--account", "agency", "--status", "verified")[0] == 0
    assert run("rights", "check") == (0, "nothing is to be done\n", "")
    assert "use on taobao\tyes" in run("rights", "show", "99000001")[1]


def test_the_same_papers_make_the_same_zip(run):
    filled(run)
    for name in ("a.zip", "b.zip"):
        run("rights", "pack", "R1", "--account", "agency", "--out", name)
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()


def test_a_pack_says_what_is_missing_in_both_languages(run):
    run("rights", "import", write("r.csv", RIGHT + ORIVA.replace("certificate:c.pdf", "")))
    run("rights", "import", write("a.csv", ACCOUNT), "--what", "accounts")
    assert (
        "missing: certificate of registration"
        in run("rights", "pack", "R1", "--account", "agency", "--out", "x.zip")[1]
    )
    with zipfile.ZipFile("x.zip") as pack:
        told = pack.read("checklist.txt").decode("utf-8-sig")
    assert "[ ] certificate of registration (colour scan with the class pages) / 注册证书" in told
    assert "[ ] power of attorney for Lantern Ltd / 授权委托书" in told


def test_a_scan_that_was_changed_in_the_data_folder_is_packed_no_more(run, store, tmp_path):
    filled(run)
    with store.reading() as session:
        sha256 = session.scalars(select(RightDocument.sha256)).one()
    Blobs(tmp_path / "data" / "blobs").path(sha256).write_bytes(b"%PDF-another")
    code, _, said = run("rights", "pack", "R1", "--account", "agency", "--out", "x.zip")
    assert (code, said) == (2, "c.pdf in the data folder was changed since it was imported")
    assert not (tmp_path / "x.zip").exists()


def test_a_dry_run_changes_nothing(run, store, tmp_path):
    code, out, _ = run("rights", "import", write("r.csv", RIGHT + ORIVA), "--dry-run")
    assert (code, out) == (0, "1 rights would be added, 0 would be brought up to date\n")
    assert [count(store, model) for model in (Client, Right, Event)] == [0, 0, 0]
    assert not (tmp_path / "data" / "blobs").exists()
    filled(run)
    run("rights", "import", write("p.csv", POA + OUR_POA.replace("P1", "P2")), "--what", "poas", "--dry-run")
    assert count(store, PowerOfAttorney) == 1


def test_every_file_may_be_imported_again_and_changes_nothing(run, store):
    filled(run)
    before = count(store, Event)
    filled(run)
    assert count(store, Event) == before
    with store.reading() as session:
        assert verify_chain(session, 1).problems == ()


def test_what_changes_is_told_in_the_log(run, store):
    filled(run)
    run("rights", "import", write("r.csv", RIGHT + ORIVA.replace("Oriva AG,25", "Oriva SE,25")))
    with store.reading() as session:
        last = session.scalars(select(Event).where(Event.entity == "right").order_by(Event.id.desc())).first()
    assert (last.from_state, last.to_state, last.payload) == (
        "draft",
        "draft",
        {"registrant": ["Oriva AG", "Oriva SE"]},
    )


def test_a_column_that_a_file_does_not_have_leaves_what_stands(run, store):
    filled(run)
    run("rights", "import", write("r.csv", "client,right_id,type,mark\nOriva AG,R1,trademark,ORIVA\n"))
    assert count(store, RightDocument) == 1
    with store.reading() as session:
        assert session.scalars(select(Right.number)).one() == "99000001"


def test_a_client_may_have_a_slash_in_the_name(run, store):
    filled(run)
    name = "Oriva/Süd ../AG"
    run("rights", "import", write("r.csv", RIGHT + ORIVA.replace("Oriva AG,R1", f"{name},R2")))
    assert run("rights", "pack", "R2", "--account", "agency", "--out", "x.zip")[0] == 0
    assert f"{name}\tR2" in run("rights", "list", "--client", name)[1]
    with store.reading() as session:
        code = session.scalars(select(Client.code).where(Client.name == name)).one()
    assert code == client_code(name)
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def mangled(column, value):
    cells = dict(zip(RIGHT.strip().split(","), ORIVA.strip().split(","), strict=True)) | {column: value}
    return RIGHT + ",".join(cells.values()) + "\n"


@pytest.mark.parametrize(
    ("column", "value", "line"),
    [
        ("expires_on", "2574-04-30", "expires_on: the year 2574 is of another calendar; is 2031 meant?"),
        ("expires_on", "民国120年4月30日", "expires_on: is of another calendar; write the day as 2031-05-01"),
        ("expires_on", "令和13年4月30日", "expires_on: is of another calendar; write the day as 2031-05-01"),
        ("expires_on", "1453-04-30", "expires_on: the year 1453 is of another calendar, or a slip"),
        ("expires_on", "30/04/2031", "expires_on: must be a date such as 2031-05-01"),
        ("expires_on", "47968", "expires_on: must be a date such as 2031-05-01"),
        ("expires_on", "2020-04-30", "expires_on: 2020-04-30 is before registered_on, 2021-05-01"),
        ("documents", "diploma:c.pdf", "documents: 'diploma:c.pdf' is not role:file"),
        ("documents", "certificate:none.pdf", "R1: documents: none.pdf: no such file"),
        ("documents", "certificate:../c.pdf", "R1: documents: ../c.pdf: leaves the folder of the file"),
        ("documents", "certificate:r.csv", "R1: documents: r.csv: is no scan: give a PDF, JPEG, PNG, TIFF or WebP"),
        ("documents", "certificate:big.pdf", "R1: documents: big.pdf: 100 MB, larger than 50 MB"),
    ],
)
def test_a_right_that_is_wrong_is_one_line_and_nothing_is_written(run, store, tmp_path, column, value, line):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(100 * 2**20)
    code, _, said = run("rights", "import", write("r.csv", mangled(column, value)))
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(f"line 2: {line}")
    assert count(store, Client) == 0


def workbook(change):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (RIGHT, ORIVA, ORIVA.replace("R1", "R2")):
        sheet.append(line.strip().split(","))
    change(sheet)
    book.save("r.xlsx")
    return "r.xlsx"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda sheet: sheet.merge_cells("A2:A3"), "line 3: client: is part of the merged cells A2:A3: unmerge them"),
        (lambda sheet: sheet.__setitem__("D2", '=CONCAT("OR","IVA")'), "line 2: mark: is a formula that was never"),
        (lambda sheet: sheet.__setitem__("E2", "#REF!"), "line 2: number: holds the error #REF! of a formula"),
        (lambda sheet: sheet.merged_cells.add("A2:XFD1048576"), "r.xlsx: has more merged cells than any register"),
    ],
)
def test_a_workbook_that_hides_what_it_means_is_one_line(run, store, change, line):
    code, _, said = run("rights", "import", workbook(change))
    assert code == 2
    assert said.startswith(line)
    assert count(store, Client) == 0


def test_a_formula_that_was_calculated_is_its_value(run, store, tmp_path):
    name = workbook(lambda sheet: sheet.__setitem__("D2", "=1"))
    with zipfile.ZipFile(name) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = (
        parts[sheet].replace(b"<f>1</f><v></v>", b"<f>1</f><v>77</v>").replace(b"<f>1</f><v/>", b"<f>1</f><v>77</v>")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        for part, content in parts.items():
            book.writestr(part, content)
    (tmp_path / name).write_bytes(data.getvalue())
    assert run("rights", "import", name)[0] == 0
    assert "R1\ttrademark\t77" in run("rights", "list")[1]


def test_two_rights_with_one_number_are_told_and_imported(run):
    code, out, said = run("rights", "import", write("r.csv", RIGHT + ORIVA + ORIVA.replace("R1", "R2")))
    assert (code, out) == (0, "2 rights added, 0 brought up to date\n")
    assert "warning: line 3: number: 99000001 is that of the right in line 2 too" in said
    assert "number 99000001 is that of another right too" in run("rights", "check")[1]
    assert "2 rights are called 99000001" in run("rights", "show", "99000001")[2]


def test_the_picture_of_a_mark_that_is_a_certificate_is_told(run, store, tmp_path):
    (tmp_path / "scan.jpg").write_bytes(encoded(page()))
    text = "client,right_id,type,images\nOriva AG,R1,trademark,scan.jpg\n"
    code, _, said = run("rights", "import", write("r.csv", text))
    assert code == 0
    assert "warning: line 2: R1: scan.jpg: looks like a page of text, such as a certificate" in said
    assert count(store, Mark) == 1


@pytest.mark.parametrize(
    ("what", "text", "line"),
    [
        ("poas", POA + OUR_POA.replace("R1", "R7"), "line 2: rights: 'R7' is no right_id and no number of 'Oriva AG'"),
        ("poas", POA + OUR_POA.replace("Oriva AG,P1", "Olum,P1"), "line 2: client: 'Olum' is not in the register"),
        ("poas", POA + OUR_POA.replace("file", "sue"), "line 2: actions: 'sue' is none of file, respond"),
        ("poas", POA + OUR_POA.replace("2040", "2024"), "line 2: valid_to: 2024-01-01 is before valid_from"),
        ("poas", POA + OUR_POA.replace("yes", "maybe"), "line 2: seal: must be yes or no"),
        ("poas", POA + OUR_POA.replace("p.pdf", "none.pdf"), "line 2: P1: none.pdf: no such file"),
        ("poas", POA + OUR_POA + OUR_POA, "line 3: Oriva AG P1 stands in line 2 already"),
        ("accounts", ACCOUNT.replace("agent", "friend"), "line 2: role: must be owner or agent"),
        ("accounts", ACCOUNT.replace("agent", "owner"), "line 2: client: an owner's account says whose it is"),
        ("sellers", "client,marketplace\nOriva AG,taobao\n", "line 2: one of seller_id and item_id is needed"),
        ("sellers", "client,marketplace,seller_id\nOriva AG,ebay,1\n", "line 2: marketplace: must be taobao, tmall"),
        (
            "prices",
            "client,right_id,model,price,currency\nOriva AG,R1,X,free,CNY\n",
            "line 2: price: 'free' is no amount",
        ),
        ("prices", "client,right_id,model,price,currency\nOriva AG,R9,X,1,CNY\n", "line 2: right_id: 'R9' is not in"),
    ],
)
def test_another_file_that_is_wrong_is_one_line_and_nothing_is_written(run, store, what, text, line):
    filled(run)
    before = count(store, Event)
    code, _, said = run("rights", "import", write("x.csv", text), "--what", what)
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(line)
    assert count(store, Event) == before


def test_the_good_rows_of_another_file_are_taken_where_that_is_wanted(run):
    filled(run)
    text = "client,marketplace,seller_id\nOriva AG,taobao,1\nNobody,taobao,2\nOriva AG,ebay,3\n"
    code, out, said = run("rights", "import", write("x.csv", text), "--what", "sellers", "--partial")
    assert (code, out) == (0, "1 authorised sellers or items brought up to date\n")
    assert said.count("warning: left out: line") == 2


def test_a_power_of_attorney_that_is_withdrawn_is_revoked(run, store):
    filled(run)
    text = POA.strip() + ",revoked_on\n" + OUR_POA.strip() + ",2026-01-01\n"
    run("rights", "import", write("p.csv", text), "--what", "poas")
    with store.reading() as session:
        assert session.scalars(select(PowerOfAttorney.state)).one() == "revoked"
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (last.to_state, last.reason) == ("revoked", "revoked on 2026-01-01")
    assert run("rights", "import", "p.csv", "--what", "poas")[0] == 0


def test_who_acts_is_in_the_log_and_must_be_known(run, store, monkeypatch):
    run("user", "add", "mei", "--role", "analyst")
    monkeypatch.setenv("BAZAARWATCH_USER", "mei")
    filled(run)
    with store.reading() as session:
        assert set(session.scalars(select(Event.actor))) == {"mei"}
    monkeypatch.setenv("BAZAARWATCH_USER", "nobody")
    code, _, said = run("rights", "import", "rights.csv")
    assert (code, said.partition(";")[0]) == (2, "there is no user nobody")


def test_a_right_that_is_suspended_is_used_no_more_until_a_paper_ends_it(run):
    filled(run)
    assert run("rights", "move", "R1", "suspended", "--reason", "x")[2].startswith(
        "right R1 is draft and cannot become"
    )
    run("rights", "registered", "R1", "--account", "agency", "--status", "verified")
    assert run("rights", "move", "R1", "suspended", "--reason", "cancellation asked for")[1] == "R1: suspended\n"
    assert "use on taobao\tit is suspended here" in run("rights", "show", "R1")[1]
    for document in ("renewal", ""):
        assert "the document that shows it is" in run("rights", "move", "R1", "verified", "--document", document)[2]
    assert run("rights", "move", "R1", "verified", "--document", "certificate")[1] == "R1: verified\n"


def test_a_clients_user_sees_and_touches_that_client_alone(run, monkeypatch):
    filled(run)
    run("rights", "import", write("n.csv", RIGHT + ORIVA.replace("Oriva AG,R1", "Norvane,N1")))
    run("user", "add", "ana", "--role", "client", "--client", "Oriva AG")
    run("user", "add", "mei", "--role", "analyst", "--client", "Oriva AG")
    monkeypatch.setenv("BAZAARWATCH_USER", "ana")
    assert "N1" not in run("rights", "list")[1] + run("rights", "check")[1]
    assert run("rights", "show", "N1")[2].startswith("no right is called N1")
    assert run("rights", "list", "--client", "Norvane")[2] == "ana sees Oriva AG alone"
    assert run("rights", "pack", "N1", "--account", "agency", "--out", "x.zip")[0] == 2
    assert run("rights", "import", "rights.csv")[2] == "ana may not import; that is for an analyst or a senior"
    monkeypatch.setenv("BAZAARWATCH_USER", "mei")
    assert run("rights", "import", "rights.csv")[0] == 0
    assert run("rights", "import", "n.csv")[2] == "mei works for Oriva AG alone, and the file is of Norvane too"
    assert run("rights", "import", "accounts.csv", "--what", "accounts")[2].endswith("the file is of no client too")


def _import(folder, ready, number):
    config = load_config(data=folder / "data", database_url=None)
    store = Store(config.database)
    ready.wait()
    take_rights(config, store, folder / f"r{number}.csv", partial=False)
    store.close()


def test_two_imports_at_once_wait_for_each_other(run, store, tmp_path):
    rows = "".join(ORIVA.replace("R1", f"R{number}").replace("99000001", str(number)) for number in range(300))
    for number in (0, 1):
        write(tmp_path / f"r{number}.csv", RIGHT + rows)
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    workers = [context.Process(target=_import, args=(tmp_path, ready, number)) for number in (0, 1)]
    for worker in workers:
        worker.start()
    ready.set()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [count(store, model) for model in (Client, Right, RightDocument, Event)] == [1, 300, 300, 300]
