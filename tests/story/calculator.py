"""A pocket calculator with many digits: it reads a printed formula as a person would and redoes it. It knows
no code of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, Inexact, Overflow, Underflow, localcontext

NUMBER = r"−?\d+(?:\.\d+)?(?:e−?\d+)?"
TOKEN = re.compile(rf"\s*(?:({NUMBER})|(tanh|σ|exp|ln|√|abs|sin|cos|sign|max)(?=\()|([()+−·/²,]))")
DIGITS = 60
LEAST = (
    Decimal("1e-305"),
    Decimal("1e-50"),
)  # what no computer can write down, and this calculator's own rounding


class Misprint(AssertionError):
    """Say what is printed that cannot be read, or does not come out."""


def number(text: str) -> Decimal:
    """Read one printed number."""
    if not re.fullmatch(NUMBER, text):
        raise Misprint(f"no number: {text!r}")
    return Decimal(text.replace("−", "-"))


def redo(formula: str) -> Decimal:
    """Work out a printed formula, as in "0.5 · (0.3 − 1)² + σ(−2)"."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = DIGITS, -(10**6), 10**6
        context.traps[Inexact] = context.traps[Overflow] = context.traps[Underflow] = False
        reader = _Reader(formula)
        value = reader.sum()
        if reader.next is not None:
            raise Misprint(f"cannot be read from {reader.next!r} on: {formula}")
        return value


def comes_out(formula: str, result: str) -> bool:
    """Tell whether redoing the formula gives the printed result, to the last digit that is printed."""
    return (
        abs(redo(formula) - number(result))
        <= last_place(result) / 2 * (1 + Decimal("1e-6")) + LEAST[result == "0"]
    )


def last_place(text: str) -> Decimal:
    """Return the worth of a printed number's last digit that counts; short numbers have zeros up to the
    third.

    >>> last_place("−0.147"), last_place("1230"), last_place("0.3"), last_place("1.23e−5")
    (Decimal('0.001'), Decimal('1E+1'), Decimal('0.001'), Decimal('1E-7'))
    """
    size = number(text)
    return Decimal(1).scaleb(size.adjusted() - 2) if size else Decimal(0)


class _Reader:
    """Read from left to right; products bind tighter than sums, and a square tighter than both."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.operand = text, 0, True
        self.kind, self.next = "", None
        self.step()

    def step(self) -> str | None:
        """Move on to the next sign; behind an operand, − takes away, before one it belongs to the number."""
        found, rest = self.next, self.text[self.at :]
        match = TOKEN.match(rest)
        if match and match[1] and not self.operand and match[1].startswith("−"):
            raise Misprint(f"a number without a sign before it: {rest!r}")
        self.next = match and (match[1] or match[2] or match[3])
        if match is None and rest.strip():
            raise Misprint(f"cannot be read: {rest!r}")
        self.kind = "" if match is None else "number" if match[1] else "function" if match[2] else "sign"
        self.at += match.end() if match else 0
        self.operand = self.kind == "function" or (self.kind == "sign" and self.next not in (")", "²"))
        return found

    def take(self, wanted: str) -> None:
        if self.next != wanted:
            raise Misprint(f"{wanted!r} is missing before {self.next!r} in {self.text}")
        self.step()

    def sum(self) -> Decimal:
        value = self.product()
        while self.next in ("+", "−"):
            value = value + self.product() if self.step() == "+" else value - self.product()
        return value

    def product(self) -> Decimal:
        value = self.power()
        while self.next in ("·", "/"):
            value = value * self.power() if self.step() == "·" else value / self.power()
        return value

    def power(self) -> Decimal:
        value = self.atom()
        if self.next == "²":
            self.step()
            value *= value
        return value

    def atom(self) -> Decimal:
        if self.kind == "number":
            return number(self.step())
        name = self.step() if self.kind == "function" else ""
        self.take("(")
        if name == "max":
            if self.sum():
                raise Misprint(f"max of something other than 0: {self.text}")
            self.take(",")
        inside = self.sum()
        self.take(")")
        return FUNCTIONS[name](inside)


TURN = 2 * Decimal("3.14159265358979323846264338327950288419716939937510582097494459")


def wave(z: Decimal, odd: int) -> Decimal:
    """Return the sine (odd) or the cosine of an angle, by its series, whole turns apart."""
    z %= TURN
    term = total = z if odd else Decimal(1)
    power = 1 + odd
    while abs(term) > Decimal("1e-50"):
        term *= -z * z / (power * (power + 1))
        total, power = total + term, power + 2
    return total


FUNCTIONS: dict[str, Callable[[Decimal], Decimal]] = {
    "": lambda z: z,
    "exp": lambda z: z.exp(),
    "σ": lambda z: 1 / (1 + (-z).exp()),
    "tanh": lambda z: 1 - 2 / (1 + (2 * z).exp()) if abs(z) > Decimal("1e-20") else z,
    "ln": lambda a: a.ln(),
    "√": lambda v: v.sqrt(),
    "abs": abs,
    "sin": lambda z: wave(z, 1),
    "cos": lambda z: wave(z, 0),
    "max": lambda z: max(z, Decimal(0)),
    "sign": lambda w: Decimal((w > 0) - (w < 0)),
}
