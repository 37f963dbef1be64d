"""Timestamps of a manifest (RFC 3161) as they lie in a bundle, and whether they hold. No network.

    tsa/<authority>.chain.pem    the certificates from the authority's own up to a root
    tsa/<authority>.tsr          its answer, as it came; stamps manifest.json
    tsa/<authority>.tsr.sha256   hashes of both: parts of an answer are not signed

They are written in this order: a kill leaves a chain without an answer, or an answer without hashes; neither is wrong.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

TOKEN, CHAIN, HASHES = ".tsr", ".chain.pem", ".tsr.sha256"
MAX_TOKEN = 256 * 2**10  # bytes; an answer with its chain has 3 to 8 kB
MAX_CERTIFICATES = 20
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----")


class StampError(ValueError):
    """The timestamp does not hold; the message says why, a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp that holds. root : sha256 of the root's certificate, to be compared with what its owner says"""

    authority: str
    at: datetime
    signer: str
    root: str


@dataclass
class Stamps:
    """All of a bundle; lines begin with the file's name."""

    stamps: list[Stamp] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def is_name(authority: str) -> bool:
    """Whether files may be called by it."""
    return bool(_NAME.fullmatch(authority))


def hashes(authority: str, token: bytes, chain: bytes) -> bytes:
    """What `sha256sum -c` checks in the folder."""
    rows = ((CHAIN, chain), (TOKEN, token))
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {authority}{end}\n" for end, data in rows).encode()


def check_stamps(files: Mapping[str, bytes], message: bytes, trusted: bytes | None = None) -> Stamps:
    """Look at the files of the folder, by name. trusted : PEM of the roots to believe, None: those that lie there"""
    found = Stamps()
    names = {name.removesuffix(TOKEN) for name in files if name.endswith(TOKEN)}
    known = {name + end for name in names if is_name(name) for end in (TOKEN, CHAIN, HASHES)}
    for name in sorted(set(files) - known):
        if name.endswith(CHAIN) and is_name(name.removesuffix(CHAIN)):
            found.notes.append(f"{name}: of a timestamp that was not finished")
        else:
            found.problems.append(f"{name}: has no business here")
    for name in sorted(each for each in names if is_name(each)):
        _check_one(name, files, message, trusted, found)
    return found


def _check_one(name: str, files: Mapping[str, bytes], message: bytes, trusted: bytes | None, found: Stamps) -> None:
    token, chain = files[name + TOKEN], files.get(name + CHAIN)
    if chain is None:
        found.problems.append(f"{name}{CHAIN}: is missing")
        return
    said = files.get(name + HASHES)
    if said is None:
        found.notes.append(f"{name}{HASHES}: is not there yet")
    elif said != hashes(name, token, chain):
        wrong = next(iter(_changed(name, token, chain, said)), name + HASHES)
        found.problems.append(f"{wrong}: was changed")
        return
    try:
        found.stamps.append(check(name, token, message, trusted or chain))
    except StampError as error:
        found.problems.append(f"{name}{TOKEN}: {error}")


def _changed(name: str, token: bytes, chain: bytes, said: bytes) -> Iterable[str]:
    ours = hashes(name, token, chain).splitlines()
    return (name + end for end, line in zip((CHAIN, TOKEN), ours, strict=True) if line not in said.splitlines())


def check(name: str, token: bytes, message: bytes, roots: bytes, *, nonce: int | None = None) -> Stamp:
    """An authority's answer: granted, for this message, by a signer for timestamps who leads to one of the roots.

    nonce : of the request, where the answer has just come. Raises StampError.
    """
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 # for bundles that have a timestamp
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415
    from rfc3161_client import VerifierBuilder, decode_timestamp_response  # noqa: PLC0415
    from rfc3161_client.errors import VerificationError  # noqa: PLC0415

    if len(token) > MAX_TOKEN:
        raise StampError("is too large for a timestamp")
    trusted = [each for each in certificates(roots) if each.issuer == each.subject]
    if not trusted:
        raise StampError("there is no root certificate to check it with")
    try:
        answer = decode_timestamp_response(token)
        builder = VerifierBuilder(roots=trusted)
        verifier = (builder if nonce is None else builder.nonce(nonce)).build()
        verifier.verify_message(answer, message)
        info = answer.tst_info
        signer = next(iter(answer.signed_data.signer_infos))
        came = [load_der_x509_certificate(each) for each in answer.signed_data.certificates]
        own = next(each for each in came if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number))
        root = _root(own, [*came, *trusted])
        return Stamp(
            name, info.gen_time.astimezone(UTC), own.subject.rfc4514_string(), root.fingerprint(SHA256()).hex()
        )
    except (VerificationError, ValueError, TypeError) as error:
        raise StampError(_reason(error)) from None
    except Exception as error:  # whatever the parser of a stranger's bytes meets
        raise StampError(f"cannot be read ({type(error).__name__})") from None


def _root(own: Certificate, known: list[Certificate]) -> Certificate:
    """Where the chain of a certificate that was verified ends."""
    found = own
    for _ in known:
        above = next((each for each in known if each.subject == found.issuer), found)
        if above == found:
            break
        found = above
    return found


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split())[:150]
    if "between messages" in said:
        return "stamps something else"
    if "PKIStatus" in said:
        return "was not granted"
    return f"does not hold: {said or type(error).__name__}"


def certificates(pem: bytes) -> list[Certificate]:
    """The certificates of a PEM file. Raises StampError."""
    from cryptography import x509  # noqa: PLC0415

    try:
        return [x509.load_pem_x509_certificate(each) for each in _PEM.findall(pem)[:MAX_CERTIFICATES]]
    except ValueError:
        raise StampError("a certificate of its chain cannot be read") from None


def chain_of(token: bytes, roots: bytes) -> bytes:
    """The certificates that came with an answer, and the roots, as one PEM file. Raises StampError."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415

    try:
        came = sorted(decode_timestamp_response(token).signed_data.certificates)[:MAX_CERTIFICATES]
        found = [x509.load_der_x509_certificate(each) for each in came] + certificates(roots)
    except ValueError:
        raise StampError("its certificates cannot be read") from None
    return b"".join(dict.fromkeys(each.public_bytes(Encoding.PEM) for each in found))
