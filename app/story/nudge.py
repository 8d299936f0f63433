"""The words of a nudge: what it did, written so that it can be redone, and what to make of it."""

from __future__ import annotations

from math import isfinite

from app.analysis.nudge import Nudge
from app.notation.language import N_, _, ngettext, tr
from app.notation.numbers import DIGITS, MINUS, chosen, figure, plain
from app.story.formulas.equation import MOST_DIGITS, lengths

MEASURED = 6  # digits of ΔC/ε, to be compared, at least


def nudge_words(found: Nudge, name: str) -> tuple[str, str]:
    """Tell what the nudge did, and what to make of it."""
    epsilon = whole(abs(found.epsilon))
    way = MINUS if found.epsilon < 0 else "+"
    divisor = f"({MINUS}{epsilon})" if found.epsilon < 0 else epsilon
    done = _(
        "{name} from {value} to {value} {sign} {epsilon}: the cost moves by ΔC = {change}, "
        "that is ΔC/ε = {change} / {divisor} = {measured}. Backprop says {slope}.",
        name=name,
        value=figure(found.value),
        sign=way,
        epsilon=epsilon,
        change=change(found),
        divisor=divisor,
        measured=figure(found.measured, measured()),
        slope=figure(found.slope, measured()),
    )
    if found.verdict != "good":
        doubt = tr(DOUBTS[found.verdict])
        return done, ngettext(
            "They agree to {n} digit: {doubt}", "They agree to {n} digits: {doubt}", found.digits, doubt=doubt
        )
    if not found.digits:
        return done, _("Both are next to nothing, less than a billionth apart.")
    return done, ngettext("They agree to {n} digit.", "They agree to {n} digits.", found.digits)


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
    "large": N_("ε is too large here, the cost bends within it. Try a smaller one."),
    "small": N_("ε is too small here, rounding drowns it. Try a larger one."),
    "kink": N_(
        "this is the very spot where the function has its corner, and backprop takes the slope of "
        "the other side. Try an ε of the other sign."
    ),
    "lost": N_("no ε settles it here. The larger ones bend, and the smaller ones drown in rounding."),
}
