"""`bazaarwatch import`: what an analyst saved by hand, or an earlier run recorded, through the pipelines of a crawl."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from crawler.archives import check, stored_files
from crawler.arguments import parse_arguments
from crawler.cli.crawling import feed, spider_arguments
from crawler.cli.decisions import take
from crawler.cli.shared import UsageError
from crawler.cli.sorting import spiders_by_group, what_is_in
from crawler.progress import tell
from crawler.reading import Outcome
from crawler.runs import DONE, EXIT_CODES, INTERRUPTED
from crawler.supervise import run_crawl


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command("import")(import_files)


def import_files(
    files: list[Path] | None = typer.Argument(
        None, help="Saved pages, HAR, WARC, WACZ, or folders of them; known by content."
    ),
    *,
    brand: str | None = typer.Option(None, help="The brand they were saved for; needed with files."),
    marketplace: str | None = typer.Option(None, help="Read all as this site's; else each file as its own sites'."),
    output: Path | None = typer.Option(None, "--output", "-O", help="Flagged links as .csv, .json or .jsonl."),
    decisions: Path | None = typer.Option(None, help="In place of files: the edited .csv or .xlsx of an export."),
    apply: bool = typer.Option(False, "--apply", help="With --decisions: write the changes, not only show them."),
) -> None:
    """Read saved pages and recordings through the same pipelines as a crawl: no browser, no network.

    With --decisions, take back what people wrote into an exported file; nothing is changed without --apply.

    Example: bazaarwatch import browsing.har saved-pages/ --brand ORIVA
    """
    if decisions is not None:
        if files or brand or marketplace or output:
            raise UsageError("--decisions goes with --apply alone")
        take(decisions, apply=apply)
        return
    if not files or brand is None:
        raise UsageError("give FILES and --brand, or --decisions FILE")
    for each in files:
        check(each)
    parse_arguments({"brand": brand})
    feed(output)
    if marketplace:
        raise typer.Exit(_crawl(marketplace, files, None, brand, feed(output)))
    raise typer.Exit(_each_site(files, brand, output))


def _each_site(files: Sequence[Path], brand: str, output: Path | None) -> int:
    """A crawl for each site whose goods are in the files; the worst exit code."""
    spiders = spiders_by_group()
    found = [what_is_in(file, spiders) for given in files for file in stored_files(given)]
    for each in found:
        if each.line:
            tell(f"warning: {each.file.name}: {each.line}")
    groups = sorted({group for each in found for group in each.groups})
    if len(groups) > 1 and output and output.suffix == ".json":
        raise UsageError(f"{output}: goods of {len(groups)} sites do not make one list; give a .csv or .jsonl file")
    worst = DONE if groups else EXIT_CODES[Outcome.UNKNOWN]
    for number, group in enumerate(groups):
        wanted = {each.file for each in found if group in each.groups or each.is_picture}
        code = _crawl(spiders[group].name, files, wanted, brand, feed(output, append=number > 0))
        if code == INTERRUPTED:
            return code
        worst = code or worst
    return worst


def _crawl(marketplace: str, given: Sequence[Path], wanted: set[Path] | None, brand: str, written: list[str]) -> int:
    with _gathered(given, wanted) as archive:
        arguments = {"brand": brand, "archive": str(archive)}
        parse_arguments(arguments)
        return run_crawl([marketplace, *spider_arguments(arguments), *written])


@contextmanager
def _gathered(given: Sequence[Path], wanted: set[Path] | None) -> Iterator[Path]:
    """One path for all: what was given as it is, where that is all of one path; else a folder of links.

    wanted : of the files that were given, those that are to be read; None: all
    """
    files = [(number, path, file) for number, path in enumerate(given) for file in stored_files(path)]
    if len(given) == 1 and (wanted is None or wanted >= {file for _, _, file in files}):
        yield given[0]
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, path, file in files:
            if wanted is None or file in wanted:
                beside = path.parent if path.is_file() else path
                link = Path(folder) / f"{number:06d}" / file.relative_to(beside)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(file.resolve())
        yield Path(folder)
