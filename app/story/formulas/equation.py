"""An equation of a worked step, printed so that redoing it gives the printed result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite, ulp

from app.analysis.rounding import ROUNDING
from app.notation.language import N_, tr
from app.notation.numbers import SURE, WHOLE, chosen, figure, plain
from app.story.formulas.expression import OPEN, SHUT, Call, Formula, Num, Ratio, Row

MOST_DIGITS = WHOLE
CANCELLED = N_("These cancel: what is left is hardly more than the computer’s rounding in its last digit.")
TURNED = N_("The angle’s last digit is only the computer’s rounding, and that alone moves the result.")
EQUALS = '<mo form="infix">=</mo>'


@dataclass(frozen=True)
class Equation:
    """result = formula: the law with names, the same with this moment's numbers, and the value.

    `least`: how many digits the result has where the usual ones would not do.
    """

    result: Num
    formula: Formula
    note: str = ""
    least: int = 0

    @cached_property
    def shown(self) -> int:
        """Return how many digits the printed result has."""
        return max(self.least, chosen())

    @cached_property
    def digits(self) -> int:
        """Return the fewest digits at which the printed numbers give the printed result."""
        fitting = (digits for digits in lengths(self.shown) if self.works_out(digits))
        return next(fitting, MOST_DIGITS)

    def works_out(self, digits: int) -> bool:
        """Tell whether redoing the formula with numbers of this many digits gives the printed result."""
        found = self.formula.compute(digits)
        if not isfinite(found):
            return False
        same = plain(found, self.shown) == plain(self.result.value, self.shown)
        return same or abs(found - self.result.value) <= self.rounding

    @property
    def remark(self) -> str:
        """Return what has to be said besides: the note, or that nothing but rounding is left; "" for
        nothing."""
        if self.note or not (self.rounding and self.result.value):
            return self.note
        return tr(TURNED if turned(self.formula, self.finest) else CANCELLED)

    @property
    def finest(self) -> float:
        """Return what the last printed digit of the result is worth at least."""
        return abs(self.result.value) * 10.0**-self.shown

    @cached_property
    def rounding(self) -> float:
        """Return how far rounding may carry a result that hangs on terms which cancel until nothing else is
        left, else 0."""
        if isinstance(self.formula, Row) and self.formula.sign != "·":
            noise = ROUNDING * max(abs(term.compute(MOST_DIGITS)) for term in self.formula.terms)
            if abs(self.result.value) <= noise:
                return noise
        astray = hollow(self.formula) or turned(self.formula, self.finest)
        return abs(self.result.value) if astray else 0.0

    def law(self) -> str:
        """Return the equation with names, as MathML."""
        return wrapped(self.result.names() + EQUALS, self.formula, None)

    def worked(self) -> str:
        """Return the equation with numbers, as MathML; what would be the same again is left out."""
        shown, result = self.formula.spoken(self.digits), figure(self.result.value, self.shown)
        if shown == result:
            again = shown == self.formula.spoken(None)
            return "" if again else f"<math>{EQUALS}{self.formula.numbers(self.digits)}</math>"
        return wrapped(EQUALS, self.formula, self.digits, f"{EQUALS}{self.result.numbers(self.shown)}")

    def set_out(self) -> str:
        """Return the formula with numbers and without its result, as MathML."""
        return wrapped(EQUALS, self.formula, self.digits)

    def asked(self) -> str:
        """Return the same as plain text: name = law = numbers."""
        return self.spoken().rpartition(" = ")[0]

    def spoken(self) -> str:
        """Return the equation as plain text: name = law = numbers = result."""
        parts = [
            self.result.label(),
            self.formula.spoken(None),
            self.formula.spoken(self.digits),
            figure(self.result.value, self.shown),
        ]
        return " = ".join(part for place, part in enumerate(parts) if place == 0 or part != parts[place - 1])


def lengths(least: int) -> tuple[int, ...]:
    """Return how many digits a print may have; only with the last of them it is the float64 itself."""
    return (*range(least, SURE + 1), MOST_DIGITS)


def inside(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that a formula consists of."""
    if isinstance(formula, Num):
        return ()
    if isinstance(formula, Row):
        return tuple(formula.terms)
    return (formula.top, formula.bottom) if isinstance(formula, Ratio) else (formula.inside,)


def turned(formula: Formula, finest: float) -> bool:
    """Tell whether a formula hangs on the sine or cosine of a number so large that no print of it is as fine
    as that, which a result is printed to: not even a float64 is."""
    if isinstance(formula, Call) and formula.function in ("sin", "cos"):
        return ulp(formula.inside.compute(MOST_DIGITS)) > finest
    return any(turned(part, finest) for part in inside(formula))


def hollow(formula: Formula) -> bool:
    """Tell whether a formula hangs on a sum of which cancelling leaves nothing but rounding."""
    if not isinstance(formula, Row) or formula.sign == "·":
        return any(map(hollow, inside(formula)))
    terms = [(term, size) for term in formula.terms if (size := abs(term.compute(MOST_DIGITS)))]
    left = abs(formula.compute(MOST_DIGITS))
    cancelled = 0 < left <= ROUNDING * max((size for _, size in terms), default=0.0)
    return cancelled or (left > 0 and all(hollow(term) for term, _ in terms))


def wrapped(head: str, formula: Formula, digits: int | None, tail: str = "") -> str:
    """Return a row's pieces as one <math> each, for lines to break between."""
    if isinstance(formula, Row) and formula.sign != "·":
        body = formula.pieces(digits)
    elif isinstance(formula, Ratio) and isinstance(formula.top, Row) and isinstance(formula.bottom, Num):
        first, *others, last = formula.top.pieces(
            digits
        )  # a long fraction cannot wrap, and the same on one line can
        bottom = formula.bottom.names() if digits is None else formula.bottom.numbers(digits)
        body = [OPEN + first, *others, f'{last}{SHUT}<mo form="infix">/</mo>{bottom}']
    else:
        body = [formula.names() if digits is None else formula.numbers(digits)]
    pieces = [head + body[0], *body[1:], *([tail] if tail else [])]
    return " ".join(f"<math>{piece}</math>" for piece in pieces)
