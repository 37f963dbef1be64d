"""What the documents say is what the code does."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from complaints.returned import READ
from complaints.typed import PLACES
from crawler.cli import app
from crawler.exports import COLUMNS
from store.moves import CANDIDATE, RIGHT
from store.register.kinds import KINDS
from store.register.rows import RightRow
from store.rules import document_roles, reason_codes, suggestions

ROOT = Path(__file__).parents[1]
RIGHTS = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")
CANDIDATES = (ROOT / "docs" / "candidates.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def columns_of(section):
    rows = FORMATS.partition(section)[2].partition("\n## ")[0]
    return [
        name
        for line in rows.splitlines()
        if line.startswith("| `")
        for name in re.findall("`([a-z_0-9]+)`", line.split("|")[1])
    ]


def test_the_rights_schema_has_the_columns_that_are_read():
    schema = json.loads((ROOT / "docs" / "rights.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(RightRow.model_fields)


def test_the_rights_table_has_the_columns_that_are_read():
    assert set(columns_of("## Rights")) == set(RightRow.model_fields)


@pytest.mark.parametrize("what", ["accounts", "poas", "sellers", "prices"])
def test_the_other_tables_of_the_register_have_the_columns_that_are_read(what):
    rows = FORMATS.partition(f"### {what}")[2].partition("\n#")[0].partition("| --- |")[2]
    named = re.findall(
        "`([a-z_]+)`", "".join(line.split("|")[1] for line in rows.splitlines() if line.startswith("| `"))
    )
    assert named == list(dict.fromkeys(named))
    assert set(named) == set(KINDS[what].row.model_fields)


@pytest.mark.parametrize("machine", [RIGHT, CANDIDATE], ids=["right", "candidate"])
def test_the_tables_of_moves_are_those_that_hold(machine):
    for each in machine.moves:
        who = ", ".join(each.who) + (f" (entered by {', '.join(each.entered_by)})" if each.entered_by else "")
        guards = ", ".join(each.guards).replace("_", " ")
        assert f"| {', '.join(each.origins)} | {each.to} | {who} | {guards} |" in RIGHTS


def test_the_tables_of_documents_and_reasons_are_those_that_hold():
    assert all(f"| `{each}` |" in RIGHTS for each in document_roles())
    for right_type in ("trademark", "copyright", "design", "patent"):
        assert all(f"| `{each.code}` |" in RIGHTS for each in reason_codes(right_type, dt.date(2026, 11, 1)))


def test_the_table_of_flagged_links_has_the_columns_that_are_written_in_their_order():
    assert columns_of("## Flagged links") == list(COLUMNS)


def test_the_places_of_the_reason_texts_and_the_suggestions_are_those_that_hold():
    named = CANDIDATES.partition("| place |")[2].partition("\n\n")[0]
    assert set(re.findall("`([a-z_]+)`", "".join(line.split("|")[1] for line in named.splitlines()[2:]))) == set(PLACES)
    for right_type in ("trademark", "copyright", "design", "patent"):
        assert all(f"`{each.code}`" in CANDIDATES for each in suggestions(right_type, dt.date(2026, 11, 1)))


def test_the_table_of_decisions_has_every_column_that_is_read():
    assert columns_of("## Decisions") == list(READ)


def helped(*words):
    """What `bazaarwatch WORDS --help` prints."""
    return CliRunner().invoke(app, [*words, "--help"], prog_name="bazaarwatch").output


def test_every_command_that_the_readme_names_is_listed():
    listed = helped()
    named = set(re.findall(r"bazaarwatch ([a-z]+)", README)) - {"finds", "obeys"}
    assert named <= set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))


COMMANDS = ["demo", "crawl", "import", "parse", "export", "sandbox", "login", "config", "due", "probe"]
GROUPED = [
    ("match", "titles"),
    ("match", "images"),
    ("candidates", "list"),
    ("candidates", "show"),
    ("candidates", "decide"),
    ("candidates", "fill"),
    ("candidates", "regroup"),
    ("rights", "import"),
    ("rights", "variants"),
    ("rights", "list"),
    ("rights", "template"),
    ("rights", "show"),
    ("rights", "check"),
    ("rights", "pack"),
    ("rights", "registered"),
    ("rights", "move"),
    ("user", "add"),
    ("user", "list"),
    ("events", "verify"),
    ("schedule", "add"),
    ("cooldown", "clear"),
    ("runs", "show"),
    ("evidence", "capture"),
    ("evidence", "list"),
    ("evidence", "verify"),
    ("evidence", "export"),
    ("evidence", "compare"),
    ("evidence", "purge"),
]


@pytest.mark.parametrize("words", [*((name,) for name in COMMANDS), *GROUPED], ids=" ".join)
def test_a_command_shows_an_example(words):
    assert "Example: bazaarwatch" in helped(*words)
