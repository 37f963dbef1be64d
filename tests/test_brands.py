"""From a word to the marks it means and the words that are searched."""

import pytest

from crawler.brands import look_up, unsearchable
from store.blobs import Blobs
from store.database import Store
from store.queries import UNREGISTERED, all_rights, rights_to_match
from store.register import import_rights, prepare, read_rights

RIGHTS = """client,right_id,type,kind,mark,names,aliases,goods,images
Oriva AG,O1,trademark,word,ORIVA,奥丽瓦,欧瓦|oriva,跑鞋,
Oriva AG,O2,trademark,word,TELMO,,,手表,
Velquora,V1,trademark,figurative,,,飞鱼,托特包|tote bag,fish.png
Velquora,V2,trademark,figurative,,,,,fish.png
Velquora,C1,copyright,,,,,挎包,fish.png
"""


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    (tmp_path / "fish.png").write_bytes(b"a fish")
    (tmp_path / "rights.csv").write_text(RIGHTS, "utf-8")
    file = read_rights(tmp_path / "rights.csv")
    assert not file.errors
    blobs = Blobs(tmp_path / "blobs")
    with store.writing() as session:
        import_rights(session, [prepare(row, file.folder, blobs, lambda data: None) for _, row in file.rows])
    yield store
    store.close()


def matched(store, brand):
    with store.reading() as session:
        return [right.right_id for right in rights_to_match(session, brand.clients, brand.unregistered)]


def test_names_come_before_aliases_and_each_word_once(store):
    assert look_up(store, ["oriva"]).queries == ("ORIVA", "奥丽瓦", "欧瓦")


def test_a_wordless_mark_is_searched_by_its_aliases_then_by_its_goods(store):
    assert look_up(store, ["V1"]).queries == ("飞鱼", "托特包", "tote bag")


def test_a_word_that_names_pictures_alone_cannot_be_searched(store):
    assert unsearchable(store, ["V2", "V1", "oriva", "Brelvix"]) == ["V2"]


def test_a_right_that_is_no_trademark_is_searched_by_its_goods(store):
    assert look_up(store, ["C1"]).queries == ("挎包",)


def test_all_marks_of_the_client_are_matched(store):
    assert matched(store, look_up(store, ["欧瓦"])) == ["O1", "O2"]


def test_several_words_are_searched_together(store):
    brand = look_up(store, ["TELMO", "ORIVA"])
    assert set(brand.queries) == {"TELMO", "ORIVA", "奥丽瓦", "欧瓦"}


def test_a_word_nobody_registered_is_matched_alone_and_warned_of(store, capsys):
    brand = look_up(store, ["Brelvix"])
    assert (brand.queries, matched(store, brand)) == (("Brelvix",), ["brelvix"])
    assert "Brelvix is not registered" in capsys.readouterr().err


def test_two_words_nobody_registered_do_not_match_each_others_goods(store):
    look_up(store, ["Brelvix"])
    assert matched(store, look_up(store, ["Zantor"])) == ["zantor"]


def test_the_stand_in_client_is_no_registered_one(store):
    look_up(store, ["Brelvix"])
    with store.reading() as session:
        assert UNREGISTERED not in {right.client.name for right in all_rights(session)}


def test_asking_twice_registers_nothing_twice(store):
    first, second = look_up(store, ["Brelvix"]), look_up(store, ["BRELVIX"])
    assert first.unregistered == second.unregistered
