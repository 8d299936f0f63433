"""How the story counts, lists and writes numbers: no Greek, two digits behind the point, small numbers as
words."""

from __future__ import annotations

from app.notation.numbers import MINUS, figure

WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LEAST = 0.005  # what is smaller than this is almost 0 in a story


def told(value: float, digits: int = 2) -> str:
    """Write a number for a story: two digits behind the point, and nothing smaller than "almost 0".

    >>> told(0.6584), told(-2.0), told(0.0004), told(0.0), told(123.4), told(0.6584, 3)
    ('0.66', '−2', 'almost 0', '0', '123', '0.658')
    """
    if value and abs(value) < LEAST:
        return "almost 0"
    if value == round(value) or abs(value) >= 10:
        return figure(value, digits + 1)
    return f"{value:.{digits}f}".replace("-", MINUS)


def told_apart(*values: float) -> list[str]:
    """Write numbers for a story that are compared: with more digits where two would make different ones look
    alike, but never smaller than "almost 0".

    >>> told_apart(0.61, 0.6), told_apart(0.6584, 0.6561), told_apart(0.0011, 0.0004), told_apart(2.0, 2.0)
    (['0.61', '0.60'], ['0.658', '0.656'], ['almost 0', 'almost 0'], ['2', '2'])
    """
    for digits in range(2, 9):
        found = [told(value, digits) for value in values]
        if len(set(found)) == len(
            {value if abs(value) >= LEAST else bool(value) * LEAST for value in values}
        ):
            return found
    return [told(value) for value in values]


def counted(number: int) -> str:
    """Write a small number as a word.

    >>> counted(9), counted(1300)
    ('nine', '1,300')
    """
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def many(number: int, word: str) -> str:
    """Count something.

    >>> many(1, "input"), many(9, "dial")
    ('one input', 'nine dials')
    """
    return f"{counted(number)} {word}{'' if number == 1 else 's'}"


def listed(parts: list[str]) -> str:
    """Join parts as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def first_up(text: str) -> str:
    """Return a sentence with a capital at its start; a name of one letter and a number stays as it is.

    >>> first_up("nine dials"), first_up("h₁ says 1"), first_up("ŷ says 1")
    ('Nine dials', 'h₁ says 1', 'ŷ says 1')
    """
    return text[:1].upper() + text[1:] if text[1:2].islower() else text


def wish(delta: float) -> str:
    """Say what an error asks of its neuron: to be louder where that would lower the cost, or quieter."""
    return "quieter" if delta > 0 else "louder"
