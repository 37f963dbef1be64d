"""Making a bundle: out of sight, whole on disk, read-only, and then named; or not at all.

A draft is a hidden folder beside the finished bundles, locked by the process that makes it. A kill leaves it there,
unlocked: `recover` finishes the one that was whole already and takes the others away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from evidence.errors import EvidenceError
from evidence.layout import DRAFT, MANIFEST, SUMS, is_path, moment_name
from evidence.manifest import Entry, Kind, Manifest, Source, sha256, sums, to_bytes
from evidence.verify import verify_bundle

FILE, FOLDER, OPEN_FOLDER = 0o400, 0o500, 0o700  # the page may show who is logged in: for the owner alone
MAX_NAMES = 1_000  # bundles of one listing in one microsecond


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle that stands. place : below the root, with slashes; sha256 : of its manifest"""

    folder: Path
    place: str
    manifest: Manifest
    sha256: str


@dataclass
class Draft:
    """A bundle in the making; use it in a `with`. Unless it was sealed it is gone at the end.

    root : the evidence folder; place : of the listing's bundles below it; tool : what makes files, unless told
    """

    root: Path
    place: PurePosixPath
    at: datetime
    tool: str
    kind: Kind = "capture"
    suffix: str = ""
    entries: list[Entry] = field(default_factory=list)

    def __enter__(self) -> Draft:
        """Raises EvidenceError: the folder cannot be made."""
        self.name = moment_name(self.at) + self.suffix
        try:
            self._lock = self._begun()
        except OSError as error:
            raise refused(error, self.folder.parent) from None
        return self

    def _begun(self) -> int:
        """A folder of one's own. One that is not locked yet may be taken for a dead one: then another is made."""
        for left in (2, 1, 0):
            self.folder = self.root / self.place / f".{self.name}.{secrets.token_hex(4)}{DRAFT}"
            self.folder.mkdir(parents=True, mode=OPEN_FOLDER)
            try:
                return _locked(self.folder)
            except (BlockingIOError, FileNotFoundError):
                if not left:
                    raise
        raise AssertionError

    def __exit__(self, *_: object) -> None:
        os.close(self._lock)
        if self.folder.exists():
            remove(self.folder)

    def add(self, path: str, data: bytes, *, tool: str | None = None, made_from: Iterable[str | Source] = ()) -> Entry:
        """Write a file. made_from : files of this draft by path, or of other bundles. Raises EvidenceError."""
        if not is_path(path) or any(each.path == path for each in self.entries):
            raise ValueError(f"no second file, and no such name in a bundle: {path}")
        hashes = {each.path: each.sha256 for each in self.entries}
        sources = tuple(each if isinstance(each, Source) else Source(each, hashes[each]) for each in made_from)
        entry = Entry(path, len(data), sha256(data), _now(), tool or self.tool, sources)
        self._write(path, data)
        self.entries.append(entry)
        return entry

    def seal(self, about: dict[str, Any], missing: Iterable[str] = ()) -> Sealed:
        """List what is in it, make it read-only, give it its name. Raises EvidenceError."""
        manifest = Manifest(
            kind=self.kind,
            captured_at=self.at.astimezone(UTC).isoformat(),
            tool=self.tool,
            about=about,
            missing=tuple(missing),
            files=tuple(sorted(self.entries, key=lambda each: each.path)),
        )
        written = to_bytes(manifest)
        self._write(MANIFEST, written)
        self._write(SUMS, sums(manifest, sha256(written)))
        try:
            folder = _named(self.folder, self.name)
        except OSError as error:
            raise refused(error, self.folder.parent) from None
        return Sealed(folder, str(self.place / folder.name), manifest, sha256(written))

    def _write(self, path: str, data: bytes) -> None:
        target = self.folder / path
        try:
            target.parent.mkdir(exist_ok=True, mode=OPEN_FOLDER)
            write_whole(target, data)
        except OSError as error:
            raise refused(error, self.folder.parent) from None


def write_whole(target: Path, data: bytes) -> None:
    """A new file, on the disk when this returns, that is not written again. Raises OSError."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)


def refused(error: OSError, folder: Path) -> EvidenceError:
    """Why nothing could be written, in a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EvidenceError(f"the disk is full, so no evidence was kept: {folder}")
    return EvidenceError(f"the evidence cannot be written: {error.strerror or error}: {folder}")


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _locked(folder: Path) -> int:
    """A lock of the open folder, which ends with the process. Raises OSError (BlockingIOError: another has it)."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _named(draft: Path, name: str) -> Path:
    """Read-only, on the disk, and under a name that was free. Raises OSError."""
    for folder in [each for each in draft.rglob("*") if each.is_dir()]:
        folder.chmod(FOLDER)
        _sync(folder)
    draft.chmod(OPEN_FOLDER)  # timestamps come later, into a folder of their own
    _sync(draft)
    for number in range(1, MAX_NAMES):
        target = draft.with_name(name if number == 1 else f"{name}-{number}")
        if target.exists():  # of another capture in the same microsecond
            continue
        with suppress(FileExistsError, NotADirectoryError):
            return _renamed(draft, target)
    raise FileExistsError(errno.EEXIST, "no name is left for it")


def _renamed(draft: Path, target: Path) -> Path:
    try:
        draft.rename(target)
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            raise FileExistsError from None
        raise
    _sync(target.parent)
    return target


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(folder: Path) -> None:
    """Take a folder away, read-only or not; what cannot be taken stays."""
    with suppress(OSError):
        folder.chmod(OPEN_FOLDER)
        for each in folder.rglob("*"):
            if each.is_dir() and not each.is_symlink():
                each.chmod(OPEN_FOLDER)
    shutil.rmtree(folder, ignore_errors=True)


def recover(root: Path) -> tuple[list[Path], list[Path]]:
    """After a kill: drafts that nobody works on any more are finished where they were whole, else removed.

    Returns the bundles that were finished, and the drafts that are gone.
    """
    finished, gone = [], []
    for draft in drafts(root):
        try:
            handle = _locked(draft)
        except OSError:  # somebody is making it, or it has just got its name
            continue
        try:
            if verify_bundle(draft).problems:
                remove(draft)
                gone.append(draft)
            else:
                finished.append(_named(draft, draft.name[1:].rpartition(".")[0].rpartition(".")[0]))
        except OSError:
            continue
        finally:
            os.close(handle)
    return finished, gone


def drafts(root: Path) -> Iterator[Path]:
    """What is being made, or was."""
    yield from sorted(each for each in root.glob(f"*/*/.*{DRAFT}") if each.is_dir() and not each.is_symlink())


@contextmanager
def held(bundle: Path) -> Iterator[None]:
    """A bundle that nobody else adds timestamps to meanwhile. Raises EvidenceError: somebody does."""
    try:
        handle = _locked(bundle)
    except OSError as error:
        raise EvidenceError(f"{bundle.name}: cannot be added to now ({error.strerror})") from None
    try:
        yield
    finally:
        os.close(handle)


def put(bundle: Path, path: str, data: bytes) -> None:
    """Add a file that no manifest lists, whole or not at all. Raises EvidenceError."""
    beside = bundle.with_name(f".{bundle.name}.{secrets.token_hex(4)}{DRAFT}")  # a kill leaves it to `recover`
    try:
        beside.mkdir(mode=OPEN_FOLDER)
        write_whole(beside / "file", data)
        (bundle / path).parent.mkdir(exist_ok=True, mode=OPEN_FOLDER)
        (beside / "file").rename(bundle / path)
        _sync((bundle / path).parent)
    except OSError as error:
        raise refused(error, bundle) from None
    finally:
        remove(beside)
