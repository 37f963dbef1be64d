"""From the words that an operator gives to the registered marks they mean, and to the words that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.progress import tell
from matchers.types import Mark as WordMark
from store.database import Store
from store.models import Client, Mark, MarkName, Right
from store.names import fold_name
from store.queries import UNREGISTERED, rights_of_brand


@dataclass(frozen=True)
class Brand:
    """What the brand words of a run mean.

    clients : the clients whose marks they name; all their rights are matched
    unregistered : the provisional rights of words that nobody registered; of their stand-in client these alone count
    queries : the words that are searched, registered names first
    """

    clients: tuple[int, ...]
    queries: tuple[str, ...]
    unregistered: tuple[int, ...] = ()


def look_up(store: Store, words: Sequence[str], variants: int = 0) -> Brand:
    """The registered marks of these names; a word without one is taken as an unregistered word mark, with a warning.

    variants : so many disguised spellings of each mark are searched too
    """
    registered: dict[int, Right] = {}
    unknown: list[str] = []
    with store.reading() as session:
        for word in words:
            found = rights_of_brand(session, word)
            registered |= {right.id: right for right in found}
            unknown += [] if found else [word]
    for word in unknown:
        tell(f"warning: {word} is not registered: it is searched as a plain word mark; no complaint can be filed on it")
    clients = tuple(sorted({right.client_id for right in registered.values()}))
    rights = list(registered.values())
    queries = [*queries_of(rights), *unknown, *_disguised(rights, unknown, variants)]
    return Brand(clients, _once(queries), _provisional(store, unknown))


def _disguised(rights: Sequence[Right], unknown: Sequence[str], most: int) -> Iterator[str]:
    """Disguised spellings, at most so many of each mark, that buyers would search for."""
    if not most:
        return
    from matchers.title.searched import searched  # noqa: PLC0415 # tables of words, which few crawls need this early

    for mark in (right.mark for right in rights if right.mark):
        yield from searched(word_mark(mark.names), most)
    for word in unknown:
        yield from searched(WordMark(right_id="", names=(word,)), most)


def word_mark(names: Sequence[MarkName]) -> WordMark:
    """A mark as the title matcher needs it."""
    by_role = {role: tuple(name.name for name in names if name.role == role) for role in ("name", "alias")}
    return WordMark(right_id="", names=by_role["name"], aliases=by_role["alias"])


def _once(words: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(fold_name(word), word)
    return tuple(first.values())


def _provisional(store: Store, words: Sequence[str]) -> tuple[int, ...]:
    if not words:
        return ()
    with store.writing() as session:
        return tuple(_unregistered(session, word).id for word in words)


def unsearchable(store: Store, words: Sequence[str]) -> list[str]:
    """Those of the words that name registered rights which no word can be searched for: pictures, and nothing else."""
    with store.reading() as session:
        found = {word: rights_of_brand(session, word) for word in words}
        return [word for word, rights in found.items() if rights and not queries_of(rights)]


def queries_of(rights: Sequence[Right]) -> list[str]:
    """Names, then aliases; what has no name by its aliases, then by the words for its goods."""
    marks = [right.mark for right in rights if right.mark]
    names = [name.name for mark in marks for name in mark.names if name.role == "name"]
    aliases = [name.name for mark in marks for name in mark.names if name.role == "alias"]
    wordless = [right for right in rights if not (right.mark and any(n.role == "name" for n in right.mark.names))]
    goods = list(chain.from_iterable(right.goods for right in wordless))
    return [*names, *aliases, *goods]


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
