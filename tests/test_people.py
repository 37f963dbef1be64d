"""Who acts is known: users with roles, told in one line when they are not there."""

import pytest

from store.database import Store
from store.models import Client
from store.people import OPERATOR, PeopleError, actor_named, add_user, retire_user
from tests.crawling import command
from tests.test_events import AT


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        session.add(Client(name="Oriva / Süd"))
    yield store
    store.close()


@pytest.mark.parametrize(
    ("name", "roles", "client", "sentence"),
    [
        ("", ["analyst"], None, "a user has a name"),
        ("x" * 101, ["analyst"], None, "a user has a name"),
        ("a\x07b", ["analyst"], None, "a user has a name"),
        ("system", ["analyst"], None, "system acts by itself"),
        ("mei", ["boss"], None, "a role is one of analyst, senior, client, lawyer, admin, not boss"),
        ("mei", [], None, "a role is one of"),
        ("mei", ["client"], None, "a user of the role client has no other role, and needs --client"),
        ("mei", ["client", "senior"], "Oriva / Süd", "a user of the role client has no other role"),
        ("mei", ["analyst"], "nobody", "no client is called nobody"),
    ],
)
def test_a_user_that_cannot_be_is_told_in_a_sentence(store, name, roles, client, sentence):
    with pytest.raises(PeopleError, match=sentence), store.writing() as session:
        add_user(session, name, roles, client, AT)


def test_a_user_acts_in_the_roles_given_and_for_the_client_given(store):
    with store.writing() as session:
        add_user(session, "mei", ["senior"], None, AT)
        add_user(session, "ana", ["client"], "Oriva / Süd", AT)
        mei, ana = actor_named(session, "mei"), actor_named(session, "ana")
    assert (mei.acts_as, mei.client_id) == ({"senior", "analyst"}, None)
    assert (ana.acts_as, ana.client_id) == ({"client"}, 1)


def test_a_name_is_given_once_and_stays_when_the_user_goes(store):
    with store.writing() as session:
        add_user(session, "mei", ["analyst"], None, AT)
        retire_user(session, "mei")
        with pytest.raises(PeopleError, match="was retired"):
            actor_named(session, "mei")
        with pytest.raises(PeopleError, match="already"):
            add_user(session, "mei", ["analyst"], None, AT)


def test_the_operator_of_the_machine_is_trusted():
    assert OPERATOR.acts_as == {"analyst", "senior"}


def test_users_on_the_command_line(tmp_path):
    assert command("user", "list", folder=tmp_path).stdout == "there are no users yet\n"
    done = command("user", "add", "mei", "--role", "analyst", "--role", "senior", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "user mei added: analyst, senior\n")
    assert "mei\tanalyst, senior\t-\t-" in command("user", "list", folder=tmp_path).stdout
    again = command("user", "add", "mei", "--role", "analyst", folder=tmp_path)
    assert (again.returncode, again.stderr) == (2, "error: there is a user mei already\n")
    assert command("user", "retire", "mei", folder=tmp_path).returncode == 0
    assert command("user", "retire", "ana", folder=tmp_path).returncode == 2
