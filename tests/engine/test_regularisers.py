"""Prices on large weights, by hand, and biases for free."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS

DIALS = Parameters(
    w={1: np.array([[3.0, -4.0], [0.0, 1.0]]), 2: np.array([[-2.0, 0.5]])},
    b={1: np.array([[10.0], [-20.0]]), 2: np.array([[30.0]])},
)


@pytest.mark.parametrize(
    ("key", "price"),
    [("none", 0.0), ("l2", 0.1 * 0.5 * (9 + 16 + 0 + 1 + 4 + 0.25)), ("l1", 0.1 * (3 + 4 + 0 + 1 + 2 + 0.5))],
)
def test_the_price_is_summed_over_the_weights_alone(key, price):
    assert REGULARISERS[key].price(DIALS, 0.1) == pytest.approx(price)


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        ("none", [[0, 0], [0, 0]], [[0, 0]]),
        ("l2", [[0.3, -0.4], [0, 0.1]], [[-0.2, 0.05]]),
        ("l1", [[0.1, -0.1], [0, 0.1]], [[-0.1, 0.1]]),
    ],
)
def test_the_pull_is_the_slope_of_the_price_and_leaves_biases_alone(key, first, second):
    pull = REGULARISERS[key].gradient(DIALS, 0.1)
    assert pull.w[1] == pytest.approx(np.array(first))
    assert pull.w[2] == pytest.approx(np.array(second))
    assert pull.b[1].tolist() == [[0.0], [0.0]]
    assert pull.b[2].tolist() == [[0.0]]


@pytest.mark.parametrize("key", REGULARISERS)
def test_without_decay_there_is_neither_price_nor_pull(key):
    assert REGULARISERS[key].price(DIALS, 0.0) == 0.0
    assert not REGULARISERS[key].gradient(DIALS, 0.0).vector().any()
