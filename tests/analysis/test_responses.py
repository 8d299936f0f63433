"""Every neuron's answers all over the inputs are the engine's own at these points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.analysis.responses import GRID, MARGIN, axes_of, plane_of
from app.datasets.tables import DATASETS, table
from app.engine.backprop import forward
from app.lab.recipe import Recipe
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
