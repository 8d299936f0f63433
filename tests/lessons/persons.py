"""Persons who work an equation out from its printed numbers, each rounding in a way of their own."""

from __future__ import annotations

import math
from random import Random

from app.notation.numbers import plain
from app.story.formulas.equation import Equation
from app.story.formulas.expression import FUNCTIONS, Call, Formula, Num, Ratio, Row, Square

EXACT = 17


def answer(equation: Equation, chance: Random) -> float:
    """Return what one person gets: with three digits on the way or more, sums and products in any order, and
    the result as long as the printed one or longer."""
    between = chance.choice([3, 4, 5, EXACT])
    found = worked(equation.formula, equation.digits, max(between, equation.shown), between, chance)
    return plain(found, max(equation.shown, chance.choice([3, 4, 6, EXACT])))


def worked(formula: Formula, printed: int, own: int, between: int, chance: Random) -> float:
    """Work a formula out; partial results of its own sum or product have so many digits."""

    def part(inside: Formula) -> float:
        found = worked(inside, printed, between, between, chance)
        return found if isinstance(inside, Num) else plain(found, between)

    if isinstance(formula, Num):
        return plain(formula.value, printed)
    if isinstance(formula, Ratio):
        return part(formula.top) / part(formula.bottom)
    if isinstance(formula, Square):
        return part(formula.inside) ** 2
    if isinstance(formula, Call) and formula.function == "σ":
        return 1 / plain(1 + plain(math.exp(-part(formula.inside)), between), between)
    if isinstance(formula, Call):
        return FUNCTIONS[formula.function](part(formula.inside))
    parts = [part(term) for term in formula.terms]
    if formula.sign == "−":
        parts = [parts[0], *(-one for one in parts[1:])]
    chance.shuffle(parts)
    found = parts[0]
    for one in parts[1:]:
        found = found * one if formula.sign == "·" else found + one
        last = one is parts[-1]
        found = found if last else plain(found, between if formula.sign == "·" else own)
    return found


def operations(formula: Formula) -> tuple[int, float]:
    """Return how many roundings there may be in a sum of products, and how large it can be at most; (0, 0)
    for what holds anything else."""
    if isinstance(formula, Num):
        return 1, abs(formula.value)
    if not isinstance(formula, Row):
        return 0, 0.0
    inside = [operations(term) for term in formula.terms]
    if not all(count for count, _ in inside):
        return 0, 0.0
    sizes = [size for _, size in inside]
    size = math.prod(sizes) if formula.sign == "·" else sum(sizes)
    return 1 + sum(count for count, _ in inside), size
