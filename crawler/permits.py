"""Leave to crawl: no other crawl of the access group goes on, it is not left alone, and its budget is not spent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crawler import cooling
from crawler.budget import NoTurnError, clock
from crawler.config import Config
from crawler.locks import HeldError, held
from crawler.marketplaces import Site
from crawler.runs import BUSY, advice
from store import runs
from store.database import Store


class NotPermittedError(Exception):
    """This crawl may not go on now; the message is one line that says why, and the one thing to do."""


@contextmanager
def permitted(config: Config, site: Site) -> Iterator[None]:
    """Hold the access group of a site until the end. Raises NotPermittedError, StoreError."""
    store = Store(config.database)
    try:
        with held(config, site.access_group):
            cooling.check(store, config, site.access_group)
            with store.writing() as session:
                runs.name_dead(session, site.access_group)
            store.close()
            yield
    except HeldError:
        raise _refused(BUSY, _whose(store, config, site), site) from None
    except NoTurnError as error:
        raise _refused(error.outcome, str(error), site) from None
    finally:
        store.close()


def _refused(outcome: str, why: str, site: Site) -> NotPermittedError:
    return NotPermittedError(f"{outcome}: {why}. {advice(outcome, site.name)}")


def _whose(store: Store, config: Config, site: Site) -> str:
    with store.reading() as session:
        run = runs.going_on(session, site.access_group)
    since = f" (run {run.id}, since {clock(run.started_at, config.zone)})" if run else ""
    return f"{site.access_group} is being crawled already{since}"
