"""Costs against what they are by definition, also where an output is all but certain."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.backprop import backward, costs_of, forward
from app.engine.costs import COSTS, cost_slope, cost_terms, others, ratio, times
from app.engine.parameters import Parameters
from tests.engine.networks import network

SIGMOID, SOFTMAX, TANH = (ACTIVATIONS[key] for key in ("sigmoid", "softmax", "tanh"))
QUADRATIC, ENTROPY = COSTS["quadratic"], COSTS["cross-entropy"]
targets = st.floats(0, 1, allow_subnormal=False)


def column(*numbers: float) -> np.ndarray:
    """Return one example's column."""
    return np.array(numbers, dtype=float)[:, None]


def output_error(output: str, cost: str, z: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the output's delta and the example's cost for weighted inputs typed in as biases."""
    plan = network((1, len(z)), "tanh", output, cost)
    dials = Parameters(w={1: np.zeros((len(z), 1))}, b={1: z})
    reached = forward(plan, dials, np.zeros((1, 1)))
    return backward(plan, dials, reached, y).delta[1], float(costs_of(plan, reached, y)[0])


def test_the_quadratic_cost_is_half_the_squared_distance():
    a, y = column(0.2, -1.5, 3.0), column(1.0, 0.5, 3.0)
    assert cost_terms(QUADRATIC, TANH, a, a, y).ravel() == pytest.approx([0.32, 2.0, 0.0])
    assert cost_slope(QUADRATIC, TANH, a, a, y).ravel() == pytest.approx([-0.8, -2.0, 0.0])


def test_the_quadratic_cost_is_the_same_for_shares():
    a, y = column(0.2, 0.8), column(0.0, 1.0)
    assert cost_terms(QUADRATIC, SOFTMAX, a, a, y).ravel() == pytest.approx([0.02, 0.02])
    assert cost_slope(QUADRATIC, SOFTMAX, a, a, y).ravel() == pytest.approx([0.2, -0.2])


@given(z=st.floats(-15, 15), y=targets)
def test_cross_entropy_of_a_sigmoid_is_the_surprise_of_both_answers(z, y):
    a = 1 / (1 + math.exp(-z))
    found = cost_terms(ENTROPY, SIGMOID, column(z), SIGMOID.value(column(z)), column(y)).item()
    assert found == pytest.approx(-y * math.log(a) - (1 - y) * math.log(1 - a), rel=1e-8, abs=1e-12)


@given(z=st.floats(-15, 15), y=targets)
def test_the_blame_a_sigmoid_receives_from_cross_entropy_is_the_slope_of_the_surprise(z, y):
    a = 1 / (1 + math.exp(-z))
    found = cost_slope(ENTROPY, SIGMOID, column(z), SIGMOID.value(column(z)), column(y)).item()
    # y exactly 0 or 1 leaves one term; 1 − a loses up to nine digits at z = 15
    assert found == pytest.approx((1 - y) / (1 - a) - y / a, rel=1e-8, abs=1e-6)


def test_cross_entropy_of_shares_looks_at_the_target_alone():
    a, y = column(0.2, 0.5, 0.3), column(0, 1, 0)
    assert cost_terms(ENTROPY, SOFTMAX, np.log(a), a, y).ravel() == pytest.approx([0, math.log(2), 0])
    assert cost_slope(ENTROPY, SOFTMAX, np.log(a), a, y).ravel() == pytest.approx([0, -2, 0])


@pytest.mark.parametrize("z", [-700.0, -40.0, -3.0, 0.0, 3.0, 40.0, 700.0])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_the_error_of_a_sigmoid_under_cross_entropy_is_a_less_y_however_extreme_z_is(z, y):
    # for y = 1, a − y is −(1 − a) = −σ(−z): written so, no digit is lost; e^−|z| / (1 + e^−|z|) overflows
    # nowhere
    small = math.exp(-abs(z)) / (1 + math.exp(-abs(z)))
    sigma = {True: 1 - small, False: small}
    expected = sigma[z > 0] if y == 0 else -sigma[z < 0]
    delta, cost = output_error("sigmoid", "cross-entropy", column(z), column(y))
    assert delta.item() == pytest.approx(expected, rel=1e-12)
    wrongness = z if y == 0 else -z  # the cost is ln(1 + e^wrongness)
    assert cost == pytest.approx(max(wrongness, 0) + math.log1p(math.exp(-abs(z))), rel=1e-12)


@pytest.mark.parametrize("z", [-700.0, -40.0, 0.0, 40.0, 700.0])
@pytest.mark.parametrize("target", [0, 1, 2])
def test_the_error_of_a_softmax_under_cross_entropy_is_a_less_y_however_extreme_z_is(z, target):
    sums = np.array([z, 0.0, 0.5])
    powers = [math.exp(one - sums.max()) for one in sums]
    y = np.zeros((3, 1))
    y[target] = 1
    delta, cost = output_error("softmax", "cross-entropy", sums[:, None], y)
    assert delta.ravel() == pytest.approx(np.array(powers) / sum(powers) - y.ravel(), rel=1e-12, abs=1e-15)
    assert cost == pytest.approx(sums.max() + math.log(sum(powers)) - sums[target], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("z", [-700.0, -40.0, 40.0, 700.0])
def test_a_saturated_sigmoid_under_the_quadratic_cost_is_as_good_as_deaf(z):
    delta, cost = output_error("sigmoid", "quadratic", column(z), column(float(z < 0)))
    assert abs(delta.item()) == pytest.approx(math.exp(-abs(z)), rel=1e-12)
    assert cost == pytest.approx(0.5)


@pytest.mark.parametrize("z", [-800.0, -745.0, 745.0, 800.0, 1e5])
def test_a_sigmoid_beyond_all_powers_still_has_its_cost_and_its_error(z):
    for y in (0.0, 1.0):
        delta, cost = output_error("sigmoid", "cross-entropy", column(z), column(y))
        assert delta.item() == pytest.approx((z > 0) - y, rel=1e-14, abs=1e-323)
        assert cost == pytest.approx(abs(z) if (z > 0) != y else 0.0, rel=1e-14, abs=1e-323)


def test_a_softmax_beyond_all_powers_still_has_its_cost_and_its_error():
    delta, cost = output_error("softmax", "cross-entropy", column(800, 0), column(0, 1))
    assert (delta.ravel().tolist(), cost) == ([1.0, -1.0], 800.0)
    alone, nothing = output_error("softmax", "cross-entropy", column(800), column(1))
    assert (alone.item(), nothing) == (0.0, 0.0)


def test_a_softmax_that_is_all_but_sure_is_still_a_little_wrong():
    true = math.exp(-40)
    delta, cost = output_error("softmax", "cross-entropy", column(40, 0), column(1, 0))
    assert [*delta.ravel(), cost] == pytest.approx([-true, true, true], rel=1e-12)


def test_targets_that_are_shares_are_judged_as_shares():
    y = column(0.7, 0.2, 0.1)
    delta, cost = output_error("softmax", "cross-entropy", column(0, 0, 0), y)
    assert cost == pytest.approx(math.log(3), rel=1e-14)
    assert delta.ravel() == pytest.approx(1 / 3 - y.ravel(), rel=1e-14)


def test_nothing_times_anything_is_nothing():
    assert times(column(0.0, 0.0, 2.0), column(math.inf, 1.0, 3.0)).ravel().tolist() == [0.0, 0.0, 6.0]


def test_the_sum_of_all_others_is_no_difference():
    assert others(column(1.0, 1e-30, 2e-30)).ravel() == pytest.approx([3e-30, 1.0, 1.0], rel=1e-15)
    assert others(column(5.0)).tolist() == [[0.0]]


def test_nothing_divided_by_nothing_is_nothing():
    assert ratio(column(0.0, 0.0), column(0.0, 0.5)).tolist() == [[0.0], [0.0]]
    assert ratio(column(1.0), column(0.0)).item() == math.inf
    assert ratio(column(0.5), column(0.25)).item() == 2.0


def test_the_cost_of_a_batch_has_one_number_per_example():
    plan = network((2, 3), "tanh", "linear", "quadratic")
    dials = Parameters(w={1: np.ones((3, 2))}, b={1: np.zeros((3, 1))})
    x = np.array([[0.0, 1.0], [0.0, 1.0]])
    assert costs_of(plan, forward(plan, dials, x), np.zeros((3, 2))).tolist() == [0.0, 6.0]
