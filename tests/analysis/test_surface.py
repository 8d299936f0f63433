"""The cost surface: every point is the cost with two dials set, and the rest as it is now."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.surface import GRID, NARROWEST, WALK, WIDEST, axes_around, ground, stride_of, surface
from app.engine.gradcheck import mean_cost
from app.lab.dials import Dial, dials_of
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay

XOR = Recipe(data="xor", hidden=(3,), eta=0.5)
ACROSS, UP = Dial("w", 1, 2, 1), Dial("b", 2, 1)


def numbers_at(replay: Replay, place: int) -> Numbers:
    return replay.numbers(Lab(XOR, place))


@pytest.fixture
def replay() -> Replay:
    return Replay()


def test_the_dials_come_in_the_order_of_the_dials(replay: Replay) -> None:
    parameters = numbers_at(replay, 0).parameters
    assert [dial.of(parameters) for dial in dials_of(XOR.sizes)] == parameters.vector().tolist()


def test_every_point_is_the_cost_with_both_dials_set(replay: Replay) -> None:
    numbers = numbers_at(replay, len(Lab(XOR).moments) - 2)
    found = surface(replay, numbers, ACROSS, UP, 0)
    assert found.costs.shape == (GRID, GRID)
    for row, column in ((0, 0), (5, 20), (GRID - 1, 3)):
        dials = numbers.parameters.map(np.copy)
        dials.w[1][ACROSS.place], dials.b[2][UP.place] = found.xs[column], found.ys[row]
        assert found.costs[row, column] == mean_cost(XOR.network, dials, XOR.dataset.x, XOR.dataset.y)


def test_the_path_ends_where_we_stand_and_all_of_it_is_in_sight(replay: Replay) -> None:
    length = len(Lab(XOR).moments)
    found = surface(replay, numbers_at(replay, 5 * length + 2), ACROSS, UP, 0)
    starts = [replay.start(XOR, iteration).parameters for iteration in range(6)]
    assert found.path == [(ACROSS.of(p), UP.of(p)) for p in starts]
    for x, y in found.path:
        assert found.xs[0] < x < found.xs[-1]
        assert found.ys[0] < y < found.ys[-1]


def test_the_overshoots_surface_stands_still_with_bottom_and_zigzag_in_sight(replay: Replay) -> None:
    recipe, (across, up) = PRESETS["overshoot"], dials_of(PRESETS["overshoot"].sizes)
    length, x = len(Lab(recipe).moments), recipe.dataset.x
    bottom, *_ = np.linalg.lstsq(np.vstack([x, np.ones_like(x)]).T, recipe.dataset.y[0])
    found = [surface(replay, replay.numbers(Lab(recipe, at * length)), across, up, 0) for at in range(1, 13)]
    for one in found:
        assert np.array_equal(one.costs, found[0].costs)
        for spot in (*one.path, bottom):
            assert one.xs[0] < spot[0] < one.xs[-1]
            assert one.ys[0] < spot[1] < one.ys[-1]
    heights = np.array([spot[1] for spot in found[-1].path]) - bottom[1]
    assert (heights[:-1] * heights[1:] < 0).all()  # each step lands on the other side


def test_a_range_that_was_made_smaller_shows_where_we_stand(replay: Replay) -> None:
    numbers = numbers_at(replay, 40 * len(Lab(XOR).moments))
    found = surface(replay, numbers, ACROSS, UP, NARROWEST)
    assert found.xs[0] < found.path[-1][0] < found.xs[-1]
    assert found.ys[0] < found.path[-1][1] < found.ys[-1]


def test_a_path_goes_back_to_the_runs_start_however_long_it_is(replay: Replay) -> None:
    length, first = len(Lab(XOR).moments), replay.start(XOR, 0).parameters
    for iteration in (WALK, WALK + 37):
        numbers = numbers_at(replay, iteration * length)
        found = surface(replay, numbers, ACROSS, UP, 0)
        assert found.path[0] == (ACROSS.of(first), UP.of(first))
        assert found.path[-1] == (ACROSS.of(numbers.parameters), UP.of(numbers.parameters))
        assert found.every == stride_of(iteration)
        starts = [replay.start(XOR, at).parameters for at in range(0, iteration, found.every)]
        assert found.path[:-1] == [(ACROSS.of(p), UP.of(p)) for p in starts]
    assert [stride_of(iteration) for iteration in (0, WALK, WALK + 1, 10 * WALK, 10 * WALK + 1, 20_000)] == [
        1,
        1,
        10,
        10,
        20,
        40,
    ]


def test_a_dial_typed_in_is_on_the_path(replay: Replay) -> None:
    lab = Lab(XOR, 2 * len(Lab(XOR).moments)).change("b-2-1", 7.0)
    found = surface(replay, replay.numbers(lab), ACROSS, UP, 0)
    assert found.path[-1][1] == 7.0
    later = surface(replay, replay.numbers(Lab(lab.recipe, 3 * len(lab.moments))), ACROSS, UP, 0)
    assert [round(y, 1) for _, y in later.path].index(7.0) == 2


def test_the_ground_is_that_of_the_last_gradient_that_has_come_back(replay: Replay) -> None:
    length = len(Lab(XOR).moments)
    assert surface(replay, numbers_at(replay, 3), ACROSS, UP, 0).costs is None  # it would tell the way
    told = surface(replay, numbers_at(replay, length - 1), ACROSS, UP, 2)
    later = surface(replay, numbers_at(replay, length + 3), ACROSS, UP, 2)
    assert (told.of, later.of) == (0, 0)
    assert np.array_equal(told.costs, later.costs)
    assert surface(replay, numbers_at(replay, 2 * length - 2), ACROSS, UP, 2).of == 1


def test_after_the_descent_the_step_is_drawn_on_the_ground_it_was_taken_on(replay: Replay) -> None:
    numbers = numbers_at(replay, len(Lab(XOR).moments) - 1)
    found = surface(replay, numbers, ACROSS, UP, 0)
    assert found.path == [(ACROSS.of(p), UP.of(p)) for p in (numbers.parameters, numbers.after)]
    assert found.before == found.path[0]
    dials = numbers.parameters.map(np.copy)
    dials.w[1][ACROSS.place], dials.b[2][UP.place] = found.xs[7], found.ys[9]
    assert found.costs[9, 7] == mean_cost(XOR.network, dials, XOR.dataset.x, XOR.dataset.y)


def test_slope_and_step_appear_only_once_they_have_happened(replay: Replay) -> None:
    moments = Lab(XOR).moments
    for place, moment in enumerate(moments):
        numbers = numbers_at(replay, place)
        found = surface(replay, numbers, ACROSS, UP, 0)
        reached = moment.phase == "descent" or (
            moment.phase == "backward" and moment.layer == 1 and moment.neuron >= 2
        )
        assert (found.slope is not None) == reached
        assert (found.before is not None) == (moment.phase == "descent")
        if reached:
            nabla = numbers.backward.nabla
            assert found.slope == (nabla.w[1][ACROSS.place], nabla.b[2][UP.place])


def test_zoom_doubles_and_halves_the_range(replay: Replay) -> None:
    widths = [np.ptp(surface(replay, numbers_at(replay, 3), ACROSS, UP, zoom).xs) for zoom in (-1, 0, 1)]
    assert widths[1] == pytest.approx(2 * widths[0])
    assert widths[2] == pytest.approx(4 * widths[0])


@pytest.mark.parametrize(
    "recipe",
    [
        XOR,
        PRESETS["digits"],
        PRESETS["overshoot"],
        Recipe(data="circle", hidden=(4, 2), activation="relu,sine", size=500),
        Recipe(data="xor", hidden=(2,), output="softmax", regulariser="l2", decay=0.1),
    ],
)
def test_the_one_pass_says_to_the_bit_what_a_pass_for_each_point_says(recipe: Recipe) -> None:
    dials, all_dials = recipe.first_parameters(), dials_of(recipe.sizes)
    window = (-1.5, 2.0), (-3.0, 1.0)
    xs, ys = (np.linspace(*ends, GRID) for ends in window)
    for axes in ((all_dials[0], all_dials[-1]), (all_dials[-1], all_dials[-2]), (all_dials[1], all_dials[0])):
        found = ground(recipe, dials.vector().tobytes(), axes, window)
        for row, column in ((0, 0), (5, 20), (16, 16), (GRID - 1, 3)):
            one = dials.map(np.copy)
            for dial, value in zip(axes, (xs[column], ys[row]), strict=True):
                dial.blocks(one)[dial.layer][dial.place] = value
            data = recipe.dataset
            assert found[row, column] == mean_cost(recipe.network, one, data.x, data.y)


def test_the_ground_is_worked_out_once_for_all_who_stand_on_it(replay: Replay) -> None:
    length = len(Lab(XOR).moments)
    walked = [surface(replay, numbers_at(replay, length + place), ACROSS, UP, 2) for place in range(3)]
    other = surface(Replay(), numbers_at(Replay(), length + 2), ACROSS, UP, 2)
    assert all(one.costs is walked[0].costs for one in (*walked, other))


@pytest.mark.parametrize(
    ("zoom", "across", "up"),
    [
        (0, (8.25, 14.25), (2.25, 8.25)),  # around 11.4 and 5, to the nearest 0.75
        (1, (6.0, 18.0), (-1.5, 10.5)),  # to the nearest 1.5
        (-1, (11.25, 14.25), (3.375, 6.375)),  # around the end, 12.8 and 5, to the nearest 0.375
    ],
)
def test_a_window_is_three_doubled_until_the_path_takes_eight_tenths_of_it_and_on_its_lattice(
    zoom: int, across: tuple[float, float], up: tuple[float, float]
) -> None:
    path = [(10.0, 5.0), (12.8, 5.0)]  # 2.8 are more than eight tenths of 3, and less than those of 6
    found = axes_around(path, zoom)
    assert [(axis[0], axis[-1]) for axis in found] == [pytest.approx(across), pytest.approx(up)]
    assert axes_around([spot[::-1] for spot in path], zoom)[1] == pytest.approx(found[0])


@pytest.mark.parametrize("zoom", range(NARROWEST, WIDEST + 1))
def test_around_a_huge_dial_a_range_is_wide_enough_for_places_in_it_to_differ(zoom: int) -> None:
    for path in ([(1e12, 0.0)], [(0.0, -1e12)]):
        for axis in axes_around(path, zoom):
            assert 1e-9 * 1e12 <= np.ptp(axis) / 2 < 2e-9 * 1e12  # and it is no wider than that asks for


def test_the_range_can_be_made_smaller_and_larger(replay: Replay) -> None:
    narrow, usual, wide = (
        np.ptp(surface(replay, numbers_at(replay, 3), ACROSS, UP, zoom).xs) for zoom in (NARROWEST, 0, WIDEST)
    )
    assert narrow < usual < wide


def test_nobody_can_write_on_the_ground_that_is_remembered(replay: Replay) -> None:
    costs = surface(replay, numbers_at(replay, len(Lab(XOR).moments)), ACROSS, UP, 0).costs
    with pytest.raises(ValueError, match="read-only"):
        costs[0, 0] = 0.0
