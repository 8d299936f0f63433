"""How the story counts, lists and writes numbers: no Greek, two digits behind the point, small numbers as
words."""

from __future__ import annotations

from math import ceil

from app.analysis.rounding import same
from app.notation.language import N_, _, tr
from app.notation.numbers import MINUS, chosen, figure, grouped, marked

WORDS = (
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)
MORE = 7  # digits that numbers may take on to be told apart


def decimals() -> int:
    """Return how many digits a story's numbers have behind the point: two, or more where somebody chose
    more."""
    return chosen() - 1


def told(value: float, digits: int | None = None) -> str:
    """Write a number for a story: two digits behind the point, and what would be 0.00 as "almost 0".

    >>> told(0.6584), told(-2.0), told(0.0004), told(0.0), told(123.4), told(0.6584, 3)
    ('0.66', '−2', 'almost 0', '0', '123', '0.658')
    """
    if value and abs(value) < 0.5 / 10 ** decimals():
        return _("almost 0")
    if value == round(value) or abs(value) >= 10:
        return figure(value) if digits is None else figure(value, digits + 1)
    return marked(f"{value:.{digits or decimals()}f}".replace("-", MINUS))


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Write two numbers for a story that are compared: with more digits where two would make different ones
    look alike, but never smaller than "almost 0".

    >>> told_apart(0.61, 0.6), told_apart(0.6584, 0.6561), told_apart(0.0011, 0.0004), told_apart(2.0, 2.0)
    (('0.61', '0.60'), ('0.658', '0.656'), ('almost 0', 'almost 0'), ('2', '2'))
    """
    if same(one, other):
        return told(other), told(other)
    small = max(abs(one), abs(other)) < 0.5 / 10 ** decimals()
    digits = range(decimals(), decimals() + (1 if small else MORE))
    pairs = [(told(one, enough), told(other, enough)) for enough in digits]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def counted(number: int) -> str:
    """Write a small number as a word.

    >>> counted(9), counted(1300)
    ('nine', '1,300')
    """
    return tr(WORDS[number - 1]) if 0 < number <= len(WORDS) else grouped(number)


def listed(parts: list[str]) -> str:
    """Join parts as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) == 1:
        return parts[0]
    return _("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def first_up(text: str) -> str:
    """Return a sentence with a capital at its start; a name of one letter and a number stays as it is.

    >>> first_up("nine dials"), first_up("h₁ says 1"), first_up("ŷ says 1")
    ('Nine dials', 'h₁ says 1', 'ŷ says 1')
    """
    return text[:1].upper() + text[1:] if text[1:2].islower() else text


def wish(delta: float) -> str:
    """Say what an error asks of its neuron: to be louder where that would lower the cost, or quieter."""
    return _("quieter") if delta > 0 else _("louder")


def size_told(size: int) -> str:
    """Say how large a file will be, more or less.

    >>> size_told(700), size_told(48_000), size_told(11_400_000)
    ('about 1 KB', 'about 48 KB', 'about 11 MB')
    """
    if size < 1e6:
        return _("about {size} KB", size=ceil(size / 1e3))
    return _("about {size} MB", size=round(size / 1e6))
