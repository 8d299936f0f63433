"""Backpropagation, the whole algorithm: forward beside backward. Columns are examples."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine.costs import cost_slope, cost_terms, output_error
from app.engine.network import Network
from app.engine.parameters import Array, Parameters

Cursor = tuple[int, int] | None  # (layer, how many of its neurons are done), None: all of it


@dataclass(frozen=True)
class Forward:
    """What the forward pass has reached: z[l] and a[l], shape (n_l, m); a[0] is x.

    The layer under the cursor has only its first rows; layers beyond it are not there.
    """

    z: dict[int, Array] = field(default_factory=dict)
    a: dict[int, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Backward:
    """What the backward pass has reached: received[l] = ∂C/∂a and delta[l] = ∂C/∂z, shape (n_l, m), one
    column per example, each for its own example's cost; nabla = ∂C/∂w and ∂C/∂b, mean over the m examples.

    The layer under the cursor has only its first rows; layers below it are not there.
    """

    received: dict[int, Array] = field(default_factory=dict)
    delta: dict[int, Array] = field(default_factory=dict)
    nabla: Parameters = field(default_factory=lambda: Parameters({}, {}))


def forward(network: Network, parameters: Parameters, x: Array, up_to: Cursor = None) -> Forward:
    """Send x, shape (n_0, m), through the network as far as the cursor: `up_to=(l, j)` ends after the
    first j neurons of layer l; (0, …) ends at the input."""
    w, b = parameters.w, parameters.b
    z, a = {}, {0: x}
    stop, rows = up_to or (network.last, network.sizes[-1])
    for l in range(1, stop + 1):
        done = slice(rows if l == stop else None)
        z[l] = w[l][done] @ a[l - 1] + b[l][done]  # (n_l, m)
        a[l] = network.activation(l).value(z[l])  # (n_l, m)
    return Forward(z, a)


def costs_of(network: Network, reached: Forward, y: Array) -> Array:
    """Return each example's cost, shape (m,): the sum over the outputs."""
    last = network.last
    terms = cost_terms(network.cost, network.output, reached.z[last], reached.a[last], y)
    costs: Array = terms.sum(axis=0)
    return costs


def backward(
    network: Network, parameters: Parameters, reached: Forward, y: Array, down_to: Cursor = None
) -> Backward:
    """Move the error of y, shape (n_L, m), back as far as the cursor: `down_to=(l, j)` ends after the
    first j neurons of layer l. Needs a finished forward pass."""
    w, z, a = parameters.w, reached.z, reached.a
    received: dict[int, Array] = {}
    delta: dict[int, Array] = {}
    nabla_w: dict[int, Array] = {}
    nabla_b: dict[int, Array] = {}
    stop, rows = down_to or (1, network.sizes[1])
    for l in range(network.last, stop - 1, -1):
        done = slice(rows if l == stop else None)
        if l == network.last:
            outputs = network.cost, network.output, z[l], a[l], y
            received[l] = cost_slope(*outputs)[done]  # ∂C/∂a, (n_l, m)
            delta[l] = output_error(*outputs)[done]  # BP1, (n_l, m)
        else:
            received[l] = w[l + 1][:, done].T @ delta[l + 1]  # BP2, (n_l, m)
            delta[l] = network.activation(l).pull(z[l][done], received[l])  # BP2, (n_l, m)
        nabla_b[l] = delta[l].mean(axis=1, keepdims=True)  # BP3, (n_l, 1)
        nabla_w[l] = delta[l] @ a[l - 1].T / y.shape[1]  # BP4, (n_l, n_{l-1})
    return Backward(received, delta, Parameters(nabla_w, nabla_b))
