"""A rights file is read strictly, written once, and never leaves its folder."""

import datetime as dt

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from store.blobs import Blobs
from store.database import Store
from store.models import AuthorisedSeller, Client, MarkName, ReferencePicture, Right
from store.names import fold_name
from store.queries import rights_of_brand
from store.register import import_rights, prepare, read_rights

HEADER = "client,right_id,type,kind,mark,names,aliases,number,nice_classes,expires_on,images,photos,reference_price,"
HEADER += "currency,distribution,authorised_sellers\n"
ROW = (
    "Oriva AG,R1,trademark,word,ORIVA,奥丽瓦,欧瓦,99000001,25|18,2031-05-01,,,599|84,CNY|USD,open,taobao:77|tmall:88\n"
)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    yield store
    store.close()


def rights_file(tmp_path, text, name="rights.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def load(store, path, check=lambda data: None):
    file = read_rights(path)
    blobs = Blobs(path.parent / "blobs")
    prepared = [prepare(row, file.folder, blobs, check) for _, row in file.rows]
    with store.writing() as session:
        return import_rights(session, prepared), [problem for each in prepared for problem in each.problems]


def test_a_row_is_read_whole(tmp_path):
    ((line, row),) = read_rights(rights_file(tmp_path, HEADER + ROW)).rows
    assert line == 2
    assert row.all_names() == [("name", "ORIVA"), ("name", "奥丽瓦"), ("alias", "欧瓦")]
    assert row.nice_classes == (25, 18)
    assert row.expires_on == dt.date(2031, 5, 1)
    assert row.reference_prices() == {"CNY": "599", "USD": "84"}
    assert row.sellers() == [("taobao", "77"), ("tmall", "88")]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (",R1,trademark,word,X,,,,,,,,,,,\n", "line 2: client: is missing"),
        ("A,R1,,word,X,,,,,,,,,,,\n", "line 2: type: is missing"),
        (
            "A,R1,brand,word,X,,,,,,,,,,,\n",
            "line 2: type: must be trademark, copyright, design or patent (not 'brand')",
        ),
        ("A,R1,trademark,word,,,,,,,,,,,,\n", "line 2: one of mark or images is needed"),
        ("A,R1,trademark,word,X,,,,46,,,,,,,\n", "line 2: nice_classes: must be 45 or less (not '46')"),
        (
            "A,R1,trademark,word,X,,,,,31.12.2030,,,,,,\n",
            "line 2: expires_on: must be a date such as 2031-05-01 (not '31.12.2030')",
        ),
        ("A,R1,trademark,word,X,,,,,,,,free,CNY,,\n", "line 2: reference_price: 'free' is no amount"),
        ("A,R1,trademark,word,X,,,,,,,,1,yuan,,\n", "line 2: currency: 'yuan' is no ISO 4217 code"),
        (
            "A,R1,trademark,word,X,,,,,,,,,,,ebay:1\n",
            "line 2: authorised_sellers: 'ebay:1' is not marketplace:seller_id",
        ),
        ("A,R1,trademark,word,X,,,,,,,,,,,,,\n", "rights.csv: line 2: more cells than the header has columns"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_number(tmp_path, row, line):
    errors = read_rights(rights_file(tmp_path, HEADER + row)).errors
    assert len(errors) == 1
    assert errors[0].startswith(line)


def test_two_rows_with_one_id_are_an_error(tmp_path):
    assert read_rights(rights_file(tmp_path, HEADER + ROW + ROW)).errors == (
        "line 3: right_id 'R1' of 'Oriva AG' stands in line 2 already",
    )


def test_a_client_is_either_open_or_closed(tmp_path):
    other = ROW.replace("R1", "R2").replace(",open,", ",closed,")
    assert (
        "distribution of 'Oriva AG' is open in line 2"
        in read_rights(rights_file(tmp_path, HEADER + ROW + other)).errors[0]
    )


def test_unknown_columns_are_reported_and_left_out(tmp_path):
    file = read_rights(rights_file(tmp_path, "client,right_id,type,mark,colour\nA,R1,trademark,X,red\n"))
    assert file.warnings == ("column 'colour' is not known and was left out",)
    assert not file.errors


def test_a_chinese_excel_csv_is_read(tmp_path):
    path = tmp_path / "rights.csv"
    path.write_bytes("client;right_id;type;mark\n奥丽瓦;R1;trademark;奥丽瓦\n".encode("gb18030"))
    assert read_rights(path).rows[0][1].mark == "奥丽瓦"


def test_xlsx_and_yaml_give_what_csv_gives(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["client", "right_id", "type", "mark", "number", "expires_on", "nice_classes"])
    book.active.append(["A", "R1", "trademark", "ORIVA", 99000001.0, dt.datetime(2031, 5, 1), "25|18"])  # noqa: DTZ001
    book.save(tmp_path / "rights.xlsx")
    text = "client,right_id,type,mark,number,expires_on,nice_classes\nA,R1,trademark,ORIVA,99000001,2031-05-01,25|18\n"
    yaml = "- {client: A, right_id: R1, type: trademark, mark: ORIVA, number: 99000001, expires_on: 2031-05-01,"
    yaml += " nice_classes: [25, 18]}\n"
    files = [
        read_rights(tmp_path / "rights.xlsx"),
        read_rights(rights_file(tmp_path, text)),
        read_rights(rights_file(tmp_path, yaml, "rights.yaml")),
    ]
    assert [file.errors for file in files] == [(), (), ()]
    assert files[0].rows[0][1] == files[1].rows[0][1] == files[2].rows[0][1]


MINIMAL = "client,right_id,type,mark,{}\nA,R1,trademark,X,{}\n"


@pytest.mark.parametrize(
    "day", ["2015-03-02", "2015/3/2", "2015.3.2", "2015年3月2日", "20150302", "2015-03-02 00:00:00"]
)
def test_a_day_whose_year_comes_first_is_read(tmp_path, day):
    ((_, row),) = read_rights(rights_file(tmp_path, MINIMAL.format("filed_on", day))).rows
    assert row.filed_on == dt.date(2015, 3, 2)


@pytest.mark.parametrize("day", ["3/2/2015", "2015-3/2", "2015-02-30", "1425254400", "03-02", "2015年3月", "soon"])
def test_any_other_day_is_told_in_plain_words(tmp_path, day):
    (error,) = read_rights(rights_file(tmp_path, MINIMAL.format("filed_on", day))).errors
    assert error == f"line 2: filed_on: must be a date such as 2031-05-01 (not {day!r})"


@pytest.mark.parametrize(
    ("price", "currency", "why"),
    [
        ("699", "", "currency is missing"),
        ("699|99", "CNY", "2 amounts do not go with 1 of currency"),
        ("699", "CNY|USD", "1 amounts do not go with 2 of currency"),
    ],
)
def test_a_price_that_goes_with_no_currency_is_left_out_and_the_row_kept(tmp_path, price, currency, why):
    text = MINIMAL.format("reference_price,currency", f"{price},{currency}")
    file = read_rights(rights_file(tmp_path, text))
    assert file.rows[0][1].reference_prices() == {}
    assert (file.errors, file.warnings) == ((), (f"line 2: reference_price: is left out: {why}",))


def test_a_currency_without_a_price_says_nothing(tmp_path):
    file = read_rights(rights_file(tmp_path, MINIMAL.format("reference_price,currency", ",CNY")))
    assert (len(file.rows), file.errors, file.warnings) == (1, (), ())


@pytest.mark.parametrize(
    "text", ["NO", "ON", "yes", "True", "007", "0123", "1e3", "0x1F", "1_000", "12:30", "2015-03-02"]
)
def test_what_yaml_would_take_for_something_else_stays_text(tmp_path, text):
    yaml = f"- {{client: A, right_id: {text}, type: trademark, mark: {text}, names: [{text}]}}\n"
    ((_, row),) = read_rights(rights_file(tmp_path, yaml, "rights.yaml")).rows
    assert (row.right_id, row.mark, row.names) == (text, text, (text,))


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_a_null_of_yaml_is_an_empty_cell(tmp_path, nothing):
    yaml = f"- client: A\n  right_id: R1\n  type: trademark\n  mark: X\n  number: {nothing}\n"
    assert read_rights(rights_file(tmp_path, yaml, "rights.yaml")).rows[0][1].number is None


def test_a_yaml_entry_is_told_by_the_line_where_it_begins(tmp_path):
    yaml = "# ours\n- client: A\n  right_id: R1\n  type: trademark\n  mark: X\n- client: A\n  right_id: R2\n"
    errors = read_rights(rights_file(tmp_path, yaml, "rights.yaml")).errors
    assert errors == ("line 6: type: is missing",)


def test_yaml_that_names_one_thing_a_million_times_over_is_told_at_once(tmp_path):
    nested = "".join(f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else 'x'] * 9)}]\n" for n in range(30))
    yaml = f"- client: A\n  right_id: R1\n  type: trademark\n  mark: X\n{nested}  names: *x29\n"
    errors = read_rights(rights_file(tmp_path, yaml, "rights.yaml")).errors
    assert errors == ("line 1: names: must be one value, or a list of values where several may stand",)


HEAD = b"client,right_id,type,mark\n"
WORKBOOK = "is an Excel workbook: give it a name that ends in .xlsx"
NO_TEXT = "is no text file in UTF-8, UTF-16 or GB 18030: save it as CSV UTF-8"
BROKEN_YAML = "line 2: is no YAML that can be read: expected ',' or '}', but got 'end of the file'"


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("r.csv", b"PK\x03\x04 and so on", WORKBOOK),
        ("r.csv", b"\x89PNG\xff\xff", NO_TEXT),
        ("r.csv", "client,right_id\nA,1\n".encode("utf-16-le"), NO_TEXT),
        ("r.csv", HEAD + b'A,"R1,trademark,X\n', "line 2: a quotation mark is opened and never closed"),
        ("r.csv", HEAD + b'A,"R1"x,trademark,X\n', "line 2: there is text after a closing quotation mark"),
        ("r.xlsx", b"client,right_id", "is no Excel workbook that can be read: save it again as .xlsx"),
        ("r.yaml", b"- {client: C, right_id: N1\n", BROKEN_YAML),
        ("r.yaml", b"[" * 100_000, "is no YAML that can be read"),
        ("r.yaml", b"rights: []", "a YAML rights file is a list of rights"),
        ("r.yaml", b"- one\n- two\n", "line 1: an entry of the list is no mapping of columns to values"),
        ("r.pdf", b"", "a rights file is .csv, .xlsx or .yaml"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path, name, data, line):
    (tmp_path / name).write_bytes(data)
    assert read_rights(tmp_path / name).errors == (f"{name}: {line}",)


def test_what_excel_calls_unicode_text_is_read(tmp_path):
    (tmp_path / "r.csv").write_bytes("client\tright_id\ttype\tmark\nA\tR1\ttrademark\t奥丽瓦\n".encode("utf-16"))
    assert read_rights(tmp_path / "r.csv").rows[0][1].mark == "奥丽瓦"


@pytest.mark.parametrize("name", ["rights.csv", "rights.xlsx", "rights.yaml", "rights.pdf", "absent.csv", "folder.csv"])
def test_a_file_that_is_something_else_is_one_line(tmp_path, name):
    path = tmp_path / name
    if name.startswith("folder"):
        path.mkdir()
    elif not name.startswith("absent"):
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00:{[")
    file = read_rights(path)
    assert not file.rows
    assert len(file.errors) == 1
    assert "\n" not in file.errors[0]


@given(st.binary(max_size=300), st.sampled_from(["r.csv", "r.xlsx", "r.yaml"]))
def test_any_bytes_give_rows_or_errors_and_raise_nothing(tmp_path_factory, data, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    file = read_rights(path)
    assert file.rows or file.errors


def test_importing_twice_changes_nothing(tmp_path, store):
    path = rights_file(tmp_path, HEADER + ROW)
    first, _ = load(store, path)
    second, _ = load(store, path)
    assert ((first.added, first.updated), (second.added, second.updated)) == ((1, 0), (0, 1))
    with store.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(m)) for m in (Client, Right, MarkName, AuthorisedSeller)
        ]
    assert counts == [1, 1, 3, 2]


def test_what_the_file_no_longer_says_is_gone(tmp_path, store):
    load(store, rights_file(tmp_path, HEADER + ROW))
    load(store, rights_file(tmp_path, HEADER + ROW.replace("taobao:77|tmall:88", "").replace("欧瓦", "")))
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuthorisedSeller)) == 0
        assert [name.name for name in session.scalars(select(MarkName))] == ["ORIVA", "奥丽瓦"]


@pytest.mark.parametrize("word", ["oriva", "ＯＲＩＶＡ", " Oriva ", "奥丽瓦", "欧瓦", "R1"])
def test_a_brand_is_found_by_each_of_its_names(tmp_path, store, word):
    load(store, rights_file(tmp_path, HEADER + ROW))
    with store.reading() as session:
        assert [right.right_id for right in rights_of_brand(session, word)] == ["R1"]


def test_pictures_are_kept_by_content_from_files_and_folders(tmp_path, store):
    (tmp_path / "photos").mkdir()
    for name in ("photos/b.png", "photos/a.jpg", "logo.png"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "photos" / "notes.txt").write_text("no picture")
    row = "A,R1,trademark,figurative,,,,,,,logo.png,photos,,,,\n"
    load(store, rights_file(tmp_path, HEADER + row))
    with store.reading() as session:
        kept = [(picture.role, picture.name) for picture in session.scalars(select(ReferencePicture))]
        blob = Blobs(tmp_path / "blobs").get(session.scalars(select(ReferencePicture.sha256)).first())
    assert kept == [("mark", "logo.png"), ("photo", "a.jpg"), ("photo", "b.png")]
    assert blob == b"logo.png"


@pytest.mark.parametrize("entry", ["../secret.png", "/etc/hostname", "link.png", "absent.png", "长" * 150])
def test_no_path_leaves_the_folder_of_the_file(tmp_path, store, entry):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    path = rights_file(inside, HEADER + f"A,R1,trademark,,X,,,,,,{entry},,,,,\n")
    _, problems = load(store, path)
    assert len(problems) == 1
    assert problems[0].startswith(f"R1: {entry}: ")


def test_a_picture_that_is_none_is_told_and_left_out(tmp_path, store):
    def check(data):
        raise ValueError("truncated")

    (tmp_path / "logo.png").write_bytes(b"half")
    _, problems = load(store, rights_file(tmp_path, HEADER + "A,R1,trademark,,X,,,,,,logo.png,,,,,\n"), check)
    assert problems == ["R1: logo.png: truncated"]


@given(st.text(max_size=40))
def test_folding_a_name_twice_is_folding_it_once(name):
    assert fold_name(fold_name(name)) == fold_name(name)
