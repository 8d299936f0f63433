"""The witness: nudge every dial, look at the cost, and compare with what backpropagation said."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import costs_of, forward
from app.engine.network import Network
from app.engine.parameters import Array, Parameters


def mean_cost(network: Network, parameters: Parameters, x: Array, y: Array) -> float:
    """Return the batch's cost: the mean over its m examples."""
    return float(costs_of(network, forward(network, parameters, x), y).mean())


def nudged_gradient(
    network: Network, parameters: Parameters, x: Array, y: Array, epsilon: float = 1e-5
) -> Parameters:
    """Return (C(dial + ε) − C(dial − ε)) / 2ε for every dial: two forward passes each, error of order ε²."""
    vector = parameters.vector()
    slopes = np.empty_like(vector)
    for dial in range(vector.size):
        nudge = np.zeros_like(vector)
        nudge[dial] = epsilon
        above = mean_cost(network, parameters.filled(vector + nudge), x, y)
        below = mean_cost(network, parameters.filled(vector - nudge), x, y)
        slopes[dial] = (above - below) / (2 * epsilon)
    return parameters.filled(slopes)
