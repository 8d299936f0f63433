"""Three fingers: who spoke, who is asked to change, whose wire moves; and how often they agree."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.analysis.fingers import finger, fingers_of, led_by, rows, score_of, side_of
from app.analysis.rounding import real
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Numbers, Replay
from tests.lab.recipes import recipes

# 2-2-1 on the example (1, 1) → 1: two sigmoid neurons that say .9 and .3, wires of .2 and −1.5 to a linear
# output.
# The output says 0.18 − 0.45 + 1.4115 = 1.1415, so its error is 0.1415, as in the story.
STORY = Recipe(
    data="and",
    hidden=(2,),
    activation="sigmoid",
    output="linear",
    cost="quadratic",
    parameters=(0.0, 0.0, 0.0, 0.0, math.log(9), math.log(3 / 7), 0.2, -1.5, 1.4115),
)
# 2-3-2 on the example (1, 1) → (0, 1): three sigmoid neurons that say .9, .3 and .5 to two linear outputs.
# The first one is right without hearing anybody; the other says 0.18 − 0.45 + 0.2 + 1.57 = 1.5, 0.5 too much.
TWO = replace(
    STORY,
    data="half-adder",
    hidden=(3,),
    parameters=(
        *(1.0, -1.0, 2.0, -2.0, 3.0, -3.0, math.log(9), math.log(3 / 7), 0.0),
        *(0.0, 0.0, 0.0, 0.2, -1.5, 0.4, 0.0, 1.57),
    ),
)
TWO_BLAMED = 11  # input, 3 and 2 forward, cost, 2 and 3 backward
LAYER_1_BLAMED = 8  # input, 2 forward, 1 forward, cost, 1 backward, 2 backward; the last of them is place 7


def at(place: int, recipe: Recipe = STORY) -> Numbers:
    """Return the numbers at a place."""
    return Replay().numbers(Lab(recipe, place))


def test_the_three_fingers_of_the_story_disagree():
    signal, passed, tweaked = fingers_of(at(LAYER_1_BLAMED - 1), 0, 2, 1)
    assert [signal.kind, passed.kind, tweaked.kind] == ["signal", "passed", "tweaked"]
    assert signal.values == pytest.approx([0.18, -0.45])
    assert signal.shares == pytest.approx([0.18 / 0.63, 0.45 / 0.63])
    assert passed.values == pytest.approx([0.2 * 0.1415, -1.5 * 0.1415])
    assert passed.kept == pytest.approx([0.2 * 0.1415 * 0.09, -1.5 * 0.1415 * 0.21])
    assert tweaked.values == pytest.approx([0.9 * 0.1415, 0.3 * 0.1415])
    assert tweaked.shares == pytest.approx([0.75, 0.25])
    assert [signal.tops, passed.tops, tweaked.tops] == [[2], [2], [1]]
    assert signal.kept is tweaked.kept is None


@pytest.mark.parametrize(
    ("place", "output", "hidden"),
    [
        (0, [], []),
        (1, [], ["signal"]),
        (3, ["signal"], ["signal"]),
        (4, ["signal"], ["signal"]),
        (5, ["signal", "tweaked"], ["signal"]),
        (6, ["signal", "tweaked"], ["signal", "tweaked"]),
        (7, ["signal", "passed", "tweaked"], ["signal", "tweaked"]),
        (8, ["signal", "passed", "tweaked"], ["signal", "tweaked"]),
    ],
)
def test_a_finger_is_only_pointed_once_it_is_known(place, output, hidden):
    assert [one.kind for one in fingers_of(at(place), 0, 2, 1)] == output
    assert [one.kind for one in fingers_of(at(place), 0, 1, 1)] == hidden


def test_a_neuron_that_has_not_spoken_points_at_nobody():
    assert fingers_of(at(1), 0, 1, 2) == []


ROUNDED = Recipe(  # an error of 1e−19, where 1e−15 may be rounding
    data="digits",
    hidden=(1,),
    activation="sigmoid",
    output="softmax",
    cost="quadratic",
    optimiser="adam",
    eta=0.5,
    initialiser="equal",
    regulariser="l1",
    biases=False,
)


@settings(deadline=None)
@given(recipe=recipes(with_changes=True), place=st.integers(0, 60))
@example(recipe=ROUNDED, place=len(Lab(ROUNDED).moments) - 2)
def test_shares_are_parts_of_one_whole_and_the_tops_are_the_largest(recipe, place):
    try:
        numbers = at(place, recipe)
    except Diverged:
        return
    for layer in recipe.network.layers:
        for j in range(1, recipe.sizes[layer] + 1):
            for one in fingers_of(numbers, recipe.batch - 1, layer, j):
                assert len(one.values) == len(one.shares) == recipe.sizes[layer - 1]
                if one.kind != "signal" and not real(numbers).delta[layer][j - 1, recipe.batch - 1]:
                    assert (one.tops, set(one.shares)) == ([], {0.0})  # an error that is only rounding
                    continue
                assert sum(one.shares) == pytest.approx(1.0) or not any(one.values)
                largest = max(map(abs, one.values))
                assert all(abs(one.values[k - 1]) == pytest.approx(largest, rel=1e-8) for k in one.tops)
                assert bool(one.tops) == (largest > 0)


def test_equals_share_the_top_and_silence_has_none():
    assert finger("signal", np.array([2.0, -2.0, 1.0])).tops == [1, 2]
    assert finger("signal", np.array([2.0, -2.0, 1.0])).shares == [0.4, 0.4, 0.2]
    silent = finger("signal", np.zeros(3))
    assert (silent.tops, silent.shares) == ([], [0.0, 0.0, 0.0])


def test_rows_not_reached_are_counted_as_none():
    assert rows({1: np.zeros((3, 2))}, 1) == 3
    assert rows({1: np.zeros((3, 2))}, 2) == 0


def test_the_score_counts_how_often_the_most_active_was_blamed_most():
    # the output: .9 is the most active; the error passed back asks .3, the wire of .9 is tweaked most.
    # the two hidden neurons hear 1 and 1: nobody is the most active, so they count for nothing.
    score = score_of(at(7), 0)
    assert (score.blamed, score.asked, score.tweaked, score.moved) == (0, 1, 1, 1)
    agreeing = score_of(at(7, Recipe(**{**vars(STORY), "changes": (Change(0, "w-2-1-1", 2.0),)})), 0)
    assert (agreeing.blamed, agreeing.asked) == (1, 1)
    alike = score_of(at(7, Recipe(**{**vars(STORY), "changes": (Change(0, "w-2-1-1", -1.5),)})), 0)
    assert (alike.blamed, alike.asked, alike.moved) == (0, 0, 1)  # both are passed as much: nobody most


def test_the_gradient_of_a_batch_is_led_by_the_mean_not_by_one_example():
    numbers = at(7, Recipe(data="xor", hidden=(2,), batch=4, seed=68))
    assert led_by(numbers, 2, 1) == [int(abs(numbers.backward.nabla.w[2][0]).argmax()) + 1] == [1]
    assert fingers_of(numbers, 0, 2, 1)[-1].tops == [2]  # example 1 alone would tweak the other wire
    assert led_by(at(3), 2, 1) == []


def test_there_is_no_score_before_anybody_is_blamed():
    score = score_of(at(4), 0)
    assert (score.blamed, score.asked, score.tweaked, score.moved) == (0, 0, 0, 0)


def test_where_nobody_spoke_or_nobody_is_blamed_nothing_is_scored():
    silent = Recipe(data="and", hidden=(2,), changes=(Change(0, "example", 4.0),))  # the inputs are 0 and 0
    score = score_of(at(8, silent), 0)
    assert (score.moved, score.asked) == (0, 0)  # two silent tanh neurons above two silent inputs


def test_each_of_several_neurons_points_by_its_own_numbers():
    right, wrong = (fingers_of(at(TWO_BLAMED, TWO), 0, 2, j) for j in (1, 2))
    assert [one.tops for one in right] == [[], [], []]  # it hears through wires of 0, and is not to blame
    assert [one.values for one in wrong] == [
        pytest.approx([0.2 * 0.9, -1.5 * 0.3, 0.4 * 0.5]),
        pytest.approx([0.2 * 0.5, -1.5 * 0.5, 0.4 * 0.5]),
        pytest.approx([0.9 * 0.5, 0.3 * 0.5, 0.5 * 0.5]),
    ]
    assert [one.tops for one in wrong] == [[2], [2], [1]]
    hidden = [fingers_of(at(TWO_BLAMED, TWO), 0, 1, j)[0].values for j in (1, 2, 3)]
    assert hidden == [[1.0, -1.0], [2.0, -2.0], [3.0, -3.0]]


def test_the_error_counts_as_passed_back_once_all_below_have_theirs():
    kinds = [[one.kind for one in fingers_of(at(place, TWO), 0, 2, 2)] for place in (10, 11)]
    assert kinds == [["signal", "tweaked"], ["signal", "passed", "tweaked"]]  # two of the three, all three


def test_each_of_several_neurons_is_led_by_its_own_gradient():
    assert [led_by(at(TWO_BLAMED, TWO), 2, j) for j in (1, 2)] == [[], [1]]  # .9 · .5 is its largest


def test_a_blame_pulls_down_above_zero_and_up_below_and_zero_not_at_all():
    assert [side_of(value) for value in (2.0, 0.5, 0.0, -0.5, -2.0)] == ["less", "less", "", "more", "more"]
