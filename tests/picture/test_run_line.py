"""The line of a run's costs: short runs point by point, long ones thinned without losing a peak."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.picture.charts import HEIGHT, thinned_line

COSTS = st.lists(st.floats(0, 1e6), min_size=2, max_size=1500)


@given(COSTS)
def test_the_highest_cost_touches_the_top_and_now_is_at_the_right(costs: list[float]) -> None:
    line = thinned_line(costs)
    assert line.top == max(costs)
    assert line.x == 292.0
    assert 8.0 <= line.y <= HEIGHT - 8.0


@given(COSTS)
def test_a_long_run_has_few_points_and_keeps_its_peak(costs: list[float]) -> None:
    steps = re.findall(r"-?\d+", thinned_line(costs).path)
    assert len(steps) // 2 <= 2 * 120 + 2
    heights = [int(steps[1])]
    for change in steps[3::2]:
        heights.append(heights[-1] + int(change))
    if max(costs):
        assert min(heights) == 8
