"""Recipes worth opening: they go together, open lively and reach their goal."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import RandomState

from app.engine.backprop import forward
from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import DEFAULT, PRESETS, on_paper
from app.lab.replay import Replay
from app.lab.rules import problems
from tests.lab.longhand import Page

REACH_THEIR_GOAL = [
    "and",
    "xor",
    "article",
    "half-adder",
    "digits",
    "circle",
]  # a later one may be there to get stuck

AND = [([1, 1], [1]), ([0, 1], [0]), ([1, 0], [0]), ([0, 0], [0])]
XOR = [([0, 1], [1]), ([1, 1], [0]), ([1, 0], [1]), ([0, 0], [0])]
CHANCE = RandomState(2)
ACROSS = CHANCE.uniform(-1, 1, 20).tolist()
ASIDE = CHANCE.standard_normal(20).tolist()
LINE = [([x], [0.8 * x + 0.1 * noise]) for x, noise in zip(ACROSS, ASIDE, strict=True)]

PAGES = {  # of every preset with given dials
    "textbook": Page(
        [([0.05, 0.10], [0.01, 0.99])],
        [([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35]), ([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60])],
        eta=0.5,
        biases=False,
    ),
    "lazy": Page(XOR, [([[1.5, 2.2], [-1, -0.85]], [0, 0]), ([[0.2, -1.5]], [0])]),
    "reverse": Page(XOR, [([[0, 2.2], [0, 0.4], [0, -0.85]], [0, 0, 0]), ([[0.2, -0.9, 1.8]], [0])]),
    "twins": Page(XOR, [([[1, -2.2], [-1, 2.2]], [0, 0]), ([[0.7, 0.7]], [0])]),
    "ear-muffs": Page(
        AND,
        [([[0.5, -0.4], [4, 4.5], [0.3, 0.6]], [0, 0, 0]), ([[-0.8, -2, 0.9]], [0])],
        cost="cross-entropy",
        eta=0.3,
    ),
    "cancelling": Page(
        XOR,
        [([[1, -1], [0.6, 0.8]], [0, 0]), ([[0, 0]], [0])],
        inner="tanh",
        cost="cross-entropy",
        eta=0.5,
        batch=4,
    ),
    "overshoot": Page(LINE, [([[0.8]], [0.4])], outer="linear", eta=2.0, batch=20),
    "dead": Page(
        AND,
        [([[0.5, 0.8], [-0.4, 0.6], [0.7, -0.2]], [-3, -3, -3]), ([[1, -1, 0.5]], [0])],
        inner="relu",
        cost="cross-entropy",
        eta=0.3,
    ),
}
DRAWN = {  # of every other one what makes it
    "and": "and 2-2-1 sigmoid sigmoid quadratic descent 3.0 xavier 47 1",
    "xor": "xor 2-4-1 tanh sigmoid cross-entropy momentum 0.1 xavier 0 1",
    "article": "article 2-2-1 sigmoid sigmoid quadratic descent 0.8 xavier 1 1",
    "half-adder": "half-adder 2-4-2 tanh sigmoid cross-entropy momentum 0.1 xavier 0 1",
    "digits": "digits 7-8-10 tanh softmax cross-entropy adam 0.05 xavier 0 1",
    "circle": "circle 2-4-2-1 tanh sigmoid cross-entropy descent 0.3 xavier 2 10 of 100 0.05 0 0.2",
    "stuck": "xor 2-2-1 tanh sigmoid cross-entropy descent 0.3 equal 0 1",
    "vanishing": "xor 2-3-3-3-3-3-3-1 sigmoid sigmoid cross-entropy descent 0.3 xavier 0 1",
    "overfit": "moons 2-12-1 tanh sigmoid cross-entropy adam 0.05 xavier 0 20 of 40 0.3 0 0.5",
    "overfit-l2": "moons 2-12-1 tanh sigmoid cross-entropy adam 0.05 xavier 0 20 of 40 0.3 0 0.5 l2 1.0",
}


def test_the_opening_is_one_of_the_presets():
    assert DEFAULT in PRESETS
    assert DEFAULT in REACH_THEIR_GOAL


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_has_no_problem(key):
    assert problems(PRESETS[key]) == []


@pytest.mark.parametrize("key", REACH_THEIR_GOAL)
def test_a_preset_opens_lively_with_a_gradient_at_every_first_layer_neuron(key):
    lab = Lab(PRESETS[key])
    numbers = Replay().numbers(lab.go(len(lab.moments) - 1))
    assert numbers.x.any()
    assert (np.abs(numbers.backward.nabla.w[1]).max(axis=1) > 1e-4).all()


@pytest.mark.parametrize("key", REACH_THEIR_GOAL)
def test_a_preset_answers_every_example_rightly_within_a_thousand_iterations(key):
    recipe = PRESETS[key]
    data, dials = recipe.dataset, Replay().start(recipe, 1000).parameters
    a = forward(recipe.network, dials, data.x).a[recipe.network.last]
    said = a == a.max(axis=0) if recipe.network.output.couples else a > 0.5
    assert np.array_equal(said, data.y == 1)


def test_every_preset_has_given_dials_or_draws_them():
    assert {key for key, recipe in PRESETS.items() if recipe.parameters is not None} == PAGES.keys()
    assert PRESETS.keys() == PAGES.keys() | DRAWN.keys()


@pytest.mark.parametrize("key", PAGES)
def test_a_preset_with_given_dials_has_those_of_its_page_and_goes_on_from_them_in_its_way(key):
    recipe, page = PRESETS[key], PAGES[key]
    assert recipe.sizes == page.sizes
    assert list(recipe.parameters) == page.dials
    inner = recipe.activation if recipe.hidden else page.inner
    found = (inner, recipe.output, recipe.cost, recipe.optimiser, recipe.eta, recipe.batch)
    assert found == (page.inner, page.outer, page.cost, "descent", page.eta, page.batch)


@pytest.mark.parametrize("key", PAGES)
def test_a_preset_with_given_dials_costs_what_is_worked_out_on_paper_and_so_after_one_iteration(key):
    recipe, page, replay = PRESETS[key], PAGES[key], Replay()
    data = recipe.dataset
    costs = [mean_cost(recipe.network, replay.start(recipe, at).parameters, data.x, data.y) for at in (0, 1)]
    assert costs == pytest.approx([page.mean_cost(), page.after().mean_cost()], rel=1e-12)
    assert replay.start(recipe, 1).parameters.vector() == pytest.approx(page.after().dials, rel=1e-12)


@pytest.mark.parametrize("key", DRAWN)
def test_a_preset_with_drawn_dials_is_made_of_what_its_line_says(key):
    recipe = PRESETS[key]
    parts = [recipe.data, "-".join(map(str, recipe.sizes)), recipe.activation, recipe.output, recipe.cost]
    parts += [recipe.optimiser, recipe.eta, recipe.initialiser, recipe.seed, recipe.batch]
    if "size" in recipe.deciding:
        parts += ["of", recipe.size, recipe.noise, recipe.data_seed, recipe.test]
    if recipe.regulariser != "none":
        parts += [recipe.regulariser, recipe.decay]
    assert " ".join(map(str, parts)) == DRAWN[key]


def test_only_the_opening_begins_with_another_example_than_the_first():
    changes = {key: recipe.changes for key, recipe in PRESETS.items() if recipe.changes}
    assert changes == {"and": ((0, "example", 3.0),)}


def test_a_network_on_paper_has_a_hidden_layer_for_every_layer_but_the_last():
    first, second, last = ([[1, 2], [3, 4], [5, 6]], [7, 8, 9]), ([[1, 2, 3]] * 2, [4, 5]), ([[6, 7]], [8])
    deep = on_paper(first, second, last)
    assert deep.sizes == (2, 3, 2, 1)
    numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8]
    assert deep.parameters == tuple(map(float, numbers))
    assert on_paper(last).hidden == ()
