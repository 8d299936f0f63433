"""Small formulas that can be written three ways: with names, with numbers, and as a value.

A formula is a tree. Its numbers are printed with just enough digits that whoever redoes it from the
print, with a pocket calculator, gets the printed result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import numpy as np

from app.engine.activations import sigmoid
from app.notation.language import N_, tr
from app.notation.numbers import MINUS, beside, chosen, figure, plain

OPEN, SHUT = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'
WORDS = {  # that stand in names of quantities
    "velocity": N_("velocity"),
    "mean": N_("mean"),
    "square": N_("square"),
    "old": N_("old"),
    "corrected": N_("corrected"),
    "new": N_("new"),
    "batch": N_("batch"),
    "with P": N_("with P"),
}


def said(part: str) -> str:
    """Say a part of a name where it is a word."""
    return tr(WORDS[part]) if part in WORDS else part


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
            return self.numbers(chosen())
        letter, index = map(escape, self.parts())
        return f"<msub><mi>{letter}</mi><mi>{index}</mi></msub>" if index else f"<mi>{letter}</mi>"

    def numbers(self, digits: int) -> str:
        linked = f' data-ref="{self.ref}"' if self.ref else ""
        return f"<mn{linked}>{figure(self.value, digits)}</mn>"

    def spoken(self, digits: int | None) -> str:
        return self.label() if digits is None and self.name else figure(self.value, digits)

    def label(self) -> str:
        """Return the name on one line.

        >>> Num("δ_h₂", 0.1).label()
        'δ(h₂)'
        """
        letter, index = self.parts()
        return f"{letter}({index})" if index else letter

    def parts(self) -> tuple[str, str]:
        """Return the name and its index, "" for none; words in the language that is spoken."""
        letter, _, index = self.name.partition("_")
        return said(letter), said(index)


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
        return f"<mrow>{''.join(self.pieces(None))}</mrow>"

    def numbers(self, digits: int) -> str:
        return f"<mrow>{''.join(self.pieces(digits))}</mrow>"

    def spoken(self, digits: int | None) -> str:
        parts = [
            (self.loose(place, term, digits), term.spoken(digits)) for place, term in enumerate(self.terms)
        ]
        return f" {self.sign} ".join(f"({text})" if loose else text for loose, text in parts)

    def pieces(self, digits: int | None) -> list[str]:
        """Return the terms as MathML, each with its sign and brackets, so that a long row may wrap."""
        done = []
        for place, term in enumerate(self.terms):
            text = term.names() if digits is None else term.numbers(digits)
            text = OPEN + text + SHUT if self.loose(place, term, digits) else text
            done.append(f'<mo form="infix">{self.sign}</mo>{text}' if place else text)
        return done

    def loose(self, place: int, term: Formula, digits: int | None) -> bool:
        """Tell whether a term needs brackets: a sum in a product or behind a minus, or a number below
        zero."""
        if isinstance(term, Row):
            return term.sign != "·" and (self.sign == "·" or (self.sign == "−" and place > 0))
        return (
            digits is not None
            and isinstance(term, Num)
            and (place > 0 or self.sign == "·")
            and term.compute(digits) < 0
        )


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

    def spoken(self, digits: int | None) -> str:
        parts = (self.top.spoken(digits), self.bottom.spoken(digits))
        return " / ".join(
            f"({part})" if {" ", "/"} & set(part) or part[0] == MINUS else part for part in parts
        )


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "σ": lambda z: float(sigmoid(np.array(z))),
    "sin": math.sin,
    "cos": math.cos,
    "exp": lambda z: math.exp(min(z, 700.0)),
    "ln": lambda a: math.log(a) if a > 0 else -math.inf,
    "√": lambda v: math.sqrt(max(v, 0.0)),
    "max(0, ·)": lambda z: max(0.0, z),
    "abs": abs,
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
        if self.function.startswith("max"):
            return f"<mrow><mi>max</mi>{OPEN}<mn>0</mn><mo>{beside().strip()}</mo>{text}{SHUT}</mrow>"
        return f"<mrow><mi>{self.function}</mi>{OPEN}{text}{SHUT}</mrow>"

    def names(self) -> str:
        return self._around(self.inside.names())

    def numbers(self, digits: int) -> str:
        return self._around(self.inside.numbers(digits))

    def spoken(self, digits: int | None) -> str:
        head = f"max(0{beside()}" if self.function.startswith("max") else f"{self.function}("
        return f"{head}{self.inside.spoken(digits)})"


@dataclass(frozen=True)
class Square:
    """A formula times itself."""

    inside: Formula

    def compute(self, digits: int) -> float:
        return self.inside.compute(digits) ** 2

    def names(self) -> str:
        return self._squared(self.inside.names(), None)

    def numbers(self, digits: int) -> str:
        return self._squared(self.inside.numbers(digits), digits)

    def _squared(self, text: str, digits: int | None) -> str:
        return f'{text if self.simple(digits) else OPEN + text + SHUT}<mo form="postfix">²</mo>'

    def simple(self, digits: int | None) -> bool:
        return isinstance(self.inside, Num) and not {MINUS, *"e/(⁰¹²³⁴⁵⁶⁷⁸⁹"} & set(
            self.inside.spoken(digits)
        )

    def spoken(self, digits: int | None) -> str:
        return f"{self.inside.spoken(digits)}²" if self.simple(digits) else f"({self.inside.spoken(digits)})²"


Formula = Num | Row | Ratio | Call | Square


def total(*terms: Formula) -> Formula:
    """Return the sum of one or more formulas."""
    return terms[0] if len(terms) == 1 else Row("+", terms)


def times(*factors: Formula) -> Row:
    """Return a product."""
    return Row("·", factors)


def less(first: Formula, *others: Formula) -> Row:
    """Return first − others."""
    return Row("−", (first, *others))
