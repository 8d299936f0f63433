"""The witness itself: what it measures, how far it may be off, and what it leaves alone."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.gradcheck import mean_cost, nudged_gradient
from app.engine.parameters import Parameters
from tests.engine.networks import network, seeded_case

# One linear neuron, quadratic cost: C = mean of ½(w·x + b − y)², so that ∂C/∂w = mean of (w·x + b − y)·x.
PLAN = network((1, 1), "tanh", "linear", "quadratic")
DIALS = Parameters(w={1: np.array([[2.0]])}, b={1: np.array([[0.5]])})
X, Y = np.array([[1.0, -2.0]]), np.array([[1.0, 0.0]])  # the output is 2.5, −3.5


def test_the_cost_of_a_batch_is_the_mean_over_its_examples():
    assert mean_cost(PLAN, DIALS, X, Y) == pytest.approx((0.5 * 1.5**2 + 0.5 * 3.5**2) / 2)


@pytest.mark.parametrize("epsilon", [1e-2, 1e-4, 1e-5])
def test_on_a_parabola_the_nudge_is_exact_whatever_its_size(epsilon):
    seen = nudged_gradient(PLAN, DIALS, X, Y, epsilon)
    assert seen.vector() == pytest.approx([(1.5 * 1 + -3.5 * -2) / 2, (1.5 - 3.5) / 2], rel=1e-9)


def test_elsewhere_a_tenth_of_the_nudge_leaves_a_hundredth_of_the_error():
    case = seeded_case(network((2, 3, 2), "tanh", "sigmoid", "cross-entropy"), 3, 11)
    truth = case.backward().nabla.vector()

    def error(epsilon: float) -> float:
        return np.abs(
            nudged_gradient(case.network, case.parameters, case.x, case.y, epsilon).vector() - truth
        ).max()

    assert error(1e-2) / error(1e-3) == pytest.approx(100, rel=0.05)


def test_every_dial_has_its_own_place_and_none_is_moved_for_good():
    case = seeded_case(network((2, 3, 2), "tanh", "sigmoid", "quadratic"), 3, 12)
    before = case.parameters.vector()
    seen = nudged_gradient(case.network, case.parameters.frozen(), case.x, case.y)
    assert [block.shape for block in seen.blocks()] == [block.shape for block in case.parameters.blocks()]
    assert np.array_equal(case.parameters.vector(), before)
