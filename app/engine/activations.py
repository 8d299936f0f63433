"""Activation functions. To add one: an entry here, and one in `app/story/functions/activations.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.parameters import Array


@dataclass(frozen=True)
class Activation:
    """One way for a neuron to answer its weighted input z.

    value(z) → a and slope(z) → f′(z), elementwise on arrays of shape (n, m). `span` is the range of a
    (infinite where unbounded), `steepest` its largest slope by size. `couples`: the neurons of a layer only
    have activations together (softmax); then `slope` is the diagonal ∂a_j/∂z_j, and `pull` the whole
    Jacobian's work.
    """

    key: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    span: tuple[float, float]
    steepest: float = 1.0
    couples: bool = False
    hidden: bool = True

    def pull(self, z: Array, received: Array) -> Array:
        """Return δ = ∂C/∂z from ∂C/∂a, both (n, m): BP1 and the second half of BP2."""
        if not self.couples:
            return received * self.slope(z)
        a = self.value(z)
        usual: Array = (a * received).sum(axis=0, keepdims=True)
        return a * (received - usual)


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^−z) without overflow, and without losing the small tail."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def sigmoid_slope(z: Array) -> Array:
    """Return σ(z)·σ(−z), which stays exact where 1 − σ(z) would round to nothing."""
    return sigmoid(z) * sigmoid(-z)


def softplus(z: Array) -> Array:
    """Return ln(1 + e^z), which is −ln σ(−z), without overflow."""
    return np.asarray(np.logaddexp(0.0, z))


def softmax(z: Array) -> Array:
    """Return e^z / Σ e^z down each column, shifted by the column's maximum."""
    powers: Array = np.exp(z - z.max(axis=0, keepdims=True))
    whole: Array = powers.sum(axis=0, keepdims=True)
    return powers / whole


def softmax_slope(z: Array) -> Array:
    """Return the diagonal ∂a_j/∂z_j = a_j (1 − a_j)."""
    a = softmax(z)
    return a * (1.0 - a)


LEAK = 0.01
INFINITE = float("inf")

ACTIVATIONS: dict[str, Activation] = {
    entry.key: entry
    for entry in (
        Activation("sigmoid", sigmoid, sigmoid_slope, span=(0.0, 1.0), steepest=0.25),
        Activation("tanh", np.tanh, lambda z: 4.0 * sigmoid_slope(2.0 * z), span=(-1.0, 1.0)),
        Activation(
            "relu", lambda z: np.maximum(z, 0.0), lambda z: (z > 0).astype(float), span=(0.0, INFINITE)
        ),
        Activation(
            "leaky-relu",
            lambda z: np.where(z > 0, z, LEAK * z),
            lambda z: np.where(z > 0, 1.0, LEAK),
            span=(-INFINITE, INFINITE),
        ),
        Activation("softplus", softplus, sigmoid, span=(0.0, INFINITE)),
        Activation("sine", np.sin, np.cos, span=(-1.0, 1.0)),
        Activation("step", lambda z: (z > 0).astype(float), np.zeros_like, span=(0.0, 1.0)),
        Activation("linear", lambda z: z + 0.0, np.ones_like, span=(-INFINITE, INFINITE)),
        Activation(
            "softmax", softmax, softmax_slope, span=(0.0, 1.0), steepest=0.25, couples=True, hidden=False
        ),
    )
}
