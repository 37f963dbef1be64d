"""`bazaarwatch match images`: a manifest and its pictures in, scores out, whatever stands in them."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, ImageOps

from crawler.cli import image_explain, main
from crawler.cli.image_explain import LETTER, MOST_LINES, SIDE, face, plain_id, wrapped
from crawler.cli.image_files import MOST_BYTES, SHOWN, read_manifest
from crawler.cli.shared import UsageError
from crawler.cli.title_files import MOST_TOLD
from tests.crawling import environment
from tests.drawing import collage, encoded, mark, marked, photo

HEADER = "task\trole\tid\tpath_or_text\n"
COPY = "copy\tgallery\tc0\tc0.jpg\ncopy\tgallery\tc1\tc1.jpg\n"
COPIED = "copy\tquery\tq0\tq0.jpg\ncopy\tquery\tq1\tq1.jpg\n"
LOGO = "logo\tgallery\tm0\tfish.png\nlogo\tquery\tl0\tl0.jpg\n"
TEXT = "text\tgallery\tw0\tVELQUORA\ntext\tgallery\tw1\tDORVANE\ntext\tquery\tt0\tt0.jpg\n"
COLUMNS = ["task", "query_id", "gallery_id", "score", "decision"]


def written(word):
    image = Image.new("RGB", (420, 420), (60, 80, 120))
    ImageDraw.Draw(image).text((210, 210), word, "white", ImageFont.load_default(54), anchor="mm")
    return image


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    drawn = {
        "c0.jpg": photo(0),
        "c1.jpg": photo(1),
        "q0.jpg": ImageOps.mirror(photo(0)),
        "q1.jpg": photo(100),
        "l0.jpg": marked(5),
        "t0.jpg": written("VELQUORA"),
    }
    for name, image in drawn.items():
        (folder / name).write_bytes(encoded(image))
    (folder / "fish.png").write_bytes(encoded(mark(), "PNG"))
    (folder / "blank.png").write_bytes(encoded(Image.new("RGB", (80, 80), "white"), "PNG"))
    (folder / "cut.jpg").write_bytes(encoded(photo(3))[:90])
    (folder / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')
    return folder


@pytest.fixture
def match(tmp_path, pictures, monkeypatch, capsys):
    """Runs the command in a folder of its own; exit code, rows, lines on stderr."""
    monkeypatch.chdir(tmp_path)

    def run(manifest, *more):
        data = manifest if isinstance(manifest, bytes) else (HEADER + manifest).encode("utf-8", "surrogateescape")
        (tmp_path / "manifest.tsv").write_bytes(data)
        words = ["match", "images", "--manifest", "manifest.tsv", "--root", str(pictures), "--out", "out.tsv", *more]
        monkeypatch.setattr(sys, "argv", ["bazaarwatch", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out = tmp_path / "out.tsv"
        rows = out.read_bytes().decode("utf-8", "surrogateescape").split("\n") if out.is_file() else []
        return ended.value.code, [row.split("\t") for row in rows[:-1]], capsys.readouterr().err

    return run


def decided(rows):
    """(task, query, gallery) of the rows that count."""
    return [tuple(row[:3]) for row in rows[1:] if row[4] == "1"]


def test_each_task_is_answered_in_the_order_of_the_manifest(match):
    code, rows, said = match(TEXT + COPY + COPIED + LOGO)
    assert (code, rows[0]) == (0, COLUMNS)
    assert decided(rows) == [("text", "t0", "w0"), ("copy", "q0", "c0"), ("logo", "l0", "m0")]
    assert "2 copy, 1 logo, 1 text pictures to look at\n" in said
    assert "4 pictures in" in said and "3 decided\n" in said


def test_scores_are_probabilities_likeliest_first_and_each_id_stands_once(match):
    rows = match(COPY + "copy\tgallery\tagain\tc0.jpg\n" + COPIED)[1][1:]
    mine = [row for row in rows if row[1] == "q0"]
    scores = [float(row[3]) for row in mine]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {row[2] for row in mine} >= {"c0", "again"} and len({row[2] for row in mine}) == len(mine)


def test_several_processes_write_what_one_writes(match):
    manifest = COPY + COPIED + LOGO + TEXT
    assert match(manifest, "--jobs", "2")[1] == match(manifest)[1]


def test_a_manifest_without_queries_is_a_header(match):
    assert match(COPY)[:2] == (0, [COLUMNS])


def test_where_there_is_no_terminal_a_line_tells_now_and_then_how_far_it_is(match, monkeypatch):
    monkeypatch.setattr("crawler.cli.image_matching.EVERY", 1)
    said = match(COPY + COPIED)[2]
    assert "1 of 2 pictures\n2 of 2 pictures\n" in said


# What cannot be used is one line and exit 2

WRONG = {
    b"": "has no column task and role and id and path_or_text; its first line must name task, role, id, path_or_text",
    b"task\trole\tid\tpath\n": "has no column path_or_text; its first line must name task, role, id, path_or_text",
    b"\xff\xfet\x00": "is UTF-16; save it as UTF-8",
    HEADER.encode(): "has no rows",
    "banner\tquery\tq\tq0.jpg\n": "line 2: banner is no task; there are copy, logo, text",
    "copy\tphoto\tq\tq0.jpg\n": "line 2: photo is no role; there are gallery and query",
    "copy\tgallery\t \tc0.jpg\n": "line 2: id is empty",
    "copy\tgallery\tc0\n": "line 2: path_or_text is empty",
    "text\tgallery\tw0\t \n": "line 2: the word is empty",
    "copy\tgallery\tc0\tnone.jpg\n": "line 2: none.jpg: no such file",
    "copy\tgallery\tc0\t.\n": "line 2: .: no such file",
    "copy\tgallery\tc0\t../c0.jpg\n": "line 2: ../c0.jpg leads out of the folder",
    "copy\tgallery\tc0\t/etc/passwd\n": "line 2: /etc/passwd leads out of the folder",
    "copy\tgallery\tc0\tout.jpg\n": "line 2: out.jpg leads out of the folder",
    "copy\tgallery\tc0\tc0\0.jpg\n": "line 2: c0 .jpg: no such file",
    f"copy\tgallery\tc0\t{'x' * 500}\n": f"line 2: {'x' * SHOWN}...: no such file",
    f"{COPY}copy\tgallery\tc1\tc0.jpg\n": "line 4: copy gallery c1 stands in line 3 already",
    COPIED: "task copy has queries and no gallery",
    f"{COPIED}copy\tgallery\tc0\tcut.jpg\n": "line 4: c0 cannot be read: truncated",
    f"{COPIED}copy\tgallery\tc0\tdrawing.svg\n": "line 4: c0 cannot be read: svg",
}


@pytest.mark.parametrize(("manifest", "why"), WRONG.items(), ids=range(len(WRONG)))
def test_a_manifest_that_cannot_be_used_is_one_line(match, pictures, manifest, why):
    if not (pictures / "out.jpg").is_symlink():
        (pictures / "out.jpg").symlink_to("/etc/passwd")
    assert match(manifest) == (2, [], f"error: manifest.tsv: {why}\n")


def test_each_mistake_is_a_line_up_to_a_bound(match):
    said = match("".join(f"banner\tquery\tq{number}\tq0.jpg\n" for number in range(MOST_TOLD + 5)))[2].splitlines()
    assert len(said) == MOST_TOLD + 1
    assert said[-1] == "error: manifest.tsv: 5 more such lines"


def test_an_id_may_stand_in_another_task_or_role(match):
    assert match("copy\tgallery\tx\tc0.jpg\ncopy\tquery\tx\tq0.jpg\nlogo\tgallery\tx\tfish.png\n")[0] == 0


def test_a_folder_or_manifest_that_is_not_there_is_one_line(match):
    assert match(COPY, "--root", "none") == (2, [], "error: none: no such folder\n")
    assert match(COPY, "--manifest", "none.tsv") == (2, [], "error: none.tsv: no such file or directory\n")


def test_scores_are_not_written_over_what_is_read(match, tmp_path):
    (tmp_path / "c0.jpg").write_bytes(encoded(photo(0)))
    for out in ("manifest.tsv", "c0.jpg"):
        code, _, said = match("copy\tgallery\tc0\tc0.jpg\n", "--root", ".", "--out", out)
        assert (code, said) == (2, f"error: {out}: is read too; give another file with --out\n")


def test_scores_that_cannot_be_written_are_one_line(match, tmp_path):
    (tmp_path / "file").touch()
    code, _, said = match(COPY, "--out", "file/out.tsv")
    assert code == 2
    assert said.splitlines()[-1].startswith("error: ")


def test_a_run_that_fails_leaves_the_file_as_it_was(match, tmp_path, monkeypatch):
    (tmp_path / "out.tsv").write_text("before\n")
    monkeypatch.setattr("crawler.cli.image_batches.asker_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        match(COPY + COPIED)
    assert (tmp_path / "out.tsv").read_text() == "before\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["manifest.tsv", "out.tsv"]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_manifest_or_lines_that_say_why_not(data):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for head in (b"", HEADER.encode(), HEADER.encode() + b"copy\tgallery\tc0\t"):
            (folder / "manifest.tsv").write_bytes(head + data)
            try:
                read_manifest(folder / "manifest.tsv", folder)
            except UsageError as error:
                assert all(line.startswith("manifest.tsv: ") for line in str(error).splitlines())


# What is odd is told, and goes on


@pytest.mark.parametrize(("name", "why"), [("cut.jpg", "truncated"), ("drawing.svg", "svg")])
def test_a_query_that_cannot_be_read_is_a_warning_and_has_no_rows(match, name, why):
    code, rows, said = match(f"copy\tquery\tbad\t{name}\n" + COPY + COPIED)
    assert (code, decided(rows)) == (0, [("copy", "q0", "c0")])
    assert f"warning: manifest.tsv: line 2: bad cannot be read: {why}\n" in said
    assert "1 decided, 1 without rows\n" in said


def test_a_query_that_is_very_large_is_read_in_part_and_refused(match, pictures):
    with (pictures / "large.jpg").open("wb") as file:
        file.truncate(MOST_BYTES * 4)
    said = match(COPY + "copy\tquery\tbad\tlarge.jpg\n")[2]
    assert "bad cannot be read: too many bytes\n" in said


def test_a_picture_nobody_thought_of_does_not_lose_the_others(match, monkeypatch):
    def asker(task, gallery):
        return lambda data: 1 / 0

    monkeypatch.setattr("crawler.cli.image_batches.asker_of", asker)
    code, rows, said = match(COPY + COPIED)
    assert (code, rows) == (0, [COLUMNS])
    assert "q0 could not be looked at (ZeroDivisionError)\n" in said


def test_a_mark_that_is_blank_is_told_and_the_others_are_looked_for(match):
    code, rows, said = match("logo\tgallery\tm1\tblank.png\n" + LOGO)
    assert (code, decided(rows)) == (0, [("logo", "l0", "m0")])
    assert "warning: manifest.tsv: line 2: m1 is blank or a plain shape, and is never found\n" in said


def test_columns_that_are_not_known_and_cells_too_many_are_told(match):
    manifest = b"note\ttask\trole\tid\tpath_or_text\nx\tcopy\tgallery\tc0\tc0.jpg\tmore\tand more\n"
    said = match(manifest)[2]
    assert "warning: manifest.tsv: columns that are not known are left out: note\n" in said
    assert "warning: manifest.tsv: 1 lines have more cells than the first line; these are left out\n" in said


def test_a_control_character_in_an_id_is_written_as_a_space(match):
    assert match(COPY + "copy\tquery\tq\x1b[31m\tq0.jpg\n")[1][1][1] == "q [31m"


# Why


def test_what_was_decided_is_drawn_side_by_side(match, tmp_path):
    assert match(COPY + COPIED + LOGO + TEXT, "--explain", "why")[0] == 0
    drawn = sorted((tmp_path / "why").iterdir())
    assert [each.name for each in drawn] == ["copy.q0.c0.png", "logo.l0.m0.png", "text.t0.w0.png"]
    for each in drawn:
        with Image.open(each) as image:
            assert image.width < 2.2 * SIDE and image.height < 2.2 * SIDE


def test_the_place_is_drawn_where_it_is(match, tmp_path, pictures):
    (pictures / "collage.png").write_bytes(encoded(collage(photo(1)), "PNG"))
    match(COPY + "copy\tquery\tq\tcollage.png\n", "--explain", "why")
    with Image.open(tmp_path / "why" / "copy.q.c1.png") as image:
        red = [place for place in range(image.width) if image.getpixel((place, 240)) == image_explain.PLACE]
    assert min(red) < 40 and 240 < max(place for place in red if place < SIDE) < 280  # the left half of the frame


def test_a_white_mark_on_nothing_is_drawn_on_black(match, tmp_path, pictures):
    white = mark((255, 255, 255), (0, 0, 0)).convert("L")
    sheet = Image.merge("LA", (Image.new("L", white.size, 255), white))
    (pictures / "white.png").write_bytes(encoded(sheet, "PNG"))
    assert match("logo\tgallery\tw\twhite.png\nlogo\tquery\tq\tl0.jpg\n", "--explain", "why")[0] == 0
    with Image.open(tmp_path / "why" / "logo.q.w.png") as image:
        assert image.getpixel((image.width - 40, 60)) == (0, 0, 0)


def test_processes_draw_what_one_draws(match, tmp_path):
    for folder, jobs in (("one", "1"), ("two", "2")):
        match(COPY + COPIED, "--explain", folder, "--jobs", jobs)
    one, two = (tmp_path / folder / "copy.q0.c0.png" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_ids_of_strangers_stay_in_the_folder(match, tmp_path):
    manifest = COPY.replace("\tc0\t", "\t..\\c/0\t") + "copy\tquery\t../../q0\tq0.jpg\n"
    assert match(manifest, "--explain", "why")[0] == 0
    (drawn,) = (tmp_path / "why").iterdir()
    assert drawn.name.startswith("copy._q0-") and drawn.suffix == ".png"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["manifest.tsv", "out.tsv", "why"]


def test_a_link_in_the_folder_is_replaced_not_followed(match, tmp_path):
    (tmp_path / "why").mkdir()
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "why" / "copy.q0.c0.png").symlink_to(tmp_path / "mine")
    assert match(COPY + COPIED, "--explain", "why")[0] == 0
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_one_line(match, tmp_path):
    (tmp_path / "file").touch()
    code, _, said = match(COPY + COPIED, "--explain", "file")
    assert (code, said) == (2, "error: file: file exists\n")


def test_without_a_chinese_font_it_is_explained_in_english_and_said_so(match, tmp_path, monkeypatch):
    monkeypatch.setattr(image_explain, "FONTS", ())
    for cached in (image_explain.chinese, image_explain.face):
        cached.cache_clear()
    try:
        said = match(COPY + COPIED, "--explain", "why")[2]
    finally:
        for cached in (image_explain.chinese, image_explain.face):
            cached.cache_clear()
    assert "warning: no font with Chinese is installed" in said
    assert (tmp_path / "why" / "copy.q0.c0.png").is_file()


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_ids_never_make_one_name(one, other):
    names = [plain_id(one), plain_id(other)]
    assert (one == other) == (names[0] == names[1])
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") and len(name) < 60 for name in names)


@given(st.text(max_size=300))
def test_any_sentence_is_a_few_lines_that_fit(sentence):
    lines = wrapped(sentence, 300)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(face().getlength(line) <= 300 + 41 * 3 * LETTER for line in lines)


def started(folder, pictures, *more):
    """The command as a process."""
    words = ["match", "images", "--manifest", "manifest.tsv", "--root", str(pictures), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", *words],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_scores_go_to_a_pipe(tmp_path, pictures):
    (tmp_path / "manifest.tsv").write_text(HEADER + COPY + COPIED)
    out, said = started(tmp_path, pictures, "--out", "-").communicate(timeout=60)
    assert out.startswith(b"task\tquery_id\tgallery_id\tscore\tdecision\ncopy\tq0\tc0\t")
    assert b"2 pictures in" in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_ends_with_130_and_leaves_no_file(tmp_path, pictures, jobs):
    many = "".join(f"copy\tquery\tq{number}\tq0.jpg\n" for number in range(3000))
    (tmp_path / "manifest.tsv").write_text(HEADER + COPY + many)
    process = started(tmp_path, pictures, "--out", "out.tsv", "--jobs", jobs)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".out.tsv.*.part")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    assert process.stderr.read().splitlines()[-1] == b"interrupted: out.tsv was not written"
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["manifest.tsv"]
