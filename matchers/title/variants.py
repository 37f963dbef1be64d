"""The spellings of a mark that are looked for: all that are spelled out, and examples of those that are recognised.

Spelled out are those of `patterns`. The rest is recognised by what is left when a disguise is taken off, so there is no
list of it; examples are made from the tables that take it off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matchers.title.examples import Spelling, dressed_letters, misspelt, parted, replaced_hanzi
from matchers.title.names import Name, names_of
from matchers.title.nicknames import with_nicknames
from matchers.title.patterns import patterns
from matchers.title.reasons import EN, ZH, shown
from matchers.types import Mark


@dataclass(frozen=True, slots=True)
class Variant:
    """A spelling of a name.

    name : the name, as registered; nickname : what people call the mark, and not one of its names
    code : the kind of disguise (see `reasons`); empty for the name itself
    text : the spelling, Latin letters in lower case where their case means nothing
    en, zh : what a finding of it says
    """

    name: str
    code: str
    text: str
    en: str
    zh: str
    nickname: bool = False


def variants(mark: Mark) -> Iterator[Variant]:
    """The spellings of a mark's names, name by name and kind by kind; each text of a name once."""
    for name in names_of(with_nicknames(mark)):
        seen: set[str] = set()
        for code, text, said in spellings(name):
            if text not in seen:
                seen.add(text)
                yield told(name, code, text, said)


def told(name: Name, code: str, text: str, said: str) -> Variant:
    """A spelling put into words."""
    known = shown(name.text)
    if not code:
        return Variant(name.text, "", text, f"the title names “{known}”", f"标题中出现“{known}”", name.nickname)
    en, zh = (sentences[code].format(said=shown(said), name=known) for sentences in (EN, ZH))
    return Variant(name.text, code, text, en, zh, name.nickname)


def spellings(name: Name) -> Iterator[Spelling]:
    """All spellings of a name."""
    yield "", name.text, ""
    if name.literal or name.nickname:
        return
    for pattern in patterns(name):
        if pattern.code:
            yield pattern.code, pattern.text, pattern.said
    if name.inner:  # the sign makes the name
        return
    if name.script == "latin":
        yield from dressed_letters(name.key)
        yield from parted(name.key.upper())
        yield from misspelt(name.key)
    elif name.script == "hanzi":
        yield from replaced_hanzi(name.key)
        yield from parted(name.key)
