"""A spreadsheet's first sheet as text, in a process of its own: one value far out makes the library ask for
all the memory there is, and that ends the process."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path

ALONE = "from app.datasets.spreadsheet import main; main()"
MEMORY = 2**30  # bytes that the process may take
SECONDS = 20


class Unreadable(Exception):
    """Say that a spreadsheet cannot be read: "broken", or "far" where it would take too much."""


def sheet_text(content: bytes) -> str:
    """Return the first sheet that is not empty, tabs between its cells, "" where all are; or Unreadable."""
    program, pipe, root = [sys.executable, "-c", ALONE], subprocess.PIPE, Path(__file__).parents[2]
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=pipe, cwd=root) as alone:
        with suppress(ImportError, AttributeError):  # where a system knows no such limit
            import resource

            resource.prlimit(alone.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            found, _ = alone.communicate(content, SECONDS)
        except subprocess.TimeoutExpired:
            alone.kill()
            raise Unreadable("far") from None
    if alone.returncode:
        raise Unreadable("far" if alone.returncode < 0 else "broken")
    return found.decode()


def main() -> None:
    """Read a spreadsheet from the standard input, write its text to the standard output."""
    sys.stdout.buffer.write(text_of(sys.stdin.buffer.read()).encode())


def text_of(content: bytes) -> str:
    """Return the same in this process; raises what the library raises."""
    from python_calamine import CalamineWorkbook  # nobody but this process needs it

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = (workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names)
    rows = next((rows for rows in sheets if rows), [])
    found = io.StringIO()
    told = csv.writer(found, delimiter="\t", lineterminator="\n")
    told.writerows([cell_text(one) for one in row] for row in rows)
    return found.getvalue()


def cell_text(cell: object) -> str:
    """Write a spreadsheet's cell: whole numbers without decimals, dates without midnight.

    >>> [cell_text(one) for one in (3.0, 0.5, True, "a", datetime(2024, 5, 1), datetime(2024, 5, 1, 9))]
    ['3', '0.5', 'true', 'a', '2024-05-01', '2024-05-01 09:00:00']
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
