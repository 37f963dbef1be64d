"""What the documents say is what the code does."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.cli import app
from crawler.exports import COLUMNS
from store.register.rows import RightRow

ROOT = Path(__file__).parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def columns_of(section):
    rows = FORMATS.partition(section)[2].partition("\n## ")[0]
    return [
        name
        for line in rows.splitlines()
        if line.startswith("| `")
        for name in re.findall("`([a-z_]+)`", line.split("|")[1])
    ]


def test_the_rights_schema_has_the_columns_that_are_read():
    schema = json.loads((ROOT / "docs" / "rights.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(RightRow.model_fields)


def test_the_rights_table_has_the_columns_that_are_read():
    assert set(columns_of("## Rights")) == set(RightRow.model_fields)


def test_the_table_of_flagged_links_has_the_columns_that_are_written_in_their_order():
    assert columns_of("## Flagged links") == list(COLUMNS)


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
    ("rights", "import"),
    ("rights", "variants"),
    ("schedule", "add"),
    ("cooldown", "clear"),
    ("runs", "show"),
]


@pytest.mark.parametrize("words", [*((name,) for name in COMMANDS), *GROUPED], ids=" ".join)
def test_a_command_shows_an_example(words):
    assert "Example: bazaarwatch" in helped(*words)
