"""The papers that a portal asks for, as one zip: scans, a checklist of what is missing, a draft power of attorney."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import rules
from store.blobs import Blobs
from store.missing import wanted
from store.papers import PlatformAccount, PowerOfAttorney
from store.register.drafts import VERSION, drafts, filled
from store.register.obstacles import Obstacle
from store.register.usable import usable
from store.registered import Right

_MADE = (1980, 1, 1, 0, 0, 0)  # the same papers make the same zip, byte for byte


class PackError(Exception):
    """A pack that cannot be made; the message is one sentence."""


def write_pack(
    session: Session, blobs: Blobs, right: Right, account: PlatformAccount, out: Path, *, on: dt.date
) -> list[str]:
    """Write the zip, whole or not at all; what is missing, a line each. Raises PackError, OSError."""
    scans = list(_scans(session, blobs, right))
    missing = [paper["en"] for paper in _papers(right, account, scans, on) if paper["must"] and not paper["there"]]
    missing += [field["name"] for field in _fields(right, on) if not field["there"]]
    entries = [("checklist.txt", _checklist(session, right, account, scans, on)), *drafts(right, account, on)]
    entries += [(name, data) for _, name, data in scans]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".zip", delete=False) as file:
        half = Path(file.name)
        try:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in entries:
                    archive.writestr(zipfile.ZipInfo(name, _MADE), data)
        except BaseException:
            half.unlink()
            raise
    half.replace(out)
    return missing


def _scans(session: Session, blobs: Blobs, right: Right) -> Iterator[tuple[str, str, bytes]]:
    """(role, name in the zip, bytes). No part of a name comes from outside but a known ending."""
    for number, paper in enumerate(right.documents, start=1):
        yield paper.role, f"{number:02d}-{paper.role}{_ending(paper.name)}", _whole(blobs, paper.sha256, paper.name)
    named = {each.poa_pk for each in right.powers}
    powers = session.scalars(select(PowerOfAttorney).where(PowerOfAttorney.client_id == right.client_id))
    held = [poa for poa in powers if poa.scan and (poa.all_rights or poa.id in named) and poa.state != "revoked"]
    for number, poa in enumerate(held, start=1):
        for what, sha256, name in (
            ("poa", poa.scan, poa.scan_name),
            ("translation", poa.translation, poa.translation_name),
        ):
            if sha256:
                yield what, f"poa-{number:02d}-{what}{_ending(name or '')}", _whole(blobs, sha256, name or poa.poa_id)


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending in (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif") else ".bin"


def _whole(blobs: Blobs, sha256: str, name: str) -> bytes:
    """The bytes as they were kept. Raises PackError."""
    data = blobs.get(sha256)
    if data is None:
        raise PackError(f"{name} is not in the data folder any more; import it again")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PackError(f"{name} in the data folder was changed since it was imported")
    return data


def _papers(
    right: Right, account: PlatformAccount, scans: Iterable[tuple[str, str, bytes]], on: dt.date
) -> list[dict[str, Any]]:
    """Each paper that is asked for, with the files that are it."""
    files: dict[str, list[str]] = {}
    for role, name, _ in scans:
        files.setdefault(role, []).append(name)
    labels, found = rules.documents(on), []
    for need in (need for need in wanted(right, on) if need.papers):
        there = [name for role in need.papers for name in files.get(role, [])]
        en, zh = (
            separator.join(getattr(labels[role], lang) for role in need.papers)
            for separator, lang in ((" or ", "label_en"), ("或", "label_zh"))
        )
        found.append({"en": en, "zh": zh, "must": need.must, "there": bool(there), "files": there})
    if account.holder != right.registrant:
        there = files.get("poa", [])
        en, zh = f"power of attorney for {account.holder}", f"授权委托书（受托人：{account.holder}）"
        found.append({"en": en, "zh": zh, "must": True, "there": bool(there), "files": there})
    return found


def _fields(right: Right, on: dt.date) -> list[dict[str, Any]]:
    """Each field of the portal's form, with what stands in the register."""
    found = []
    for name in (need.field for need in wanted(right, on) if need.field and need.must):
        value = getattr(right, name)
        shown = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        found.append({"name": name, "value": shown, "there": bool(shown)})
    return found


def _checklist(
    session: Session, right: Right, account: PlatformAccount, scans: list[tuple[str, str, bytes]], on: dt.date
) -> bytes:
    name = f"checklist.{VERSION}.txt.j2"
    return filled(
        name,
        right=f"{right.right_id} {right.number or ''}".strip(),
        client=right.client.name,
        account=account.name,
        holder=account.holder,
        on=on,
        papers=_papers(right, account, scans, on),
        fields=_fields(right, on),
        obstacles=_obstacles(session, right, account, on),
    )


def _obstacles(session: Session, right: Right, account: PlatformAccount, on: dt.date) -> list[Obstacle]:
    """Of the site where the least stands in the way."""
    sites = [site for portal in rules.portals(on) if portal.portal == account.portal for site in portal.platforms]
    return min((usable(session, right.id, site, on, account.name) for site in sites), key=len, default=[])
