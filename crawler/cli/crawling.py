"""Commands that crawl: `crawl`, `import`, `login`, and `config`, which says how."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typer
from sqlalchemy import make_url

from crawler.arguments import parse_arguments
from crawler.cli.shared import UsageError, opened
from crawler.config import CONFIG_FILE, load_config
from crawler.cooling import BY_LOGIN, lift
from crawler.login import log_in
from crawler.marketplaces import site
from crawler.supervise import run_crawl
from crawler.transports.archive import stored_files


def add_to(app: typer.Typer) -> None:
    """Hang the commands in."""
    app.command()(crawl)
    app.command("import")(import_files)
    app.command()(login)
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
    raise typer.Exit(run_crawl([marketplace, *_spider(arguments), *_feed(output)]))


def import_files(
    files: list[Path] = typer.Argument(help="Saved pages and JSON(P) answers, or folders of them."),
    brand: str = typer.Option(help="The brand they were saved for."),
    marketplace: str = typer.Option("taobao", help="Which site they are of."),
    output: Path | None = typer.Option(None, "--output", "-O", help="Flagged links as .csv or .json."),
) -> None:
    """Read saved pages through the same pipelines as a crawl: no browser, no network.

    Example: bazaarwatch import saved-pages/ --brand ORIVA
    """
    found = [file.resolve() for each in files for file in stored_files(each)]
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(found):
            (Path(folder) / f"{number:06d}-{file.name}").symlink_to(file)
        arguments = {"brand": brand, "archive": folder}
        parse_arguments(arguments)
        raise typer.Exit(run_crawl([marketplace, *_spider(arguments), *_feed(output)]))


def _spider(arguments: dict[str, str]) -> list[str]:
    return [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]


def _feed(output: Path | None) -> list[str]:
    if output is None:
        return []
    if output.suffix not in (".csv", ".json", ".jsonl"):
        raise UsageError(f"{output}: give a .csv, .json or .jsonl file")
    return ["-O", str(output)]


def login(marketplace: str = typer.Argument(help="Whose login page to open.")) -> None:
    """Open a browser window on the marketplace's login page; the profile is kept for the crawls.

    You log in by hand and close the window. Nothing is typed, solved or stored by this program.
    Example: bazaarwatch login taobao
    """
    where = site(marketplace)
    with opened() as (config, store):
        said = log_in(config, where)
        lift(store, where.access_group, BY_LOGIN)
    typer.echo(said)


def config() -> None:
    """Print the configuration as it holds now, with defaults.

    Set by the environment (BAZAARWATCH_ACCESS__TAOBAO__DELAY=8) or bazaarwatch.toml ([access.taobao] delay = 8).
    Example: bazaarwatch config
    """
    values = load_config()
    shown = values.model_copy(update={"database_url": make_url(values.database).render_as_string(hide_password=True)})
    typer.echo(f"# {CONFIG_FILE} {'is read' if CONFIG_FILE.exists() else 'is not there: defaults and environment'}")
    typer.echo(shown.model_dump_json(indent=2))
