"""The matcher of `bazaarwatch match titles`: made of the marks, or read from a file in which it was kept."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from crawler.cli.shared import UsageError
from crawler.progress import tell
from matchers.title import TitleMatcher
from matchers.title.nicknames import NicknamesError, read, with_nicknames
from matchers.types import Mark

SHOWN_NAMES = 5


def matcher_of(marks: Sequence[Mark], data: bytes, index: Path | None) -> TitleMatcher:
    """A matcher: that of the index file where it was made of the same file of marks, else a new one, kept there.

    data : the files that the marks come from. Raises UsageError when the index can neither be read nor written.
    """
    if index is None:
        return TitleMatcher(marks)
    source = hashlib.sha256(data).hexdigest()
    try:
        if kept := _kept(index, source):
            return kept
        matcher = TitleMatcher(marks)
        matcher.save(index, source)
    except OSError as error:
        raise UsageError(f"{index}: {(error.strerror or str(error)).lower()}") from None
    return matcher


def _kept(index: Path, source: str) -> TitleMatcher | None:
    """The matcher in a file; None, with a line that says why, where a new one is needed."""
    if not index.exists():
        return None
    _refuse_foreign(index)
    try:
        kept = TitleMatcher.load(index)
    except ValueError as error:
        tell(f"{error}: it is made again")
        return None
    if kept.source != source:
        tell(f"{index.name} was made of other marks: it is made again")
        return None
    return kept


def _refuse_foreign(index: Path) -> None:
    """A file that is no index is somebody's, and is not written over. Raises UsageError."""
    try:
        with zipfile.ZipFile(index) as file:
            is_ours = "made_with.npy" in file.namelist()
    except zipfile.BadZipFile:
        is_ours = False
    if not is_ours:
        raise UsageError(f"{index}: is no index of marks; give another file with --index")


def called(marks: Sequence[Mark], nicknames: Path) -> list[Mark]:
    """The marks with what a file says that people call them. Raises UsageError."""
    try:
        more = read(nicknames)
    except NicknamesError as error:
        raise UsageError(str(error)) from None
    return [with_nicknames(mark, more) for mark in marks]


def warn_of_literals(marks: Sequence[Mark]) -> None:
    """One line where names are so short that they name little."""
    names = (name for mark in marks for name in (*mark.names, *mark.aliases))
    short = list(dict.fromkeys(name for name in names if sum(map(str.isalnum, name)) == 1))
    if short:
        told = ", ".join(short[:SHOWN_NAMES]) + (", ..." if len(short) > SHOWN_NAMES else "")
        tell(
            f"warning: a name of one letter or hanzi ({told}) is looked for only where it stands alone, and means "
            "other things there too: use --threshold strict for such marks"
        )
