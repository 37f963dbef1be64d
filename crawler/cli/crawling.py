"""Commands that crawl: `crawl`, and `config`, which says how."""

from __future__ import annotations

from pathlib import Path

import typer
from sqlalchemy import make_url

from crawler.arguments import parse_arguments
from crawler.cli.shared import UsageError
from crawler.config import CONFIG_FILE, load_config
from crawler.supervise import run_crawl


def add_to(app: typer.Typer) -> None:
    """Hang the commands in."""
    app.command()(crawl)
    app.command()(config)


def crawl(
    brand: str = typer.Option(help="A registered name, alias or right; another word is searched with a warning."),
    marketplace: str = typer.Option("taobao", help="Where to search."),
    pages: int = typer.Option(5, help="Result pages of each query, 1 to 100."),
    output: Path | None = typer.Option(None, "--output", "-O", help="Flagged links as .csv or .json."),
) -> None:
    """Search a marketplace for a brand now, supervised: killed when it hangs.

    Example: bazaarwatch crawl --brand ORIVA --marketplace taobao -O flagged.csv
    """
    arguments = {"brand": brand, "pages": str(pages)}
    parse_arguments(arguments)
    raise typer.Exit(run_crawl([marketplace, *spider_arguments(arguments), *feed(output)]))


def spider_arguments(arguments: dict[str, str]) -> list[str]:
    """As `scrapy crawl` takes them."""
    return [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]


def feed(output: Path | None, *, append: bool = False) -> list[str]:
    """Where flagged links go, as `scrapy crawl` takes it. Raises UsageError."""
    if output is None:
        return []
    if output.suffix not in (".csv", ".json", ".jsonl"):
        raise UsageError(f"{output}: give a .csv, .json or .jsonl file")
    return ["-o" if append else "-O", str(output)]


def config() -> None:
    """Print the configuration as it holds now, with defaults.

    Set by the environment (BAZAARWATCH_ACCESS__TAOBAO__DELAY=8) or bazaarwatch.toml ([access.taobao] delay = 8).
    Example: bazaarwatch config
    """
    values = load_config()
    shown = values.model_copy(update={"database_url": make_url(values.database).render_as_string(hide_password=True)})
    typer.echo(f"# {CONFIG_FILE} {'is read' if CONFIG_FILE.exists() else 'is not there: defaults and environment'}")
    typer.echo(shown.model_dump_json(indent=2))
