"""`bazaarwatch` in this process, as fixtures; a module takes them with `pytest_plugins`."""

import shutil

import pytest
from typer.testing import CliRunner

from crawler.cli import app
from crawler.cli.shared import USER_ERRORS
from crawler.config import load_config
from store.database import Store
from tests.flagging import register


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A database with the tables and a register, made once."""
    path = tmp_path_factory.mktemp("empty") / "bazaarwatch.sqlite"
    store = Store(f"sqlite:///{path}")
    with store.writing() as session:
        register(session)
    store.close()
    return path


@pytest.fixture
def run(tmp_path, monkeypatch, empty):
    """`bazaarwatch WORDS`: (exit code, what it printed, the error of the user)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    shutil.copy(empty, tmp_path / "data" / empty.name)
    monkeypatch.setenv("BAZAARWATCH_DATA", str(tmp_path / "data"))

    def go(*words):
        done = CliRunner().invoke(app, list(map(str, words)), prog_name="bazaarwatch")
        if isinstance(done.exception, USER_ERRORS):
            return 2, done.stdout, str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return go


@pytest.fixture
def store(run):
    """The store that the commands use."""
    store = Store(load_config().database)
    yield store
    store.close()
