"""The lines of runs: short ones point by point, long ones thinned without losing a peak, several on one
scale."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.picture.charts import EDGE, HEIGHT, WIDTH, thinned, thinned_lines

COSTS = st.lists(st.floats(0, 1e6), min_size=2, max_size=1500)
LEFT, RIGHT, TOP, BOTTOM = EDGE, WIDTH - EDGE, EDGE, HEIGHT - EDGE


def points_of(path: str) -> list[tuple[int, int]]:
    """Return the places a path leads through."""
    steps = [int(step) for step in re.findall(r"-?\d+", path)]
    found = [(steps[0], steps[1])]
    for across, down in zip(steps[2::2], steps[3::2], strict=True):
        found.append((found[-1][0] + across, found[-1][1] + down))
    return found


@given(COSTS)
def test_the_highest_cost_touches_the_top_and_the_last_one_the_right(costs: list[float]) -> None:
    (line,) = thinned_lines([costs])
    assert (line.top, line.bottom) == (max(costs) or 0.0, 0.0)
    x, y = line.at(len(costs) - 1, costs[-1])
    assert x == RIGHT
    assert TOP <= y <= BOTTOM
    if max(costs):
        assert min(height for _, height in points_of(line.path)) == TOP


@given(COSTS)
def test_a_long_run_has_few_points_and_keeps_each_buckets_ends(costs: list[float]) -> None:
    assert len(points_of(thinned_lines([costs])[0].path)) <= 2 * 120 + 2
    size = 7
    kept = dict(thinned(costs, size))
    assert list(kept) == sorted(kept)
    for begin in range(0, len(costs), size):
        bucket = costs[begin : begin + size]
        found = [value for at, value in kept.items() if begin <= at < begin + size]
        assert (min(found), max(found)) == (min(bucket), max(bucket))
        assert all(costs[at] == value for at, value in kept.items())


def test_two_runs_share_their_axes() -> None:
    long, short = thinned_lines([[4.0, 2.0, 1.0, 0.0], [2.0, 2.0]])
    assert points_of(long.path)[0] == (LEFT, TOP)
    assert points_of(short.path)[0] == (LEFT, (TOP + BOTTOM) / 2)
    assert points_of(short.path)[-1][0] == round(LEFT + (RIGHT - LEFT) / 3)


def test_on_a_logarithmic_axis_equal_factors_are_equal_heights_and_zero_lies_at_the_bottom() -> None:
    (line,) = thinned_lines([[100.0, 10.0, 1.0, 0.0]], logarithmic=True)
    assert [y for _, y in points_of(line.path)[:4]] == [TOP, (TOP + BOTTOM) / 2, BOTTOM, BOTTOM]
    assert (line.top, line.bottom) == (100.0, 1.0)


@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_run_of_zeros_can_be_drawn(logarithmic: bool) -> None:
    (line,) = thinned_lines([[0.0, 0.0]], logarithmic=logarithmic)
    assert all(map(math.isfinite, line.at(1, 0.0)))
