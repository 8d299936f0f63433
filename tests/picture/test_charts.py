"""The small drawings: lines are written as short steps, and growth is drawn to scale."""

from __future__ import annotations

import re
from itertools import pairwise

from app.picture.charts import EDGE, HEIGHT, WIDTH, growth_lines


def spots(path: str) -> list[tuple[float, float]]:
    """Return the places a path goes through; its first is absolute, the others are steps."""
    x, y, *steps = map(float, re.findall(r"-?\d*\.?\d+", path))
    found = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = round(x + dx, 1), round(y + dy, 1)
        found.append((x, y))
    return found


def test_powers_are_straight_lines_on_logarithmic_axes() -> None:
    slow, fast = growth_lines(
        [[(10.0**n, 100.0**n) for n in range(5)], [(10.0**n, 10.0**n) for n in range(5)]]
    )
    assert (spots(slow)[0], spots(slow)[-1]) == ((EDGE, HEIGHT - EDGE), (WIDTH - EDGE, EDGE))
    assert spots(fast)[-1] == (WIDTH - EDGE, HEIGHT / 2)
    for line in (slow, fast):
        assert all(abs((c - a) - 71) <= 1 for (a, _), (c, _) in pairwise(spots(line)))
        falls = [b - d for (_, b), (_, d) in pairwise(spots(line))]
        assert max(falls) - min(falls) <= 1
