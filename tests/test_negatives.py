"""What was judged innocent is remembered, each once."""

import pytest

from store.database import Store
from store.models import Client
from store.register.negatives import add_negative_title, negative_titles
from tests.registering import AT


@pytest.fixture
def session(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        session.add_all([Client(name="Oriva"), Client(name="Norvane")])
        session.flush()
        yield session
    store.close()


def test_a_title_is_remembered_once_a_client_however_it_is_written(session):
    added = [
        add_negative_title(session, 1, title, by="mei", at=AT)
        for title in ("ORIVA 鞋带", "oriva  鞋带", "ＯＲＩＶＡ 鞋带")
    ]
    assert added == [True, False, False]
    assert add_negative_title(session, 2, "ORIVA 鞋带", by="mei", at=AT)
    assert negative_titles(session, 1) == ["ORIVA 鞋带"]
