"""A register for tests: a client, a right that may be used, an agency's account, a power of attorney."""

import datetime as dt
from datetime import UTC, datetime

from store.models import (
    Client,
    Mark,
    MarkName,
    PlatformAccount,
    PowerOfAttorney,
    Right,
    RightDocument,
    RightRegistration,
)

ON = dt.date(2026, 11, 1)
AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def right(**changes):
    """A Chinese trademark with all that is asked for."""
    known = {
        "right_id": "R1",
        "type": "trademark",
        "number": "99000001",
        "jurisdiction": "CN",
        "registrant": "Oriva AG",
        "nice_classes": [25],
        "registered_on": dt.date(2021, 5, 1),
        "expires_on": dt.date(2031, 4, 30),
        "status": "registered",
        "state": "verified",
        "mark": Mark(kind="word", names=[MarkName(role="name", name="ORIVA", folded="oriva")]),
        "documents": [RightDocument(role="certificate", name="c.pdf", sha256="0" * 64, bytes=1)],
    }
    return Right(**known | changes)


def power(**changes):
    """A power of attorney that covers all."""
    known = {
        "client_id": 1,
        "poa_id": "P1",
        "grantor": "Oriva AG",
        "grantee": "Lantern Ltd",
        "all_rights": True,
        "platforms": [],
        "actions": ["file"],
        "territory": [],
        "valid_from": dt.date(2025, 1, 1),
        "valid_to": dt.date(2028, 1, 1),
        "signatory": "Mara",
        "signatory_title": "Director",
        "seal": True,
        "scan": "1" * 64,
        "scan_name": "poa.pdf",
    }
    return PowerOfAttorney(**known | changes)


def account(**changes):
    """An agency's account."""
    known = {"name": "A", "portal": "ipp", "role": "agent", "holder": "Lantern Ltd", "verified_on": dt.date(2024, 1, 1)}
    return PlatformAccount(**known | changes)


def fill(session, right_, accounts=(), powers=(), registered="verified"):
    """Put them in; the right is the first."""
    session.add_all([Client(id=1, name="Oriva"), Client(id=2, name="Norvane")])
    session.flush()
    right_.id, right_.client_id = 1, 1
    session.add_all([right_, *accounts, *powers])
    session.flush()
    if registered:
        for each in accounts:
            row = {"right_pk": 1, "account_pk": each.id, "status": registered, "changed_at": AT}
            session.add(RightRegistration(**row, verified_on=dt.date(2024, 2, 1) if registered == "verified" else None))
    session.flush()
