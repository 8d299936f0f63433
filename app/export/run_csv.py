"""The run so far as CSV: a row per iteration, made slice by slice so that nobody has to wait for the
whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.analysis.run_log import Past, past_of
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.replay import Numbers

SLICE, ROWS = 2000, 25  # at most so many numbers and rows at a time: a few milliseconds of work
HEADS = ("iteration", "examples", "cost", "gradient_norm")


def csv_of(lab: Lab, numbers: Numbers) -> Iterator[str]:
    """Yield the text in slices: heads, then a row per iteration, of a very long run for each n-th. Numbers
    read back to the same float64, dials are headed as in changes (w-l-j-k, b-l-j) and are those before
    the iteration's own step."""
    heads = [*HEADS, *(dial.mark for dial in dials_of(lab.recipe.sizes))]
    yield ",".join(heads) + "\r\n"
    rows = map(row, past_of(lab, numbers))
    while lines := "".join(islice(rows, min(ROWS, SLICE // len(heads)) or 1)):
        yield lines


def row(past: Past) -> str:
    """Write one iteration; what has not happened is an empty cell."""
    known = ["" if value is None else repr(value) for value in (past.cost, past.steepness)]
    cells = [str(past.iteration), " ".join(map(str, past.examples)), *known, *map(repr, past.dials.tolist())]
    return ",".join(cells) + "\r\n"
