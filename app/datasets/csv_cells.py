"""The cells of a pasted table: cut at a separator, and whether they are numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import NamedTuple

from app.notation.numbers import typed_number

SEPARATORS = {"semicolon": ";", "tab": "\t", "comma": ",", "space": " "}


class Row(NamedTuple):
    """One line's cells, and the number of the line they begin in, from 1."""

    line: int
    cells: list[str]


def number_in(cell: str) -> float | None:
    """Return a cell's number, None where it is none."""
    try:
        return typed_number(cell)
    except ValueError:
        return None


def rows_in(text: str, separator: str) -> list[Row]:
    """Return the lines that are not empty, cut at a separator; spaces count once, however many there are."""
    reader, found, line = (
        csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True),
        [],
        0,
    )
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if separator == " " and cells and not cells[-1]:
            cells.pop()
        if any(cells):
            found.append(Row(line + 1, cells))
        line = reader.line_num
    return without_frame(found)


def without_frame(rows: list[Row]) -> list[Row]:
    """Leave out what frames a table: remarks above it, and the empty last column that a separator at each end
    leaves."""
    while len(rows) > 1 and rows[0].cells[0].startswith("#") and len(rows[0].cells) != len(rows[-1].cells):
        rows = rows[1:]
    width = max((len(row.cells) for row in rows), default=0)
    widest = [row.cells[-1] for row in rows if len(row.cells) == width]
    if any(widest) or 2 * len(widest) < len(rows):
        return rows
    return [Row(row.line, row.cells[: width - 1]) for row in rows]


def best_rows(text: str) -> list[Row]:
    """Return the lines cut at the separator that leaves the most regular lines, then the most numbers."""

    def worth(rows: list[Row]) -> tuple[float, float]:
        width, regular = Counter(len(row.cells) for row in rows).most_common(1)[0]
        cells = [cell for row in rows for cell in row.cells]
        return (width > 1) * regular / len(rows), sum(number_in(cell) is not None for cell in cells) / len(
            cells
        )

    cuts = [rows for separator in SEPARATORS.values() if (rows := rows_in(text, separator))]
    return max(cuts, key=worth, default=[])


def has_header(rows: list[Row]) -> bool:
    """Tell whether the first line holds no number and some column below it mostly does."""
    first, rest = rows[0].cells, rows[1:]
    if any(number_in(cell) is not None for cell in first):
        return False
    return any(mostly_numbers(rest, column) for column in range(len(first)))


def mostly_numbers(rows: list[Row], column: int) -> bool:
    """Tell whether at least half of a column's cells are numbers."""
    cells = [row.cells[column] for row in rows if len(row.cells) > column]
    return bool(cells) and 2 * sum(number_in(cell) is not None for cell in cells) >= len(cells)
