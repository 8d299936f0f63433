"""A race: runs that differ in one choice and can all be cooked, worked out side by side."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.history import History, cost_of
from app.analysis.race import LEG, MOST, RACES, advance, first_errors, usual_race
from app.engine.backprop import backward, forward
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Replay
from app.lab.rules import problems
from app.web.recipe_form import from_fields
from tests.lab.recipes import recipes

XOR = PRESETS["xor"]
VARIED = {
    "eta": {"eta", "changes"},
    "optimiser": {"optimiser"},
    "activation": {"activation"},
    "depth": {"hidden", "parameters", "changes"},
    "regulariser": {"regulariser", "decay"},
}


@given(recipes(with_changes=True), st.sampled_from(sorted(RACES)))
def test_up_to_four_runs_that_can_be_cooked_differ_from_this_one_in_one_choice(
    recipe: Recipe, kind: str
) -> None:
    runs = RACES[kind](recipe)
    gone = {"activation"} if kind == "depth" and "," in recipe.activation else set()  # with its own layer
    assert recipe in runs
    assert 1 <= len(set(runs)) == len(runs) <= MOST
    for run in runs:
        assert problems(run) == []
        assert from_fields({name: [text] for name, text in run.as_fields().items()}) == run
        assert {name for name, value in vars(run).items() if value != vars(recipe)[name]} <= VARIED[
            kind
        ] | gone


def test_a_race_of_learning_rates_takes_a_third_three_times_and_ten_times() -> None:
    assert [run.eta for run in RACES["eta"](Recipe(eta=0.3))] == [0.1, 0.3, 0.9, 3.0]
    assert [run.eta for run in RACES["eta"](Recipe(eta=20.0))] == [6.67, 20.0, 60.0]
    later = RACES["eta"](Recipe(eta=0.3, changes=(Change(5, "eta", 12.0), Change(5, "example", 2.0))))
    assert [run.changes for run in later] == [
        (Change(5, "eta", value), Change(5, "example", 2.0)) for value in (4.0, 12.0, 36.0)
    ]


@pytest.mark.parametrize(
    ("hidden", "raced"),
    [
        ((), [(), (3,), (3, 3), (3, 3, 3)]),
        ((4,), [(), (4,), (4, 4), (4, 4, 4)]),
        ((4, 2), [(4,), (4, 2), (4, 2, 2), (4, 2, 2, 2)]),
        ((3,) * 6, [(3,) * 3, (3,) * 4, (3,) * 5, (3,) * 6]),
    ],
)
def test_a_race_of_depths_has_one_layer_less_and_more(hidden: tuple, raced: list) -> None:
    assert [run.hidden for run in RACES["depth"](replace(XOR, hidden=hidden))] == raced


def test_dials_that_were_given_do_not_fit_another_depth_and_stay_with_this_run() -> None:
    given_dials = PRESETS["lazy"]
    runs = RACES["depth"](given_dials)
    assert [run.parameters is None for run in runs] == [True, False, True, True]


def test_a_race_with_and_without_l2() -> None:
    def pulls(recipe: Recipe) -> list[tuple[str, float]]:
        return [(run.regulariser, run.decay) for run in RACES["regulariser"](recipe)]

    assert (
        pulls(PRESETS["overfit"]) == [("none", 0.0), ("l2", 0.1), ("l2", 1.0)] == pulls(PRESETS["overfit-l2"])
    )
    held = replace(XOR, regulariser="l1", decay=0.02)
    assert pulls(held) == [("none", 0.0), ("l2", 0.002), ("l2", 0.02), ("l1", 0.02)]
    assert pulls(replace(XOR, regulariser="l2", decay=0.0)) == [("none", 0.0), ("l2", 0.0)]


def test_an_activation_that_is_not_among_the_first_takes_the_last_lane() -> None:
    assert [run.activation for run in RACES["activation"](replace(XOR, activation="linear"))] == [
        "sigmoid",
        "tanh",
        "relu",
        "linear",
    ]
    alone = replace(XOR, hidden=())
    assert RACES["activation"](alone) == [alone]


def test_the_usual_race_is_of_learning_rates_in_a_deep_network_of_activations() -> None:
    assert [usual_race(PRESETS[key]) for key in ("and", "circle", "vanishing")] == [
        "eta",
        "eta",
        "activation",
    ]


def test_all_runs_of_a_race_are_worked_out_side_by_side_and_their_costs_are_their_own() -> None:
    runs, history = RACES["optimiser"](XOR), History(Replay(), (tick / 100 for tick in count()).__next__)
    while not advance(history, runs, "cost", 300):
        lengths = [len(history.known(run)) for run in runs]
        assert max(lengths) - min(lengths) <= LEG
    for run in runs:
        assert history.known(run)[30] == cost_of(run, 30, Replay().start(run, 30).parameters)


def test_a_run_that_diverges_holds_nobody_up() -> None:
    runs, history = RACES["eta"](PRESETS["overshoot"]), History(Replay())
    while not advance(history, runs, "cost", 300):
        pass
    assert [np.isinf(history.known(run)[-1]) for run in runs] == [False, False, True, True]


def test_the_first_errors_are_those_of_the_readable_way_and_shrink_in_sigmoid_layers() -> None:
    recipe = PRESETS["vanishing"]
    found = first_errors(Replay(), recipe)
    x, y = (part[:, recipe.examples_at(0)] for part in (recipe.dataset.x, recipe.dataset.y))
    dials = recipe.first_parameters()
    truth = backward(recipe.network, dials, forward(recipe.network, dials, x), y).delta
    assert found == {layer: pytest.approx(np.abs(rows).mean()) for layer, rows in truth.items()}
    assert all(below < above for below, above in pairwise(found[layer] for layer in sorted(found)))
    wild = replace(
        recipe,
        parameters=tuple(1e200 for _ in recipe.first_parameters().vector()),
        output="linear",
        cost="quadratic",
        activation="linear",
    )
    assert first_errors(Replay(), wild) == {}


def test_rates_are_raced_up_to_the_largest_one_that_is_allowed_and_told_in_three_digits() -> None:
    assert [run.eta for run in RACES["eta"](Recipe(eta=10.0))] == [3.33, 10.0, 30.0, 100.0]
    later = RACES["eta"](Recipe(eta=0.3, changes=(Change(5, "eta", 10.0),)))
    assert [run.changes[0].value for run in later] == [3.33, 10.0, 30.0, 100.0]


def test_rates_and_examples_that_were_chosen_go_along_into_other_depths_and_dials_do_not() -> None:
    kept = (Change(2, "eta", 0.5), Change(3, "example", 2.0))
    recipe = replace(XOR, hidden=(3,), changes=(Change(1, "w-1-1-1", 0.25), *kept))
    assert [run.changes for run in RACES["depth"](recipe)] == [kept, recipe.changes, kept, kept]


def test_a_usual_l2_takes_a_twentieth_in_one_digit_and_a_tenth_of_a_chosen_one_is_told_in_three() -> None:
    def decays(recipe: Recipe) -> list[float]:
        return [run.decay for run in RACES["regulariser"](recipe)]

    assert decays(Recipe(eta=0.3)) == [0.0, 0.02, 0.2]  # 0.05 / 0.3 = 0.1667
    assert decays(Recipe(regulariser="l2", decay=0.12345)) == [0.0, 0.0123, 0.12345]


def test_from_four_hidden_layers_on_activations_are_raced() -> None:
    assert [usual_race(Recipe(hidden=(3,) * layers)) for layers in (0, 3, 4, 5)] == [
        "eta",
        "eta",
        "activation",
        "activation",
    ]


class Watched(History):
    """Note how far each run has come after each leg."""

    def __init__(self, clock) -> None:
        super().__init__(Replay(), clock)
        self.legs = []

    def extend(self, recipe: Recipe, iteration: int, what: str = "cost") -> bool:
        done = super().extend(recipe, iteration, what)
        self.legs.append((recipe.optimiser, len(self.known(recipe, what))))
        return done


def test_the_run_that_is_farthest_behind_goes_twenty_iterations_on_and_none_beyond_the_last() -> None:
    runs, history = RACES["optimiser"](XOR)[:2], Watched(lambda: 0.0)
    assert advance(history, runs, "cost", 50)
    first, second = (run.optimiser for run in runs)
    assert history.legs == [(key, length) for length in (20, 40, 51) for key in (first, second)]


def test_a_slice_that_is_over_ends_the_work_and_not_all_runs_are_known_then() -> None:
    runs, history = RACES["optimiser"](XOR)[:2], Watched(count().__next__)  # a second passes at each look
    history.extend(runs[1], 0)
    history.note(runs[1], 0, 0.5)
    assert history.walked(runs[1], 0)
    assert not advance(history, runs, "cost", 0)
    assert len(history.legs) == 2  # the test's own, and one of the race's


def test_the_first_errors_are_there_although_the_first_step_leaps_beyond_all_numbers() -> None:
    """ŷ = 1e153·x₁ for the four corners, two of which have x₁ = 1: mean |δ| = (1e153 + 1e153 + 0 + 1) / 4."""
    leap = Recipe(
        data="xor",
        hidden=(),
        output="linear",
        cost="quadratic",
        batch=4,
        eta=100.0,
        parameters=(1e153, 0.0, 0.0),
    )
    with pytest.raises(Diverged):
        Replay().numbers(Lab(leap, len(Lab(leap).moments) - 1))
    assert first_errors(Replay(), leap) == {1: pytest.approx(5e152)}
