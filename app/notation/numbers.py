"""How a number is written: three significant digits, a true minus, and never "0" for what is not zero."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from math import inf, isfinite

MINUS = "−"
SIGNIFICANT = 3


@lru_cache(maxsize=65536)
def figure(value: float, digits: int = SIGNIFICANT) -> str:
    """Write a number for a person: short numbers as they are, others to `digits` significant digits.

    >>> figure(0.0), figure(1.0), figure(0.3), figure(-0.14693), figure(1234.5), figure(0.000012345)
    ('0', '1', '0.3', '−0.147', '1230', '1.23e−5')
    >>> figure(-0.14693, 5), figure(0.3, 5), figure(2.0000001, 4)
    ('−0.14693', '0.3', '2.000')
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return {inf: "∞", -inf: f"{MINUS}∞"}.get(value, "NaN")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power, exact = int(exponent), float(f"{mantissa}e{exponent}") == value
    if not -3 <= power < max(5, digits):
        return f"{mantissa}e{power}".replace("-", MINUS)
    text = f"{float(f'{mantissa}e{exponent}'):.{max(0, digits - 1 - power)}f}"
    if exact and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def plain(value: float, digits: int) -> float:
    """Return the number that `figure` prints: what a person would type into a pocket calculator.

    >>> plain(-0.14693, 3)
    -0.147
    """
    return float(figure(value, digits).replace(MINUS, "-"))


def moved(old: float, new: float) -> str:
    """Write a dial's move: old → new, or old ± change where both would look the same.

    >>> moved(0.5, 0.612), moved(5.08, 5.0802), moved(-5.37, -5.37001), moved(1.0, 1.0)
    ('0.5 → 0.612', '5.08 + 2.00e−4', '−5.37 − 1.00e−5', '1 → 1')
    """
    before, after = figure(old), figure(new)
    if before != after or old == new:
        return f"{before} → {after}"
    return f"{before} {'+' if new > old else MINUS} {figure(abs(new - old))}"


def percent(share: float) -> str:
    """Write a share of 1 as whole per cent; a small one is never "0 %".

    >>> percent(0.5412), percent(0.002), percent(0.0)
    ('54 %', '<1 %', '0 %')
    """
    whole = f"{100 * share:.0f}"
    if whole == "0" and share > 0:
        return "<1 %"
    return ">99 %" if whole == "100" and share < 1 else f"{whole} %"


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
