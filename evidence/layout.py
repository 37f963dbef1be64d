"""Where evidence lies: evidence/<marketplace>/<item id>/<moment>/, and what its files are called (COMPLAINTS 15)."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

MANIFEST = "manifest.json"
SUMS = "manifest.sha256"  # as sha256sum writes it: every file of the manifest, and the manifest itself
TSA = "tsa"  # timestamps, which come after the seal and say by themselves what they stamp
DRAFT = ".draft"  # how the hidden name of a bundle ends that is still being made

PAGE = "page.html"
WACZ = "page.wacz"
FULL = "screenshot_full.png"
FOLD = "screenshot_fold.png"
FULL_STAMPED = "screenshot_full_stamped.jpg"  # derived: the same, under a strip with address and time
FOLD_STAMPED = "screenshot_fold_stamped.png"
IMAGES = "images"
OCR = "ocr.json"
HEADERS = "headers.json"
TLS = "dns_tls.json"
ENVIRONMENT = "environment.json"
ACTIONS = "actions.log"
PARSED = "parsed.json"
SELLER_PAGE = "seller.html"
SELLER_SCREEN = "seller.png"

MAX_PATH = 200  # characters of a path in a bundle
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def listing_folder(marketplace: str, item_id: str) -> PurePosixPath:
    """The folder of a listing's bundles; an id that is no plain word is kept under its hash, never as a path."""
    plain = item_id if _ID.fullmatch(item_id) else "x" + hashlib.sha256(item_id.encode("utf-8", "replace")).hexdigest()
    return PurePosixPath(marketplace) / plain


def moment_name(at: datetime) -> str:
    """A moment as the name of a folder: 20261125T093012.123456Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def is_path(path: str) -> bool:
    """Whether it may be the path of a file in a bundle: plain words, no way out, nothing hidden."""
    parts = path.split("/")
    return len(path) <= MAX_PATH and len(parts) <= 3 and all(_PART.fullmatch(part) for part in parts)
