"""How figures are printed: compact tables, medians and percentiles, a mark on what misses its target."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

MISSED = "✗"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.99)
    (2, 4)
    """
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def against(value: float, limit: float | None, digits: int = 1) -> str:
    """Write a figure with the most it should be, marked when it is more.

    >>> against(1.234, 2), against(2.5, 2), against(1.234, None)
    ('1.2 (≤ 2)', '✗ 2.5 (≤ 2)', '1.2')
    """
    if limit is None:
        return f"{value:.{digits}f}"
    return f"{MISSED + ' ' if value > limit else ''}{value:.{digits}f} (≤ {limit:g})"


def at_least(value: float, limit: float | None, digits: int = 1) -> str:
    """Write a figure with the least it should be, marked when it is less.

    >>> at_least(16.04, 15), at_least(7.5, 8), at_least(3, None, 0)
    ('16.0 (≥ 15)', '✗ 7.5 (≥ 8)', '3')
    """
    if limit is None:
        return f"{value:.{digits}f}"
    return f"{MISSED + ' ' if value < limit else ''}{value:.{digits}f} (≥ {limit:g})"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Print a table: the first column to the left, all others to the right."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        print("  " + "  ".join(cells).rstrip())
        if number == 0:
            print("  " + "  ".join("─" * width for width in widths))
    if note:
        print(f"  {note}")
