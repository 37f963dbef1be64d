"""Bundles as one zip file: for a platform what it looks at, for a court all of it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from crawler import __version__
from evidence.errors import EvidenceError
from evidence.layout import MANIFEST, SUMS
from evidence.manifest import Entry, Manifest, Source, from_bytes, sha256, sums, to_bytes

Audience = Literal["platform", "court"]
PICTURES = ("_stamped.png", "_stamped.jpg", ".pdf")  # with address and time in view; comparison sheets


def export(root: Path, places: Sequence[str], out: Path, audience: Audience, about: dict[str, Any]) -> int:
    """Write a zip file that `verify` understands; how many files are in it. Raises EvidenceError."""
    part = out.with_name(out.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as box:
            count = _court(box, root, places) if audience == "court" else _platform(box, root, places, about)
        if not count:
            raise EvidenceError("there is nothing in these bundles that a platform looks at")
        part.replace(out)
    except OSError as error:
        raise EvidenceError(f"the zip file cannot be written: {error.strerror}: {out}") from None
    finally:
        part.unlink(missing_ok=True)
    return count


def _court(box: zipfile.ZipFile, root: Path, places: Sequence[str]) -> int:
    count = 0
    for place in places:
        for path in sorted(each for each in (root / place).rglob("*") if each.is_file()):
            box.write(path, f"{place}/{path.relative_to(root / place).as_posix()}")
            count += 1
    return count


def _platform(box: zipfile.ZipFile, root: Path, places: Sequence[str], about: dict[str, Any]) -> int:
    """Files under plain names, and a manifest of its own that says from which bundle each came."""
    tool, at = f"bazaarwatch {__version__}", datetime.now(UTC).isoformat()
    entries = []
    for number, place in enumerate(places, 1):
        for entry in _looked_at(from_bytes((root / place / MANIFEST).read_bytes())):
            name = f"{number:03d}/{entry.path.replace('/', '-')}"
            box.write(root / place / entry.path, name)
            source = Source(entry.path, entry.sha256, place)
            entries.append(Entry(name, entry.bytes, entry.sha256, entry.captured_at, entry.tool, (source,)))
    manifest = Manifest(kind="export", captured_at=at, tool=tool, about=about, files=tuple(entries))
    written = to_bytes(manifest)
    box.writestr(MANIFEST, written)
    box.writestr(SUMS, sums(manifest, sha256(written)))
    return len(entries)


def _looked_at(manifest: Manifest) -> Iterator[Entry]:
    for entry in manifest.files:
        picture = entry.path.startswith("images/") and not entry.path.endswith(".json")
        sheet = manifest.kind == "comparison" and entry.path.endswith(".png")
        if picture or sheet or entry.path.endswith(PICTURES):
            yield entry
