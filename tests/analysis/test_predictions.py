"""What the network says to every example: the engine's own words, and never ahead of the cursor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from app.analysis.predictions import Answers, answers_of, confusion, held_back, middle_of, misses, right_of
from app.datasets.own import own_from
from app.datasets.tables import DATASETS, table
from app.engine.backprop import costs_of, forward
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from tests.lab.recipes import recipes

REPLAY = Replay()


@pytest.mark.walk
@settings(deadline=None, max_examples=60)
@given(recipes(with_changes=True))
def test_every_answer_is_the_engines_and_the_batch_knows_only_what_its_passes_have_reached(
    recipe: Recipe,
) -> None:
    network, data = recipe.network, recipe.dataset
    for place, (phase, layer, neuron) in enumerate(Lab(recipe).moments):
        numbers = REPLAY.numbers(Lab(recipe, place))
        assume(numbers.finite())
        found, after = answers_of(numbers), phase == "descent"
        reached = forward(network, numbers.after if after else numbers.parameters, data.x)
        output_done = phase in ("cost", "backward", "descent") or (
            (phase, layer) == ("forward", network.last) and neuron in (0, network.sizes[-1])
        )
        for example in range(data.rows):
            inside = example in numbers.examples and not after
            said = output_done or not inside
            told = phase not in ("input", "forward") or not inside
            assert np.isfinite(found.outputs[:, example]).all() == said
            assert np.isnan(found.outputs[:, example]).all() == (not said)
            assert np.isfinite(found.costs[example]) == told
            if said:
                assert found.outputs[:, example] == pytest.approx(reached.a[network.last][:, example])
            if told:
                assert found.costs[example] == pytest.approx(costs_of(network, reached, data.y)[example])
            if found.right is not None:
                assert (found.right[example] is None) == (not said)


def test_one_of_several_is_right_when_it_is_the_loudest_and_nobody_is_as_loud() -> None:
    digits = DATASETS["digits"]
    wanted = np.argmax(digits.y, axis=0)
    outputs = np.where(digits.y == 1, 0.3, 0.2)
    assert right_of(digits, digits.y, outputs) == [True] * 10
    outputs[(wanted[3] + 1) % 10, 3] = 0.3
    outputs[(wanted[4] + 1) % 10, 4] = 0.4
    outputs[0, 5] = np.nan
    assert right_of(digits, digits.y, outputs) == [True] * 3 + [False] * 2 + [None] + [True] * 4


def test_elsewhere_each_output_must_be_nearer_to_its_own_target() -> None:
    adder = DATASETS["half-adder"]  # targets 01 10 10 00
    outputs = np.array([[0.4, 0.51, 0.5, np.nan], [0.6, 0.49, 0.1, 0.0]])
    assert right_of(adder, adder.y, outputs) == [True, True, False, None]


def test_where_targets_are_any_numbers_nothing_is_right_or_wrong() -> None:
    line = table("line", "Line", "", [([0], [0.1]), ([1], [0.5]), ([2], [0.9])])
    assert right_of(line, line.y, line.y) is None
    assert middle_of(line, 0) == 0.5
    assert middle_of(table("signs", "Signs", "", [([0], [-1]), ([1], [2])]), 0) == 0.5
    assert middle_of(DATASETS["digits"], 4) == 0.5


@pytest.mark.parametrize("data", ["moons", "sine"])
def test_the_examples_held_back_are_asked_at_any_time_with_the_dials_of_the_moment(data: str) -> None:
    recipe = Recipe(data=data, size=20, test=0.25, hidden=(3,), output="linear", cost="quadratic")
    kept = recipe.dataset
    for place in (0, 3, 10):
        numbers = REPLAY.numbers(Lab(recipe, place))
        found = held_back(numbers)
        reached = forward(recipe.network, numbers.after or numbers.parameters, kept.x_test)
        assert found.outputs == pytest.approx(reached.a[2])
        assert found.costs == pytest.approx(costs_of(recipe.network, reached, kept.y_test))
        assert (found.right is None) == (data == "sine")
    assert held_back(REPLAY.numbers(Lab(Recipe(), 0))) is None


def test_a_batch_of_all_examples_leaves_nobody_else_to_ask() -> None:
    recipe = replace(Recipe(), batch=4)
    assert np.isnan(answers_of(REPLAY.numbers(Lab(recipe, 0))).outputs).all()


def said(data, outputs) -> Answers:
    """Return answers to all examples; nothing but what was said and what was wanted counts."""
    return Answers(data.x, data.y, np.array(outputs, dtype=float), np.zeros(data.rows), None)


def test_classes_are_counted_by_what_was_wanted_and_what_was_said() -> None:
    rows = [([0], [1, 0, 0]), ([1], [0, 1, 0]), ([2], [0, 0, 1]), ([3], [0, 0, 1]), ([4], [0, 1, 0])]
    three = table("three", "Three", "", rows, one_hot=True)
    outputs = [[0.9, 0.1, 0.2, np.nan, 0], [0.1, 0.4, 0.7, 0.1, 1], [0.0, 0.4, 0.1, 0.9, 0]]
    assert confusion(three, said(three, outputs)) == [[1, 0, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0]]
    xor = DATASETS["xor"]  # 0 1 1 0
    assert confusion(xor, said(xor, [[0.6, 0.9, 0.5, 0.2]])) == [[1, 1, 0], [0, 1, 1]]
    assert confusion(DATASETS["half-adder"], said(DATASETS["half-adder"], np.zeros((2, 4)))) == []


def test_a_miss_is_the_mean_distance_in_the_units_that_were_brought() -> None:
    metres = own_from(
        {
            "inputs": [[0], [1], [2], [3]],
            "targets": [[-1, 0.5], [0, 0.5], [1, -1], [0.25, 0.0]],
            "columns": [
                {"name": "x"},
                {"name": "y", "low": 10, "high": 30},
                {"name": "z", "low": 0, "high": 1},
            ],
        }
    )
    outputs = [[-0.5, 0.25, 1.0, np.nan], [0.5, 0.0, 0.0, 0.0]]
    assert misses(metres, said(metres, outputs)) == pytest.approx([2.5, 0.25])  # ¼ of 10, ½ of ½
    assert misses(metres, said(metres, np.full((2, 4), np.nan))) == []
    assert misses(DATASETS["xor"], said(DATASETS["xor"], np.zeros((1, 4)))) == []
