"""Who is to blame, in the network of the story: whom others point at, who keeps the error, and why."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.blame import HANDS, LOUD, Blame, blame_of, mean_errors, pointing, reason_of
from app.lab.recipe import Recipe
from tests.analysis.test_fingers import LAYER_1_BLAMED, STORY, at


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
