"""Has anything changed since a bundle was sealed? Recomputes every hash; no database, no network.

What is shown is that the files are those of the manifest, and of its timestamps. That the site sent them is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.layout import MANIFEST, SUMS, TSA
from evidence.manifest import MAX_BYTES, Entry, Manifest, ManifestError, from_bytes, sha256, sums
from evidence.sources import Folder, Tree, opened
from evidence.stamps import Stamp, check_stamps

PIECE = 2**20


@dataclass
class Checked:
    """One bundle. problems : a line for each file that is wrong, the file first; notes : what is no fault"""

    place: str
    manifest: Manifest | None = None
    sha256: str | None = None
    stamps: list[Stamp] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bytes: int = 0


def verify(path: Path, trusted: bytes | None = None) -> list[Checked]:
    """Every bundle in a folder or zip file, however many; what belongs to none is a problem of its own.

    trusted : PEM of the roots to believe; None: those that came with the bundle
    Raises EvidenceError: there is none, or the zip file may not be read.
    """
    with opened(path) as tree:
        bundles = sorted({_folder(each) for each in tree.sizes if each.rpartition("/")[2] in (MANIFEST, SUMS)})
        if not bundles:
            raise EvidenceError(f"{path}: no evidence in it (no {MANIFEST})")
        return list(_each(tree, bundles, trusted))


def verify_bundle(folder: Path, trusted: bytes | None = None) -> Checked:
    """One bundle that lies in a folder. Raises OSError."""
    tree = Folder(folder)
    checked = _bundle(tree, "", list(tree.sizes), trusted)
    checked.problems += tree.odd
    return checked


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _each(tree: Tree, bundles: Sequence[str], trusted: bytes | None) -> Iterator[Checked]:
    inside: dict[str, list[str]] = {each: [] for each in bundles}
    strays: list[str] = []
    for path in tree.sizes:
        home = next((each for each in _above(path) if each in inside), None)
        (strays if home is None else inside[home]).append(path)
    for bundle, paths in inside.items():
        yield _bundle(tree, bundle, paths, trusted)
    if strays or tree.odd:
        yield Checked("", problems=[*tree.odd, *(f"{path}: belongs to no manifest" for path in sorted(strays))])


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
    yield ""


def _bundle(tree: Tree, place: str, paths: Iterable[str], trusted: bytes | None) -> Checked:
    checked = Checked(place)
    prefix = f"{place}/" if place else ""
    names = {path.removeprefix(prefix) for path in paths}
    try:
        data = _small(tree, prefix + MANIFEST)
        checked.manifest, checked.sha256 = from_bytes(data), sha256(data)
    except (OSError, KeyError):
        checked.problems.append(f"{prefix}{MANIFEST}: is missing or cannot be read")
        return checked
    except ManifestError as error:
        checked.problems.append(f"{prefix}{MANIFEST}: {error}")
        return checked
    checked.problems += _sums(tree, prefix, checked.manifest, checked.sha256)
    for entry in checked.manifest.files:
        problem = _file(tree, prefix, entry, names, checked)
        checked.problems += [f"{prefix}{entry.path}: {problem}"] if problem else []
    listed = {each.path for each in checked.manifest.files} | {MANIFEST, SUMS}
    stamps = {name for name in names - listed if name.startswith(f"{TSA}/")}
    _stamps(tree, prefix, stamps, data, checked, trusted=trusted)
    checked.problems += [f"{prefix}{name}: is not in {MANIFEST}" for name in sorted(names - listed - stamps)]
    return checked


def _small(tree: Tree, path: str) -> bytes:
    """A file of the frame, bounded. Raises OSError, KeyError."""
    with tree.open(path) as source:
        return bytes(source.read(MAX_BYTES + 1))


def _sums(tree: Tree, prefix: str, manifest: Manifest, digest: str) -> list[str]:
    try:
        found = _small(tree, prefix + SUMS)
    except (OSError, KeyError):
        return [f"{prefix}{SUMS}: is missing or cannot be read"]
    return [] if found == sums(manifest, digest) else [f"{prefix}{SUMS}: does not say what {MANIFEST} says"]


def _file(tree: Tree, prefix: str, entry: Entry, names: set[str], checked: Checked) -> str | None:
    path = prefix + entry.path
    if entry.path not in names:
        return "is missing"
    if tree.sizes[path] != entry.bytes:
        return f"has {tree.sizes[path]} bytes, not {entry.bytes}"
    try:
        digest, size = _digest(tree, path, entry.bytes)
    except OSError as error:
        return error.strerror or str(error)
    checked.bytes += size
    return None if (digest, size) == (entry.sha256, entry.bytes) else "was changed"


def _digest(tree: Tree, path: str, most: int) -> tuple[str, int]:
    """Hash and bytes; reading ends behind the bytes that it may have. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(PIECE))
    with tree.open(path) as source:
        while size <= most and (read := source.readinto(buffer)):
            digest.update(buffer[:read])
            size += read
    return digest.hexdigest(), size


def _stamps(tree: Tree, prefix: str, names: set[str], data: bytes, checked: Checked, *, trusted: bytes | None) -> None:
    """Timestamps are not in the manifest, which they stamp: they are checked by what they are."""
    files = {}
    for name in sorted(names):
        try:
            files[name.partition("/")[2]] = _small(tree, prefix + name)
        except OSError:
            checked.problems.append(f"{prefix}{name}: cannot be read")
    found = check_stamps(files, data, trusted)
    checked.stamps, checked.notes = found.stamps, [f"{prefix}{TSA}/{note}" for note in found.notes]
    checked.problems += [f"{prefix}{TSA}/{problem}" for problem in found.problems]
