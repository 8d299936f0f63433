"""Small formulas that can be written three ways: with names, with numbers, and as a value.

A formula is a tree. Its numbers are printed with just enough digits that whoever redoes it from the
print, with a pocket calculator, gets the printed result.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from html import escape

import numpy as np

from app.engine.activations import sigmoid
from app.lab.figures import SIGNIFICANT, figure, plain

BRACKETS = ("<mo>(</mo>", "<mo>)</mo>")
MOST_DIGITS = 17  # at which a float64 reads back to itself


@dataclass(frozen=True)
class Num:
    """A quantity: its name ("z_h₁" is z with h₁ below; "" for a constant), its value, and the mark in the
    picture it comes from ("" for none)."""

    name: str
    value: float
    ref: str = ""

    def compute(self, digits: int) -> float:
        return plain(self.value, digits)

    def names(self) -> str:
        if not self.name:
            return f"<mn>{figure(self.value)}</mn>"
        letter, _, index = escape(self.name).partition("_")
        return f"<msub><mi>{letter}</mi><mi>{index}</mi></msub>" if index else f"<mi>{letter}</mi>"

    def numbers(self, digits: int) -> str:
        text = figure(self.value, digits)
        linked = f' data-ref="{self.ref}"' if self.ref else ""
        return f"<mn{linked}>{text}</mn>"

    def spoken(self, digits: int) -> str:
        return figure(self.value, digits)


@dataclass(frozen=True)
class Row:
    """Terms joined by a sign: "+", "−" or "·"; brackets go around sums and negative numbers where needed."""

    sign: str
    terms: tuple[Formula, ...]

    def compute(self, digits: int) -> float:
        values = [term.compute(digits) for term in self.terms]
        if self.sign == "+":
            return math.fsum(values)
        if self.sign == "−":
            return values[0] - math.fsum(values[1:])
        return math.prod(values)

    def names(self) -> str:
        return self._joined([(term, term.names()) for term in self.terms], f"<mo>{self.sign}</mo>", numbers=False)

    def numbers(self, digits: int) -> str:
        parts = [(term, term.numbers(digits)) for term in self.terms]
        return self._joined(parts, f"<mo>{self.sign}</mo>", digits=digits)

    def spoken(self, digits: int) -> str:
        parts = [(term, term.spoken(digits)) for term in self.terms]
        return self._joined(parts, f" {self.sign} ", ("(", ")"), digits=digits)

    def _joined(
        self, parts: list, sign: str, brackets: tuple = BRACKETS, *, numbers: bool = True, digits: int = SIGNIFICANT
    ) -> str:
        done = []
        for place, (term, text) in enumerate(parts):
            below_zero = numbers and isinstance(term, Num) and (place or self.sign == "·") and term.compute(digits) < 0
            loose = isinstance(term, Row) and (self.sign == "·" or (self.sign == "−" and place)) and term.sign != "·"
            done.append(brackets[0] + text + brackets[1] if below_zero or loose else text)
        return f"<mrow>{sign.join(done)}</mrow>" if sign.startswith("<") else sign.join(done)


@dataclass(frozen=True)
class Ratio:
    """A fraction."""

    top: Formula
    bottom: Formula

    def compute(self, digits: int) -> float:
        top, bottom = self.top.compute(digits), self.bottom.compute(digits)
        return top / bottom if bottom else math.inf

    def names(self) -> str:
        return f"<mfrac>{self.top.names()}{self.bottom.names()}</mfrac>"

    def numbers(self, digits: int) -> str:
        return f"<mfrac>{self.top.numbers(digits)}{self.bottom.numbers(digits)}</mfrac>"

    def spoken(self, digits: int) -> str:
        return f"({self.top.spoken(digits)}) / ({self.bottom.spoken(digits)})"


FUNCTIONS = {
    "tanh": math.tanh,
    "σ": lambda z: float(sigmoid(np.float64(z))),
    "exp": lambda z: math.exp(min(z, 700.0)),
    "ln": lambda a: math.log(a) if a > 0 else -math.inf,
    "√": lambda v: math.sqrt(max(v, 0.0)),
    "max(0, ·)": lambda z: max(0.0, z),
    "sign": lambda w: float((w > 0) - (w < 0)),
}


@dataclass(frozen=True)
class Call:
    """A function of one formula."""

    function: str
    inside: Formula

    def compute(self, digits: int) -> float:
        return FUNCTIONS[self.function](self.inside.compute(digits))

    def _around(self, text: str) -> str:
        if self.function == "√":
            return f"<msqrt>{text}</msqrt>"
        if self.function == "exp":
            return f"<msup><mi>e</mi>{text if text.startswith('<mrow') else f'<mrow>{text}</mrow>'}</msup>"
        head = "max" if self.function.startswith("max") else self.function
        first = "<mn>0</mn><mo>,</mo>" if head == "max" else ""
        return f"<mrow><mi>{head}</mi><mo>(</mo>{first}{text}<mo>)</mo></mrow>"

    def names(self) -> str:
        return self._around(self.inside.names())

    def numbers(self, digits: int) -> str:
        return self._around(self.inside.numbers(digits))

    def spoken(self, digits: int) -> str:
        head = "max(0, " if self.function.startswith("max") else f"{self.function}("
        return f"{head}{self.inside.spoken(digits)})"


@dataclass(frozen=True)
class Square:
    """A formula times itself."""

    inside: Formula

    def compute(self, digits: int) -> float:
        return self.inside.compute(digits) ** 2

    def names(self) -> str:
        return f"<msup><mrow><mo>(</mo>{self.inside.names()}<mo>)</mo></mrow><mn>2</mn></msup>"

    def numbers(self, digits: int) -> str:
        return f"<msup><mrow><mo>(</mo>{self.inside.numbers(digits)}<mo>)</mo></mrow><mn>2</mn></msup>"

    def spoken(self, digits: int) -> str:
        return f"({self.inside.spoken(digits)})²"


Formula = Num | Row | Ratio | Call | Square


@dataclass(frozen=True)
class Equation:
    """result = formula: the law with names, the same with this moment's numbers, and the value."""

    result: Num
    formula: Formula
    note: str = ""

    @cached_property
    def digits(self) -> int:
        """Return the fewest digits at which the printed numbers give the printed result."""
        fitting = (digits for digits in range(SIGNIFICANT, MOST_DIGITS + 1) if self.works_out(digits))
        return next(fitting, MOST_DIGITS)

    def works_out(self, digits: int) -> bool:
        """Tell whether redoing the formula with numbers of this many digits gives the printed result."""
        return figure(self.formula.compute(digits)) == figure(self.result.value)

    def law(self) -> str:
        """Return the equation with names, as MathML."""
        return f"<math>{self.result.names()}<mo>=</mo>{self.formula.names()}</math>"

    def worked(self) -> str:
        """Return the equation with numbers, as MathML."""
        result = self.result.numbers(SIGNIFICANT)
        return f"<math><mo>=</mo>{self.formula.numbers(self.digits)}<mo>=</mo>{result}</math>"

    def spoken(self) -> str:
        """Return the equation as plain text: name = numbers = result."""
        return f"{self.result.name.replace('_', ' of ')} = {self.formula.spoken(self.digits)} = {figure(self.result.value)}"


def total(*terms: Formula) -> Formula:
    """Return the sum of one or more formulas."""
    return terms[0] if len(terms) == 1 else Row("+", terms)


def times(*factors: Formula) -> Row:
    """Return a product."""
    return Row("·", factors)


def less(first: Formula, *others: Formula) -> Row:
    """Return first − others."""
    return Row("−", (first, *others))
