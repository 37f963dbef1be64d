"""What a demo searches: which marketplaces, for which words; and what it says of the files it is given."""

import json
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from crawler.cli.demo_crawls import spiders_for, words_of
from sandbox.catalogue import read_catalogue
from store.models import Mark, MarkName, Right
from store.names import fold_name
from tests.crawling import command, environment
from tests.sandbox_shop import line, write

RIGHTS = "client,right_id,type,mark\nVelquora AG,V1,trademark,VELQUORA\nNorvane,V1,trademark,NORVANE\n"
SITES = ["taobao", "tmall", "1688", "alibaba", "aliexpress"]


def right(right_id, *names, client=1, aliases=(), goods=(), trademark=True):
    roles = [*(("name", name) for name in names), *(("alias", name) for name in aliases)]
    mark = Mark(names=[MarkName(role=role, name=name, folded=fold_name(name)) for role, name in roles])
    return Right(client_id=client, right_id=right_id, goods=list(goods), mark=mark if trademark else None)


def test_the_marketplaces_that_have_goods_are_searched_tmall_with_taobao(tmp_path):
    goods = [line(1, marketplace="tmall"), line(2, marketplace="aliexpress"), line(3, marketplace="1688")]
    assert spiders_for(read_catalogue(write(tmp_path, goods)).goods) == ("taobao", "1688", "aliexpress")


def test_one_word_serves_all_rights_that_bear_it():
    assert words_of([right("A", "ORIVA", "奥丽瓦"), right("B", "oriva"), right("C", "TELMO")]) == (
        ["ORIVA", "TELMO"],
        [],
    )


def test_a_right_that_no_word_can_be_searched_for_is_named():
    assert words_of([right("A", "ORIVA"), right("B"), right("C", goods=["跑鞋"])]) == (["ORIVA", "C"], ["B"])


def test_a_right_that_is_no_trademark_is_searched_where_its_client_has_none():
    drawing = right("C1", goods=["托特包"], trademark=False)
    assert words_of([drawing]) == (["C1"], [])
    assert words_of([drawing, right("A", "ORIVA")]) == (["ORIVA"], [])


def fake(number, mark, **columns):
    return line(number, keywords=["velquora"], truth={"label": "counterfeit", "mark": mark}, **columns)


def goods_of_all_sites():
    """A disguised name on each marketplace, planted for a right id that two clients have."""
    dollars = {"alibaba": "USD", "aliexpress": "USD"}
    return [
        fake(n, "V1", title="V·E·L·Q·U·O·R·A shoes", marketplace=name, currency=dollars.get(name, "CNY"))
        for n, name in enumerate(SITES)
    ]


@pytest.fixture
def files(tmp_path):
    """Writes a catalogue and the rights; gives the words of a demo on them."""

    def files(goods):
        write(tmp_path, goods)
        (tmp_path / "rights.csv").write_text(RIGHTS)
        return ["demo", "--catalogue", "catalogue.jsonl", "--rights", "rights.csv", "--json", "-O", "out"]

    return files


@pytest.mark.browser
def test_what_is_planted_on_any_marketplace_is_found_for_any_client_of_the_id(tmp_path, files):
    done = command(*files(goods_of_all_sites()), folder=tmp_path, timeout=240)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {each.partition(":")[0] for each in result["found_ids"]} == {"taobao", "1688", "alibaba", "aliexpress"}
    assert (result["planted"], result["missed"], result["wrong"]) == (5, 0, 0), done.stderr


def test_a_catalogue_without_goods_ends_well_and_says_that_nothing_was_planted(tmp_path, files):
    done = command(*files([]), folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["planted"]) == (0, 0)
    assert "nothing was planted" in done.stderr


def test_a_demo_that_has_nothing_to_search_for_is_refused(tmp_path, files):
    words = files([line()])
    Image.new("RGB", (64, 64), "teal").save(tmp_path / "fish.png")
    (tmp_path / "rights.csv").write_text("client,right_id,type,images\nA,N1,trademark,fish.png\n")
    done = command(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("error: rights: nothing can be searched for N1: no mark in words")


@pytest.mark.browser
def test_a_truth_that_names_no_registered_right_is_warned_of_and_missed(tmp_path, files):
    goods = [fake(n, f"X{n}", title="V·E·L·Q·U·O·R·A shoes") for n in range(7)]
    done = command(*files(goods), folder=tmp_path, timeout=180)
    assert "warning: no right is registered for the truth.mark X0, X1, X2, X3, X4, ...: " in done.stderr
    result = json.loads(done.stdout)
    assert (result["found"], result["missed"], result["wrong"]) == (0, 7, 7)


@pytest.mark.browser
def test_an_interrupted_demo_says_so_before_the_table_and_ends_130(tmp_path, files):
    words = [word for word in files(goods_of_all_sites()) if word != "--json"]
    arguments = [sys.executable, "-m", "crawler.cli", *words]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(arguments, cwd=tmp_path, env=environment(tmp_path), **piped) as process:
        for said in process.stderr:
            if said.startswith("searching "):
                break
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        table, rest = process.communicate(timeout=90)
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "the demo was interrupted: what follows is what was found until then"
    assert "planted " in table
