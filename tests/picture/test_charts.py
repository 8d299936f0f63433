"""The small drawings: a curve runs through its point, its tangent touches it there, and growth is drawn to scale."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.picture.charts import EDGE, HEIGHT, WIDTH, activation_curve, curve, growth_lines

SLOPED = [key for key, entry in ACTIVATIONS.items() if not entry.couples]


def spots(path: str) -> list[tuple[float, float]]:
    """Return the places a path goes through; its first is absolute, the others are steps."""
    x, y, *steps = map(int, re.findall(r"-?\d+", path))
    found = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def height_at(line: list[tuple[float, float]], x: float) -> float:
    """Return how high a line is at x."""
    (a, b), (c, d) = next(pair for pair in pairwise(line) if pair[0][0] <= x <= pair[1][0])
    return b + (d - b) * (x - a) / (c - a or 1)


@pytest.mark.parametrize("key", SLOPED)
@given(z=st.floats(-30, 30))
def test_an_activation_curve_fills_its_box_and_its_point_is_on_it_and_on_its_tangent(key: str, z: float) -> None:
    drawn = activation_curve(ACTIVATIONS[key], z)
    line, tangent = spots(drawn.path), spots(drawn.tangent)
    assert (line[0][0], line[-1][0]) == (EDGE, WIDTH - EDGE)
    assert all(EDGE - 1 <= y <= HEIGHT - EDGE + 1 for _, y in line)
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert abs(height_at(line, drawn.x) - drawn.y) < 8  # between two of its 33 points the drawn curve is straight
    assert abs(sum(y for _, y in tangent) / 2 - drawn.y) <= 1
    assert abs(sum(x for x, _ in tangent) / 2 - drawn.x) <= 1
    rises = tangent[0][1] - tangent[1][1]
    assert rises >= 0  # no activation falls


def test_the_point_stands_at_its_value_and_the_axes_at_zero() -> None:
    drawn = activation_curve(ACTIVATIONS["sigmoid"], 0.0)
    assert (drawn.x, drawn.zero_x) == (WIDTH / 2, WIDTH / 2)
    assert drawn.y == HEIGHT / 2
    assert drawn.zero_y is None  # a sigmoid never is 0
    drawn = activation_curve(ACTIVATIONS["tanh"], 2.0)
    assert drawn.x == WIDTH / 2 + (WIDTH / 2 - EDGE) * 2 / 4
    assert drawn.zero_y == HEIGHT / 2
    far = curve([(5.0, 1.0), (6.0, 2.0)], 5.5, 1.5, 1.0)
    assert (far.zero_x, far.zero_y) == (None, None)


def test_a_tangent_is_as_steep_as_its_slope() -> None:
    flat = curve([(-1.0, 1.0), (0.0, 0.0), (1.0, 1.0)], 0.0, 0.0, 0.0)
    assert len({y for _, y in spots(flat.tangent)}) == 1
    steep = curve([(0.0, 0.0), (1.0, 1.0)], 0.5, 0.5, 1.0)
    (a, b), (c, d) = spots(steep.tangent)
    assert (b - d) / (c - a) == pytest.approx((HEIGHT - 2 * EDGE) / (WIDTH - 2 * EDGE), rel=0.02)


def test_what_is_beyond_all_numbers_is_left_out_of_a_curve() -> None:
    drawn = curve([(-1.0, float("inf")), (0.0, 0.0), (1.0, 1.0), (2.0, float("nan"))], 0.0, 0.0, 1.0)
    assert spots(drawn.path) == [(EDGE, HEIGHT - EDGE), (WIDTH - EDGE, EDGE)]


def test_powers_are_straight_lines_on_logarithmic_axes() -> None:
    slow, fast = growth_lines([[(10.0**n, 100.0**n) for n in range(5)], [(10.0**n, 10.0**n) for n in range(5)]])
    assert (spots(slow)[0], spots(slow)[-1]) == ((EDGE, HEIGHT - EDGE), (WIDTH - EDGE, EDGE))
    assert spots(fast)[-1] == (WIDTH - EDGE, HEIGHT / 2)
    for line in (slow, fast):
        assert all(abs((c - a) - 71) <= 1 for (a, _), (c, _) in pairwise(spots(line)))
        falls = [b - d for (_, b), (_, d) in pairwise(spots(line))]
        assert max(falls) - min(falls) <= 1
