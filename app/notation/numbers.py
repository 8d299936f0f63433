"""How a number is written: as many significant digits as its reader chose, a true minus, the decimal mark of
the language that is spoken, and never "0" for what is not zero."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from math import inf, isclose, isfinite

from app.notation.language import LANGUAGES, spoken

MINUS = "−"
NONE = "–"  # where rounding has left no number at all, ∞ − ∞
DIGITS = (3, 5, 8)  # that a reader can choose from, the usual ones first
WHOLE = 17  # at which a float64 reads back to itself
SURE = 13  # digits of a float64 that no rounding on the way to it has touched
SIMILAR = 1e-11  # two numbers further from each other (relative) differ in these digits
CHOSEN = ContextVar("digits", default=DIGITS[0])


@contextmanager
def in_digits(digits: int) -> Iterator[None]:
    """Write all numbers with so many significant digits, here and for nobody else."""
    before = CHOSEN.set(digits)
    try:
        yield
    finally:
        CHOSEN.reset(before)


def write_in(digits: int) -> None:
    """Write all numbers with so many significant digits, as long as an `in_digits` around it lasts."""
    CHOSEN.set(digits)


def chosen() -> int:
    """Return how many significant digits numbers are to have."""
    return CHOSEN.get()


def fewer() -> range:
    """Return how many digits a number may have where room is short, the most first."""
    return range(chosen(), 0, -1)


def marked(text: str) -> str:
    """Return a number's text with the decimal mark of the language that is spoken: all that a person reads or
    types over; programs, addresses and drawings keep the point.

    >>> from app.notation.language import in_language
    >>> with in_language("de"):
    ...     marked("−0.5"), figure(-0.14693), grouped(1300)
    ('−0,5', '−0,147', '1.300')
    """
    mark = LANGUAGES[spoken()].mark
    return text if mark == "." else text.replace(".", mark)


def beside() -> str:
    """Return what stands between the numbers of a row: no comma where that is the decimal mark."""
    return ", " if LANGUAGES[spoken()].mark == "." else "; "


SWAPPED = str.maketrans(".,", ",.")


def grouped(number: float) -> str:
    """Write a number with a sign after each three digits.

    >>> grouped(1300)
    '1,300'
    """
    text = f"{number:,}"
    return text if LANGUAGES[spoken()].mark == "." else text.translate(SWAPPED)


def figure(value: float, digits: int | None = None) -> str:
    """Write a number for a person, to `digits` significant digits or to as many as its reader chose.

    >>> figure(-0.14693)
    '−0.147'
    >>> with in_digits(5):
    ...     figure(-0.1469312)
    '−0.14693'
    """
    return marked(written(value, chosen() if digits is None else digits))


def given(value: float) -> str:
    """Write a number that somebody brought: all of its whole digits, six in all at least.

    >>> given(2009.0), given(1263743.0), given(5.1), given(1 / 3)
    ('2009', '1263743', '5.1', '0.333333')
    """
    return marked(written(value, max(6, chosen(), min(SURE, len(str(int(abs(value))))))))


@lru_cache(maxsize=65536)
def written(value: float, digits: int) -> str:
    """Write a number, with a point in every language: short ones as they are, others to `digits` significant
    digits.

    >>> written(0.0, 3), written(1.0, 3), written(0.3, 3), written(1234.5, 3), written(0.000012345, 3)
    ('0', '1', '0.3', '1230', '1.23e−5')
    >>> written(-0.14693, 5), written(0.3, 5), written(2.0000001, 4), written(0.1, 17), written(1e-20, 17)
    ('−0.14693', '0.3', '2.000', '0.1', '1e−20')
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return {inf: "∞", -inf: f"{MINUS}∞"}.get(value, NONE)
    if digits >= WHOLE:  # the shortest that reads back to this very float64
        mantissa, exponent = f"{Decimal(repr(value)).normalize():e}".lower().split("e")
    else:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power, exact = int(exponent), float(f"{mantissa}e{exponent}") == value
    if not -3 <= power < max(5, digits):
        return f"{mantissa}e{power}".replace("-", MINUS)
    rounded = (Decimal if digits >= WHOLE else float)(f"{mantissa}e{exponent}")
    text = f"{rounded:.{max(0, digits - 1 - power)}f}"
    if exact and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def plain(value: float, digits: int) -> float:
    """Return the number that `figure` prints: what a person would type into a pocket calculator.

    >>> plain(-0.14693, 3)
    -0.147
    """
    return float(written(value, digits).replace(MINUS, "-")) if isfinite(value) else value


def apart(old: float, new: float, digits: int | None = None) -> int:
    """Return with how many digits two numbers do not look alike: as few as they were to have, or more.

    What only rounding tells apart gets no more digits.

    >>> apart(0.5, 0.612), apart(5.08, 5.0802), apart(1.0, 1.0), apart(0.1 + 0.2, 0.3)
    (3, 5, 3, 3)
    """
    least = chosen() if digits is None else digits
    if old == new:
        return least
    differing = (n for n in range(least, SURE + 1) if plain(old, n) != plain(new, n))
    return next(differing, least)


def moved(old: float, new: float, digits: int | None = None) -> str:
    """Write a move as old → new: where both would look alike, with so many digits more that they do not, and
    as many decimals on both.

    >>> moved(0.5, 0.612), moved(5.08, 5.0802), moved(-5.37, -5.37001), moved(1.0, 1.0)
    ('0.5 → 0.612', '5.0800 → 5.0802', '−5.37000 → −5.37001', '1 → 1')
    """
    least = chosen() if digits is None else digits
    enough = apart(old, new, least)
    before, after = written(old, enough), written(new, enough)
    if isclose(old, new, rel_tol=SIMILAR) and plain(old, SURE) == plain(new, SURE):
        before = after
    elif enough > least and "e" not in before + after:
        decimals = max(len(text.partition(".")[2]) for text in (before, after))
        before, after = (f"{value:.{decimals}f}".replace("-", MINUS) for value in (old, new))
    return marked(f"{before} → {after}")


def percents(shares: Sequence[float]) -> list[str]:
    """Write the shares of one whole as whole per cent that add up to 100 %.

    A share below 1 % is "<1 %", never "0 %"; what all of these have together, and 1 % at least, is left to
    them by the others. The others are cut to whole per cent, and what is then missing goes, 1 % to each, to
    those that have lost most.

    >>> percents([0.786, 0.128, 0.086]), percents([1 / 3] * 3), percents([0.6, 0.398, 0.002])
    (['79 %', '13 %', '8 %'], ['34 %', '33 %', '33 %'], ['60 %', '39 %', '<1 %'])
    >>> percents([0.998, 0.002]), percents([1.0, 0.0]), percents([0.0, 0.0])
    (['>99 %', '<1 %'], ['100 %', '0 %'], ['0 %', '0 %'])
    """
    parts = [100 * share for share in shares]
    small = sum(part for part in parts if part < 1)
    large = [at for at, part in enumerate(parts) if part >= 1]
    if not small or len(large) != 1 or small >= 1:
        whole = [int(part) for part in parts]
        missing = 100 - (max(1, round(small)) if small else 0) - sum(whole)
        lost = sorted(large, key=lambda at: whole[at] - parts[at])
        for at in lost[:missing]:
            whole[at] += 1
        texts = [f"{number} %" for number in whole]
    else:
        texts = [">99 %"] * len(parts)
    return [text if part >= 1 else "<1 %" if part else "0 %" for text, part in zip(texts, parts, strict=True)]


def shrinking(above: float, below: float) -> str:
    """Write by how much less there is below than above, or by how much more.

    >>> shrinking(8.0, 1.0), shrinking(1.0, 8.0), shrinking(1.0, 0.0)
    ('÷ 8', '× 8', '→ 0')
    """
    if not below or not above:
        return "→ 0"
    return f"÷ {figure(above / below)}" if above >= below else f"× {figure(below / above)}"


NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?"
TYPED = re.compile(rf"({NUMBER})(?:/({NUMBER}))?", re.ASCII | re.IGNORECASE)


def typed_number(text: str) -> float:
    """Read one number; ValueError where it is none, or not finite.

    >>> typed_number("−1,5"), typed_number(" 1/4 "), typed_number("-0")
    (-1.5, 0.25, 0.0)
    """
    match = TYPED.fullmatch(re.sub(r"\s*/\s*", "/", text.strip().replace("−", "-")))
    if match is None:
        raise ValueError(f"no number: {text!r}")
    above, below = (float(part.replace(",", ".")) for part in (match[1], match[2] or "1"))
    if not below or not math.isfinite(found := above / below):
        raise ValueError(f"not finite: {text!r}")
    return found + 0.0  # there is only one zero


def in_field(value: float | str) -> str:
    """Write a number into a field where somebody types over it, with every digit of it; what was typed there
    and is no number stays as it is.

    >>> in_field(0.5), in_field("1/3"), in_field("two.")
    ('0.5', '1/3', 'two.')
    """
    text = str(value)
    return marked(text) if TYPED.fullmatch(text) else text
