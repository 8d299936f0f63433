"""Cost functions. To add one: an entry here, and one in `app/story/functions/costs.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.activations import Activation, sigmoid, softplus
from app.engine.parameters import Array


@dataclass(frozen=True)
class Law:
    """What a cost is, from the outputs' z and a and the targets y, each of shape (n_L, m).

    value(z, a, y) → one number per output and example; the cost of an example is its column's sum, the cost
    of a batch the mean over its columns. slope(z, a, y) → ∂C/∂a. delta(z, a, y) → ∂C/∂z where it need not go
    by ∂C/∂a, which can be beyond all numbers while ∂C/∂z is none of the large ones.
    """

    value: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array, Array], Array]
    delta: Callable[[Array, Array, Array], Array] | None = None


@dataclass(frozen=True)
class Cost:
    """One way to measure how wrong the output is.

    `categorical` is the law where the outputs are shares of one whole (softmax), where that is another one.
    `outputs` lists the output activations it can judge; empty means any.
    """

    key: str
    law: Law
    categorical: Law | None = None
    outputs: tuple[str, ...] = ()

    def law_of(self, output: Activation) -> Law:
        """Return the law for outputs of this kind."""
        return (self.categorical if output.couples else None) or self.law


def times(y: Array, size: Array) -> Array:
    """Return y·size, with 0 where y is 0, however large the size."""
    return y * np.where(y == 0, 0.0, size)


def ratio(y: Array, a: Array) -> Array:
    """Return y / a, with 0 / 0 = 0. Infinite where a is 0 and y is not."""
    with np.errstate(divide="ignore", over="ignore"):
        return np.where(y == 0, 0.0, y / np.where(y == 0, 1.0, a))


def surprise(z: Array) -> Array:
    """Return −ln softmax(z) down each column: ln(1 + Σ e^(z_j − z_k)) over all others j, which loses nothing
    however sure the answer is."""
    alone = np.eye(len(z), dtype=bool)[:, :, None]
    rivals = np.logaddexp.reduce(np.where(alone, -np.inf, z), axis=1)
    return softplus(rivals - z)


def others(values: Array) -> Array:
    """Return for each row the sum of all other rows, without ever taking one away from a sum."""
    return np.asarray((1.0 - np.eye(len(values))) @ values)


def cost_terms(cost: Cost, output: Activation, z: Array, a: Array, y: Array) -> Array:
    """Return each output's part of the cost, shape (n_L, m)."""
    return cost.law_of(output).value(z, a, y)


def cost_slope(cost: Cost, output: Activation, z: Array, a: Array, y: Array) -> Array:
    """Return the blame the outputs receive, ∂C/∂a, shape (n_L, m): the first factor of BP1."""
    return cost.law_of(output).slope(z, a, y)


def output_error(cost: Cost, output: Activation, z: Array, a: Array, y: Array) -> Array:
    """Return the outputs' error δ = ∂C/∂z, shape (n_L, m): BP1."""
    law = cost.law_of(output)
    return law.delta(z, a, y) if law.delta else output.pull(z, law.slope(z, a, y))


COSTS: dict[str, Cost] = {
    entry.key: entry
    for entry in (
        Cost("quadratic", Law(lambda z, a, y: 0.5 * (a - y) ** 2, lambda z, a, y: a - y)),
        Cost("squared-error", Law(lambda z, a, y: (a - y) ** 2, lambda z, a, y: 2.0 * (a - y))),
        Cost(
            "mean-squared-error",
            Law(lambda z, a, y: (a - y) ** 2 / len(y), lambda z, a, y: 2.0 * (a - y) / len(y)),
        ),
        Cost(
            "cross-entropy",
            Law(
                value=lambda z, a, y: times(y, softplus(-z)) + times(1.0 - y, softplus(z)),
                slope=lambda z, a, y: ratio(1.0 - y, sigmoid(-z)) - ratio(y, a),
                delta=lambda z, a, y: (1.0 - y) * a - y * sigmoid(-z),
            ),
            categorical=Law(
                value=lambda z, a, y: times(y, surprise(z)),
                slope=lambda z, a, y: -ratio(y, a),
                delta=lambda z, a, y: a * others(y) - y * others(a),
            ),
            outputs=("sigmoid", "softmax"),
        ),
    )
}
