"""Pictures asked one after another, in this process or in several; the rows keep their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2

from crawler.cli.image_explain import Explainer
from crawler.cli.image_files import Entry, Manifest
from crawler.cli.image_tasks import asker_of
from crawler.cli.pools import in_order
from crawler.cli.title_rows import line
from matchers.image.tasks import Asker, Hit
from matchers.types import PictureError

COLUMNS = ("task", "query_id", "gallery_id", "score", "decision")
KEPT = 5  # ids of the gallery that are written for a picture, likeliest first
DIGITS = 12  # of a score: many lie close to 1 or 0, and their order counts


@dataclass(frozen=True)
class Answered:
    """A picture that was asked. lines : what is to be written; decided : how many count; odd : why it has no rows"""

    lines: bytes
    decided: int = 0
    odd: str | None = None


class Asking:
    """Asks pictures about galleries, each made ready when its first picture comes."""

    def __init__(self, galleries: Mapping[str, Sequence[Entry]], explain: Path | None) -> None:
        cv2.setNumThreads(1)  # processes are what is counted
        self._galleries, self._explain = galleries, explain
        self._askers: dict[str, Asker] = {}

    @cached_property
    def _explainer(self) -> Explainer | None:
        return Explainer(self._explain, self._galleries) if self._explain else None

    def ask(self, query: Entry) -> Answered:
        """What a picture shows."""
        if query.task not in self._askers:
            self._askers[query.task] = asker_of(query.task, self._galleries[query.task])
        try:
            data = query.data()
            found = self._askers[query.task](data)[:KEPT]
        except PictureError as error:
            return Answered(b"", odd=f"cannot be read: {error}")
        except OSError as error:
            return Answered(b"", odd=(error.strerror or "cannot be read").lower())
        except Exception as error:  # a picture nobody thought of must not lose the others
            return Answered(b"", odd=f"could not be looked at ({type(error).__name__})")
        counting = [one for one in found if one.decided]
        if self._explainer:
            self._explainer.draw(query, data, counting)
        return Answered(b"".join(row(query, one) for one in found), len(counting))


def row(query: Entry, one: Hit) -> bytes:
    """The line of an id of the gallery for a picture."""
    return line((query.task, query.id, one.gallery, f"{one.score:.{DIGITS}g}", str(int(one.decided))))


def in_one(manifest: Manifest, explain: Path | None) -> Iterator[Answered]:
    """Ask in this process."""
    return map(Asking(manifest.galleries, explain).ask, manifest.queries)


def in_several(jobs: int, manifest: Manifest, explain: Path | None) -> Iterator[Answered]:
    """Ask in `jobs` processes, each of which makes its own of the galleries it needs."""
    return in_order(jobs, _begin, (manifest.galleries, explain), _ask, manifest.queries)


class _Own:
    """What a process of the pool has."""

    asking: Asking


def _begin(galleries: Mapping[str, Sequence[Entry]], explain: Path | None) -> None:
    _Own.asking = Asking(galleries, explain)


def _ask(query: Entry) -> Answered:
    return _Own.asking.ask(query)
