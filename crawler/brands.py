"""From the word that an operator gives to the registered marks it means, and to the words that are searched."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.progress import tell
from store.database import Store
from store.models import Client, Mark, MarkName, Right
from store.names import fold_name
from store.queries import UNREGISTERED, rights_of_brand


@dataclass(frozen=True)
class Brand:
    """What a brand word means.

    clients : the clients whose marks it names; all their rights are matched
    rights : for the stand-in client of unregistered brands, the one right that is meant; None: all
    queries : the words that are searched, the registered names first
    """

    clients: tuple[int, ...]
    queries: tuple[str, ...]
    rights: tuple[int, ...] | None = None


def look_up(store: Store, word: str) -> Brand:
    """The registered marks of that name; else a word mark without a registration, with a warning."""
    with store.reading() as session:
        found = rights_of_brand(session, word)
        if found:
            return Brand(tuple(sorted({right.client_id for right in found})), _queries(found))
    tell(f"warning: {word} is not registered: it is searched as a plain word mark; no complaint can be filed on it")
    with store.writing() as session:
        right = _unregistered(session, word)
        return Brand((right.client_id,), (word.strip(),), (right.id,))


def _queries(rights: list[Right]) -> tuple[str, ...]:
    """Names, then aliases; a wordless mark by its aliases, then by the words for its goods."""
    marks = [right.mark for right in rights if right.mark]
    names = [name.name for mark in marks for name in mark.names if name.role == "name"]
    aliases = [name.name for mark in marks for name in mark.names if name.role == "alias"]
    wordless = [right for right in rights if right.mark and not any(n.role == "name" for n in right.mark.names)]
    goods = list(chain.from_iterable(right.goods for right in wordless))
    return tuple({fold_name(word): word for word in reversed([*names, *aliases, *goods])}.values())[::-1]


def _unregistered(session: Session, word: str) -> Right:
    """The provisional right of a brand that nobody registered; made at the first question."""
    client = session.scalar(select(Client).where(Client.name == UNREGISTERED))
    if client is None:
        client = Client(name=UNREGISTERED)
        session.add(client)
        session.flush()
    folded = fold_name(word)
    right = session.scalar(select(Right).where(Right.client_id == client.id, Right.right_id == folded))
    if right is None:
        mark = Mark(kind="word", names=[MarkName(role="name", name=word.strip(), folded=folded)])
        right = Right(client_id=client.id, right_id=folded, type="trademark", mark=mark)
        session.add(right)
        session.flush()
    return right
