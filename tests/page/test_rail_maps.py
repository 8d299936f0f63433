"""Clouds and curves in the rail: what is a map, and the new answers before the old ones."""

from __future__ import annotations

import math

import pytest

from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from tests.page.test_rail import own, rail


def test_own_examples_are_a_map_only_where_an_answer_is_one_of_several() -> None:
    points = [[float(at), float(-at)] for at in range(12)]
    one = own(points, [[float(at % 2)] for at in range(12)])
    hot = own(points, [[float(at % 2), float(1 - at % 2)] for at in range(12)])
    both = own(points, [[1.0, float(at % 2)] for at in range(12)])
    assert [rail(one, 0).kind, rail(hot, 0).kind, rail(both, 0).kind] == ["map", "map", "rows"]
    assert rail(hot, 0).map.areas == []
    two_curves = own([[1.0], [2.0]], [[1.0, 0.5], [0.0, 0.25]], output="linear", cost="quadratic")
    assert rail(two_curves, 0).kind == "rows"


THREE = own(
    [[math.cos(at), math.sin(at)] for at in range(12)],
    [[float(at % 3 == k) for k in range(3)] for at in range(12)],
    output="softmax",
)
SINE = Recipe(data="sine", hidden=(3,), eta=0.5, output="linear", cost="quadratic")


@pytest.mark.parametrize(
    ("recipe", "points", "areas"),
    [(PRESETS["circle"], 2, 2), (Recipe(data="spiral", hidden=(3,)), 2, 2), (SINE, 1, 0), (THREE, 3, 0)],
)
def test_a_cloud_and_a_curve_show_the_new_dials_and_the_old_ones_behind(
    recipe: Recipe, points: int, areas: int
) -> None:
    end = len(Lab(recipe).moments) - 1
    start, back, done = (rail(recipe, place).map for place in (0, end - 1, end))
    assert start.before == back.before == ""
    assert back.border == done.before
    assert (start.border == back.border) == (recipe is not SINE)  # a curve has a gap where it would tell ŷ
    assert start.border.count("M") == back.border.count("M") + (recipe is SINE)
    assert done.border != done.before
    assert rail(recipe, end + 1 + end // 2).map.border == done.border
    assert (len(done.points), len(done.areas)) == (points, areas)
    assert all(0 <= part <= 160 for part in done.here)


def test_a_curve_of_equal_targets_has_a_range_too() -> None:
    flat = own([[1.0], [2.0]], [[3.0], [3.0]], output="linear", cost="quadratic")
    assert (rail(flat, 0).kind, rail(flat, 0).reach) == ("curve", (2.0, 4.0))
