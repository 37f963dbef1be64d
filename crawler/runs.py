"""What a run did and how it ended: counted while it goes, kept in the store, told in one line and an exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.budget import BUDGET, COOL_DOWN
from crawler.items import now
from crawler.reading import WALLS, Outcome, Reading
from crawler.recording import Recorder
from store.database import Store
from store.models import Run as RunRow

REFUSED = "refused"  # robots.txt
BUSY = "busy"  # another crawl of the access group goes on
EXIT_CODES = {
    Outcome.BLOCKED: 3,
    Outcome.LOGIN_REQUIRED: 3,
    Outcome.RATE_LIMITED: 3,
    Outcome.HANDSHAKE: 3,
    Outcome.UNKNOWN: 4,
    Outcome.ERROR: 1,
    REFUSED: 5,
    BUDGET: 5,
    COOL_DOWN: 5,
    BUSY: 5,
}
DONE, FAILED, NOT_PERMITTED, PARTLY, INTERRUPTED = 0, 1, 5, 6, 130
_ENDINGS = {"shutdown": "interrupted"}  # Scrapy's words and ours
STORED_ADVICE = "That is what was stored; save the page again in a browser that shows its goods."
READ = (Outcome.PAGE, Outcome.EMPTY, Outcome.GONE)


@dataclass
class RunLog:
    """The tally of one run.

    counts : pages by outcome, and `listings`, `matched`, `flagged` ... as the pipelines find them
    stored : nobody was asked; stored answers were read
    troubles : what went wrong, in order: (outcome, signal)
    stopped : the wall that ended the run's work on the site
    started : the matchers are built and the first request is about to be made
    archive, screenshot : what was recorded of it, as file names in the data folder
    """

    marketplace: str
    stored: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    stopped: Reading | None = None
    started: bool = False
    ending: str | None = None
    row_id: int | None = None
    archive: str | None = None
    screenshot: str | None = None

    def note(self, reading: Reading, *, stops: bool = True) -> bool:
        """Count an answer; whether there is something in it to go on with.

        stops : a wall ends the work on the site (not so for stored answers)
        """
        self.counts[f"pages.{reading.outcome}"] += 1
        if reading.outcome in READ:
            return True
        self.trouble(reading.outcome, reading.signal)
        if stops and reading.outcome in WALLS:
            self.stopped = self.stopped or reading
        return False

    def trouble(self, outcome: str, signal: str) -> None:
        """Something that keeps the run from being whole; said once."""
        if (outcome, signal) not in self.troubles:
            self.troubles.append((outcome, signal))

    @property
    def pages_read(self) -> int:
        """Answers that could be read, the empty ones included."""
        return sum(self.counts[f"pages.{outcome}"] for outcome in READ)

    @property
    def exit_code(self) -> int:
        """Exit code of the command (DESIGN 4: 0, 1, 3, 4, 5, 6, 130)."""
        if self.ending == "shutdown" and self.started:
            return INTERRUPTED
        if self.counts["errors"] or not self.started:
            return FAILED
        if not self.troubles:
            return DONE if self.ending == "finished" else FAILED
        return PARTLY if self.pages_read else EXIT_CODES.get(self.troubles[0][0], FAILED)

    @property
    def health(self) -> str:
        """Whether the run saw what it was to see: ok, poor (a part of it), failed."""
        return {DONE: "ok", PARTLY: "poor", INTERRUPTED: "poor"}.get(self.exit_code, "failed")

    def line(self) -> str:
        """How the run ended, in one line for the operator."""
        kept = f"{self.counts['listings']} listings kept, {self.counts['flagged']} flagged"
        pages = f"{self.pages_read} pages read"
        if not self.started:
            return "error: the crawl could not start (see above)"
        if self.ending == "shutdown":
            return f"interrupted: {pages}, {kept}; run it again to go on (bazaarwatch export writes all that is stored)"
        if self.counts["errors"]:
            return f"error: {self.counts['errors']} unforeseen errors (see the log): {pages}, {kept}"
        if not self.troubles:
            return f"done: {pages}, {kept}"
        outcome, signal = self.troubles[0]
        told = f"{outcome}: {signal}" if signal else outcome
        what_next = STORED_ADVICE if self.stored else advice(outcome, self.marketplace)
        return f"{pages}, then {told}: {kept}. {what_next}" if self.pages_read else f"{told}. {what_next}"


def advice(outcome: str, site: str) -> str:
    """The one thing to do after this outcome, in a sentence."""
    return {
        Outcome.LOGIN_REQUIRED: f"{site} asks for a login. Run: bazaarwatch login {site}",
        Outcome.BLOCKED: f"Open {site} in the browser (bazaarwatch login {site}), solve it by hand, and run again.",
        Outcome.RATE_LIMITED: f"{site} asks for a pause: wait some hours, raise access.{site}.delay, run again.",
        Outcome.HANDSHAKE: "The page's own JavaScript did not repeat its call; run again.",
        Outcome.UNKNOWN: "No known layout: keep the page (bazaarwatch parse FILE shows it) and report it.",
        REFUSED: f"To go on write access.{site}.basis (why it may be overridden) and access.{site}.since (a day).",
        BUDGET: f"Run again later, or raise it in access.{site}.",
        COOL_DOWN: f"Wait until then; once it is solved by hand, run: bazaarwatch cooldown clear {site}",
        BUSY: "Run again when it has ended.",
    }.get(outcome, "Run the same command again.")


def begin(
    store: Store,
    log: RunLog,
    *,
    spider: str,
    arguments: dict[str, Any],
    transport: str,
    basis: str | None,
    group: str | None = None,
    schedule: int | None = None,
) -> None:
    """Write the run's row. `group`: the access group whose lock it holds; `schedule`: whose run it is."""
    with store.writing() as session:
        row = RunRow(
            spider=spider,
            arguments=arguments,
            transport=transport,
            basis=basis,
            access_group=group,
            schedule_id=schedule,
            started_at=now(),
            counts={},
        )
        session.add(row)
        session.flush()
        log.row_id = row.id


def recorder(data: Path, log: RunLog, *, spider: str, basis: str | None) -> Recorder:
    """What a run records itself with: `<data>/archives/<run>-<spider>.warc.gz`."""
    info = {"isPartOf": f"run {log.row_id}", "description": f"what {spider} saw", "robots": "obey", "basis": basis}
    if basis:
        info["robots"] = "not obeyed, on the basis that the operator recorded"
    return Recorder(data / "archives" / f"{log.row_id}-{spider}.warc.gz", info)


def finish(store: Store, log: RunLog) -> None:
    """Write how it ended."""
    with store.writing() as session:
        row = session.get(RunRow, log.row_id)
        if row is not None:
            row.finished_at = now()
            trouble = log.troubles[0] if log.troubles and log.exit_code != INTERRUPTED else None
            row.outcome, row.signal = trouble or (_ENDINGS.get(log.ending or "", log.ending or "finished"), None)
            row.counts = dict(log.counts)
            row.exit_code, row.health, row.reason = log.exit_code, log.health, log.line()
            row.archive, row.screenshot = log.archive, log.screenshot
