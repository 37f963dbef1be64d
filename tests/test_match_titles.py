"""`bazaarwatch match titles`: two files in, one out, whatever stands in them."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cli import main
from crawler.cli.matching import threshold_of
from crawler.cli.pools import AHEAD
from crawler.cli.shared import UsageError
from crawler.cli.title_batches import BATCH, BATCH_CHARACTERS, batches, in_one, in_several
from crawler.cli.title_files import KNOWN_FOR, LONGEST_LINE, Title, Titles, read_marks
from crawler.cli.title_rows import COLUMNS, line
from matchers.title import TitleMatcher
from matchers.title.scores import STRICT, USUAL
from matchers.types import Mark
from tests.crawling import environment

MARKS = "mark_id\tword_mark\tnames\taliases\tnice_classes\n"
MARKS += "M1\tNORVANE\t诺梵恩\tNVN\t25\nM2\tKestoli\t珂丝朵|珂丝\t\t18,25\n"
TITLES = "title_id\ttitle\nT1\tN.O.R.V.A.N.E 跑鞋\nT2\t帆布包\nT3\t适用于Kestoli 手机壳\nT4\t二手 诺梵恩 外套\n"


@pytest.fixture
def match(tmp_path, monkeypatch, capsys):
    """Runs the command in a folder of its own; exit code, rows, lines on stderr."""
    monkeypatch.chdir(tmp_path)

    def run(marks=MARKS, titles=TITLES, *more):
        for name, data in {"marks.tsv": marks, "titles.tsv": titles}.items():
            (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        words = ["match", "titles", "--marks", "marks.tsv", "--titles", "titles.tsv", "--out", "out.tsv", *more]
        monkeypatch.setattr(sys, "argv", ["bazaarwatch", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out = tmp_path / "out.tsv"
        rows = out.read_bytes().decode("utf-8", "surrogateescape").split("\n") if out.is_file() else []
        return ended.value.code, [row.split("\t") for row in rows[:-1]], capsys.readouterr().err

    return run


def found(rows):
    """(title, mark) of each row under the header."""
    return [(row[0], row[1]) for row in rows[1:]]


def test_each_mark_of_each_title_is_a_row_in_the_order_of_the_titles(match):
    code, rows, said = match()
    assert code == 0
    assert rows[0] == list(COLUMNS)
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [
        ("T1", "M1", "mention"),
        ("T3", "M2", "context"),
        ("T4", "M1", "second_hand"),
    ]
    assert "4 titles in" in said
    assert "3 findings in 3 titles" in said


def test_a_row_says_where_in_the_title_why_and_by_which_name(match):
    row = dict(zip(COLUMNS, match()[1][1], strict=True))
    assert (row["start"], row["end"], row["matched"]) == ("0", "13", "NORVANE")
    assert row["reason"].startswith("“N.O.R.V.A.N.E”: ")
    assert "NORVANE" in row["reason_zh"]
    assert 0 <= float(row["score"]) <= 1


def test_what_is_less_likely_than_the_threshold_is_left_out(match):
    assert len(match(MARKS, TITLES, "--threshold", "0")[1]) >= len(match()[1]) > 1
    assert match(MARKS, TITLES, "--threshold", "1")[1] == [list(COLUMNS)]


def test_the_named_thresholds_are_those_that_are_shipped():
    assert (threshold_of("usual"), threshold_of("strict"), threshold_of("0.3")) == (USUAL, STRICT, 0.3)
    assert USUAL < STRICT


@pytest.mark.parametrize("given", ["", "loose", "nan", "-1", "1.1", "inf", "9" * 400])
def test_a_threshold_that_is_none_is_refused(given):
    with pytest.raises(UsageError, match="threshold: give usual, strict, or a number from 0 to 1"):
        threshold_of(given)


# Forms of the files


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_byte_order_mark_and_line_ends_change_nothing(match, bom, end):
    plain = match()[1]
    assert match(bom + MARKS.replace("\n", end).encode(), bom + TITLES.replace("\n", end).encode())[1] == plain


def test_columns_are_found_by_name_and_unknown_ones_are_told_in_one_line(match):
    marks = "country\tnames\tmark_id\tword_mark\towner\nCN\t诺梵恩\tM1\tNORVANE\tN AG\n"
    code, rows, said = match(marks, "lang\ttitle\ttitle_id\nen\tNORVANE shoes\tT1\nzh\t诺梵恩跑鞋\tT2\n")
    assert (code, found(rows)) == (0, [("T1", "M1"), ("T2", "M1")])
    assert "marks.tsv: columns that are not known are left out: country, owner\n" in said
    assert "titles.tsv: columns that are not known are left out: lang\n" in said


def test_a_quote_is_a_character(match):
    titles = 'title_id\ttitle\nT1\t"NORVANE shoes\nT2\t""\nT3\tNORVANE 11" boots\n'
    rows = match(MARKS, titles)[1]
    assert [(row[0], row[4], row[5]) for row in rows[1:]] == [("T1", "1", "8"), ("T3", "0", "7")]


def test_empty_titles_blank_lines_and_a_missing_line_end_are_no_fault(match):
    code, rows, said = match(MARKS, "title_id\ttitle\nT1\t\n\nT2\n\r\nT3\tNORVANE")
    assert (code, found(rows)) == (0, [("T3", "M1")])
    assert "3 titles" in said


def test_a_nul_is_a_character(match):
    assert match(MARKS, "title_id\ttitle\nT1\tN\0ORVANE \0 shoes\n")[1][1][4:6] == ["0", "8"]


def test_bytes_that_are_no_utf8_count_as_one_code_point_each(match):
    titles = b"title_id\ttitle\nT1\t\xff\xfe NORVANE\nT2\t\xed\xa0\x80 NORVANE\n"
    assert [row[4:6] for row in match(MARKS, titles)[1][1:]] == [["3", "10"], ["2", "9"]]


def test_an_id_is_written_as_it_was_read(match):
    rows = match(MARKS, b"title_id\ttitle\n\xffT\xed\xa0\x801 \tNORVANE\n")[1]
    assert rows[1][0].encode("utf-8", "surrogateescape") == b"\xffT\xed\xa0\x801 "


def test_a_control_character_in_an_id_is_written_as_a_space(match):
    rows = match(MARKS, "title_id\ttitle\nT\x1b[31m\x85\u2028\tNORVANE\n")[1]
    assert rows[1][0] == "T [31m  "


@given(st.lists(st.text(), min_size=1, max_size=9))
def test_any_cells_make_one_line(cells):
    written = line(cells)
    assert written.count(b"\n") == 1
    assert written.count(b"\t") == len(cells) - 1
    assert len(written.decode("utf-8", "surrogateescape").splitlines()) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_marks_or_one_line_that_says_why_not(data):
    try:
        read_marks(b"mark_id\tword_mark\tnames\tnice_classes\n" + data, "marks.tsv")
        read_marks(data, "marks.tsv")
    except UsageError as error:
        assert str(error).startswith("marks.tsv: ")


# What cannot be used is one line and exit 2

WRONG_MARKS = {
    "": "has no column mark_id and word_mark; its first line must name mark_id, word_mark, names, aliases, "
    "nice_classes",
    "mark_id\tname\nM1\tNORVANE\n": "has no column word_mark; its first line must name mark_id, word_mark, names, "
    "aliases, nice_classes",
    "mark_id\tword_mark\n": "has no marks",
    "mark_id\tword_mark\n\tNORVANE\n": "line 2: mark_id is empty",
    "mark_id\tword_mark\nM1\tNORVANE\n\nM1\tKestoli\n": "mark_id M1 stands in line 2 and in line 4",
    "mark_id\tword_mark\tmark_id\nM1\tNORVANE\tM1\n": "the column mark_id stands in its first line twice",
    b"\xff\xfem\x00": "is UTF-16; save it as UTF-8",
}


@pytest.mark.parametrize(("marks", "why"), WRONG_MARKS.items(), ids=range(len(WRONG_MARKS)))
def test_marks_that_cannot_be_used_are_one_line(match, marks, why):
    assert match(marks) == (2, [], f"error: marks.tsv: {why}\n")


def test_titles_without_their_columns_are_one_line(match):
    why = "error: titles.tsv: has no column title_id; its first line must name title_id, title\n"
    assert match(MARKS, "id\ttitle\nT1\tNORVANE\n") == (2, [], why)


@pytest.mark.parametrize("option", ["--marks", "--titles"])
def test_a_file_that_is_not_there_is_one_line(match, option):
    assert match(MARKS, TITLES, option, "none.tsv") == (2, [], "error: none.tsv: no such file or directory\n")


def test_findings_are_not_written_over_what_is_read(match, tmp_path):
    code, _, said = match(MARKS, TITLES, "--out", "titles.tsv")
    assert (code, said) == (2, "error: titles.tsv: is read too; give another file with --out\n")
    assert (tmp_path / "titles.tsv").read_text("utf-8") == TITLES


def test_findings_that_cannot_be_written_are_one_line(match, tmp_path):
    (tmp_path / "file").touch()
    code, _, said = match(MARKS, TITLES, "--out", "file/out.tsv")
    assert (code, said.count("\n")) == (2, 1)


def test_a_run_that_fails_leaves_the_file_as_it_was(match, tmp_path, monkeypatch):
    (tmp_path / "out.tsv").write_text("before\n")
    monkeypatch.setattr("crawler.cli.title_batches.mentions", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        match()
    assert (tmp_path / "out.tsv").read_text() == "before\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["marks.tsv", "out.tsv", "titles.tsv"]


# What is odd is told, and goes on


def test_an_id_that_is_repeated_is_told_and_both_titles_are_scored(match):
    code, rows, said = match(MARKS, "title_id\ttitle\nT1\tNORVANE\nT2\tx\nT1\tNORVANE\nT1\tKestoli\n")
    assert (code, found(rows)) == (0, [("T1", "M1"), ("T1", "M1"), ("T1", "M2")])
    assert "warning: titles.tsv: 2 lines repeat a title_id (T1 in lines 2 and 4); all are scored\n" in said


def test_ids_are_remembered_for_a_bounded_number_of_lines():
    lines = "".join(f"T{number}\tx\n" for number in range(KNOWN_FOR + 10))
    titles = Titles(BytesIO(f"title_id\ttitle\n{lines}".encode()), "titles.tsv")
    assert len(list(titles)) == KNOWN_FOR + 10
    assert len(titles._known) == KNOWN_FOR


def test_a_mark_without_a_name_and_a_class_that_is_none_are_told(match):
    marks = "mark_id\tword_mark\tnice_classes\nM1\tNORVANE\t25|99, 3;x\nM2\t \t\n"
    code, rows, said = match(marks)
    assert (code, found(rows)) == (0, [("T1", "M1")])
    assert "warning: marks.tsv: line 2: nice_classes: what is no number from 1 to 45 is left out\n" in said
    assert "warning: marks.tsv: line 3: M2 has no name, and is never found\n" in said


@pytest.mark.parametrize("name", ["K", "鹭", "k.", "K|Q"])
def test_a_name_of_one_letter_or_hanzi_is_warned_of_once(match, name):
    said = match(f"mark_id\tword_mark\tnames\nM1\tNORVANE\t{name}\nM2\tKestoli\t{name}\n")[2]
    assert said.count("is looked for only where it stands alone") == 1
    assert "use --threshold strict" in said


def test_no_such_warning_without_such_a_name(match):
    assert "warning" not in match()[2]


def test_a_line_with_more_cells_than_the_first_is_told(match):
    said = match(MARKS, "title_id\ttitle\nT1\tNORVANE\tred\n")[2]
    assert "warning: titles.tsv: 1 lines have more cells than the first line; these are left out\n" in said


NICKNAMES = "# brand\tclasses\tsure\tword\nNORVANE|诺梵恩\t25\t诺家小马|小诺家\t小马\n"


def test_what_people_call_a_brand_is_read_from_a_file_and_the_index_knows(match, tmp_path):
    titles = "title_id\ttitle\nT1\t诺家小马 卫衣\n"
    (tmp_path / "mine.tsv").write_text(NICKNAMES, "utf-8")
    more = ("--nicknames", "mine.tsv", "--index", "marks.index")
    assert found(match(MARKS, titles, "--index", "marks.index")[1]) == []
    code, rows, said = match(MARKS, titles, *more)
    assert (code, found(rows)) == (0, [("T1", "M1")])
    assert "made again" in said
    assert "made again" not in match(MARKS, titles, *more)[2]


def test_a_file_of_nicknames_that_is_none_is_one_line(match, tmp_path):
    (tmp_path / "mine.tsv").write_text("NORVANE 小诺\n", "utf-8")
    code, _, said = match(MARKS, TITLES, "--nicknames", "mine.tsv")
    assert (code, said) == (
        2,
        "error: mine.tsv, line 1: four columns with tabs between: brand, classes, sure, word\n",
    )


# Much of it


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_whole(tmp_path):
    file = tmp_path / "titles.tsv"
    file.write_bytes(b"title_id\ttitle\nT1\t" + b"x" * (2 * LONGEST_LINE) + b"\nT2\tNORVANE\n")
    with file.open("rb") as opened:
        titles = list(Titles(opened, file.name))
    assert [(one.title_id, len(one.title)) for one in titles] == [("T1", LONGEST_LINE - 3), ("T2", 7)]


def test_titles_are_read_as_they_are_scored():
    read = count()
    titles = (Title(str(next(read)), "NORVANE") for _ in range(10**9))
    assert next(iter(in_one(TitleMatcher([Mark(right_id="M1", names=("NORVANE",))]), 0.5, titles))).titles == BATCH
    assert next(read) == BATCH


def test_a_batch_of_long_titles_is_short():
    endless = (Title("T", "x" * 1_000_000) for _ in count())
    first = next(batches(endless))
    assert sum(len(one.title) for one in first) < BATCH_CHARACTERS + 1_000_000


def test_several_processes_give_the_same_rows_in_the_same_order_and_read_little_ahead(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.cli.title_batches.BATCH", 40)
    matcher = TitleMatcher([Mark(right_id="M1", names=("NORVANE", "诺梵恩")), Mark(right_id="M2", names=("Kestoli",))])
    matcher.save(tmp_path / "index")
    words = ["N0RVANE 跑鞋", "帆布包", "诺*恩 外套 Kestoli", "lvds"]
    titles = [Title(f"T{number}", words[number % 4]) for number in range(12 * 40)]
    left = iter(titles)
    scored = in_several(2, tmp_path / "index", 0.5, left)
    first = next(scored)
    assert left.__length_hint__() >= len(titles) - AHEAD * 2 * 40
    rest = list(scored)
    assert [first, *rest] == list(in_one(matcher, 0.5, titles))


def test_an_index_is_kept_and_used_and_made_again_for_other_marks(match, tmp_path):
    plain = match()[1]
    assert match(MARKS, TITLES, "--index", "marks.index")[1] == plain
    made = (tmp_path / "marks.index").stat().st_mtime_ns
    assert match(MARKS, TITLES, "--index", "marks.index")[1] == plain
    assert (tmp_path / "marks.index").stat().st_mtime_ns == made
    _, rows, said = match("mark_id\tword_mark\nX1\tKestoli\n", TITLES, "--index", "marks.index")
    assert "marks.index was made of other marks: it is made again\n" in said
    assert found(rows) == [("T3", "X1")]


def test_a_file_that_is_no_index_is_not_written_over(match, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    code, _, said = match(MARKS, TITLES, "--index", "notes.txt")
    assert (code, said) == (2, "error: notes.txt: is no index of marks; give another file with --index\n")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def started(folder, *more):
    """The command as a process with titles from a pipe, and findings to stdout or a file."""
    (folder / "marks.tsv").write_text(MARKS, "utf-8")
    words = ["match", "titles", "--marks", "marks.tsv", "--titles", "-", *more]
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", *words],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_from_a_pipe_to_a_pipe(tmp_path):
    out, said = started(tmp_path, "--out", "-").communicate(TITLES.encode(), timeout=60)
    assert [row.split(b"\t")[0] for row in out.splitlines()] == [b"title_id", b"T1", b"T3", b"T4"]
    assert b"4 titles in" in said


def test_a_pipe_that_nobody_reads_to_its_end_is_no_fault(tmp_path):
    process = started(tmp_path, "--out", "-")
    process.stdin.write(b"title_id\ttitle\n" + b"T\tNORVANE 11\n" * 3 * BATCH)
    process.stdin.close()
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_ends_with_130_and_leaves_no_file(tmp_path, jobs):
    process = started(tmp_path, "--out", "out.tsv", "--jobs", jobs)
    process.stdin.write(b"title_id\ttitle\n" + b"T\tNORVANE 11 \xe8\xb7\x91\xe9\x9e\x8b\n" * 2 * BATCH)
    process.stdin.flush()
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".out.tsv.*.part")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(30) == 130
    assert process.stderr.read().splitlines()[-1] == b"interrupted: out.tsv was not written"
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["marks.tsv"]
