"""The console command `bazaarwatch`."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from sqlalchemy.exc import DBAPIError
from typer.exceptions import TyperException

from crawler import __version__
from crawler.cli import (
    calibrating,
    candidates,
    cooldowns,
    crawling,
    demo,
    events,
    exporting,
    history,
    importing,
    logging_in,
    matching,
    probing,
    reading,
    rescoring,
    rights,
    sandboxed,
    scheduling,
    sellers,
    users,
)
from crawler.cli.shared import USER_ERRORS
from crawler.progress import tell

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for part in (
    demo,
    crawling,
    importing,
    logging_in,
    probing,
    scheduling,
    reading,
    exporting,
    sandboxed,
    calibrating,
    rescoring,
):
    part.add_to(app)
GROUPS = {
    "match": matching,
    "rights": rights,
    "sellers": sellers,
    "candidates": candidates,
    "user": users,
    "events": events,
    "schedule": scheduling,
    "cooldown": cooldowns,
    "runs": history,
}
for name, part in GROUPS.items():
    app.add_typer(part.app, name=name)

WHOLE = "must be a whole number"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bazaarwatch {__version__}")
        raise typer.Exit


@app.callback()
def bazaarwatch(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Find suspected counterfeit listings on marketplaces, with reasons, for the owners of registered marks."""


def main() -> None:
    """Entry point of the console script: a mistake of the user is one line and exit code 2, never a traceback."""
    try:
        ended = app(standalone_mode=False, prog_name="bazaarwatch")
    except TyperException as error:
        sys.exit(_refused(error))
    except typer.Abort:
        tell("aborted")
        sys.exit(1)
    except USER_ERRORS as error:
        for line in str(error).splitlines() or [type(error).__name__]:
            tell(f"error: {line}")
        sys.exit(2)
    except DBAPIError as error:  # a database that is damaged inside: where it opens, it is found out when it is read
        tell(f"error: the database cannot be used: {str(error.orig).splitlines()[0]}")
        sys.exit(1)
    except BrokenPipeError:  # `bazaarwatch parse ... | head`
        sys.stderr.close()
        sys.exit(0)
    sys.exit(ended if isinstance(ended, int) else 0)


def _refused(error: TyperException) -> int:
    """Say what is wrong with the words of the command; its exit code. Where no command was given, its help is shown."""
    context: Any = getattr(error, "ctx", None)
    said = " ".join(getattr(error, "format_message", lambda: str(error))().split())
    if context is not None and said == " ".join(context.get_help().split()):
        typer.echo(context.get_help(), err=True)
    else:
        plain = re.sub("Input should be( a valid integer.*)?", lambda odd: WHOLE if odd[1] else "must be", said)
        tell(
            f"error: {plain.removesuffix('.')}"
            + (f" (see {context.command_path} --help)" if context is not None else "")
        )
    return 2
