"""A table of numbers and words as people paste it (CSV and its relatives), read as examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import RandomState

from app.datasets.csv_cells import SEPARATORS, Cut, Row, best_cut, has_header
from app.datasets.csv_columns import LeftOut, Roles, SheetColumn, in_order, roles_of
from app.datasets.csv_numbers import number_in, readings_of
from app.datasets.dataset import Column
from app.datasets.own import LARGEST, NAME
from app.limits import OUTPUTS, ROWS, VALUE, Unusable

FEWEST = 3  # rows whose columns are scaled: of fewer nothing but 1 and −1 would be left
SHOWN = 3  # numbers by which two readings are shown


class Bad(NamedTuple):
    """A line that cannot be used, why (a key of the story's table), and the facts its sentence names."""

    line: int
    why: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Wishes:
    """How a table is to be read: "auto" finds out by itself, columns are names or numbers, "" is the last
    that can be one as the target and all others as inputs. `kind` of the target: "auto", "classes" or
    "numbers"; `numbers`: "auto", or one of the readings."""

    separator: str = "auto"
    header: str = "auto"
    inputs: str = ""
    target: str = ""
    kind: str = "auto"
    numbers: str = "auto"
    scale: bool = False
    shuffle: bool = False
    skip: bool = False


class Reader(NamedTuple):
    """One way to read a table's numbers: its key, and some cells with their numbers."""

    key: str
    samples: list[tuple[str, float]]


class Used(NamedTuple):
    """A column that is used: its number from 1, its heading ("" without one), and what each number that it
    became stands for."""

    number: int
    name: str
    units: list[Column]


@dataclass(frozen=True)
class Reading:
    """What was read: rows of numbers, the columns they came from, and the classes in the order of the outputs
    (of two, the second is 1).

    `bad` lines and `left` columns were left out, `titles` are lines above the table. `usable` rows there were
    before some were drawn, of `lines` in a table that was too large; `first`: the cells of the first ones.
    `readers`: the ways in which its numbers can be read, if nobody chose one of several; `whole`: nobody said
    whether a few whole numbers are classes.
    """

    inputs: list[list[float]]
    targets: list[list[float]]
    columns: list[Used]
    aims: list[Used]
    classes: list[str]
    bad: tuple[Bad, ...]
    left: list[LeftOut]
    titles: list[str]
    usable: int
    lines: int
    first: list[list[str]]
    readers: list[Reader]
    whole: list[str]

    @property
    def units(self) -> list[Column]:
        """Return what each number of a row stands for, inputs first."""
        return [unit for column in [*self.columns, *self.aims] for unit in column.units]

    @property
    def asks(self) -> bool:
        """Tell whether something could be meant otherwise."""
        return bool(self.readers or self.whole)

    @property
    def whole_table(self) -> bool:
        """Tell whether nothing was left out but what only counts or names the lines."""
        drawn = self.lines or self.usable > len(self.inputs)
        return not (self.bad or self.titles or drawn or any(one.why != "index" for one in self.left))


class Sheet(NamedTuple):
    """A table whose columns are known: the columns, the lines below the headings, whether there are headings,
    and the ways in which its numbers can be read."""

    columns: list[SheetColumn]
    rows: list[Row]
    headed: bool
    readings: list[str]


def sheet_of(cut: Cut, wishes: Wishes) -> Sheet:
    """Return a table's columns; raises Unusable."""
    width = len(cut.rows[0].cells) if cut.rows else 0
    if width < 2:
        raise Unusable("separator", "sheet-narrow")
    headed = has_header(cut.rows) if wishes.header == "auto" else wishes.header == "yes"
    rows = cut.rows[1:] if headed else cut.rows
    readings = readings_of([cell for row in rows for cell in row.cells])
    reading = readings[0] if wishes.numbers == "auto" else wishes.numbers
    columns = []
    for at, cell in enumerate(cut.rows[0].cells):
        cells = [row.cells[at] for row in rows if len(row.cells) == width]
        columns.append(SheetColumn(at + 1, printed(cell).strip("' ") if headed else "", cells, reading))
    return Sheet(columns, rows, headed, readings)


def read_sheet(text: str, wishes: Wishes) -> Reading:
    """Read a table as examples; raises Unusable."""
    if not text.strip():
        raise Unusable("text", "sheet-empty")
    cut = best_cut(text, SEPARATORS.get(wishes.separator, ""))
    sheet = sheet_of(cut, wishes)
    roles = roles_of(sheet.columns, wishes.inputs, wishes.target, sheet.headed)
    classed = is_classed(roles, wishes.kind)
    good, bad = parted(sheet.rows, roles, len(sheet.columns), classed, wishes.scale)
    if bad and not wishes.skip:
        raise Unusable("text", "sheet-bad" if good else "sheet-none", bad=bad, found=len(bad))
    if not good:
        raise Unusable("text", "own-rows", found=0)
    order = RandomState(0).permutation(len(good)) if wishes.shuffle or len(good) > ROWS else range(len(good))
    chosen = list(order[:ROWS]) if wishes.shuffle else sorted(order[:ROWS])
    drawn = [good[at] for at in chosen]
    inputs, columns = inputs_of(drawn, roles.inputs, wishes.scale)
    targets, aims, classes = targets_of(drawn, roles.targets, classed, wishes.scale)
    asked = wishes.kind == "auto" and len(roles.targets) == 1 and roles.targets[0].whole
    return Reading(
        inputs=inputs,
        targets=targets,
        columns=columns,
        aims=aims,
        classes=classes,
        bad=bad,
        left=roles.left,
        titles=cut.titles,
        usable=len(good),
        lines=cut.lines,
        first=[row.cells for row in good[:SHOWN]],
        readers=readers(sheet.rows, sheet.readings) if wishes.numbers == "auto" else [],
        whole=roles.targets[0].words if asked else [],
    )


def is_classed(roles: Roles, kind: str) -> bool:
    """Tell whether the target is a class: words, or by guess whole numbers in a row from 0 or 1."""
    if len(roles.targets) > 1 or kind == "numbers":
        return False
    (target,) = roles.targets
    values = [target.value(word) for word in target.words]
    counting = values in ([*range(len(values))], [*range(1, len(values) + 1)])
    return kind == "classes" or not target.numbers or (target.whole and counting)


def readers(rows: list[Row], readings: list[str]) -> list[Reader]:
    """Return the ways to read some cells that they read differently; none where there is one way only."""
    if len(readings) < 2:
        return []
    cells = dict.fromkeys(cell for row in rows for cell in row.cells)
    odd = [cell for cell in cells if len({number_in(cell, one) for one in readings}) > 1][:SHOWN]
    found = {one: [(cell, number_in(cell, one)) for cell in odd] for one in readings}
    return [
        Reader(one, [(cell, value) for cell, value in pairs if value is not None])
        for one, pairs in found.items()
    ]


def parted(
    rows: list[Row], roles: Roles, width: int, classed: bool, scale: bool
) -> tuple[list[Row], tuple[Bad, ...]]:
    """Return the lines that can be used, and what is wrong with the others."""
    for most in (LARGEST, VALUE) if scale else (VALUE,):
        faults = [(row, fault(row, roles, width, classed, most)) for row in rows]
        good = [row for row, found in faults if not found]
        if len(good) >= FEWEST:
            break
    return good, tuple(found for _, found in faults if found)


def fault(row: Row, roles: Roles, width: int, classed: bool, most: float) -> Bad | None:
    """Return what is wrong with a line, None where nothing is."""
    if len(row.cells) != width:
        return Bad(row.line, "cells", {"found": len(row.cells), "wanted": width})
    for column in [*roles.inputs, *roles.targets]:
        cell = row.cells[column.number - 1]
        if column.gone(cell):
            return Bad(row.line, "empty", {"column": column.number})
        if classed if column in roles.targets else not column.numbers:
            continue
        value = column.value(cell)
        if value is None:
            return Bad(row.line, "number", {"column": column.number, "cell": cell[:20]})
        if abs(value) > most:
            return Bad(row.line, "size", {"column": column.number, "cell": cell[:20]})
    return None


def inputs_of(
    rows: list[Row], columns: list[SheetColumn], scale: bool
) -> tuple[list[list[float]], list[Used]]:
    """Return the inputs of lines, and what each column became: a number, scaled or not, or one per word."""
    found, used = [], []
    for column in columns:
        cells = [row.cells[column.number - 1] for row in rows]
        if column.numbers:
            values, unit = scaled(column, cells, scale)
            found.append(values)
            used.append(Used(column.number, column.name, [unit]))
            continue
        words = in_order(cells, column.reading)
        words = words[-1:] if len(words) <= 2 else words
        found += [[float(cell == word) for cell in cells] for word in words]
        names = [printed(f"{column.name} = {word}" if column.name else word)[:NAME] for word in words]
        used.append(Used(column.number, column.name, [Column(name) for name in names]))
    return [list(row) for row in zip(*found, strict=True)], used


def targets_of(
    rows: list[Row], columns: list[SheetColumn], classed: bool, scale: bool
) -> tuple[list[list[float]], list[Used], list[str]]:
    """Return the targets of lines, what each column became, and the classes if any; raises Unusable."""
    cells = [[row.cells[column.number - 1] for row in rows] for column in columns]
    if not classed:
        if len(columns) > OUTPUTS:
            raise Unusable("target", "sheet-targets", found=len(columns), most=OUTPUTS)
        pairs = [scaled(column, texts, scale) for column, texts in zip(columns, cells, strict=True)]
        used = [Used(one.number, one.name, [unit]) for one, (_, unit) in zip(columns, pairs, strict=True)]
        return [list(row) for row in zip(*(values for values, _ in pairs), strict=True)], used, []
    (target,) = columns
    classes = in_order(cells[0], target.reading)
    if not 2 <= len(classes) <= OUTPUTS:
        raise Unusable("target", "sheet-classes", found=len(classes), most=OUTPUTS)
    shown = classes[1:] if len(classes) == 2 else classes
    two = tuple(printed(word)[:NAME] for word in classes) if len(classes) == 2 else ()
    targets = [[float(cell == one) for one in shown] for cell in cells[0]]
    units = [Column(target.name[:NAME], words=two) for _ in shown]
    return targets, [Used(target.number, target.name, units)], classes


def printed(text: str) -> str:
    """Return a name on one line, without what cannot be printed; nothing else than that stays as it is.

    >>> printed("two\\n lines\\x0b"), printed("\\x01")
    ('two lines', '\\x01')
    """
    return "".join(filter(str.isprintable, " ".join(text.split()))) or text


def scaled(column: SheetColumn, cells: list[str], scale: bool) -> tuple[list[float], Column]:
    """Return a column's numbers, scaled to −1 … 1 where that is wanted and they do not lie there already, and
    what they stand for. What is always the same becomes 1 or −1."""
    values = np.array([column.value(cell) for cell in cells], dtype=float)
    low, high = float(values.min()), float(values.max())
    name = column.name[:NAME]
    if not scale or len(cells) < FEWEST or max(-low, high) <= 1:
        return values.tolist(), Column(name)
    if low == high:
        low, high = -abs(low), abs(low)
    found: list[float] = ((values - low) / (high - low) * 2 - 1).tolist()
    return found, Column(name, low, high)
