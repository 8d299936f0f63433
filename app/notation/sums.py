"""What somebody typed as a number or as a sum: "0,3·0,4 + 1/8" is worked out, and nothing else is done."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable

LONGEST = 80  # letters of a sum
FIGURE = r"(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?(?![\w.,])"
NAMES = {"e": math.e, "pi": math.pi}
CALLS: dict[str, Callable[[float], float]] = {
    name: getattr(math, name) for name in ("exp", "tanh", "sqrt", "sin", "cos")
} | {"ln": math.log}
SUM = re.compile(rf"(?:{FIGURE}|{'|'.join([*CALLS, *NAMES])}|[-+*/()\s])+", re.ASCII | re.IGNORECASE)
SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", ":": "/"})
POWERS = (("√", "sqrt"), ("^", "**"), ("²", "**2"), ("π", "pi"))
BOTH: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}
ALONE: dict[type[ast.unaryop], Callable[[float], float]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def worked_out(text: str) -> float:
    """Work out a sum as somebody typed it; ValueError where it is none, or not finite.

    >>> worked_out("0.35"), worked_out("−1,5"), worked_out("1/4"), worked_out("2e-3")
    (0.35, -1.5, 0.25, 0.002)
    >>> worked_out("0,5·0,5 + 1"), worked_out("(1 − 0.5)×0.5"), worked_out("2^3 ÷ 4"), worked_out("1/(1+e^0)")
    (1.25, 0.25, 2.0, 0.5)
    """
    plain = text.strip().lower().translate(SIGNS)
    for sign, written in POWERS:
        plain = plain.replace(sign, written)
    if len(text) > LONGEST or not SUM.fullmatch(plain):
        raise ValueError(f"no sum: {text!r}")
    figured = re.sub(FIGURE, lambda found: repr(float(found[0].replace(",", "."))), plain, flags=re.ASCII)
    try:
        value = value_of(ast.parse(figured, mode="eval").body)
    except (ArithmeticError, LookupError, SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError(f"no sum: {text!r}") from None
    if not math.isfinite(value):
        raise ValueError(f"not finite: {text!r}")
    return value + 0.0  # there is only one zero


def value_of(node: ast.expr) -> float:
    """Return the value of a part of a sum; ValueError where it is of no kind that is known."""
    match node:
        case ast.Constant(value=float(value)):
            return value
        case ast.Name(id=name) if name in NAMES:
            return NAMES[name]
        case ast.UnaryOp():
            return ALONE[type(node.op)](value_of(node.operand))
        case ast.BinOp():
            return BOTH[type(node.op)](value_of(node.left), value_of(node.right))
        case ast.Call(func=ast.Name(id=name), args=[inside], keywords=[]) if name in CALLS:
            return CALLS[name](value_of(inside))
    raise ValueError("no part of a sum")
