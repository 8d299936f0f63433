"""How the story counts, lists and writes numbers: no Greek, two digits behind the point, small numbers as
words."""

from __future__ import annotations

from app.notation.numbers import MINUS, SURE, chosen, figure

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


def decimals() -> int:
    """Return how many digits a story's numbers have behind the point: two, or more where somebody chose
    more."""
    return chosen() - 1


def least() -> float:
    """Return the size below which a number is almost 0 in a story: it would be written as 0.00."""
    return float(0.5 * 10.0 ** -decimals())


def told(value: float, digits: int = 0) -> str:
    """Write a number for a story, with so many digits behind the point (0: the usual ones), and nothing
    smaller than "almost 0".

    >>> told(0.6584), told(-2.0), told(0.0004), told(0.0), told(123.4), told(0.6584, 3)
    ('0.66', '−2', 'almost 0', '0', '123', '0.658')
    """
    if value and abs(value) < least():
        return "almost 0"
    digits = digits or decimals()
    if value == round(value) or abs(value) >= 10:
        return figure(value, digits + 1)
    return f"{value:.{digits}f}".replace("-", MINUS)


def told_apart(*values: float) -> list[str]:
    """Write numbers for a story that are compared: with more digits where two would make different ones look
    alike, but never smaller than "almost 0".

    >>> told_apart(0.61, 0.6), told_apart(0.6584, 0.6561), told_apart(0.0011, 0.0004), told_apart(2.0, 2.0)
    (['0.61', '0.60'], ['0.658', '0.656'], ['almost 0', 'almost 0'], ['2', '2'])
    """
    different = {value if abs(value) >= least() else bool(value) * least() for value in values}
    for digits in range(decimals(), SURE):
        found = [told(value, digits) for value in values]
        if len(set(found)) == len(different):
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
