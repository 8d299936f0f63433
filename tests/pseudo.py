"""A language that marks every message around its places, ⟦so⟧, and a word that is no message stands out, be
it glued to one or put into its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.notation import language
from app.notation.language import LANGUAGES, Catalogue, Language, in_language

KEY, OPEN, SHUT = "pseudo", "⟦", "⟧"


PLACE = re.compile(r"(\{\w+\})")
WORD = re.compile(r"[A-Za-zäöüßÄÖÜ]{2,}")


def marked(text: str) -> str:
    """Return a text between marks, "" where there is none."""
    return text and f"{OPEN}{text}{SHUT}"


class Marked(dict[str, tuple[str, ...]]):
    """Every message, both of its forms marked; English knows both by the first one's name."""

    def get(self, message, default=None):
        """Return a message with marks around all that stands between its places."""
        return ("".join(part if PLACE.fullmatch(part) else marked(part) for part in PLACE.split(message)),)


class Pseudo(Catalogue):
    """A catalogue in which every message is known, and one of a number in the form that English has."""

    def counted(self, one, many, n):
        """Return what belongs to a number, between its marks."""
        return self.said(one if n == 1 else many)


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Speak the language that marks every message, with a decimal comma."""
    real = language.catalogue
    LANGUAGES[KEY] = Language("⟦⟧", ",")
    language.catalogue = lambda key: Pseudo(Marked(), int) if key == KEY else real(key)
    try:
        with in_language(KEY):
            yield
    finally:
        language.catalogue = real
        del LANGUAGES[KEY]


def unmarked(text: str) -> str:
    """Return what of a text stands in no message.

    >>> unmarked("h₁⟦ says ⟧two and 1⟦.⟧")
    'h₁ two and 1'
    """
    depth, found = 0, []
    for letter in text:
        depth += letter == OPEN
        if not depth:
            found.append(letter)
        depth -= letter == SHUT
        found += [" "] * (letter == SHUT)
    return " ".join("".join(found).split())


def forgotten(*texts: str) -> set[str]:
    """Return the words, of two letters at least, that stand in no message.

    >>> sorted(forgotten("h₁⟦ says ⟧two and 1⟦.⟧"))
    ['and', 'two']
    """
    return {word for text in texts for word in WORD.findall(unmarked(text))}
