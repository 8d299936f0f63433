"""When something is learned, and where a run until then ends by itself: learned, still, diverged, or after so
many iterations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.goal import EPOCHS, MARGIN, MOST, WINDOW, learned, margins, stands_still, why_stuck
from app.analysis.history import LOOK, Goal, History, Slice
from app.datasets.tables import DATASETS
from app.engine.backprop import forward
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Parameters
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay

REPLAY = Replay()
LEARNED = Goal(learned=True)
BOWL = Recipe(
    data="article", hidden=(), output="linear", cost="quadratic", batch=4, eta=90.0, initialiser="normal"
)


def still() -> float:
    return 0.0


def run(recipe: Recipe, target: int = MOST, begin: int = 0) -> Slice:
    """Run to the end in one slice: the clock stands still."""
    return History(Replay(), still).run(recipe, begin, target, LEARNED)


def dials_at(recipe: Recipe, iteration: int) -> Parameters:
    return recipe.with_typed_dials(REPLAY.start(recipe, iteration).parameters, iteration)


def right_by(recipe: Recipe, iteration: int) -> float:
    """Return by how much the worst answer is right, worked out example by example."""
    data = recipe.dataset
    a = forward(recipe.network, dials_at(recipe, iteration), data.x).a[recipe.network.last]
    found = []
    for said, wanted in zip(a.T.tolist(), data.y.T.tolist(), strict=True):
        if data.one_hot:
            at = wanted.index(1.0)
            found.append(said[at] - max(said[:at] + said[at + 1 :]))
        else:
            found.append(min(s - 0.5 if w else 0.5 - s for s, w in zip(said, wanted, strict=True)))
    return min(found)


@pytest.mark.parametrize("key", ["and", "xor", "article", "half-adder", "digits", "circle", "overfit"])
def test_a_run_ends_where_all_is_learned_by_a_margin_and_not_before(key: str) -> None:
    recipe = PRESETS[key]
    ran = run(recipe)
    assert ran.end == "learned"
    assert right_by(recipe, ran.iteration) >= MARGIN
    assert all(right_by(recipe, at) < MARGIN for at in range(max(0, ran.iteration - 60), ran.iteration))
    assert learned(recipe, dials_at(recipe, ran.iteration))
    assert run(recipe, begin=ran.iteration) == ran  # there is nothing to run


@pytest.mark.parametrize(
    ("key", "why"), [("stuck", "alike"), ("dead", "silent"), ("overshoot", "risen"), ("vanishing", "")]
)
def test_a_run_whose_cost_stands_still_ends_and_says_why_where_that_is_plain(key: str, why: str) -> None:
    recipe = PRESETS[key]
    ran = run(recipe)
    assert ran.end == "still"
    assert ran.iteration % LOOK == 0
    assert why_stuck(recipe, dials_at(recipe, ran.iteration)) == why
    costs = [
        mean_cost(recipe.network, dials_at(recipe, at), recipe.dataset.x, recipe.dataset.y)
        for at in (0, ran.iteration)
    ]
    assert (costs[1] > costs[0]) == (why == "risen")


def test_a_run_that_diverges_ends_before_it() -> None:
    ran = run(BOWL)
    assert ran.end == "diverged"
    assert dials_at(BOWL, ran.iteration).finite()


@pytest.mark.walk
def test_a_run_that_is_still_on_its_way_after_five_thousand_iterations_ends_there() -> None:
    assert MOST == 5_000
    slow = replace(PRESETS["and"], eta=0.01)
    assert run(slow) == Slice(5_000, "done")


def test_a_run_until_learned_goes_on_slice_by_slice_and_first_works_out_what_lies_before_it() -> None:
    recipe, ticks = PRESETS["xor"], iter(range(10**9))
    history = History(Replay(), lambda: next(ticks) * 0.02)
    whole, at, slices = run(recipe), 0, 0
    while (ran := history.run(recipe, at, MOST, LEARNED)).end == "more":
        assert ran.iteration >= at
        at, slices = ran.iteration, slices + 1
    assert (ran, slices > 3) == (whole, True)
    assert len(history.known(recipe)) == ran.iteration + 1
    middle = History(Replay(), lambda: next(ticks) * 0.02)
    assert middle.run(recipe, 30, MOST, LEARNED) == Slice(30, "more")
    assert 0 < len(middle.known(recipe)) <= 30


def test_a_slice_takes_no_more_iterations_than_it_is_asked_for() -> None:
    assert History(Replay(), still).run(PRESETS["xor"], 0, MOST, LEARNED, most=3) == Slice(3, "more")


def test_numbers_are_never_learned_and_end_where_they_stand_still() -> None:
    line = replace(PRESETS["overshoot"], eta=0.1)
    assert not learned(line, dials_at(line, 500))
    assert margins(line.dataset, line.dataset.y, line.dataset.y) is None
    ran = run(line)
    assert (ran.end, why_stuck(line, dials_at(line, ran.iteration))) == ("still", "")


def test_a_margin_is_how_far_the_worst_output_is_on_its_side() -> None:
    adder = DATASETS["half-adder"]
    outputs = np.where(adder.y == 1, 0.8, 0.3)
    outputs[0, 1] = 0.9 if adder.y[0, 1] == 0 else 0.1
    found = margins(adder, adder.y, outputs)
    assert found[1] == pytest.approx(-0.4)
    assert np.delete(found, 1) == pytest.approx([0.2] * 3)


def test_one_of_several_is_right_by_what_it_is_louder_than_the_next() -> None:
    digits = DATASETS["digits"]
    outputs = np.where(digits.y == 1, 0.5, 0.2)
    outputs[int(digits.y[:, 3].argmax()) - 1, 3] = 0.7
    found = margins(digits, digits.y, outputs)
    assert found[3] == pytest.approx(-0.2)
    assert np.delete(found, 3) == pytest.approx([0.3] * 9)
    outputs[0, 5] = np.nan
    assert np.isnan(margins(digits, digits.y, outputs)[5])


def test_a_cost_stands_still_when_over_a_window_its_lowest_hardly_fell() -> None:
    flat = [0.7] * (2 * WINDOW + 1)
    assert stands_still(flat, rows=4, batch=1)
    assert not stands_still(flat[:-1], rows=4, batch=1)  # too short to tell
    falling = [0.7 * 0.99999**at for at in range(2 * WINDOW + 1)]
    assert not stands_still(falling, rows=4, batch=1)
    zigzag = [0.7 + 0.2 * (at % 2) for at in range(2 * WINDOW + 1)]
    assert stands_still(zigzag, rows=4, batch=1)
    dropped = [*flat[:-1], 0.6]
    assert not stands_still(dropped, rows=4, batch=1)
    assert stands_still([0.0] * len(flat), rows=4, batch=1)  # lower than that there is nothing
    assert not stands_still(flat, rows=100, batch=3)  # of many examples a window is longer
    assert stands_still([0.7] * (2 * EPOCHS * 34 + 1), rows=100, batch=3)


def test_one_neuron_is_not_alike_and_softmax_is_not_silent() -> None:
    single = Recipe(data="xor", hidden=(1,), activation="sigmoid")
    assert why_stuck(single, single.first_parameters()) == ""


def test_a_cost_that_fell_long_ago_stands_still() -> None:
    fell = [0.7] * WINDOW + [0.6] * (3 * WINDOW)
    assert stands_still(fell, rows=4, batch=1)


def test_a_layer_is_silent_only_where_nobody_reacts_to_anything() -> None:
    recipe = Recipe(data="and", hidden=(2,), activation="relu", output="linear", cost="quadratic")
    silent = replace(recipe, parameters=(1.0, 1.0, 1.0, 1.0, -3.0, -4.0, 0.0, 0.0, 0.0))
    assert why_stuck(silent, silent.first_parameters()) == "silent"  # at the most 1 + 1 − 3 goes in
    one = replace(recipe, parameters=(1.0, 1.0, 1.0, 1.0, -1.0, -4.0, 0.0, 0.0, 0.0))
    assert why_stuck(one, one.first_parameters()) == ""  # the first one reacts, to (1, 1)
