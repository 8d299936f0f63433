"""Numbers as people type them: a decimal comma, a fraction such as 1/3, a true minus; and whole lists of
dials."""

from __future__ import annotations

import re

import numpy as np

from app.engine.parameters import Parameters, zeros
from app.lab.dials import Dial
from app.limits import DIAL, Unusable
from app.notation import names
from app.notation.numbers import typed_number

BRACKETS = re.compile(r"(?:(?:np\.|numpy\.)?array)?[(\[]|[\])]")


def dial_lines(parameters: Parameters, sizes: tuple[int, ...]) -> str:
    """Write all dials, one to a line with its name and every digit, those of a neuron together: its weights,
    then its bias.

    >>> print(dial_lines(zeros((2, 1)), (2, 1)))
    w₁: 0
    w₂: 0
    b: 0
    """
    found = []
    for layer in range(1, len(sizes)):
        for j in range(1, sizes[layer] + 1):
            dials = [*(Dial("w", layer, j, k + 1) for k in range(sizes[layer - 1])), Dial("b", layer, j)]
            lines = [f"{dial.name(sizes)}: {short(dial.of(parameters))}" for dial in dials]
            found.append("\n".join(lines))
    return "\n\n".join(found)


def short(value: float) -> str:
    """Write a number with as few digits as read back to itself.

    >>> short(3.0), short(0.1), short(1 / 3)
    ('3', '0.1', '0.3333333333333333')
    """
    return str(value).removesuffix(".0")


def typed_dials(text: str, sizes: tuple[int, ...]) -> Parameters:
    """Read what `dial_lines` writes, or the same numbers in any other lines, with or without names; raises
    Unusable.

    Numbers stand apart by spaces, semicolons or bars; by commas only where the comma is not a decimal one, as
    in the brackets of JSON and NumPy.
    """
    if "[" in text:
        text = BRACKETS.sub(" ", text).replace(",", " ")
    neurons = [(layer, j) for layer in range(1, len(sizes)) for j in range(1, sizes[layer] + 1)]
    lines = {number: re.sub(r"^[^:]*:", "", line) for number, line in enumerate(text.splitlines(), 1)}
    rows = {number: read_line(line, number) for number, line in lines.items() if line.strip()}
    wanted = sum(sizes[layer - 1] + 1 for layer, _ in neurons)
    if len(rows) == len(neurons):
        for (number, row), (layer, j) in zip(rows.items(), neurons, strict=True):
            if len(row) != sizes[layer - 1] + 1:
                facts = {
                    "neuron": names.neuron(sizes, layer, j),
                    "wanted": sizes[layer - 1] + 1,
                    "found": len(row),
                }
                raise Unusable("dials", "dials-line", line=number, **facts)
    flat = [number for row in rows.values() for number in row]
    if len(flat) != wanted:
        raise Unusable("dials", "dials-count", wanted=wanted, found=len(flat))
    dials, numbers = zeros(sizes).map(np.copy), iter(flat)
    for layer, j in neurons:
        dials.w[layer][j - 1] = [next(numbers) for _ in range(sizes[layer - 1])]
        dials.b[layer][j - 1] = next(numbers)
    return dials


def read_line(line: str, number: int) -> list[float]:
    """Return a line's numbers; raises Unusable."""
    found = []
    for word in re.sub(r"\s*/\s*", "/", line).replace("|", " ").replace(";", " ").split():
        decimal = word.count(",") == 1 and "." not in word and not word.endswith(",")
        for part in [word] if decimal else word.split(","):
            if not part:
                continue
            try:
                found.append(typed_number(part))
            except ValueError:
                raise Unusable("dials", "dials-number", line=number, text=part[:20]) from None
            if abs(found[-1]) > DIAL:
                raise Unusable("dials", "dials-number", line=number, text=part[:20])
    return found
