"""Which language is spoken: its sentences, its plurals, and the mark before its decimals.

English stands in the source; another language is a catalogue languages/KEY.po and a line in LANGUAGES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from gettext import c2py
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

CATALOGUES = Path(__file__).parent / "languages"
P = ParamSpec("P")
R = TypeVar("R")


class Language(NamedTuple):
    """What a language calls itself, and the mark before its decimals."""

    name: str
    mark: str


LANGUAGES = {"en": Language("English", "."), "de": Language("Deutsch", ",")}
SOURCE = "en"  # the language of the messages themselves
SPOKEN = ContextVar("language", default=SOURCE)


@contextmanager
def in_language(key: str) -> Iterator[None]:
    """Speak a language of LANGUAGES, here and for nobody else."""
    before = SPOKEN.set(key)
    try:
        yield
    finally:
        SPOKEN.reset(before)


def spoken() -> str:
    """Return the key of the language that is spoken."""
    return SPOKEN.get()


def _(message: str, **values: object) -> str:
    """Say a message in the language that is spoken, with values in its places.

    >>> _("{neuron} takes {share} of the blame.", neuron="h₁", share="61 %")
    'h₁ takes 61 % of the blame.'
    """
    key = SPOKEN.get()
    text = message if key == SOURCE else catalogue(key).said(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Say the message that fits a number, which may stand in it as {n}.

    >>> ngettext("One example", "{n} examples", 1), ngettext("One example", "{n} examples", 4)
    ('One example', '4 examples')
    """
    key = SPOKEN.get()
    text = (one if n == 1 else many) if key == SOURCE else catalogue(key).counted(one, many, n)
    return text.format(n=n, **values)


def N_(message: str) -> str:
    """Mark a message that is said later, by `tr`."""
    return message


tr = _  # says what N_ has marked


def per_language(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember what a function said, `size` answers in all, those of each language apart."""

    def remembering(says: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=size)
        def kept(key: str, *args: P.args, **more: P.kwargs) -> R:
            return says(*args, **more)

        @wraps(says)
        def asked(*args: P.args, **more: P.kwargs) -> R:
            return kept(SPOKEN.get(), *args, **more)  # type: ignore[arg-type]

        asked.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        return asked

    return remembering


class Catalogue(NamedTuple):
    """What is said in another language, by message, and which of its forms belongs to a number."""

    messages: dict[str, tuple[str, ...]]
    form: Callable[[int], int]

    def said(self, message: str) -> str:
        """Return what a message is in this language; the message itself where nothing is known."""
        found = self.messages.get(message)
        return found[0] if found else message

    def counted(self, one: str, many: str, n: int) -> str:
        """Return what belongs to a number in this language."""
        found = self.messages.get(one)
        return found[self.form(n)] if found else one if n == 1 else many


@cache
def catalogue(key: str) -> Catalogue:
    """Read a catalogue, once."""
    from babel.messages.pofile import read_po  # not before somebody speaks another language: it takes 0.1 s

    with (CATALOGUES / f"{key}.po").open("rb") as file:
        read = read_po(file, locale=key)
    found = {
        (one.id if isinstance(one.id, str) else one.id[0]): (
            (one.string,) if isinstance(one.string, str) else tuple(one.string)
        )
        for one in read
        if one.id and not one.fuzzy and one.string and (isinstance(one.string, str) or all(one.string))
    }
    return Catalogue(found, c2py(read.plural_expr))
