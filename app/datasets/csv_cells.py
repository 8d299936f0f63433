"""The cells of a pasted table: cut at a separator, without what frames them, the first perhaps headings."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from numpy.random import RandomState

from app.datasets.csv_numbers import is_number, missing
from app.limits import COLUMNS, TABLE_BYTES, Unusable

SEPARATORS = {"semicolon": ";", "tab": "\t", "comma": ",", "space": " "}
COMMAS = "comma and space"  # between numbers with a decimal comma
HEAD = 200  # lines by which the separator is found
LINES, LETTERS = 2000, 200_000  # of a large table so many lines at most are kept, and about so many letters
THINNED = re.compile(r"# \d+ of (\d+) lines", re.ASCII)


class Row(NamedTuple):
    """One line's cells, and the number of the line they begin in, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Cut:
    """A table's rows, the headings among them; the titles above it that were left out; of how many lines
    these were drawn, 0 where they are all; and what stood between the columns."""

    rows: list[Row]
    titles: list[str]
    lines: int = 0
    separator: str = ","


def rows_in(text: str, separator: str) -> list[Row]:
    """Return the lines that are not empty, cut at a separator; spaces count once, however many there are."""
    if separator == COMMAS:
        cut = enumerate((re.split(r",\s+", line.strip()) for line in text.splitlines()), 1)
        return [Row(line, cells) for line, cells in cut if any(cells)]
    found, line = [], 0
    if separator == " ":
        text = text.replace("\t", " ")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if separator == " " and cells and not cells[-1]:
                cells.pop()
            if any(cells):
                found.append(Row(line + 1, cells))
            line = reader.line_num
    except csv.Error:  # a quote that never ends, or no table at all
        return rows_in(text.replace('"', " "), separator) if '"' in text else []
    return found


def best_cut(text: str, separator: str = "") -> Cut:
    """Return the rows of a table cut at a separator, without one at that which leaves the most regular lines,
    then the most numbers; raises Unusable."""
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)", first.strip('\ufeff\r "'), re.IGNORECASE | re.DOTALL):
        text, separator = "\n" + rest, separator or match[1]
    if not separator:
        head = "".join(islice(io.StringIO(text, newline=""), HEAD))
        cuts = {one: rows for one in (COMMAS, *SEPARATORS.values()) if (rows := rows_in(head, one))}
        if COMMAS in cuts and not decimal_commas(cuts[COMMAS]):
            del cuts[COMMAS]
        separator = max(cuts, key=lambda one: worth(without_edge(cuts[one])), default=",")
    cut = without_frame(rows_in(text, separator))
    if cut.rows and (width := len(cut.rows[0].cells)) > COLUMNS:
        raise Unusable("text", "sheet-wide", found=width, most=COLUMNS)
    return replace(cut, separator=separator)


def separator_said(text: str) -> str:
    """Return the separator that a table's first line names, as Excel reads it, "" where it names none.

    >>> separator_said("sep=;\\n1;2"), separator_said("1;2")
    (';', '')
    """
    match = re.fullmatch(r"sep=(.)", text[:20].partition("\n")[0].strip('\ufeff\r "'), re.IGNORECASE)
    return match[1] if match else ""


def worth(rows: list[Row]) -> tuple[float, float]:
    """Return how regular some lines are, and which share of their cells are numbers."""
    width, regular = Counter(len(row.cells) for row in rows).most_common(1)[0]
    cells = [cell for row in rows for cell in row.cells]
    return (width > 1) * regular / len(rows), sum(map(is_number, cells)) / len(cells)


def decimal_commas(rows: list[Row]) -> bool:
    """Tell whether most cells of lines that were cut at commas with a space behind them have a decimal comma.

    >>> [decimal_commas([Row(1, cells)]) for cells in (["0,05", "0,10", "1"], ["1", "2,3"], ["1"])]
    [True, False, False]
    """
    cells = [cell for row in rows for cell in row.cells if len(row.cells) > 1]
    numbers = [cell for cell in cells if is_number(cell)]
    return 2 * sum("," in cell for cell in numbers) > len(numbers)


def without_frame(rows: list[Row]) -> Cut:
    """Leave out what frames a table: remarks and titles above it, and an empty last column."""
    rows, titles, lines = without_edge(rows), [], 0
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0] if rows else 0
    while len(rows) > 1 and framing(rows, width):
        said = ", ".join(filter(None, rows[0].cells))
        if match := THINNED.fullmatch(said):
            lines = int(match[1])
        elif not said.startswith("#"):
            titles.append(said)
        rows = rows[1:]
    rows = without_edge(rows)
    if rows and len(rows[0].cells) == width + 1 and not rows[0].cells[-1]:
        rows = [Row(rows[0].line, rows[0].cells[:-1]), *rows[1:]]
    if len(rows) > 1 and width > 2 and len(rows[0].cells) == width - 1 and row_names(rows, width):
        rows = [Row(rows[0].line, ["", *rows[0].cells]), *rows[1:]]
    return Cut(rows, titles, lines)


def framing(rows: list[Row], width: int) -> bool:
    """Tell whether the first line stands above the table: a remark, a title, or the numbers of its lines and
    columns."""
    first = rows[0].cells
    if first[0].startswith("#") and len(first) != len(rows[-1].cells):
        return True
    if first[:2] == [str(len(rows) - 1), str(width - 1)] and any(first[2:]):
        return not any(map(is_number, first[2:]))
    filled = [cell for cell in first if cell]
    usual = Counter(sum(map(bool, row.cells)) for row in rows).most_common(1)[0][0]
    if width < 2 or len(filled) >= usual or any(map(is_number, filled)):
        return False
    return len(filled) == 1 or (len(first) < width - 1 and len(rows) > 2)


def row_names(rows: list[Row], width: int) -> bool:
    """Tell whether headings are one short, as R writes them: all other lines begin with their own name."""
    return (
        all(len(row.cells) == width for row in rows[1:])
        and not any(map(is_number, rows[0].cells))
        and any(map(is_number, rows[1].cells[1:]))
        and len({row.cells[0] for row in rows[1:]}) == len(rows) - 1
    )


def without_edge(rows: list[Row]) -> list[Row]:
    """Leave out the empty last column that a separator at each end leaves."""
    width = max((len(row.cells) for row in rows), default=0)
    widest = [row.cells[-1] for row in rows if len(row.cells) == width]
    if any(widest) or 2 * len(widest) < len(rows) or width < 2:
        return rows
    return [Row(row.line, row.cells[: width - 1]) for row in rows]


def has_header(rows: list[Row]) -> bool:
    """Tell whether the first line heads the others: it holds no number and some column below mostly does, or
    words that come once above columns in which words come again; or most of it are words above numbers."""
    first, rest = rows[0].cells, rows[1:]
    below = [[row.cells[at] for row in rest if len(row.cells) > at] for at in range(len(first))]
    counting = [mostly_numbers(cells) for cells in below]
    if any(map(is_number, first)):
        words = [at for at, cell in enumerate(first) if cell and not is_number(cell) and counting[at]]
        return len(rest) > 1 and 2 * len(words) > len(first)
    if any(counting):
        return True
    alone = all(cell not in cells for cell, cells in zip(first, below, strict=True))
    return alone and len(set(first)) == len(first) and any(len(set(cells)) < len(cells) for cells in below)


def mostly_numbers(cells: list[str]) -> bool:
    """Tell whether at least half of the cells in which something is said are numbers."""
    said = [cell for cell in cells if not missing(cell)]
    return bool(said) and 2 * sum(map(is_number, said)) >= len(said)


def thinned(text: str, separator: str = "") -> str:
    """Return a large table with as many of its lines as are worth reading, drawn by chance but always alike,
    below a remark that says so; a small one as it is. Raises Unusable where it is too large."""
    if len(text) <= LETTERS:
        return text
    if len(text.encode("utf-8", "replace")) > TABLE_BYTES:
        raise Unusable("text", "sheet-large")
    lines = whole_lines(text)
    check_width(max(lines, key=len, default=""))
    keep = min(LINES, max(len(lines) * LETTERS // len(text), LINES // 4))
    cut = best_cut("\n".join(lines[:HEAD]), separator)
    if len(lines) <= keep or not cut.rows or (cut.lines and len(lines) <= LINES + HEAD):
        return text
    headed = has_header(cut.rows)
    above = cut.rows[0].line - 1 + headed  # lines that stay as they are
    told, frame = (lines[:1], lines[1:above]) if separator_said(text) else ([], lines[:above])
    drawn = sorted(RandomState(0).permutation(len(lines) - above)[:keep] + above)
    remark = f"# {keep} of {len(lines) - above} lines"
    return "\n".join([*told, remark, *frame, *(lines[at] for at in drawn), ""])


def check_width(line: str) -> None:
    """Refuse a line that is longer than all that is kept of a table, before it is cut in many ways."""
    width = 1 + (max(map(line.count, (",", ";", "\t"))) or line.count(" "))
    if len(line) > LETTERS and width > COLUMNS:
        raise Unusable("text", "sheet-wide", found=width, most=COLUMNS)


def whole_lines(text: str) -> list[str]:
    """Return the lines in which something stands; what a quote holds together is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    if '"' not in text:
        return lines
    found: list[list[str]] = []
    inside = False
    for line in lines:
        if inside:
            found[-1].append(line)
        else:
            found.append([line])
        inside ^= bool(line.count('"') % 2)
    return ["\n".join(parts) for parts in found] if 9 * len(found) > len(lines) else lines  # a stray quote
