"""Asking authorities for timestamps (RFC 3161). Each answer is checked at once; what is not good is not kept.

Nothing here holds up a capture: an authority that is not reached, refuses, answers late or wrong is a reason in words,
and is asked again later (`bazaarwatch due`).
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.drafts import held, put
from evidence.errors import EvidenceError
from evidence.layout import MANIFEST, TSA
from evidence.stamps import CHAIN, HASHES, MAX_TOKEN, TOKEN, StampError, chain_of, check, hashes

WANTED = 2  # of different owners: one may turn out to be wrong, or go out of business
NONE_SET = "fewer than two timestamp authorities are set (evidence.timestamp_authorities)"


@dataclass(frozen=True, slots=True)
class Authority:
    """name : in file names; chain : PEM file with the roots to believe"""

    name: str
    url: str
    chain: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """stamps : how many timestamps the bundle has now; pending : why that is not all, None where it is"""

    stamps: int
    pending: str | None


def stamp(bundle: Path, authorities: Sequence[Authority], seconds: float) -> Asked:
    """Get what a bundle lacks. Raises EvidenceError: it cannot be read or written."""
    reasons, stamps = [], 0
    try:
        message = (bundle / MANIFEST).read_bytes()
    except OSError as error:
        raise EvidenceError(f"{bundle}: {error.strerror}") from None
    with held(bundle):
        for each in authorities:
            try:
                _one(bundle, each, message, seconds)
                stamps += 1
            except StampError as error:
                reasons.append(f"{each.name}: {error}")
    if len(authorities) < WANTED:
        reasons.append(NONE_SET)
    return Asked(stamps, "; ".join(reasons) or None)


def _one(bundle: Path, authority: Authority, message: bytes, seconds: float) -> None:
    """Raises StampError, EvidenceError."""
    name = authority.name
    try:
        roots = authority.chain.read_bytes()
    except OSError as error:
        raise StampError(f"its chain cannot be read: {error.strerror}: {authority.chain}") from None
    token = _kept(bundle, name)
    if token is None:
        token = answered(authority, message, roots, seconds)
    else:
        check(name, token, message, roots)
    chain = chain_of(token, roots)
    for end, data in ((CHAIN, chain), (TOKEN, token), (HASHES, hashes(name, token, chain))):
        if not (bundle / TSA / f"{name}{end}").exists():
            put(bundle, f"{TSA}/{name}{end}", data)


def _kept(bundle: Path, name: str) -> bytes | None:
    with suppress(OSError):
        return (bundle / TSA / f"{name}{TOKEN}").read_bytes()
    return None


def answered(authority: Authority, message: bytes, roots: bytes, seconds: float) -> bytes:
    """A good answer of an authority to a request of now, as it came. Raises StampError."""
    from rfc3161_client import TimestampRequestBuilder  # noqa: PLC0415 # for who asks
    from rfc3161_client.base import HashAlgorithm  # noqa: PLC0415

    builder = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    token = _fetched(authority.url, request.as_bytes(), seconds)
    check(authority.name, token, message, roots, nonce=request.nonce)
    return token


def _fetched(url: str, body: bytes, seconds: float) -> bytes:
    """The answer's bytes, within a time and a size. Raises StampError."""
    ends = time.monotonic() + seconds
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    asked = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 # http or https: the setting sees to it
    try:
        with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310
            return _body(answer, ends)
    except StampError:
        raise
    except urllib.error.HTTPError as error:
        raise StampError(f"refused: HTTP {error.code}") from None
    except TimeoutError:
        raise StampError(f"did not answer in {seconds:.0f} s") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise StampError(f"did not answer in {seconds:.0f} s") from None
        raise StampError(f"is not reached ({getattr(reason, 'strerror', None) or type(reason).__name__})") from None
    except Exception as error:  # http.client raises its own for what is no HTTP
        raise StampError(f"answered nonsense ({type(error).__name__})") from None


def _body(answer: Any, ends: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(64 * 2**10):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_TOKEN:
            raise StampError("answered too much for a timestamp")
        if time.monotonic() > ends:
            raise TimeoutError
    return b"".join(pieces)
