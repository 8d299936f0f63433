"""The words of a nudge: what it did, written so that it can be redone, and what to make of it."""

from __future__ import annotations

from math import isfinite

from app.analysis.nudge import Nudge
from app.notation.numbers import DIGITS, MINUS, chosen, figure, plain
from app.story.formulas.equation import MOST_DIGITS, lengths

MEASURED = 6  # digits of ΔC/ε, to be compared, at least


def nudge_words(found: Nudge, name: str) -> tuple[str, str]:
    """Tell what the nudge did, and what to make of it."""
    epsilon = whole(abs(found.epsilon))
    way = MINUS if found.epsilon < 0 else "+"
    divisor = f"({MINUS}{epsilon})" if found.epsilon < 0 else epsilon
    done = (
        f"{name} from {figure(found.value)} to {figure(found.value)} {way} {epsilon}: the cost moves by "
        f"ΔC = {change(found)}, "
        f"that is ΔC/ε = {change(found)} / {divisor} = {figure(found.measured, measured())}. "
        f"Backprop says {figure(found.slope, measured())}."
    )
    agree = f"They agree to {found.digits} digit{'' if found.digits == 1 else 's'}"
    if found.verdict == "good":
        return done, f"{agree}." if found.digits else "Both are next to nothing, less than a billionth apart."
    return done, f"{agree}: {DOUBTS[found.verdict]}"


def measured() -> int:
    """Return how many digits ΔC/ε has."""
    return max(MEASURED, chosen())


def whole(value: float) -> str:
    """Write all digits of a number that a person typed.

    >>> whole(1e-4), whole(0.0123456)
    ('1.00e−4', '0.0123456')
    """
    return next(figure(value, digits) for digits in lengths(DIGITS[0]) if plain(value, digits) == value)


def change(found: Nudge) -> str:
    """Write ΔC with as many digits as it takes to give the printed ΔC/ε."""
    moved = found.after - found.before
    if not isfinite(moved):
        return figure(moved)
    told = plain(found.measured, measured())
    fitting = (
        n
        for n in range(measured(), MOST_DIGITS)
        if plain(plain(moved, n) / found.epsilon, measured()) == told
    )
    return figure(moved, next(fitting, MOST_DIGITS))


DOUBTS = {
    "large": "ε is too large here, the cost bends within it. Try a smaller one.",
    "small": "ε is too small here, rounding drowns it. Try a larger one.",
    "kink": "this is the very spot where the function has its corner, and backprop takes the slope of "
    "the other side. "
    "Try an ε of the other sign.",
    "lost": "no ε settles it here. The larger ones bend, and the smaller ones drown in rounding.",
}
