"""Formulas for neurons at the ends of their span, where 1 − a has no digits left, and for shares of very
large sums."""

from __future__ import annotations

from app.story.formulas.equation import MOST_DIGITS, Equation
from app.story.formulas.expression import Call, Formula, Num, Ratio, Square, less, times, total

CLOSE = 1e-9  # nearer to an end than this, ten digits of a do not tell 1 − a any more
LARGE = 100.0  # e to the power of much more is beyond a pocket calculator
ONE = Num("", 1.0)
FAR = (
    "These sums are too large for a calculator’s eˣ: measured from the largest of them, all shares "
    "stay the same."
)
NEAR_ONE = "So close to 1, the logarithm −ln(a) is 1 − a itself, and that is σ(−z)."
NEAR_ZERO = "So close to 0, the logarithm −ln(1 − a) is a itself."


def rest(a: Num, z: Num) -> Formula:
    """Return 1 − a of a sigmoid, from z where it is too small to be seen in a."""
    return less(ONE, a) if 1 - a.value >= CLOSE else Call("σ", times(Num("", -1.0), z))


def tanh_slope(a: Num, z: Num) -> Formula:
    """Return 1 − a² of a tanh, from z where it is too small to be seen in a."""
    if 1 - abs(a.value) >= CLOSE:
        return less(ONE, Square(a))
    both = (Call("σ", times(Num("", way), z)) for way in (2.0, -2.0))
    return times(Num("", 4.0), *both)


def share(zs: list[Num], j: int) -> tuple[Equation, Formula]:
    """Return the sum S of all powers of a softmax, and the power of neuron j, from 1, that is divided by it.

    Very large sums are measured from the largest, which leaves all shares as they are.
    """
    largest = max(zs, key=lambda z: z.value)
    far = max(abs(z.value) for z in zs) > LARGE
    powers = [Call("exp", less(z, largest) if far else z) for z in zs]
    whole = total(*powers)
    return Equation(Num("S", whole.compute(MOST_DIGITS)), whole, FAR if far else ""), powers[j - 1]


def surprise(a: Num, z: Num, y: Num) -> tuple[Formula, str]:
    """Return a sigmoid's part of the cross-entropy, and what to say where a logarithm is too close to 0."""
    found: list[Formula] = []
    note = ""
    if y.value:
        near = 1 - a.value < CLOSE
        found.append(times(y, rest(a, z)) if near else times(Num("", -1.0), y, Call("ln", a)))
        note = NEAR_ONE if near else note
    if y.value != 1:
        near = a.value < CLOSE
        other = less(ONE, y)
        found.append(times(other, a) if near else times(Num("", -1.0), other, Call("ln", rest(a, z))))
        note = NEAR_ZERO if near else note
    return total(*found), note


def surprise_slope(a: Num, z: Num, y: Num) -> Formula:
    """Return ∂C/∂a of the same; where a is at the end it should be at, the other end's part is left out."""
    wrong, right = Ratio(less(ONE, y), rest(a, z)), Ratio(y, a)
    if y.value == 1 and 1 - a.value < CLOSE:
        return times(Num("", -1.0), right)
    return wrong if y.value == 0 and a.value < CLOSE else less(wrong, right)
