"""Every neuron's answers all over the inputs are the engine's own at these points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.analysis.responses import GAP, GRID, MARGIN, axes_of, plane_of, told
from app.datasets.own import own_from
from app.datasets.tables import DATASETS, table
from app.engine.backprop import forward
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.responses import Responses
from tests.lab.recipes import recipes

LINE = table("line", "Line", "A line.", [([0.2], [0.1]), ([1.2], [0.4]), ([-0.8], [0.9])])


@settings(deadline=None, max_examples=60)
@given(recipes())
def test_each_point_is_the_engines_forward_pass_there(recipe: Recipe) -> None:
    if len(recipe.dataset.x) != 2:
        return
    network, dials = recipe.network, recipe.first_parameters()
    plane = plane_of(network, dials, recipe.dataset.x)
    for row, column in ((0, 0), (7, 30), (GRID - 1, 4)):
        point = np.array([[plane.axes[0][column]], [plane.axes[1][row]]])
        alone = forward(network, dials, point)
        for layer in network.layers:
            assert plane.a[layer].shape == (network.sizes[layer], GRID, GRID)
            assert plane.a[layer][:, row, column] == pytest.approx(alone.a[layer][:, 0], rel=1e-9, abs=1e-12)
            assert plane.z[layer][:, row, column] == pytest.approx(alone.z[layer][:, 0], rel=1e-9, abs=1e-12)


def test_one_input_makes_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DATASETS, "line", LINE)
    recipe = Recipe(data="line", hidden=(3,), output="linear", cost="quadratic")
    dials = recipe.first_parameters()
    plane = plane_of(recipe.network, dials, LINE.x)
    alone = forward(recipe.network, dials, plane.axes[0][None, 5:6])
    assert plane.a[2].shape == (1, GRID)
    assert plane.a[1][:, 5] == pytest.approx(alone.a[1][:, 0])


def test_the_data_stand_in_the_middle_with_a_margin_and_both_axes_are_of_one_length() -> None:
    across, up = axes_of(np.array([[0.0, 4.0], [1.0, 2.0]]))
    assert (across[0], across[-1]) == (-4 * MARGIN, 4 + 4 * MARGIN)
    assert np.ptp(up) == np.ptp(across)
    assert (up[0] + up[-1]) / 2 == 1.5
    (alone,) = axes_of(np.array([[3.0, 3.0]]))
    assert (alone[0], alone[-1]) == (2.25, 3.75)


def test_over_one_input_who_has_not_answered_has_a_gap_where_the_example_stands() -> None:
    recipe = Recipe(data="sine", hidden=(2,), output="linear", cost="quadratic")
    dials, x = recipe.first_parameters(), recipe.dataset.x
    plane = plane_of(recipe.network, dials, x)
    numbers = Replay().numbers(Lab(recipe, 1))  # the first hidden neuron has answered
    curves = told(plane, numbers, 0)
    steps = (plane.axes[0] - numbers.x[0, 0]) / np.diff(plane.axes[0])[0]
    near = abs(steps) <= GAP
    assert 4 <= near.sum() <= 5
    assert curves.a[1][0] == pytest.approx(plane.a[1][0])
    for silent, whole in ((curves.a[1][1], plane.a[1][1]), (curves.a[2][0], plane.a[2][0])):
        assert np.isnan(silent).tolist() == near.tolist()
        assert silent[~near] == pytest.approx(whole[~near])
    assert np.isfinite(plane.a[2]).all()  # which others look at too


def test_over_two_inputs_nothing_is_left_out() -> None:
    recipe = Recipe(data="xor", hidden=(2,))
    plane = plane_of(recipe.network, recipe.first_parameters(), recipe.dataset.x)
    assert told(plane, Replay().numbers(Lab(recipe, 0)), 0) is plane


def test_a_gap_reaches_two_whole_steps_to_either_side() -> None:
    """The inputs −1, 0 and 1 have 0 in the middle of 49 points, at number 24, and steps of exactly 3 / 48."""
    own = own_from({"inputs": [[0.0], [-1.0], [1.0]], "targets": [[0.5], [0.2], [0.9]]})
    recipe = Recipe(data=own.key, own=own, hidden=(2,), output="linear", cost="quadratic", test=0.0)
    plane = plane_of(recipe.network, recipe.first_parameters(), own.x)
    assert (plane.axes[0][24], plane.axes[0][26]) == (0.0, 0.125)
    curves = told(plane, Replay().numbers(Lab(recipe, 0)), 0)
    assert np.flatnonzero(np.isnan(curves.a[2][0])).tolist() == [22, 23, 24, 25, 26]


@pytest.mark.parametrize(("inputs", "mapped"), [(1, True), (2, True), (3, False)])
def test_there_are_maps_of_one_input_and_of_two_and_of_no_more(inputs: int, mapped: bool) -> None:
    own = own_from({"inputs": [[0.0] * inputs, [1.0] * inputs], "targets": [[0.0], [1.0]]})
    recipe = Recipe(data=own.key, own=own, hidden=(2,), test=0.0)
    assert Responses(Replay().numbers(Lab(recipe, 0)), 0).mapped == mapped
