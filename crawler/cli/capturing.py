"""`bazaarwatch evidence capture`: listings looked at now, each sealed as a bundle."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.budget import NoTurnError
from crawler.cli.shared import UsageError, acting, opened
from crawler.cli.sorting import spiders_by_group
from crawler.config import Config
from crawler.marketplaces import SITES, ItemRef, Site, canonical_url, identify, site
from crawler.pace import Pace, pace_of
from crawler.permits import NotPermittedError, permitted
from crawler.progress import tell
from crawler.reading import WALLS, Outcome, Reading
from crawler.runs import DONE, EXIT_CODES, FAILED, NOT_PERMITTED, advice
from store.database import Store
from store.models import Listing
from store.people import Actor, PeopleError

if TYPE_CHECKING:
    from evidence.drafts import Sealed
    from evidence.seen import Target
    from evidence.writing import Room

MOMENTS = ("discovery", "confirmation", "filing", "removal")


def capture(
    listings: list[str] = typer.Argument(metavar="URL|ID...", help="Addresses, or ids of listings that are stored."),
    moment: str = typer.Option("discovery", help="discovery, confirmation, filing or removal."),
    marketplace: str | None = typer.Option(None, help="Whose the ids are, where they are not stored."),
) -> None:
    """Capture listings in the browser, under the usual pace and permissions, and seal each as a bundle of evidence.

    Ends 1 where one is incomplete, 3 at a wall, 4 at a page that nobody can read, 5 where it is not permitted.
    Example: bazaarwatch evidence capture "https://item.taobao.com/item.htm?id=712345678901" --moment filing
    """
    if moment not in MOMENTS:
        raise UsageError(f"moment: one of {', '.join(MOMENTS)}")
    with opened() as (config, store):
        with store.reading() as session:
            actor = acting(config, session)
            wanted = [_named(session, each, marketplace) for each in listings]
        if "analyst" not in actor.acts_as:
            raise PeopleError(f"{actor.name} may not capture; that is for an analyst or a senior")
        raise typer.Exit(max(_by_group(config, store, wanted, moment, actor), default=DONE))


def _named(session: Session, text: str, marketplace: str | None) -> ItemRef:
    """The listing that the user means. Raises UsageError."""
    found = identify(text)
    if found:
        return found
    if marketplace is not None and text.isascii() and text.isdigit() and len(text) <= 19:
        return ItemRef(site(marketplace).name, text)
    rows = session.execute(select(Listing.marketplace, Listing.item_id).where(Listing.item_id == text[:60])).all()
    if len(rows) == 1:
        return ItemRef(*rows[0])
    told = "is stored of several marketplaces" if rows else "names no article, and no listing of that id is stored"
    raise UsageError(f"{text[:100]}: {told}; give its address, or --marketplace")


def _by_group(config: Config, store: Store, wanted: Iterable[ItemRef], moment: str, actor: Actor) -> list[int]:
    from evidence.keeping import found_again  # noqa: PLC0415 # the store's and the browser's, for who captures

    for line in found_again(config, store):
        tell(line)
    groups: dict[str, list[ItemRef]] = {}
    for each in dict.fromkeys(wanted):
        groups.setdefault(SITES[each.marketplace].access_group, []).append(each)
    codes = []
    for items in groups.values():
        home = site(items[0].marketplace)
        try:
            with permitted(config, home):
                codes += asyncio.run(Sitting(config, store, actor, home, moment).all(items))
        except NotPermittedError as refused:
            tell(str(refused))
            codes.append(NOT_PERMITTED)
    return codes


class Sitting:
    """One browser, and the listings of one access group."""

    def __init__(self, config: Config, store: Store, actor: Actor, home: Site, moment: str) -> None:
        self.config, self.store, self.actor, self.home, self.moment = config, store, actor, home, moment
        self.spider = spiders_by_group()[home.access_group]
        self.pace: Pace = pace_of(store, config, home.access_group)

    async def all(self, items: list[ItemRef]) -> list[int]:
        """The exit code of each. Raises EvidenceError: nothing can be captured here at all."""
        from evidence.capture import browser, room_of  # noqa: PLC0415 # Playwright
        from evidence.robots import Robots  # noqa: PLC0415

        room = room_of(self.config, self.home.access_group, self.actor.name)
        codes: list[int] = []
        try:
            async with browser(self.config, self.home.access_group) as context:
                robots = Robots(context)
                for item in items:
                    codes.append(await self._one(context, robots, item, room))
                    if codes[-1] in (3, NOT_PERMITTED):  # the site is left alone
                        break
        finally:
            self.pace.close()
        return codes

    async def _one(self, context: object, robots: object, item: ItemRef, room: Room) -> int:
        from evidence.capture import capture as captured  # noqa: PLC0415
        from evidence.capture import patience_of  # noqa: PLC0415
        from evidence.errors import EvidenceError, NotEvidenceError  # noqa: PLC0415

        target = self._target(item)
        try:
            if not self.config.access_of(item.marketplace).permits:
                refused = await robots.refusal(target.url)  # type: ignore[attr-defined]
                if refused:
                    tell(f"{refused}: {target.url}. {advice('refused', item.marketplace)}")
                    return NOT_PERMITTED
                target = replace(target, may=robots.may)  # type: ignore[attr-defined]
            sealed = await captured(context, target, room, patience_of(self.config))  # type: ignore[arg-type]
        except NoTurnError as error:
            tell(f"{error.outcome}: {error}. {advice(error.outcome, item.marketplace)}")
            return NOT_PERMITTED
        except NotEvidenceError as error:
            tell(str(error))
            if error.outcome in WALLS:
                await self.pace.cool_down(Reading(Outcome(error.outcome), str(error)))
            return EXIT_CODES.get(error.outcome, FAILED)
        except EvidenceError as error:
            tell(f"error: {error}")
            return FAILED
        return await asyncio.to_thread(self._kept, sealed)

    def _target(self, item: ItemRef) -> Target:
        from evidence.seen import Target  # noqa: PLC0415

        return Target(
            marketplace=item.marketplace,
            item_id=item.item_id,
            url=canonical_url(item.marketplace, item.item_id),
            moment=self.moment,  # type: ignore[arg-type]
            api=self.spider.detail_api,
            readers=tuple(self.spider.readers),
            saved_readers=tuple(self.spider.saved_readers),
            turn=self.pace.turn,
        )

    def _kept(self, sealed: Sealed) -> int:
        from evidence.capture import root_of  # noqa: PLC0415
        from evidence.keeping import ask_for_stamps, write_sealed  # noqa: PLC0415

        row = write_sealed(self.store, sealed, self.actor)
        asked = ask_for_stamps(self.config, self.store, row.id)
        missing = sealed.manifest.missing
        state = "incomplete" if missing else "sealed"
        told = f"{state}: evidence {row.id}: {root_of(self.config) / sealed.place}: manifest {sealed.sha256}"
        typer.echo(told + (f": {'; '.join(missing)}" if missing else ""))
        if asked and asked.pending:
            tell(f"timestamps pending: {asked.pending}")
        return FAILED if missing else DONE
