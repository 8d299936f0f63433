"""The cost over a run: true numbers, in slices, remembered once, and stopping where it should."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from app.analysis.history import SLICE, Goal, History, Slice, cost_held_back, cost_of, diverged, measure
from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay

XOR = Recipe(data="xor", hidden=(3,), optimiser="momentum", eta=0.1, batch=2)
BOWL = Recipe(
    data="article", hidden=(), output="linear", cost="quadratic", batch=4, eta=90.0, initialiser="normal"
)


class Ticking:
    """A clock that moves on by a part of a slice each time it is read."""

    def __init__(self, parts: int) -> None:
        self.ticks, self.parts = count(), parts

    def __call__(self) -> float:
        return next(self.ticks) * SLICE / self.parts


def true_cost(recipe: Recipe, iteration: int) -> float:
    dials = recipe.with_typed_dials(Replay().start(recipe, iteration).parameters, iteration)
    return mean_cost(recipe.network, dials, recipe.dataset.x, recipe.dataset.y)


def test_every_cost_is_the_one_of_its_iteration_also_across_changes() -> None:
    recipe = Recipe(**{**vars(XOR), "changes": (Change(3, "eta", 0.4), Change(5, "w-1-2-1", 2.0))})
    history = History(Replay(), Ticking(10**6))
    assert history.extend(recipe, 9)
    assert list(history.known(recipe))[:10] == [true_cost(recipe, iteration) for iteration in range(10)]


def test_every_length_is_that_of_the_gradient_of_its_own_batch() -> None:
    history = History(Replay())
    assert history.extend(XOR, 7, "length")
    for iteration, found in enumerate(history.known(XOR, "length")):
        lab = Lab(XOR, 0)
        done = Replay().numbers(Lab(XOR, (iteration + 1) * len(lab.moments) - 1))
        assert found == pytest.approx(
            math.sqrt(sum(float((block**2).sum()) for block in done.backward.nabla.blocks()))
        )
    assert not history.walked(XOR, 0)
    assert history.walked(XOR, 7, "length")


def test_a_slice_ends_and_the_next_one_goes_on_where_it_ended() -> None:
    history = History(Replay(), Ticking(4))
    assert not history.extend(XOR, 20)
    known = len(history.known(XOR))
    assert 0 < known < 21
    while not history.extend(XOR, 20):
        assert len(history.known(XOR)) > known
        known = len(history.known(XOR))
    assert len(history.known(XOR)) == 21


def test_a_run_reaches_its_target_slice_by_slice() -> None:
    history, at, slices = History(Replay(), Ticking(5)), 0, 0
    while True:
        ran = history.run(XOR, at, 30, Goal())
        assert ran.iteration > at
        at, slices = ran.iteration, slices + 1
        if ran.end == "done":
            break
        assert ran.end == "more"
    assert at == 30
    assert slices > 3


def test_a_run_from_the_start_notes_its_costs_and_one_from_the_middle_leaves_no_gap() -> None:
    history = History(Replay())
    history.extend(XOR, 0)
    history.run(XOR, 0, 5, Goal())
    assert len(history.known(XOR)) == 6
    history.run(XOR, 8, 9, Goal())
    assert len(history.known(XOR)) == 6


def test_a_run_notes_each_cost_with_the_dials_that_were_typed_in_for_it() -> None:
    recipe = Recipe(**{**vars(XOR), "changes": (Change(2, "w-1-2-1", 2.0), Change(4, "b-1-1", -3.0))})
    history = History(Replay())
    history.extend(recipe, 0)
    history.run(recipe, 0, 5, Goal())
    assert history.known(recipe) == pytest.approx([true_cost(recipe, at) for at in range(6)], rel=1e-12)


def test_a_run_stops_at_the_first_cost_below_the_wanted_one() -> None:
    ran = History(Replay(), Ticking(10**6)).run(XOR, 0, 500, Goal(below=0.5))
    assert ran.end == "below"
    assert true_cost(XOR, ran.iteration) < 0.5
    assert all(true_cost(XOR, iteration) >= 0.5 for iteration in range(1, ran.iteration))


def test_a_diverging_run_stops_at_its_last_finite_place() -> None:
    history = History(Replay(), Ticking(10**6))
    ran = history.run(BOWL, 0, 1000, Goal())
    assert ran.end == "diverged"
    assert math.isfinite(true_cost(BOWL, ran.iteration))
    assert history.run(BOWL, ran.iteration, 1000, Goal()) == ran


def test_costs_end_with_infinity_where_a_run_diverged_and_are_complete_then() -> None:
    history = History(Replay(), Ticking(10**6))
    assert history.extend(BOWL, 1000)
    costs = history.known(BOWL)
    assert diverged(costs)
    assert len(costs) < 1000
    assert all(math.isfinite(cost) for cost in costs[:-1])


@pytest.mark.parametrize("costs", [[], [1.0], [math.inf, 1.0]])
def test_only_an_infinite_last_cost_means_diverged(costs: list[float]) -> None:
    from array import array

    assert not diverged(array("d", costs))


def test_a_run_whose_cost_is_low_already_is_none() -> None:
    for begin, known in ((3, 0), (3, 5), (0, 0)):
        history = History(Replay(), Ticking(10**6))
        history.extend(XOR, known)
        low = true_cost(XOR, begin) * 1.01
        assert history.run(XOR, begin, 500, Goal(below=low)) == Slice(begin, "already")


def test_without_examples_held_back_their_cost_is_no_number() -> None:
    assert math.isnan(cost_held_back(XOR, 0, Replay().start(XOR, 0).parameters))


def test_the_cost_of_examples_held_back_is_their_own() -> None:
    recipe = PRESETS["circle"]
    data, dials = recipe.dataset, Replay().start(recipe, 3).parameters
    assert cost_held_back(recipe, 3, dials) == mean_cost(recipe.network, dials, data.x_test, data.y_test)


def test_a_cost_that_is_just_the_wanted_one_is_not_below_it() -> None:
    costs = [true_cost(XOR, at) for at in range(12)]
    for at in (0, 3):
        assert History(Replay(), Ticking(10**6)).run(XOR, at, at + 1, Goal(below=costs[at])).end != "already"
    lowest = min(range(1, 12), key=costs.__getitem__)  # the first that is as low as that
    ran = History(Replay(), Ticking(10**6)).run(XOR, 0, lowest, Goal(below=costs[lowest]))
    assert ran == Slice(lowest, "done")


def test_a_measure_is_infinite_where_dials_or_cost_are_no_numbers() -> None:
    start = Replay().start(XOR, 0)
    dials = start.parameters.map(np.copy)
    dials.b[1][:] = math.inf  # tanh says 1, and the cost is a number
    assert math.isfinite(cost_of(XOR, 0, dials))
    assert measure(XOR, 0, replace(start, parameters=dials)) == math.inf
    line = replace(XOR, output="linear", cost="quadratic", optimiser="descent")
    dials.b[1][:], dials.w[2][:] = 0.0, 1e200  # all dials are numbers, and the cost is none
    assert dials.finite()
    assert measure(line, 0, replace(start, parameters=dials)) == math.inf
