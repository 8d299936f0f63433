"""What each moment knows of the outputs, and what may be read off before it comes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.analysis.predictions import Answers, answers_of, middle_of, unasked
from app.datasets.tables import table
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Numbers, Replay

ADDER = Recipe(data="half-adder", hidden=(3,))  # 2-3-2: input, 3 + 2 forward, cost, 2 + 3 backward, descent
LENGTH = 13
COST = 6


def numbers_at(place: int, recipe: Recipe = ADDER) -> Numbers:
    return Replay().numbers(Lab(recipe, place))


def known(values: np.ndarray) -> list[bool]:
    return np.isfinite(values).tolist()


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_the_examples_outputs_are_known_from_the_last_of_them_on_and_its_cost_from_the_cost_on(
    place: int,
) -> None:
    found = answers_of(numbers_at(place))
    others = [True] * 3
    assert known(found.outputs[0]) == known(found.outputs[1]) == [place >= COST - 1, *others]
    assert known(found.costs) == [place >= COST, *others]


def test_the_cost_of_the_batch_is_the_one_that_its_own_pass_told() -> None:
    numbers = numbers_at(COST)
    found = answers_of(numbers)
    assert found.outputs[:, 0].tolist() == numbers.forward.a[2][:, 0].tolist()
    outputs, targets = found.outputs[:, 0].tolist(), numbers.y[:, 0].tolist()
    surprise = [
        -math.log(a if wanted else 1 - a) for a, wanted in zip(outputs, targets, strict=True)
    ]  # the cross-entropy of sure targets
    assert found.costs[0] == pytest.approx(sum(surprise))


def left(place: int, recipe: Recipe) -> tuple[Answers, Answers]:
    """Return all answers, and those that may be read off."""
    numbers = numbers_at(place, recipe)
    return answers_of(numbers), unasked(numbers, answers_of(numbers))


def test_after_the_descent_the_next_example_alone_is_not_told() -> None:
    for iteration, coming in ((0, 1), (2, 3), (3, 0)):
        found, told = left((iteration + 1) * LENGTH - 1, ADDER)
        others = [at != coming for at in range(4)]
        assert known(told.outputs[0]) == known(told.outputs[1]) == known(told.costs) == others
        assert found.right == [one for one in found.right if one is not None]
        assert told.right == [None if at == coming else one for at, one in enumerate(found.right)]
        assert np.isfinite(found.outputs).all()


def test_the_next_examples_are_those_that_somebody_has_chosen() -> None:
    recipe = Recipe(data="half-adder", hidden=(3,), batch=2, changes=(Change(1, "example", 4.0),))
    _, told = left(LENGTH - 1, recipe)
    assert known(told.costs) == [False, True, True, False]


def test_before_the_descent_and_where_the_next_are_all_nothing_is_left_out() -> None:
    for place in (0, COST, LENGTH - 2):
        found, told = left(place, ADDER)
        assert told is found
    found, told = left(LENGTH - 1, Recipe(data="half-adder", hidden=(3,), batch=4))
    assert told is found


def test_where_targets_are_any_numbers_the_next_one_is_left_out_too_and_nobody_is_right() -> None:
    recipe = Recipe(data="sine", size=10, test=0.0, hidden=(), output="linear", cost="quadratic")
    found, told = left(len(Lab(recipe).moments) - 1, recipe)
    assert found.right is told.right is None
    assert known(told.costs) == [True, False] + [True] * 8


def test_the_middle_of_any_numbers_is_halfway_between_the_outermost() -> None:
    steep = table("steep", "Steep", "", [([0], [-1]), ([1], [3]), ([2], [0]), ([3], [0])])
    assert middle_of(steep, 0) == 1.0
    both = table("both", "Both", "", [([0], [0, 0]), ([1], [0, 1])])  # nobody wants the first one
    assert [middle_of(both, output) for output in (0, 1)] == [0.5, 0.5]
