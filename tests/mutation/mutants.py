"""Mutants: a module's text with one small thing changed in it that somebody might have got wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPPED: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "True": "False", "False": "True"}
NAMES |= {"minimum": "maximum", "maximum": "minimum", "zeros": "ones", "ones": "zeros", "argmax": "argmin"}


@dataclass(frozen=True)
class Mutant:
    """A changed module: where, what stood there and what stands there now, and its whole text; `same` is the
    text of the module as it was, written in the same way."""

    path: Path
    line: int
    last: int
    before: str
    after: str
    text: str
    same: str


def changed(node: ast.AST) -> Iterator[tuple[ast.AST, str, object]]:
    """Yield what may be changed of a node: on which node, which field, to what."""
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)) and type(node.op) in SWAPPED:
        yield node, "op", SWAPPED[type(node.op)]()
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield node, "ops", [SWAPPED[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield node, "op", ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(node.op, ast.Not):
            yield node, "operand", ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield node, "value", node.value + 1
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield node, "id", NAMES[node.id]
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield node, "attr", NAMES[node.attr]
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield node, "test", ast.UnaryOp(ast.Not(), node.test)


def told(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below one that are neither words nor types."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield one
                yield from told(one)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield all mutants of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    same = ast.unparse(tree)
    for node in [*told(tree)]:
        for on, field, value in [*changed(node)]:
            before, old = ast.unparse(on), getattr(on, field)
            setattr(on, field, value)
            after, text = ast.unparse(on), ast.unparse(ast.fix_missing_locations(tree))
            setattr(on, field, old)
            if text != same:
                first, last = before.splitlines()[0], after.splitlines()[0]
                at = getattr(on, "test", on) if isinstance(on, ast.If) else on
                yield Mutant(path, on.lineno, at.end_lineno, first, last, text, same)
