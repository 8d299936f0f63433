"""The cost surface: every point is the cost with two dials set, and the rest as it is now."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.picks import Pick
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lab.surface import GRID, WALK, dials_of, place_of, surface, value_of

XOR = Recipe(data="xor", hidden=(3,), eta=0.5)
ACROSS, UP = Pick("w", 1, 2, 1), Pick("b", 2, 1)


def numbers_at(replay: Replay, place: int) -> Numbers:
    return replay.numbers(Lab(XOR, place))


@pytest.fixture
def replay() -> Replay:
    return Replay()


def test_the_dials_come_in_the_order_of_the_dials(replay: Replay) -> None:
    parameters = numbers_at(replay, 0).parameters
    assert [value_of(parameters, dial) for dial in dials_of(XOR.sizes)] == parameters.vector().tolist()


def test_every_point_is_the_cost_with_both_dials_set(replay: Replay) -> None:
    numbers = numbers_at(replay, 3)
    found = surface(replay, numbers, ACROSS, UP, 0)
    assert found.costs.shape == (GRID, GRID)
    for row, column in ((0, 0), (5, 20), (GRID - 1, 3)):
        dials = numbers.parameters.map(np.copy)
        dials.w[1][place_of(ACROSS)], dials.b[2][place_of(UP)] = found.xs[column], found.ys[row]
        assert found.costs[row, column] == mean_cost(XOR.network, dials, XOR.dataset.x, XOR.dataset.y)


def test_we_stand_in_the_middle_and_the_path_ends_there(replay: Replay) -> None:
    length = len(Lab(XOR).moments)
    found = surface(replay, numbers_at(replay, 5 * length + 2), ACROSS, UP, 0)
    here = (found.xs[GRID // 2], found.ys[GRID // 2])
    assert found.path[-1] == pytest.approx(here)
    starts = [replay.start(XOR, iteration).parameters for iteration in range(6)]
    assert found.path == [(value_of(p, ACROSS), value_of(p, UP)) for p in starts]


def test_a_long_path_is_drawn_by_its_last_iterations(replay: Replay) -> None:
    length = len(Lab(XOR).moments)
    assert len(surface(replay, numbers_at(replay, (WALK + 30) * length), ACROSS, UP, 0).path) == WALK + 1


def test_slope_and_step_appear_only_once_they_have_happened(replay: Replay) -> None:
    moments = Lab(XOR).moments
    for place, moment in enumerate(moments):
        numbers = numbers_at(replay, place)
        found = surface(replay, numbers, ACROSS, UP, 0)
        reached = moment.phase == "descent" or (moment.phase == "backward" and moment.layer == 1 and moment.neuron >= 2)
        assert (found.slope is not None) == reached
        assert (found.after is not None) == (moment.phase == "descent")
        if reached:
            nabla = numbers.backward.nabla
            assert found.slope == (nabla.w[1][place_of(ACROSS)], nabla.b[2][place_of(UP)])


def test_zoom_doubles_and_halves_the_range(replay: Replay) -> None:
    widths = [np.ptp(surface(replay, numbers_at(replay, 3), ACROSS, UP, zoom).xs) for zoom in (-1, 0, 1)]
    assert widths[1] == pytest.approx(2 * widths[0])
    assert widths[2] == pytest.approx(4 * widths[0])
