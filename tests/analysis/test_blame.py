"""Who is to blame, in the network of the story: whom others point at, who keeps the error, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.blame import HANDS, LOUD, Blame, blame_of, mean_errors, pointing, reason_of
from app.lab.recipe import Change, Recipe
from tests.analysis.test_fingers import LAYER_1_BLAMED, STORY, TWO, TWO_BLAMED, at


def test_the_output_points_at_whom_it_hears_through_the_largest_wire() -> None:
    numbers = at(LAYER_1_BLAMED)  # w·δ is 0.2 · 0.14 and −1.5 · 0.14
    assert pointing(numbers, 0, 2) == ((2, 1, 2),)
    assert pointing(numbers, 0, 1) == ()  # inputs are not to blame
    assert blame_of(numbers, 0, 1) == Blame(1, [2], [2], "")


def test_who_has_little_blame_or_blames_two_alike_lifts_no_hand() -> None:
    many = Recipe(data="digits", hidden=(3,), output="softmax", cost="cross-entropy")
    numbers = at(20, many)
    errors = np.abs(numbers.backward.delta[2][:, 0])
    loud = [j + 1 for j in np.argsort(-errors) if errors[j] > LOUD * errors.max()][:HANDS]
    assert [to for _, to, _ in pointing(numbers, 0, 2)] == loud
    weights = numbers.parameters.w[2]
    assert [of for _, _, of in pointing(numbers, 0, 2)] == [abs(weights[j - 1]).argmax() + 1 for j in loud]
    assert pointing(at(20, Recipe(hidden=(3,), initialiser="equal")), 0, 2) == ()


@pytest.mark.parametrize(
    ("pointed", "kept", "received", "reason"),
    [
        ([1], [1, 2], [1, 1], ""),
        ([1], [2], [1, 1], "slope"),  # as much as the other, and kept less of it
        ([1], [2], [1, 1.1], "others"),
        ([2, 1], [1], [1.1, 1], "others"),
        ([2], [], [0, 1], "slope"),
        ([2], [], [0, 0], "others"),
    ],
)
def test_the_reason_is_the_slope_or_what_all_others_sent(pointed, kept, received, reason) -> None:
    assert reason_of(pointed, kept, np.array(received, dtype=float)) == reason


def test_the_mean_error_of_a_layer_is_told_once_all_of_it_is_known() -> None:
    delta = {2: np.array([[0.5, -1.5]]), 1: np.array([[1.0, 1.0]])}
    assert mean_errors(delta, (2, 2, 1)) == {2: 1.0}
    assert mean_errors(delta | {1: [1.0, -3.0]}, (2, 2, 1)) == {1: 2.0, 2: 1.0}
    assert STORY.sizes == (2, 2, 1)


def test_of_several_outputs_the_loudest_blamer_points() -> None:
    assert blame_of(at(TWO_BLAMED, TWO), 0, 1) == Blame(2, [2], [2], "")  # its error is 0.5, the other’s 0


def test_where_an_answer_is_exactly_right_nobody_is_to_blame() -> None:
    silent = Change(0, "example", 4.0)  # (0, 0) → 0, and both hidden neurons say 0.5
    parameters = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0)
    numbers = at(LAYER_1_BLAMED, replace(STORY, parameters=parameters, changes=(silent,)))
    assert blame_of(numbers, 0, 1) == Blame(1, [], [], "")
    assert pointing(numbers, 0, 2) == ()


@pytest.mark.parametrize(("error", "hands"), [(0.06, ((2, 2, 2), (2, 1, 3))), (0.04, ((2, 2, 2),))])
def test_less_than_a_tenth_of_the_largest_error_lifts_no_hand(error: float, hands: tuple) -> None:
    typed = (Change(0, "w-2-1-3", 1.0), Change(0, "b-2-1", error - 0.5))  # it says .5 + b instead of 0
    assert pointing(at(TWO_BLAMED, replace(TWO, changes=typed)), 0, 2) == hands  # the other one’s is 0.5
