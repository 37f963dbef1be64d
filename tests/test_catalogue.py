"""A catalogue is read strictly: what is wrong is named by its line, and nothing outside its folder is touched."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.catalogue import MAX_LINE, MAX_REPORTED, CatalogueError, Truth, read_catalogue
from sandbox.paths import Folder, PathError
from sandbox.rows import RowError, catalogue_schema, parse_row
from tests.sandbox_shop import line, write

SCHEMA = Path(__file__).parents[1] / "docs" / "catalogue.schema.json"


@pytest.fixture
def read(tmp_path):
    """Reads a catalogue of the lines it is given."""
    return lambda *lines: read_catalogue(write(tmp_path, lines))


@pytest.fixture
def errors(read):
    """The errors of a catalogue of the lines it is given."""

    def errors(*lines):
        with pytest.raises(CatalogueError) as raised:
            read(*lines)
        return raised.value.errors

    return errors


def test_goods_come_in_the_order_of_the_file(read):
    assert [g.item_id for g in read(line(2), line(1)).goods] == ["700000000002", "700000000001"]


def test_every_column_arrives(read):
    full = line(
        sold=None,
        description_images=["pictures/blue.png"],
        attributes={"材质": "网布", "件数": 2, "颜色": ["红", "蓝"]},
        brand="VELOKA",
        is_ad=True,
        moq=3,
        listed_at="2026-03-31",
        keywords=["跑鞋"],
        state="sold_out",
        truth={"label": "genuine", "mark": "R1", "why": "own shop"},
    )
    [goods] = read(full).goods
    assert (goods.sold, goods.moq, goods.is_ad, goods.state) == (None, 3, True, "sold_out")
    assert (goods.images, goods.description_images) == (("pictures/red.png",), ("pictures/blue.png",))
    assert goods.attributes == {"材质": "网布", "件数": "2", "颜色": "红,蓝"}
    assert (goods.brand, goods.keywords, goods.listed_at) == ("VELOKA", ("跑鞋",), dt.date(2026, 3, 31))
    assert goods.truth == Truth("genuine", "R1", "own shop")


@pytest.mark.parametrize("price", ["0.10", '"0.10"'])
def test_a_price_is_exact_as_number_and_as_text(read, price):
    text = json.dumps(line(price="PRICE")).replace('"PRICE"', price)
    assert read(text).goods[0].price_min == Decimal("0.10")


@pytest.mark.parametrize("escaped", [True, False])
def test_a_chinese_title_is_read_escaped_or_plain(read, escaped):
    text = json.dumps(line(title="维洛卡 👟"), ensure_ascii=escaped)
    assert read(text).goods[0].title == "维洛卡 👟"


def test_a_range_of_prices_is_kept(read):
    [goods] = read(line(price=None, price_min=5, price_max="7.5")).goods
    assert (goods.price_min, goods.price_max) == (Decimal(5), Decimal("7.5"))


def test_null_in_an_optional_column_is_its_absence(read):
    [goods] = read(line(brand=None, is_ad=None, attributes=None, state=None, keywords=None, truth=None)).goods
    assert (goods.is_ad, goods.attributes, goods.state, goods.keywords) == (False, {}, "on_sale", ())


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"price": "¥199"}, "line 1: price: must be a plain number"),
        ({"price": "1e5"}, "line 1: price: must be a plain number"),
        ({"price": -1}, "line 1: price: must be a plain number"),
        ({"price": True}, "line 1: price: must be a plain number"),
        ({"price": "1000000000.01"}, "line 1: price: must be 1000000000 or less"),
        ({"price": None}, "line 1: price: is missing"),
        ({"price_min": 1, "price_max": 2}, "line 1: price: stands beside price_min and price_max"),
        ({"price": None, "price_min": 2, "price_max": 1}, "line 1: price_min: is above price_max"),
        ({"marketplace": "veloshop"}, "line 1: marketplace: must be taobao, tmall, 1688, alibaba or aliexpress"),
        ({"item_id": 7}, 'line 1: item_id: must be text, such as "700000000001"'),
        ({"item_id": "../7"}, "line 1: item_id: must be 1 to 20 digits"),
        ({"seller_id": 7}, "line 1: seller_id: must be text"),
        ({"title": "  "}, "line 1: title: is empty"),
        ({"title": "\ud83d"}, "line 1: title: holds half a surrogate pair"),
        ({"currency": "yuan"}, "line 1: currency: must be three capital letters, such as CNY"),
        ({"sold": 1.5}, "line 1: sold: must be a whole number"),
        ({"sold": "12"}, "line 1: sold: must be a whole number"),
        ({"sold": -1}, "line 1: sold: must be 0 or more"),
        ({"images": "pictures/red.png"}, "line 1: images: must be a list"),
        ({"keywords": "鞋"}, "line 1: keywords: must be a list"),
        ({"images": [7]}, "line 1: images.0: must be text"),
        ({"attributes": []}, "line 1: attributes: must be an object"),
        ({"attributes": {"a": {}}}, "line 1: attributes.a: "),
        ({"attributes": {"a": [[]]}}, "line 1: attributes.a: "),
        ({"is_ad": "yes"}, "line 1: is_ad: must be true or false"),
        ({"listed_at": "31.3.2026"}, "line 1: listed_at: must be a date"),
        ({"listed_at": "2026-02-30"}, "line 1: listed_at: must be a date"),
        ({"state": "lost"}, "line 1: state: must be on_sale, sold_out or removed"),
        ({"truth": "fake"}, "line 1: truth: must be an object"),
        ({"truth": {"label": "fake"}}, "line 1: truth.label: must be counterfeit, genuine, compatible, "),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_column(errors, columns, error):
    assert [one.startswith(error) for one in errors(line(**columns))] == [True]


def test_a_missing_column_is_named(errors):
    columns = line()
    del columns["shop_name"], columns["sold"]
    assert set(errors(columns)) == {"line 1: shop_name: is missing", "line 1: sold: is missing"}


@pytest.mark.parametrize("text", ["{", "nothing", '{"price": NaN}', "[" * 5000, '{"price": ' + "9" * 5000 + "}"])
def test_a_line_that_is_no_json_is_one_error(errors, text):
    assert [one.partition(": no JSON")[0] for one in errors(line(), text)] == ["line 2"]


def test_a_line_that_is_no_utf8_is_one_error(tmp_path):
    path = write(tmp_path, [line()])
    path.write_bytes(path.read_bytes() + b'{"title": "\xff"}\n')
    with pytest.raises(CatalogueError, match=r"^line 2: no UTF-8$"):
        read_catalogue(path)


def test_a_column_that_stands_twice_is_an_error(errors):
    assert errors(json.dumps(line())[:-1] + ', "price": 1}') == ("line 1: price: stands twice",)


def test_every_wrong_line_is_named(errors):
    assert [one[:6] for one in errors("{", line(), "{", line(price="x"))] == ["line 1", "line 3", "line 4"]


def test_errors_without_end_are_cut_short(errors):
    found = errors(*["{"] * (MAX_REPORTED + 50))
    assert (len(found), found[-1]) == (MAX_REPORTED + 1, f"and more: reading stopped at line {MAX_REPORTED + 1}")


def test_a_line_without_end_is_refused(errors):
    assert errors(line(), "x" * (MAX_LINE + 1)) == (f"line 2: longer than {MAX_LINE} bytes",)


def test_an_id_occurs_once_over_taobao_and_tmall(errors):
    assert errors(line(1), line(2), line(1, marketplace="tmall")) == (
        "line 3: item_id: 700000000001 stands in line 1 already",
    )


def test_an_id_may_occur_on_another_site_too(read):
    assert len(read(line(1), line(1, marketplace="1688")).goods) == 2


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("../secret.png", "leads out of the catalogue's folder"),
        ("pictures/../../secret.png", "leads out of the catalogue's folder"),
        ("/etc/hostname", "is absolute"),
        ("https://example.com/a.png", "is no path"),
        ("pictures\\red.png", "is no path"),
        ("pictures/red.png\0", "is no path"),
        ("link-to-file.png", "leads out of the catalogue's folder"),
        ("link-to-folder/secret.png", "leads out of the catalogue's folder"),
    ],
)
@pytest.mark.parametrize("column", ["images", "description_images"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, path, why, column):
    folder = tmp_path / "shop"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link-to-file.png").symlink_to(tmp_path / "secret.png")
    (folder / "link-to-folder").symlink_to(tmp_path)
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(write(folder, [line(**{column: [path]})]))
    [error] = raised.value.errors
    assert error.startswith(f"line 1: {column}: ")
    assert why in error


def test_a_link_that_stays_in_the_folder_is_fine(tmp_path, read):
    read(line())
    (tmp_path / "other.png").symlink_to(tmp_path / "pictures" / "red.png")
    assert read(line(images=["other.png"])).warnings == ()


@pytest.mark.parametrize("name", ["pictures/none.png", "pictures", ".", "x" * 5000, "pictures/red.png/x", "loop"])
def test_a_picture_that_is_not_there_is_a_warning(tmp_path, read, name):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    [warning] = read(line(images=[name])).warnings
    assert warning.startswith("line 1: picture ")
    assert warning.endswith(" is missing")


def test_an_unknown_column_is_reported_once_and_kept_out(read):
    catalogue = read(line(1), line(2, colour="red"), line(3, colour="blue", truth={"label": "other", "sure": 1}))
    assert catalogue.warnings == (
        "line 2: column colour is not known and kept out (2 times in all)",
        "line 3: column truth.sure is not known and kept out",
    )


def test_a_currency_that_a_site_does_not_show_is_warned_of_once(read):
    dear = [line(1, currency="USD"), line(2, currency="USD"), line(3, marketplace="1688", currency="GBP")]
    assert read(*dear, line(4, marketplace="alibaba", currency="EUR"), line(5)).warnings == (
        "line 1: currency: taobao shows prices without one, so that USD is read as CNY there (2 times in all)",
        "line 3: currency: 1688 shows prices without one, so that GBP is read as CNY there",
    )


def test_a_mark_that_is_written_as_a_number_is_its_text(read):
    assert read(line(truth={"label": "counterfeit", "mark": 101})).goods[0].truth.mark == "101"


def test_a_hostile_column_name_cannot_reach_a_terminal_as_it_is(read):
    [warning] = read(line(**{"\x1b[31m\n" + "x" * 500: 1})).warnings
    assert warning.isprintable()
    assert len(warning) < 150


def test_warnings_are_bounded(read):
    assert len(read(*(line(n, **{f"column{n}": 1}) for n in range(3 * MAX_REPORTED))).warnings) == MAX_REPORTED + 1


def test_blank_lines_and_a_byte_order_mark_are_no_goods(tmp_path):
    path = write(tmp_path, [line(1), "", "   ", line(2)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_catalogue(path).goods) == 2


def test_a_catalogue_without_goods_says_so(read):
    assert read("").warnings == ("the catalogue holds no goods",)


@pytest.mark.parametrize(("name", "why"), [("none.jsonl", "no such file"), (".", "is a directory"), ("a\0/b", "null")])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, name, why):
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(f"{tmp_path}/{name}")
    [error] = raised.value.errors
    assert why in error


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*line(), "attributes", "truth", "keywords", "listed_at", "price_min", "moq"]), JSON_VALUES)
def test_whatever_stands_in_a_column_the_only_error_is_a_row_error(column, value):
    try:
        row, _ = parse_row(json.dumps({**line(), column: value}).encode())
    except RowError as error:
        assert error.problems
        assert "Input should" not in str(error)
    else:
        assert 0 <= row.lowest <= row.highest


@given(st.binary(max_size=200))
def test_any_bytes_are_a_row_error_at_worst(text):
    with pytest.raises(RowError):
        parse_row(text)


@given(st.text(max_size=30))
def test_any_name_leads_to_a_file_in_the_folder_or_nowhere(name):
    folder = Folder(Path(__file__).parent)
    try:
        file = folder.file(name)
    except PathError:
        return
    assert file is None or file.is_relative_to(folder.root)


def test_the_schema_in_docs_is_the_one_the_code_makes():
    assert json.loads(SCHEMA.read_text()) == catalogue_schema(), (
        "run: python -m sandbox.rows > docs/catalogue.schema.json"
    )
