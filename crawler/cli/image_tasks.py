"""What each task of a manifest asks; galleries that cannot be used are told before any picture is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.cli.image_files import Entry, Manifest, shown
from crawler.cli.shared import UsageError
from crawler.cli.title_files import few
from matchers.image.decode import decode
from matchers.image.looks import SEEN_AT
from matchers.image.seek import drawings_of
from matchers.image.tasks import Asker, copy_asker, logo_asker, text_asker
from matchers.types import PictureError


def asker_of(task: str, gallery: Sequence[Entry]) -> Asker:
    """Asks a picture about a gallery that was checked."""
    if task == "text":
        return text_asker((entry.id, entry.word) for entry in gallery)
    pictures = ((entry.id, entry.data()) for entry in gallery)
    return copy_asker(pictures) if task == "copy" else logo_asker(pictures)


def checked(manifest: Manifest) -> list[str]:
    """Lines about what will never be found. Raises UsageError when a picture of a gallery cannot be read."""
    mistakes: list[str] = []
    warnings: list[str] = []
    for entry in pictured(manifest):
        try:
            if not usable(entry):
                warnings.append(f"line {entry.line}: {shown(entry.id)} is blank or a plain shape, and is never found")
        except PictureError as error:
            mistakes.append(f"line {entry.line}: {shown(entry.id)} cannot be read: {error}")
        except OSError as error:
            mistakes.append(f"line {entry.line}: {shown(entry.id)}: {(error.strerror or 'cannot be read').lower()}")
    if mistakes:
        raise UsageError("\n".join(few(mistakes, manifest.name)))
    return few(warnings, manifest.name)


def pictured(manifest: Manifest) -> Iterator[Entry]:
    """The pictures of the galleries that are asked about."""
    asked = {query.task for query in manifest.queries}
    return (one for task in asked - {"text"} for one in manifest.galleries[task])


def usable(entry: Entry) -> bool:
    """There is something to look for. Raises `PictureError` and OSError."""
    if entry.task == "logo":
        return bool(drawings_of(entry.data()))
    decode(entry.data(), side=SEEN_AT)
    return True
