"""What a class has said as a table: cells that no spreadsheet takes for something to work out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

HEADS = (
    "kind", "round", "question", "text", "snapshot", "name", "turn", "answer", "answer_name", "confidence",
    "right", "slips", "tries", "seconds",
)  # fmt: skip
ACTS = ("=", "+", "-", "−", "@", "\t", "\r", "\n")  # with which a spreadsheet begins to reckon, or to break


def defused(cell: object) -> str:
    """Return a cell's text, with a ' before what a spreadsheet would work out.

    >>> defused("=1+1"), defused(" x"), defused(-2), defused(None)
    ("'=1+1", ' x', "'-2", '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(ACTS) else text


def table(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Yield the table line by line: heads, then the rows, of which each names the cells that it has."""
    yield line(HEADS)
    for row in rows:
        yield line(row.get(head) for head in HEADS)


def line(cells: Iterable[object]) -> str:
    """Write one line, with quotes where a cell needs them."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([defused(cell) for cell in cells])
    return text.getvalue()
