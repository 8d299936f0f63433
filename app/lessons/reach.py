"""Which values a person may get from the printed numbers: each stands for half a unit of its last digit, and
whoever works with them rounds on the way as the page does."""

from __future__ import annotations

from math import floor, isfinite, log10, prod
from typing import NamedTuple

from app.notation.numbers import plain
from app.story.formulas.expression import FUNCTIONS, Formula, Num, Ratio, Row, Square

Span = tuple[float, float]
SLACK = 1e-9  # of a value: what float64s add of their own
ON_THE_WAY = {"σ": 2}  # roundings inside a function that is worked out in several goes, 1/(1 + e⁻ᶻ)


class Digits(NamedTuple):
    """How many digits the printed numbers have, those one rounds to on the way, and the result; `strict`: a
    printed number stands for itself and the exact one, and for none beside them."""

    printed: int
    between: int
    result: int
    strict: bool = False


def half_unit(value: float, digits: int) -> float:
    """Return half a unit of the last of a number's digits.

    >>> half_unit(0.347, 3), half_unit(0.0, 3)
    (0.0005, 0.0)
    """
    return 0.5 * 10.0 ** (floor(log10(abs(value))) - digits + 1) if value else 0.0


def reach(formula: Formula, digits: Digits) -> Span | None:
    """Return the lowest and the highest value that one may get, None where that is not to be said."""
    try:
        low, high = rounded(bare(formula, digits, digits.result), digits.result)
    except (ArithmeticError, ValueError):
        return None
    return (low, high) if isfinite(low) and isfinite(high) else None


def within(value: float, span: Span | None) -> bool:
    """Tell whether a value lies in a span."""
    if span is None:
        return False
    slack = SLACK * max(map(abs, span))
    return span[0] - slack <= value <= span[1] + slack


def rounded(span: Span, digits: int) -> Span:
    """Return a span after rounding to so many digits."""
    more = half_unit(max(map(abs, span)), digits)
    return span[0] - more, span[1] + more


def inner(formula: Formula, digits: Digits) -> Span:
    """Return the span of a part of a formula, rounded as what one writes down on the way."""
    if isinstance(formula, Num):
        shown = plain(formula.value, digits.printed)
        if digits.strict:
            return min(shown, formula.value), max(shown, formula.value)
        half = 0.0 if shown == formula.value else half_unit(shown, digits.printed)
        return shown - half, shown + half
    return rounded(bare(formula, digits, digits.between), digits.between)


def bare(formula: Formula, digits: Digits, own: int) -> Span:
    """Return the span of a formula before its result is rounded; `own` are the digits of its partial sums."""
    match formula:
        case Num():
            return inner(formula, digits)
        case Row(sign="·"):
            return product([inner(term, digits) for term in formula.terms], digits.between)
        case Row():
            first, *others = (inner(term, digits) for term in formula.terms)
            way = -1 if formula.sign == "−" else 1
            turned = [first, *(tuple(sorted((way * low, way * high))) for low, high in others)]
            size = sum(max(abs(low), abs(high)) for low, high in turned)
            more = max(0, len(turned) - 2) * half_unit(size, own)
            return sum(low for low, _ in turned) - more, sum(high for _, high in turned) + more
        case Ratio():
            low, high = inner(formula.bottom, digits)
            if low <= 0 <= high:
                raise ZeroDivisionError
            return product([inner(formula.top, digits), (1 / high, 1 / low)], digits.between)
        case Square():
            low, high = inner(formula.inside, digits)
            return (0.0 if low <= 0 <= high else min(low**2, high**2)), max(low**2, high**2)
        case _:
            low, high = inner(formula.inside, digits)
            points = [low, (low + high) / 2, high, *([0.0] if low < 0 < high else [])]
            found = [FUNCTIONS[formula.function](point) for point in points]
            return blurred((min(found), max(found)), digits.between, ON_THE_WAY.get(formula.function, 0))


def product(spans: list[Span], digits: int) -> Span:
    """Return the span of a product, whose partial products are rounded."""
    found = spans[0]
    for span in spans[1:]:
        corners = [prod((one, other)) for one in found for other in span]
        found = min(corners), max(corners)
    return blurred(found, digits, max(0, len(spans) - 2))


def blurred(span: Span, digits: int, times: int) -> Span:
    """Return a span after so many roundings of numbers it is a product or a quotient of."""
    more = times * 0.5 * 10.0 ** (1 - digits) * max(map(abs, span))
    return span[0] - more, span[1] + more
