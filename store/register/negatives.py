"""The negative bank of a client: titles that were judged innocent. Its pictures are those of the rights' rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.register.belongings import title_digest
from store.registered import NegativeTitle


def add_negative_title(session: Session, client_id: int, title: str, *, by: str, at: datetime) -> bool:
    """Add a title to a client's bank; False where it is there already, however it is spaced and cased."""
    digest = title_digest(title)
    there = select(NegativeTitle.id).where(NegativeTitle.client_id == client_id, NegativeTitle.digest == digest)
    if session.scalar(there.limit(1)) is not None:
        return False
    session.add(NegativeTitle(client_id=client_id, title=title, digest=digest, added_by=by, added_at=at))
    session.flush()
    return True


def negative_titles(session: Session, client_id: int) -> list[str]:
    """The titles of a client's bank, each once."""
    question = select(NegativeTitle.title).where(NegativeTitle.client_id == client_id).order_by(NegativeTitle.id)
    return list(dict.fromkeys(session.scalars(question)))
