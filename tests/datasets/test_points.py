"""Points on the plane: set where one clicks, erased where one points, and kept in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets.points import Point, as_examples, placed, points_from, text_of, without
from app.picture.click_plane import SIDE, place_of, spot

ANY = st.builds(placed, st.integers(0, 1), st.floats(-1, 1), st.floats(-1, 1))


@given(st.lists(ANY, max_size=500))
def test_points_are_read_back_from_their_text(points: list[Point]) -> None:
    assert points_from(text_of(points)) == points


@given(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1), st.integers(0, 1))
def test_a_point_is_drawn_where_it_was_clicked(across: int, down: int, kind: int) -> None:
    one, x, y = spot(placed(kind, *place_of(across, down)))
    assert one == kind
    assert abs(x - across - 0.5) <= 1
    assert abs(y - down - 0.5) <= 1


def test_the_corners_of_the_plane_are_plus_and_minus_one() -> None:
    assert placed(1, *place_of(0, 0)) == Point(1, -1.0, 1.0)
    assert placed(0, *place_of(SIDE, SIDE)) == placed(0, *place_of(10**9, 10**9)) == Point(0, 1.0, -1.0)
    assert placed(0, *place_of(-5, -5)) == Point(0, -1.0, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "2_0_0",
        "1_2_0",
        "1_0_1.5",
        "1_0.123_0",
        "1_0",
        "1_0_0_0",
        "1_nan_0",
        "1__0",
        "1_٣_0",
        "0_0_0 " * 501,
    ],
)
def test_what_are_no_points_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"points|plane"):
        points_from(text)


@pytest.mark.parametrize(("x", "y"), [(1.001, 0), (0, -1.001), (float("nan"), 0), (0, float("inf"))])
def test_no_point_lies_outside_the_plane(x: float, y: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        placed(0, x, y)


def test_the_nearest_point_is_erased_if_it_is_near() -> None:
    points = points_from("1_0_0 0_0.1_0 1_0.9_0.9")
    assert text_of(without(points, 0.06, 0)) == "1_0_0 1_0.9_0.9"
    assert without(points, -0.5, -0.5) is points
    assert without([], 0, 0) == []


def test_of_two_points_at_one_place_one_is_erased() -> None:
    points = points_from("1_0_0 1_0_0")
    assert text_of(without(points, 0, 0)) == "1_0_0"


def test_points_are_examples_of_two_inputs() -> None:
    assert as_examples(points_from("1_0.5_-1 0_0_0.25")) == {
        "inputs": [[0.5, -1], [0, 0.25]],
        "targets": [[1], [0]],
    }
