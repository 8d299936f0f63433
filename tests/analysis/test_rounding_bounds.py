"""How much of a number may be rounding, by hand: 1e-13 of all that it was computed from."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.rounding import apart, bounds, real_z, same, steps
from app.datasets.own import own_from
from app.engine.parameters import Array, Parameters
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay

NEAR = 0.02  # relative: a bound is itself the difference of two numbers that are close


def numbers_of(inputs: list, targets: list, dials: tuple, output: str, cost: str, **more) -> Numbers:
    """Return the first iteration, of all examples at once, after its descent."""
    own = own_from({"inputs": inputs, "targets": targets})
    recipe = Recipe(
        data=own.key,
        own=own,
        parameters=dials,
        output=output,
        cost=cost,
        batch=len(inputs),
        test=0.0,
        **{"hidden": (), **more},
    )
    return Replay().numbers(Lab(recipe, len(Lab(recipe).moments) - 1))


def in_roundings(bound: Array) -> list:
    """Return bounds as how many times 1e-13."""
    return (bound / 1e-13).tolist()


def test_numbers_that_are_equal_are_the_same_and_get_room() -> None:
    assert same(0.0, 0.0)
    assert same(-2.0, -2.0)
    assert not same(0.0, 1e-300)
    assert apart(0.0, 0.0) == (-1.0, 1.0)
    assert apart(3.0, 3.0) == (2.0, 4.0)
    assert apart(-1e17, -1e17) == (-1.5e17, -5e16)


def test_a_sum_counts_as_rounding_by_the_size_of_its_terms_its_bias_too() -> None:
    def left(weights: list[float], below: list[float], bias: float) -> float:
        w, a, b = np.array([weights]), np.array([below]).T, np.array([[bias]])
        return float(real_z(Parameters({1: w}, {1: b}), 1, a, w @ a + b)[0, 0])

    assert 0 < 0.1 + 0.2 - 0.3 < 1e-16
    assert left([1.0, 1.0], [0.1, 0.2], -0.3) == 0.0
    assert left([0.0, 0.0], [0.1, 0.2], 1e-9) == 1e-9
    assert left([1e-6, 0.0], [1.0, 0.0], -0.99e-6) == pytest.approx(1e-8, rel=1e-6)  # of small terms, true


def test_what_a_linear_output_may_owe_to_rounding_and_its_dials_in_the_mean() -> None:
    """z = 2x: outputs 2 and 6, δ = 1 and 1. Half of the sum over both is their mean."""
    bound = bounds(numbers_of([[1.0], [3.0]], [[1.0], [5.0]], (2.0, 0.0), "linear", "quadratic"))
    assert in_roundings(bound.received[1]) == [pytest.approx([2, 6], rel=NEAR)]
    assert in_roundings(bound.delta[1]) == [pytest.approx([2, 6], rel=NEAR)]
    assert in_roundings(bound.nabla.b[1]) == [[pytest.approx((1 + 2 + 1 + 6) / 2, rel=NEAR)]]
    assert in_roundings(bound.nabla.w[1]) == [[pytest.approx((3 * 1 + 7 * 3) / 2, rel=NEAR)]]


def test_a_hidden_neuron_may_owe_what_it_was_passed_through_its_weight_and_its_slope() -> None:
    """h = 0.5x + 0.1 = 0.6 and ŷ = 3h = 1.8 against 0.8: δ = 1, of which 1 + 1.8 roundings reach h."""
    found = numbers_of(
        [[1.0]], [[0.8]], (0.5, 0.1, 3.0, 0.0), "linear", "quadratic", hidden=(1,), activation="linear"
    )
    bound = bounds(found)
    assert in_roundings(bound.received[1]) == [[pytest.approx(3 * 2.8, rel=NEAR)]]
    assert in_roundings(bound.delta[1]) == [[pytest.approx(3 * 2.8, rel=NEAR)]]
    assert in_roundings(bound.nabla.b[1]) == [[pytest.approx(3 + 3 * 2.8, rel=NEAR)]]


def test_a_class_is_sure_and_only_a_target_between_two_lets_the_terms_of_delta_cancel() -> None:
    """z = 2 against 0, 1 and 0.3: a = σ(2); a sure δ changes with z·σ′(z), else a and y cancel."""
    inputs, targets = [[1.0], [1.0], [1.0]], [[0.0], [1.0], [0.3]]
    bound = bounds(numbers_of(inputs, targets, (2.0, 0.0), "sigmoid", "cross-entropy"))
    a = 1 / (1 + math.exp(-2))
    assert in_roundings(bound.delta[1])[0][1:] == pytest.approx([2 * a * (1 - a), a + 0.3], rel=NEAR)
    assert in_roundings(bound.delta[1])[0][0] == pytest.approx(a, rel=NEAR)  # δ is a itself


def test_shares_of_one_whole_may_owe_to_what_all_of_them_received() -> None:
    """Softmax judged by squares: ∂C/∂a = a − y owes |a|, and δ_j = a_j(r_j − Σ a_k r_k) all of its terms."""
    biases = (0.0, 0.5, -1.0)
    targets = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    bound = bounds(numbers_of([[0.0], [0.0]], targets, (0.0, 0.0, 0.0, *biases), "softmax", "quadratic"))
    whole = sum(map(math.exp, biases))
    a = [math.exp(one) / whole for one in biases]
    for example, y in enumerate(targets):
        sizes = [abs(share - wanted) + share for share, wanted in zip(a, y, strict=True)]
        rest = sum(share * size for share, size in zip(a, sizes, strict=True))
        wanted = [share * (size + rest) for share, size in zip(a, sizes, strict=True)]
        assert in_roundings(bound.received[1][:, example]) == pytest.approx(a, rel=NEAR)
        assert in_roundings(bound.delta[1][:, example]) == pytest.approx(wanted, rel=NEAR)


@pytest.mark.parametrize(
    ("eta", "old", "new", "moved"),
    [
        (1e-9, 1.0, 1.0 + 2.0**-52, False),  # the last digit of the dial: its own rounding
        (1e-9, 1.0, 1.0 + 1e-12, True),
        (1.0, 0.0, 2e-13, False),  # η · (1 + 2) roundings of its gradient
        (1.0, 0.0, 4e-13, True),
    ],
)
def test_a_step_is_rounding_by_the_sizes_of_the_dial_and_of_its_gradient(
    eta: float, old: float, new: float, moved: bool
) -> None:
    """ŷ = 2 against 1, whatever the bias begins with: δ = 1, and it owes 1 + 2 roundings."""
    numbers = numbers_of([[1.0]], [[1.0]], (2.0 - old, old), "linear", "quadratic", eta=eta)
    after = numbers.parameters.map(np.copy)
    after.b[1][0, 0] = new
    found = steps(replace(numbers, after=after))
    assert (found.b[1][0, 0] != 0) == moved
    assert found.w[1][0, 0] == 0
