"""Cost functions. To add one: an entry here, and one in `app/story/functions/costs.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.activations import Activation
from app.engine.parameters import Array


@dataclass(frozen=True)
class Cost:
    """One way to measure how wrong the output is.

    value(a, rest, y) → one number per output and example, shape (n_L, m); the cost of an example is its
    column's sum, the cost of a batch the mean over its columns. slope(a, rest, y) → ∂C/∂a, shape (n_L, m).
    `rest` is 1 − a. `categorical` replaces both, as (value, slope) of a and y alone, where the outputs are
    shares of one whole (softmax). `outputs` lists the output activations it can judge; empty means any.
    """

    key: str
    value: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array, Array], Array]
    categorical: tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]] | None = None
    outputs: tuple[str, ...] = ()


def times_log(y: Array, a: Array, rest: Array) -> Array:
    """Return y·ln a, with 0·ln 0 = 0; from 1 − a, the rest, where a is close to 1. Infinite where a is 0 and
    y not."""
    with np.errstate(divide="ignore"):
        log = np.where(rest < 0.5, np.log1p(-rest), np.log(a))
    return y * np.where(y == 0, 0.0, log)


def ratio(y: Array, a: Array) -> Array:
    """Return y / a, with 0 / 0 = 0. Infinite where a is 0 and y is not."""
    with np.errstate(divide="ignore"):
        return np.where(y == 0, 0.0, y / np.where(y == 0, 1.0, a))


def cost_terms(cost: Cost, output: Activation, z: Array, a: Array, y: Array) -> Array:
    """Return each output's part of the cost, shape (n_L, m), without cancellation where a is close to 1."""
    if output.couples and cost.categorical:
        return cost.categorical[0](a, y)
    return cost.value(a, rest_of(output, z, a), y)


def cost_slope(cost: Cost, output: Activation, z: Array, a: Array, y: Array) -> Array:
    """Return the blame the outputs receive, ∂C/∂a, shape (n_L, m): the first factor of BP1."""
    if output.couples and cost.categorical:
        return cost.categorical[1](a, y)
    return cost.slope(a, rest_of(output, z, a), y)


def rest_of(output: Activation, z: Array, a: Array) -> Array:
    """Return 1 − a, shape (n_L, m), from z where the activation knows how."""
    return output.rest(z) if output.rest else 1.0 - a


COSTS: dict[str, Cost] = {
    entry.key: entry
    for entry in (
        Cost("quadratic", value=lambda a, rest, y: 0.5 * (a - y) ** 2, slope=lambda a, rest, y: a - y),
        Cost(
            "cross-entropy",
            value=lambda a, rest, y: -times_log(y, a, rest) - times_log(1.0 - y, rest, a),
            slope=lambda a, rest, y: ratio(1.0 - y, rest) - ratio(y, a),
            categorical=(lambda a, y: -times_log(y, a, 1.0 - a), lambda a, y: -ratio(y, a)),
            outputs=("sigmoid", "softmax"),
        ),
    )
}
