"""Response maps: the ink at any spot is the discs' ink, marks stand where the examples are."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from app.engine.activations import ACTIVATIONS
from app.picture.response_map import FINE, curve_map, map_of, marks_of, placed, reach_of, size_of
from app.picture.tint import ink, inks

SIDE, N = 480.0, 49
XS = np.linspace(-3.0, 3.0, N)
SLOPE = XS[None, :] + 0.3 * XS[:, None]


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Return the closed lines of a path."""
    found = []
    for part in filter(None, path.split("M")):
        first, *steps = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", part)]
        spot, line = (first, steps[0]), [(first, steps[0])]
        for dx, dy in zip(steps[1::2], steps[2::2], strict=True):
            spot = (spot[0] + dx, spot[1] + dy)
            line.append(spot)
        found.append(line)
    return found


def inside(path: str, x: float, y: float) -> bool:
    """Tell whether a spot is inside a path, by the even-odd rule."""
    crossed = 0
    for ring in rings(path):
        for (a, b), (c, d) in pairwise([*ring, ring[0]]):
            crossed += (b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a)
    return bool(crossed % 2)


def seen(shades: list[tuple[str, str]], x: float, y: float) -> float:
    """Return the ink at a spot where shades lie on each other."""
    paper = 1.0
    for path, opacity in shades:
        paper *= 1 - float(opacity) if inside(path, x, y) else 1.0
    return 1 - paper


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "relu", "linear"])
def test_the_ink_of_a_map_is_the_discs_to_half_a_shade_and_below_zero_is_marked(key: str) -> None:
    activation = ACTIVATIONS[key]
    values = activation.value(SLOPE)
    found = map_of(values, activation, FINE, SIDE)
    for row, column in ((3, 5), (10, 40), (24, 20), (30, 33), (44, 3), (45, 44)):
        x, y = column / (N - 1) * SIDE, SIDE - row / (N - 1) * SIDE
        value = float(values[row, column])
        assert seen(found.shades, x, y) == pytest.approx(ink(value, activation), abs=0.5 / FINE + 0.02)
        if abs(value) > 0.05 or value == 0:
            assert inside(found.minus, x, y) == (value < 0)


def test_a_whole_array_of_ink_is_the_ink_of_each_with_its_sign_and_full_beyond_all_numbers() -> None:
    values = np.array([-7.0, -1.0, -0.25, 0.0, 0.25, 1.0, 7.0])
    for activation in ACTIVATIONS.values():
        assert inks(values, activation).tolist() == [
            np.sign(value) * ink(value, activation) for value in values.tolist()
        ]
    assert inks(np.array([np.inf, -np.inf, np.nan]), ACTIVATIONS["linear"]).tolist() == [1.0, -1.0, 0.0]


def test_a_plain_map_is_one_sheet_and_a_silent_one_is_paper() -> None:
    relu = ACTIVATIONS["relu"]
    assert map_of(np.zeros((9, 9)), relu, 4, 40.0).shades == []
    full = map_of(np.full((9, 9), 1e9), relu, 4, 40.0)
    assert [path for path, _ in full.shades] == ["M0 40l40 0 0-40-40 0Z"] * 4
    assert [opacity for _, opacity in full.shades] == ["0.250", "0.333", "0.500", "1.000"]


def test_the_line_halfway_runs_where_its_field_is_zero_and_nowhere_where_that_is_lost() -> None:
    sigmoid = ACTIVATIONS["sigmoid"]
    upright = np.broadcast_to(XS, (N, N))
    found = map_of(sigmoid.value(upright), sigmoid, FINE, SIDE, sigmoid.value(upright) - 0.5)
    assert {x for line in rings(found.half) for x, _ in line} == {SIDE / 2}
    assert map_of(sigmoid.value(upright), sigmoid, FINE, SIDE).half == ""
    broken = np.where(upright > 2, np.inf, upright)
    assert map_of(broken, ACTIVATIONS["linear"], FINE, SIDE, broken).half == ""


def test_a_curve_goes_from_edge_to_edge_in_its_range_and_skips_what_is_no_number() -> None:
    found = curve_map(np.array([-1.0, 0.0, 1.0]), 40.0, (-1.0, 1.0))
    assert (found.curve, found.zero, found.shades) == ("M0 40L20 20L40 0", "M0 20H40", [])
    parted = np.array([1.0, 2.0, np.nan, 1.0, 2.0, np.nan, 1.0])
    assert curve_map(parted, 60.0, (1.0, 2.0)).curve == "M0 60L10 0M30 60L40 0"
    assert curve_map(np.array([1.0, 2.0]), 40.0, (1.0, 2.0)).zero == ""
    assert curve_map(np.array([np.inf, np.inf]), 40.0, (0.0, 1.0)).curve == ""
    assert curve_map(np.array([1e140, -1e140, 0.5]), 40.0, (0.0, 1.0)).curve == "M0 -40L20 80L40 20"


def test_a_curves_range_holds_the_functions_ends_and_all_values() -> None:
    assert reach_of(ACTIVATIONS["sigmoid"], np.array([0.2, 0.7])) == (0.0, 1.0)
    assert reach_of(ACTIVATIONS["tanh"], np.array([0.2]), np.array([3.0])) == (-1.0, 3.0)
    assert reach_of(ACTIVATIONS["relu"], np.array([2.0, np.inf])) == (0.0, 2.0)
    assert reach_of(ACTIVATIONS["linear"], np.array([0.5, 0.5])) == (-0.5, 1.5)
    assert reach_of(ACTIVATIONS["linear"], np.array([np.nan])) == (-1.0, 1.0)


def test_examples_stand_in_their_places_squares_for_the_upper_targets_circles_for_the_lower() -> None:
    place = placed((0.0, 1.0), (0.0, 1.0), 100.0)
    targets = np.array([0.0, 1.0, 1.0])
    low, high = marks_of(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.5, 1.0]), targets, place, 10.0)
    assert (low.ink, high.ink, low.test) == ("0.25", "0.75", False)
    assert low.path.startswith("M-10.0 100.0a10")
    assert high.path == "M41.0 41.0h18.0v18.0h-18.0zM91.0 -9.0h18.0v18.0h-18.0z"
    (only,) = marks_of(np.array([0.5]), np.array([0.5]), None, place, 10.0, test=True)
    assert (only.ink, only.test) == ("0.75", True)
    assert "a7 7" in only.path
    assert [mark.ink for mark in marks_of(XS, XS, XS, place, 1.0, (-3.0, 3.0))] == [
        "0.25",
        "0.375",
        "0.5",
        "0.625",
        "0.75",
    ]
    assert [mark.ink for mark in marks_of(XS, XS, XS * 0, place, 1.0, (0.0, 0.0))] == ["0.25"]


def test_many_examples_are_marked_smaller() -> None:
    sizes = [size_of(rows) for rows in (4, 12, 13, 60, 61, 150, 151, 500)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4
