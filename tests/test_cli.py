"""The console command: a mistake of the user is one line and exit code 2."""

import pytest
from PIL import Image

from tests.crawling import command, registered

PICTURE_ONLY = "client,right_id,type,images,goods\nA,{id},trademark,fish.png,{goods}\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["crawl", "--brand", "x", "--pages", "abc"], "error: Invalid value for '--pages': must be a whole number"),
        (["crawl"], "error: Missing option '--brand' (see bazaarwatch crawl --help)"),
        (["crawl", "--brand", "x", "--bogus", "1"], "error: No such option: --bogus"),
        (["runs", "list", "--limit", "0"], "error: Invalid value for '--limit': "),
        (["nonsense"], "error: No such command 'nonsense'"),
        (["demo", "--catalogue", "mine.jsonl"], "error: give --catalogue and --rights together"),
        (["demo", "--rights", "mine.csv"], "error: give --catalogue and --rights together"),
        (["crawl", "--brand", "x", "-O", "x.pdf"], "error: x.pdf: give a .csv, .json or .jsonl file"),
    ],
)
def test_a_wrong_word_is_one_line_and_exit_2(tmp_path, words, line):
    done = command(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_without_a_word_the_help_is_shown(tmp_path):
    done = command(folder=tmp_path)
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_help_and_version_end_0(tmp_path):
    assert [command(word, folder=tmp_path).returncode for word in ("--help", "--version")] == [0, 0]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.txt"])
def test_an_export_makes_the_folder_that_is_not_there(tmp_path, name):
    assert command("export", f"new/deep/{name}", folder=tmp_path).returncode == 0
    assert (tmp_path / "new" / "deep" / name).exists()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.txt"])
def test_an_export_that_cannot_be_written_is_one_line(tmp_path, name):
    (tmp_path / name).mkdir()
    done = command("export", name, folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"error: {name}: is a directory\n")


def test_a_picture_that_is_not_there_is_told_with_its_line(tmp_path):
    (tmp_path / "rights.csv").write_text("client,right_id,type,mark,photos\nA,N1,trademark,X,none.jpg\n")
    done = command("rights", "import", "rights.csv", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: line 2: N1: none.jpg: no such file\n")


def test_a_crawl_that_has_nothing_to_search_for_is_refused_in_one_line(tmp_path):
    Image.new("RGB", (64, 64), "teal").save(tmp_path / "fish.png")
    (tmp_path / "rights.csv").write_text(PICTURE_ONLY.format(id="N1", goods=""))
    assert command("rights", "import", "rights.csv", folder=tmp_path).returncode == 0
    done = command("crawl", "--brand", "N1", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("error: brand: nothing can be searched for N1: no mark in words")


def test_the_word_parse_knows_each_marketplace(tmp_path):
    said = " ".join(command("parse", "--help", folder=tmp_path).stdout.split())
    assert "taobao, tmall, 1688, alibaba, aliexpress" in said


def test_rights_that_are_registered_are_listed(tmp_path):
    registered(tmp_path)
    assert "Velquora AG" in command("rights", "list", folder=tmp_path).stdout
