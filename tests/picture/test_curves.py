"""A curve runs through its point, its tangent touches it there, and its axes say how far they go."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.picture.charts import EDGE, HEIGHT, WIDTH
from app.picture.curves import activation_curve, clipped, curve
from tests.picture.test_charts import spots

SLOPED = [key for key, entry in ACTIVATIONS.items() if not entry.couples]


def aside(line: list[tuple[float, float]], x: float, y: float) -> float:
    """Return how far a place is from the line through the first and the last place."""
    (a, b), (c, d) = line[0], line[-1]
    return ((c - a) * (b - y) - (a - x) * (d - b)) / (math.dist((a, b), (c, d)) or 1)


def height_at(line: list[tuple[float, float]], x: float) -> float:
    """Return how high a line is at x."""
    (a, b), (c, d) = next(pair for pair in pairwise(line) if pair[0][0] <= x <= pair[1][0])
    return b + (d - b) * (x - a) / (c - a or 1)


@pytest.mark.parametrize("key", SLOPED)
@given(z=st.floats(-30, 30))
def test_an_activation_curve_fills_its_box_and_its_point_is_on_it_and_on_its_tangent(
    key: str, z: float
) -> None:
    drawn = activation_curve(ACTIVATIONS[key], z)
    line, tangent = spots(drawn.path), spots(drawn.tangent)
    assert (line[0][0], line[-1][0]) == (EDGE, WIDTH - EDGE)
    assert all(EDGE - 1 <= y <= HEIGHT - EDGE + 1 for _, y in line)
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    upright = (
        key == "step" and abs(drawn.x - WIDTH / 2) < 1
    )  # on the jump itself the point is on one of its ends
    near = (0.0, -0.2, 0.2) if key == "sine" else (0.0,)  # on steep waves its place is rounded by as much
    assert upright or min(abs(height_at(line, drawn.x + off) - drawn.y) for off in near) < (
        2 if key == "sine" else 1
    )
    assert abs(aside(tangent, drawn.x, drawn.y)) <= 0.2
    rises = tangent[0][1] - tangent[1][1]
    assert key == "sine" or rises >= 0  # no other activation falls


@pytest.mark.parametrize("key", SLOPED)
def test_an_activation_curve_is_smooth_and_short(key: str) -> None:
    drawn = activation_curve(ACTIVATIONS[key], 0.5)
    line, scale = spots(drawn.path), (WIDTH - 2 * EDGE) / 8
    zs = np.linspace(-3.99, 3.99, 500)
    a = ACTIVATIONS[key].value(zs)
    low, high = float(ACTIVATIONS[key].value(np.linspace(-4, 4, 4001)).min()), float(a.max())
    low, high = (low, high) if key == "sine" else ACTIVATIONS[key].value(np.array([-4.0, 4.0])).tolist()
    for z, value in zip(zs.tolist(), a.tolist(), strict=True):
        if key == "step" and abs(z) < 0.01:
            continue  # there it is upright
        y = HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE)
        assert abs(height_at(line, EDGE + (z + 4) * scale) - y) < 0.5
    assert len(line) <= (60 if key == "sine" else 30)
    assert len(drawn.path) < (640 if key == "sine" else 320)


def test_the_ends_of_the_axes_are_told_and_told_apart() -> None:
    assert activation_curve(ACTIVATIONS["tanh"], 1.0).ends == ("−4", "4", "−0.999", "0.999")
    assert activation_curve(ACTIVATIONS["linear"], -123.0).ends == ("−150", "150", "−150", "150")
    assert curve([(0.0, 0.69312), (1.0, 0.69314)], 0.5, 0.69313, 0.0).ends == ("0", "1", "0.69312", "0.69314")


def test_a_second_point_is_drawn_with_the_line_through_both_where_it_can_be_seen() -> None:
    square = [(x / 10, x * x / 100) for x in range(-20, 21)]
    drawn = curve(square, 0.0, 0.0, 0.0, (1.0, 1.0))
    scale = (WIDTH - 2 * EDGE) / 4, (HEIGHT - 2 * EDGE) / 4
    assert drawn.other == pytest.approx((WIDTH / 2 + scale[0], HEIGHT - EDGE - scale[1]))
    line = spots(drawn.secant)
    assert abs(aside(line, drawn.x, drawn.y)) <= 0.2 >= abs(aside(line, *drawn.other))
    assert line[0][0] < drawn.x < drawn.other[0] < line[1][0]
    for hidden in ((0.01, 0.0001), (1.0, math.inf), None):
        assert (curve(square, 0.0, 0.0, 0.0, hidden).other, curve(square, 0.0, 0.0, 0.0, hidden).secant) == (
            None,
            "",
        )


def test_a_second_point_above_the_curve_has_its_place_in_the_box() -> None:
    drawn = curve([(0.0, 0.0), (1.0, 1.0)], 0.0, 0.0, 1.0, (0.5, 4.0))
    assert drawn.other[1] == EDGE
    assert drawn.ends[2:] == ("0", "4")


@given(st.floats(0, WIDTH), st.floats(0, HEIGHT), st.floats(-900, 900), st.floats(-900, 900))
def test_what_leaves_the_box_is_cut_off_at_its_edge(x: float, y: float, dx: float, dy: float) -> None:
    line = clipped((x - dx, y - dy), (x + dx, y + dy))
    assert all(-1e-6 <= a <= WIDTH + 1e-6 and -1e-6 <= b <= HEIGHT + 1e-6 for a, b in line)
    assert abs(aside(line, x, y)) < 1e-6


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
