"""`scrapy genspider NAME DOMAIN`: a further marketplace starts as a site, a spider, its readers, a fixture and a test.

Scrapy's own writes a spider alone; here a layout without a fixture and a test is no layout.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from string import Template

from scrapy.commands import ScrapyCommand
from scrapy.commands.genspider import sanitize_module_name
from scrapy.exceptions import UsageError

from crawler.marketplaces import SITES
from crawler.progress import tell

TEMPLATES = Path(__file__).parents[1] / "templates" / "marketplace"
USAGE = 2
NAME = re.compile(r"[a-z0-9][a-z0-9_]{1,30}")
DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,20}")


class Command(ScrapyCommand):
    """Exit codes: 0 written, 2 wrong usage or a name that is taken; nothing that is there is overwritten."""

    requires_crawler_process = False

    def syntax(self) -> str:
        """For `scrapy genspider --help`."""
        return "<name> <domain>"

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Begin a further marketplace: site, spider, readers, fixture, test"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the files and say what to do with them."""
        if len(args) != 2:
            raise UsageError
        name, domain = args[0], args[1].removeprefix("https://").rstrip("/").lower()
        if not NAME.fullmatch(name) or not DOMAIN.fullmatch(domain):
            self._refuse(
                "give a name of lower-case letters and digits, and a domain: scrapy genspider rakuten rakuten.co.jp"
            )
            return
        assert self.settings is not None
        spiders = import_module(self.settings["NEWSPIDER_MODULE"]).__file__
        assert spiders is not None
        root, words = Path(spiders).parents[1], _words(name, domain)
        taken = [path for path, _ in _files(root, words) if path.exists()]
        if name in SITES or taken:
            self._refuse(f"{name} is there already" + (f": {taken[0].relative_to(root)}" if taken else ""))
            return
        for path, template in _files(root, words):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_filled(template, words), "utf-8")
            tell(f"written: {path.relative_to(root)}")
        _add_site(root / "crawler" / "sites.py", words)
        tell(f"written: a Site in crawler/sites.py; correct its facts, then: pytest tests/test_{words['module']}.py")

    def _refuse(self, why: str) -> None:
        tell(f"error: {why}")
        self.exitcode = USAGE


def _words(name: str, domain: str) -> dict[str, str]:
    module = sanitize_module_name(name)
    return {
        "name": name,
        "domain": domain,
        "module": module,
        "Title": name.capitalize(),
        "Class": "".join(part.capitalize() for part in module.split("_")),
        "CONSTANT": module.upper(),
        "year": str(datetime.now(UTC).year),
    }


def _files(root: Path, words: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    yield root / "spiders" / f"{words['module']}.py", "spider.py"
    yield root / "spiders" / "readers" / words["module"] / "__init__.py", "readers.py"
    yield root / "tests" / "fixtures" / words["name"] / "search.json", "fixture.json"
    yield root / "tests" / f"test_{words['module']}.py", "test.py"


def _filled(template: str, words: Mapping[str, str]) -> str:
    return Template((TEMPLATES / f"{template}.tmpl").read_text("utf-8")).substitute(words)


def _add_site(path: Path, words: Mapping[str, str]) -> None:
    """Before the table of all sites, and in it."""
    text = path.read_text("utf-8")
    text = text.replace("\nSITES = {", f"\n{_filled('site.py', words)}\nSITES = {{", 1)
    path.write_text(re.sub(r"(SITES = \{.*?)\)\}", rf"\1, {words['CONSTANT']})}}", text, count=1, flags=re.S), "utf-8")
