"""The columns of a pasted table: which hold numbers or words, which are inputs, which the target, and which
are left out and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from app.datasets.csv_cells import mostly_numbers
from app.datasets.csv_numbers import missing, number_in
from app.limits import INPUTS, OUTPUTS, Unusable

LINE_NAMES = {"", "rownames", "row.names", "unnamed: 0"}  # headings of what programs write before each line
COUNTERS = LINE_NAMES | {"#", "id", "index", "no", "no.", "nr", "nr.", "obs", "row"}
GAPS = (
    1 / 3
)  # of a column's cells that may be missing; where there are more, the column goes and not its lines


@dataclass(frozen=True, eq=False)
class SheetColumn:
    """A column: its number from 1, its heading ("" without one), its cells, and by which reading they are
    numbers."""

    number: int
    name: str
    cells: list[str]
    reading: str

    def gone(self, cell: str) -> bool:
        """Tell whether a cell says that nothing is known; beside a plus, a minus says something."""
        return missing(cell) and not (cell == "-" and "+" in self.cells)

    def value(self, cell: str) -> float | None:
        """Return a cell's number, None where it is none."""
        return number_in(cell, self.reading)

    @cached_property
    def said(self) -> list[str]:
        """Return the cells in which something is said."""
        return [cell for cell in self.cells if not self.gone(cell)]

    @cached_property
    def words(self) -> list[str]:
        """Return what different things are said: numbers by their size, then words by the alphabet."""
        return in_order(self.said, self.reading)

    @cached_property
    def numbers(self) -> bool:
        """Tell whether it holds numbers."""
        return mostly_numbers(self.said)

    @property
    def width(self) -> int:
        """Return how many inputs it becomes: of two words one, of more one each."""
        return 1 if self.numbers or len(self.words) <= 2 else len(self.words)

    @property
    def whole(self) -> bool:
        """Tell whether it holds a few whole numbers again and again, which may well be classes."""
        values = [self.value(cell) for cell in self.words]
        whole = all(value is not None and value == round(value) for value in values)
        several = 2 <= len(values) <= OUTPUTS and len(self.said) >= 3 * len(values)
        return whole and several and not set(values) <= {0.0, 1.0}

    @property
    def numbered(self) -> bool:
        """Tell whether its heading and its cells say that it only counts or names the lines."""
        heading = self.name.casefold()
        if heading not in COUNTERS or len(self.cells) < 2 or len(self.words) < len(self.cells):
            return False
        values = [value for cell in self.cells if (value := self.value(cell)) is not None]
        if len(values) < len(self.cells):
            return heading in LINE_NAMES
        return all(later == earlier + 1 for earlier, later in pairwise(values))

    def useless(self, headed: bool) -> str:
        """Return why it can be no input, "" where it can: "index", "gaps", "same", "words" or "neither"."""
        if headed and self.numbered:
            return "index"
        if len(self.cells) - len(self.said) > GAPS * len(self.cells) and len(self.cells) > 2:
            return "gaps"
        if self.numbers or not self.said:
            return ""
        if 2 * sum(bool(re.search(r"[^\W\d_]|\+", word)) for word in self.words) < len(self.words):
            return "neither"
        if len(self.words) == 1 and len(self.cells) > 1:
            return "same"
        return "words" if len(self.words) > max(2, min(OUTPUTS, len(self.said) - 1)) else ""

    def aim(self, headed: bool) -> bool:
        """Tell whether it can be a target: not always the same, and of few words."""
        if not self.said or (headed and self.numbered) or 2 * len(self.said) < len(self.cells):
            return False
        return len(self.words) >= min(2, len(self.cells)) and (self.numbers or len(self.words) <= OUTPUTS)


class LeftOut(NamedTuple):
    """A column that nobody asked to leave out, and why: as `SheetColumn.useless`, or "room"."""

    number: int
    name: str
    why: str


class Roles(NamedTuple):
    """What becomes of the columns."""

    inputs: list[SheetColumn]
    targets: list[SheetColumn]
    left: list[LeftOut]


def in_order(cells: list[str], reading: str) -> list[str]:
    """Return the different cells: numbers by their size, then words by the alphabet.

    >>> in_order(["b", "10", "9", "a", "9"], "point")
    ['9', '10', 'a', 'b']
    """

    def place(cell: str) -> tuple[bool, float, str]:
        value = number_in(cell, reading)
        return value is None, value or 0.0, cell

    return sorted(set(cells), key=place)


def picked(field: str, text: str, names: list[str]) -> list[int]:
    """Return the columns, from 0, that a list of names, numbers or ranges such as 2-4 stands for."""
    known, found = {name.casefold(): at for at, name in reversed(list(enumerate(names))) if name}, []
    if text.strip().casefold() in known:  # a heading that has a comma in it
        return [known[text.strip().casefold()]]
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        match = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", part, re.ASCII)
        span = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
        if part.casefold() in known:
            found.append(known[part.casefold()])
        elif span and span[0] >= 1 and span[-1] <= len(names):
            found += [number - 1 for number in span]
        else:
            raise Unusable(field, "sheet-column", name=part[:40], columns=len(names))
    return list(dict.fromkeys(found))


def roles_of(columns: list[SheetColumn], inputs: str, target: str, headed: bool) -> Roles:
    """Return what becomes of the columns, by what was wished; raises Unusable.

    Without a wish the target is the last column that can be one, and all others that can be are inputs.
    """
    names = [column.name for column in columns]
    why = [column.useless(headed) for column in columns]
    aims, wished = picked("target", target, names), picked("inputs", inputs, names)
    if not aims:
        last = len(columns) - 1
        able = [at for at in range(last) if columns[at].aim(headed) and at not in wished]
        paired = [at for at in able if wished or any(not one for one in [*why[:at], *why[at + 1 :]])]
        fine = last in wished or (columns[last].aim(headed) and (wished or "" in why[:-1]))
        others = paired or (able if why[last] == "neither" else [])
        aims = [last if fine or not others else others[-1]]
    if wished:
        return Roles(asked_for(wished, aims, columns), [columns[at] for at in aims], [])
    free = [at for at in range(len(columns)) if at not in aims]
    left, taken, room = {at: why[at] for at in free if why[at]}, set[int](), INPUTS
    for at in sorted((at for at in free if not why[at]), key=lambda at: (not columns[at].numbers, at)):
        if columns[at].width <= room:
            taken.add(at)
            room -= columns[at].width
        else:
            left[at] = "room"
    if not taken:
        if not left:
            raise Unusable("inputs", "sheet-overlap")
        first = columns[min(left)]
        facts = {"column": first.number, "cell": "".join(first.said[:1])[:20], "reason": left[min(left)]}
        raise Unusable("inputs", "sheet-inputless", **facts)
    told = [LeftOut(columns[at].number, columns[at].name, left[at]) for at in sorted(left)]
    return Roles([columns[at] for at in sorted(taken)], [columns[at] for at in aims], told)


def asked_for(wished: list[int], aims: list[int], columns: list[SheetColumn]) -> list[SheetColumn]:
    """Return the inputs somebody asked for; raises Unusable where they cannot be."""
    if set(wished) & set(aims):
        raise Unusable("inputs", "sheet-overlap")
    found = [columns[at] for at in wished]
    for column in found:
        if not column.numbers and len(column.words) > OUTPUTS:
            raise Unusable(
                "inputs", "sheet-words", column=column.number, found=len(column.words), most=OUTPUTS
            )
    if (width := sum(column.width for column in found)) > INPUTS:
        raise Unusable("inputs", "sheet-inputs", found=width, most=INPUTS)
    return found
