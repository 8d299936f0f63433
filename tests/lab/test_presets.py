"""Recipes worth opening: they go together, open lively and reach their goal."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.backprop import forward
from app.lab.lab import Lab
from app.lab.presets import DEFAULT, PRESETS
from app.lab.replay import Replay
from app.lab.rules import problems

REACH_THEIR_GOAL = [
    "and",
    "xor",
    "article",
    "half-adder",
    "digits",
    "circle",
]  # a later one may be there to get stuck


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
