"""The list of what is in a bundle, with its hashes. Its bytes follow from its content, so no byte of it can change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from evidence.layout import MANIFEST, SUMS, is_path

SCHEMA = 1
MAX_BYTES = 16 * 2**20  # of a manifest; one of a hundred files has 30 kB
MAX_FILES = 5_000
_SHA256 = re.compile(r"[0-9a-f]{64}")

Kind = Literal["capture", "comparison", "export"]


class ManifestError(ValueError):
    """This is no manifest; the message says why, a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that another was made from. bundle : its folder below `evidence/`; None: the same bundle"""

    path: str
    sha256: str
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file. captured_at : ISO 8601, UTC; tool : what made it, with its version"""

    path: str
    bytes: int
    sha256: str
    captured_at: str
    tool: str
    derived_from: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle is of, and its files.

    about : plain values: marketplace, item id, address, moment, ...
    missing : what evidence of this kind has and this bundle has not; with anything here it is `incomplete`
    """

    kind: Kind
    captured_at: str
    tool: str
    about: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    files: tuple[Entry, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def to_bytes(manifest: Manifest) -> bytes:
    """The one way to write it."""
    plain = {"schema_version": SCHEMA, **asdict(manifest)}
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


def from_bytes(data: bytes) -> Manifest:
    """Read a manifest. Raises ManifestError."""
    if len(data) > MAX_BYTES:
        raise ManifestError("is too large for a manifest")
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or plain.pop("schema_version", None) != SCHEMA:
            raise ManifestError("is not a manifest of this version")
        files = tuple(_entry(each) for each in plain.pop("files"))
        manifest = Manifest(**plain | {"files": files, "missing": tuple(plain["missing"])})
    except ManifestError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ManifestError("cannot be read") from None
    _check(manifest)
    return manifest


def _entry(plain: Mapping[str, Any]) -> Entry:
    sources = tuple(Source(**each) for each in plain["derived_from"])
    return Entry(**{**plain, "derived_from": sources})


def _check(manifest: Manifest) -> None:
    files = manifest.files
    if len(files) > MAX_FILES or len({each.path for each in files}) != len(files):
        raise ManifestError("lists a file twice, or too many")
    hashes = {each.path: each.sha256 for each in files}
    for each in files:
        if not (isinstance(each.path, str) and is_path(each.path)) or each.path in (MANIFEST, SUMS):
            raise ManifestError("lists a file by a name that none may have")
        if not _is_sha256(each.sha256) or type(each.bytes) is not int or each.bytes < 0:
            raise ManifestError(f"says no hash of {each.path}")
        for source in each.derived_from:
            if source.bundle is None and hashes.get(source.path) != source.sha256:
                raise ManifestError(f"says that {each.path} was made from something that is not in it")


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and bool(_SHA256.fullmatch(value))


def sha256(data: bytes) -> str:
    """Hex."""
    return hashlib.sha256(data).hexdigest()


def sums(manifest: Manifest, manifest_sha256: str) -> bytes:
    """What `sha256sum -c` checks: the manifest, then its files in order of their paths."""
    rows = sorted((each.path, each.sha256) for each in manifest.files)
    return "".join(f"{digest}  {path}\n" for path, digest in [(MANIFEST, manifest_sha256), *rows]).encode()
