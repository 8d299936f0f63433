"""A text's lines: what stands before a colon, and the numbers behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.lab.matrices import kind_of
from app.limits import DIAL, Unusable
from app.notation.numbers import typed_number

LABEL = re.compile(r"(?:([^:=]*)[:=])?\s*(.*)")


class Line(NamedTuple):
    """A line of a list: its number in the text, what stands before a colon, and the rest."""

    number: int
    label: str
    rest: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not empty."""
    parted = ((at, LABEL.fullmatch(line.strip())) for at, line in enumerate(text.splitlines(), 1))
    return [Line(at, match[1] or "", match[2]) for at, match in parted if match and match[0]]


def in_arrays(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a text has brackets, or names over its numbers."""
    headed = any(heads(line, after) for line, after in pairwise([*lines, Line(0, "", "")]))
    return headed or bool(re.search(r"[\[({]", text))


def heads(line: Line, after: Line) -> bool:
    """Tell whether a line is a matrix's name, alone over its numbers or before the first of them."""
    if not line.rest or not re.search(r"\d", line.rest):
        return bool(re.match(r"[-+−.,]?\d", after.rest)) and not (line.rest and after.label)
    return bool(kind_of(line.label)) and len(line.rest.split()) > 1


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
