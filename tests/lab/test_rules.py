"""What a recipe may be: every choice that does not go together is found, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from app import limits
from app.datasets.own import own_from
from app.datasets.tables import DATASETS
from app.lab.recipe import Change, Recipe
from app.lab.rules import fitting, problems, sensible
from tests.lab.recipes import recipes

SMALL = Recipe(data="and", hidden=(3,))  # 2-3-1, four examples


@given(recipe=recipes(with_changes=True))
def test_a_recipe_that_goes_together_has_no_problem(recipe):
    assert problems(recipe) == []


@pytest.mark.parametrize("activation", ["softmax", "tanh,softmax"])
def test_softmax_is_no_hidden_activation(activation):
    recipe = Recipe(hidden=(2, 2), activation=activation)
    assert problems(recipe) == [("activation", "hidden-softmax", {})]


@pytest.mark.parametrize("data", ["and", "or", "xor", "article"])
def test_softmax_of_a_single_output_would_always_say_one(data):
    recipe = Recipe(data=data, output="softmax")
    assert problems(recipe) == [("output", "softmax-alone", {"data": recipe.dataset.name})]


def test_softmax_needs_targets_of_which_exactly_one_is_right():
    found = problems(Recipe(data="half-adder", output="softmax"))
    assert found == [("output", "softmax-not-one-hot", {"data": "Half adder"})]
    assert problems(Recipe(data="digits", output="softmax")) == []


@pytest.mark.parametrize("output", ["tanh", "relu", "leaky-relu", "linear"])
def test_cross_entropy_needs_an_output_between_0_and_1(output):
    found = problems(Recipe(output=output, cost="cross-entropy"))
    assert found == [("cost", "cost-needs-shares", {"output": output})]
    assert problems(Recipe(output=output, cost="quadratic")) == []


def test_a_batch_cannot_be_larger_than_the_data():
    assert problems(Recipe(batch=4)) == []
    assert problems(Recipe(batch=5)) == [("batch", "batch-too-large", {"data": "AND", "rows": 4})]


def test_a_batch_cannot_hold_what_is_kept_for_the_test():
    fitting = {"output": "sigmoid", "cost": "cross-entropy"}
    assert problems(Recipe(data="circle", size=50, batch=40, **fitting)) == []
    found = problems(Recipe(data="circle", size=50, batch=41, **fitting))
    assert found == [("batch", "batch-too-large-held", {"data": "Circle", "rows": 40})]
    whole = problems(Recipe(data="circle", size=50, batch=51, test=0.0, **fitting))
    assert whole == [("batch", "batch-too-large", {"data": "Circle", "rows": 50})]


@pytest.mark.parametrize("output", ["sigmoid", "linear"])
def test_cross_entropy_cannot_judge_targets_that_are_no_shares(output):
    found = problems(Recipe(data="step", noise=0.0, output=output))
    facts = {"data": "Step", "low": "−0.5", "high": "0.5"}
    assert found == [("cost", "cost-needs-small-targets", facts)]
    assert problems(Recipe(data="step", output=output, cost="quadratic")) == []


def test_targets_above_one_are_no_shares_either():
    (found,) = problems(Recipe(data="bump", noise=0.5))
    assert found.why == "cost-needs-small-targets"


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ("xor", ("sigmoid", "cross-entropy")),
        ("half-adder", ("sigmoid", "cross-entropy")),
        ("moons", ("sigmoid", "cross-entropy")),
        ("digits", ("softmax", "cross-entropy")),
        ("sine", ("linear", "quadratic")),
        ("step", ("linear", "quadratic")),
    ],
)
def test_what_fits_some_data_has_no_problem(data, fits):
    recipe = Recipe(data=data)
    assert fitting(recipe.dataset) == fits
    assert problems(replace(recipe, output=fits[0], cost=fits[1])) == []


def test_every_problem_is_told_and_not_only_the_first():
    recipe = Recipe(activation="softmax", output="softmax", batch=9, changes=(Change(0, "b-9-9", 0.0),))
    assert [problem.field for problem in problems(recipe)] == ["activation", "output", "batch", "changes"]


def test_every_change_that_cannot_be_is_told():
    changes = (Change(0, "eta", 0.5), Change(1, "mood", 1.0), Change(2, "w-7-1-1", 1.0))
    assert problems(Recipe(changes=changes)) == [
        ("changes", "change-unknown", {"what": "mood"}),
        ("changes", "change-unknown", {"what": "w-7-1-1"}),
    ]


@pytest.mark.parametrize(
    "change",
    [
        (0, "eta", 1e-9),
        (0, "eta", 100.0),
        (19_999, "eta", 1.0),
        (0, "example", 1.0),
        (0, "example", 4.0),
        (0, "example", 2),
        (0, "w-1-1-1", 0.0),
        (0, "w-1-3-2", -1e6),
        (0, "w-2-1-3", 1e6),
        (0, "b-1-3", 5.0),
        (0, "b-2-1", -0.5),
    ],
)
def test_a_change_within_the_limits_is_sensible(change):
    assert sensible(SMALL, Change(*change))


@pytest.mark.parametrize(
    "change",
    [
        (-1, "eta", 0.5),
        (20_000, "eta", 0.5),
        (0, "eta", 0.0),
        (0, "eta", -1.0),
        (0, "eta", 100.1),
        (0, "example", 0.0),
        (0, "example", 5.0),
        (0, "example", 1.5),
        (0, "example", -1.0),
        (0, "w-1-4-1", 0.0),
        (0, "w-1-1-3", 0.0),
        (0, "w-2-2-1", 0.0),
        (0, "w-3-1-1", 0.0),
        (0, "w-0-1-1", 0.0),
        (0, "w-1-0-1", 0.0),
        (0, "w-1-1-0", 0.0),
        (0, "b-1-4", 0.0),
        (0, "b-2-2", 0.0),
        (0, "b-0-1", 0.0),
        (0, "w-1-1", 0.0),
        (0, "b-1-1-1", 0.0),
        (0, "w-1-1-1-1", 0.0),
        (0, "b-1", 0.0),
        (0, "w-1-1-1", 1.1e6),
        (0, "b-1-1", -1.1e6),
        (0, "", 0.5),
        (0, "seed", 1.0),
        (0, "Eta", 0.5),
        (0, "w", 0.0),
        (0, "b-1-1 ", 0.0),
        (0, "b-1-1\n", 0.0),
        (0, "w--1-1-1", 0.0),
        (0, "w-1-1-x", 0.0),
    ],
)
def test_a_change_outside_the_limits_is_not(change):
    assert not sensible(SMALL, Change(*change))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("what", ["eta", "example", "w-1-1-1", "b-2-1"])
def test_what_is_no_number_is_not_sensible(what, value):
    assert not sensible(SMALL, Change(0, what, value))


@pytest.mark.parametrize("what", ["w-01-1-1", "b-1-03", "b-1-" + 5000 * "1", "w-1-1-" + 5000 * "9", "b-١-1"])
def test_a_dial_has_one_spelling_and_a_monstrous_one_is_no_dial(what):
    assert not sensible(SMALL, Change(0, what, 0.5))


def test_dials_of_the_largest_network_can_be_named():
    recipe = Recipe(data="digits", hidden=(limits.NEURONS,) * limits.HIDDEN_LAYERS, output="softmax")
    assert problems(recipe) == []
    assert sensible(recipe, Change(0, f"w-6-{limits.NEURONS}-{limits.NEURONS}", 0.5))
    assert sensible(recipe, Change(0, "w-7-10-16", 0.5))
    assert not sensible(recipe, Change(0, "w-7-11-16", 0.5))


def test_the_limits_are_those_that_were_promised():
    assert (limits.HIDDEN_LAYERS, limits.NEURONS, limits.INPUTS, limits.OUTPUTS) == (6, 16, 16, 10)
    assert (limits.ROWS, limits.BODY_BYTES, limits.ITERATIONS, limits.CHANGES) == (500, 65_536, 20_000, 200)
    assert (limits.ETA, limits.DECAY, limits.SEED, limits.DIAL) == (100.0, 10.0, 4_294_967_295, 1_000_000.0)


@pytest.mark.parametrize("key", DATASETS)
def test_every_data_set_is_within_the_limits(key):
    x, y = DATASETS[key].x, DATASETS[key].y
    assert len(x) <= limits.INPUTS
    assert len(y) <= limits.OUTPUTS
    assert DATASETS[key].rows <= limits.ROWS


@pytest.mark.parametrize(
    ("recipe", "field", "why"),
    [
        (Recipe(hidden=(2,), activation="tanh,relu,sine"), "activation", "activation-count"),
        (Recipe(hidden=(2,), activation="tanh,relu"), "activation", "activation-count"),
        (Recipe(hidden=(), biases=False, parameters=(1.0, 2.0, 3.0)), "parameters", "no-biases"),
        (Recipe(held=("b-1-1", "eta")), "held", "held-mark"),
        (Recipe(biases=False, changes=(Change(0, "b-1-1", 1.0),)), "changes", "change-unknown"),
    ],
)
def test_what_a_network_of_a_book_cannot_be_is_told(recipe: Recipe, field: str, why: str) -> None:
    assert [(problem.field, problem.why) for problem in problems(recipe)] == [(field, why)]


def test_each_layer_may_have_its_activation_and_targets_may_be_shares() -> None:
    assert problems(Recipe(hidden=(2, 2), activation="tanh,relu", held=("w-9-9-9",))) == []
    assert Recipe(hidden=(2, 2, 2), activation="tanh,relu").activations == ("tanh", "relu", "relu")


@pytest.mark.parametrize(("activation", "named"), [("tanh,relu", 2), ("tanh,relu,sine", 3)])
def test_how_many_activations_are_named_for_how_many_layers_is_told(activation: str, named: int) -> None:
    found = problems(Recipe(hidden=(2,), activation=activation))
    assert found == [("activation", "activation-count", {"named": named, "layers": 1})]


def with_targets(*targets: float) -> Recipe:
    own = own_from({"inputs": [[0.5]] * len(targets), "targets": [[target] for target in targets]})
    return Recipe(data=own.key, own=own, test=0.0)


@pytest.mark.parametrize(
    ("targets", "low", "high"),
    [
        ((0.0, 1.5), "0", "1.5"),
        ((1.0, 0.0, 2.0), "0", "2"),
        ((-0.5, 1.0), "−0.5", "1"),
        ((1.5,), "1.5", "1.5"),
    ],
)
def test_one_target_beyond_0_and_1_is_enough_to_be_no_share(targets, low, high) -> None:
    recipe = with_targets(*targets)
    facts = {"data": "Own data", "low": low, "high": high}
    assert problems(recipe) == [("cost", "cost-needs-small-targets", facts)]
    assert problems(replace(recipe, cost="quadratic")) == []


def test_targets_up_to_0_and_1_themselves_are_shares() -> None:
    assert problems(with_targets(0.0, 0.25, 1.0)) == []


@pytest.mark.parametrize("at", [4, 5, 8])
def test_one_given_bias_is_too_much_for_a_network_without_biases(at: int) -> None:
    dials = [1.0] * 4 + [0.0] * 2 + [1.0] * 2 + [0.0]  # 2-2-1: w⁽¹⁾, b⁽¹⁾, w⁽²⁾, b⁽²⁾
    recipe = Recipe(hidden=(2,), biases=False, parameters=tuple(dials))
    assert problems(recipe) == []
    dials[at] = 0.5
    assert problems(replace(recipe, parameters=tuple(dials))) == [("parameters", "no-biases", {})]
