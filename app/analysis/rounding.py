"""What is no more than the computer's rounding: it has no side, no rank, no hand, no line and no region.

A number counts as rounding where it is smaller than what rounding can make of the numbers it was computed
from. It is still printed as it is; only nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.backprop import Backward
from app.engine.costs import cost_slope, output_error
from app.engine.network import Network
from app.engine.parameters import Array, Parameters
from app.lab.replay import Numbers, once

ROUNDING = 1e-13  # of the terms of a sum: some hundred times what one addition can do
CLOSE = 1e-9  # two sizes this close (relative) share a rank
FARTHEST = 1e300  # what lies beyond is drawn here: from end to end it is still a number


def same(one: float, other: float) -> bool:
    """Tell whether two numbers differ by no more than rounding.

    >>> same(0.1 + 0.2, 0.3), same(0.3, 0.3001), same(0.0, 1e-20)
    (True, False, False)
    """
    return abs(one - other) <= ROUNDING * max(abs(one), abs(other))


def apart(low: float, high: float) -> tuple[float, float]:
    """Return a range in which places can be told apart: one no wider than rounding gets 1 more at either end,
    or half of its numbers where 1 is only rounding to them; nothing lies farther out than `FARTHEST`.

    >>> apart(0.0, 2.0), apart(3.0, 3.0), apart(1e17, 1e17)
    ((0.0, 2.0), (2.0, 4.0), (5e+16, 1.5e+17))
    """
    low, high = (min(max(end, -FARTHEST), FARTHEST) for end in (low, high))
    if not same(low, high):
        return low, high
    room = abs(high) / 2 if same(high, high + 1.0) else 1.0
    return low - room, high + room


def tops(values: Array | Sequence[float]) -> list[int]:
    """Return the numbers, from 1, of the largest by size; none where all are 0.

    >>> tops([0.1, -0.3, 0.3]), tops([0.0, 0.0])
    ([2, 3], [])
    """
    sizes = np.abs(np.asarray(values))
    largest = float(sizes.max())
    return [at + 1 for at, size in enumerate(sizes.tolist()) if largest and size >= largest * (1 - CLOSE)]


def beyond(values: Array, limits: Array | float) -> Array:
    """Return by how much values lie beyond limits, of one shape; exactly 0 where the two share a rank."""
    with np.errstate(invalid="ignore"):
        found = values - limits
        close = np.abs(found) <= CLOSE * np.maximum(np.abs(values), np.abs(limits))
    return np.where(close, 0.0, found)


def lead(values: Array, one: int) -> Array:
    """Return by how much one of several outputs, counted from 0, is louder than the loudest other; values of
    shape (n, …), n > 1, the result of shape (…)."""
    return beyond(values[one], np.delete(values, one, axis=0).max(axis=0))


def loudest(outputs: Array) -> list[int | None]:
    """Return of every example the loudest output, counted from 0; None where two are equally loud or
    nobody knows; outputs of shape (n, N), n > 1."""
    first = outputs.argmax(axis=0).tolist()
    leads = [lead(outputs, one) for one in range(len(outputs))]
    return [one if leads[one][at] > 0 else None for at, one in enumerate(first)]


def without(values: Array, bound: Array | float) -> Array:
    """Return values with 0 for those no larger than a bound, of one shape."""
    return np.asarray(np.where(np.abs(values) <= bound, 0.0, values))


def real_z(dials: Parameters, layer: int, below: Array, z: Array) -> Array:
    """Return weighted inputs z, shape (n, m), of what the layer below says, without those that are only
    rounding."""
    return without(z, ROUNDING * (np.abs(dials.w[layer]) @ np.abs(below) + np.abs(dials.b[layer])))


@once
def real(numbers: Numbers) -> Backward:
    """Return the backward pass as far as it has come, with 0 for all that is only rounding."""
    found, bound = numbers.backward, bounds(numbers)
    return Backward(
        received={layer: without(rows, bound.received[layer]) for layer, rows in found.received.items()},
        delta={layer: without(rows, bound.delta[layer]) for layer, rows in found.delta.items()},
        nabla=found.nabla.map(without, bound.nabla),
    )


@once
def steps(numbers: Numbers) -> Parameters | None:
    """Return how far each dial moved in the descent, with 0 for what is only rounding; None before it."""
    if numbers.after is None:
        return None
    old, new, noise = numbers.parameters, numbers.after, bounds(numbers).nabla
    limit = ROUNDING * (np.abs(old.vector()) + np.abs(new.vector())) + numbers.eta * noise.vector()
    return old.filled(without((new - old).vector(), limit))


@once
def bounds(numbers: Numbers) -> Backward:
    """Return for every number of the backward pass how much of it may be rounding: what the rounding of all
    it was computed from leads to, layer by layer from the output back."""
    found, reached, w = numbers.backward, numbers.forward, numbers.parameters.w
    network, examples = numbers.network, numbers.x.shape[1]
    received: dict[int, Array] = {}
    delta: dict[int, Array] = {}
    nabla_w: dict[int, Array] = {}
    nabla_b: dict[int, Array] = {}
    for layer, rows in found.delta.items():
        done = slice(len(rows))
        z, a = reached.z[layer][done], reached.a[layer][done]
        if layer == network.last:
            received[layer], delta[layer] = judged(numbers, done)
        else:
            sizes = ROUNDING * np.abs(found.delta[layer + 1]) + delta[layer + 1]
            received[layer] = np.abs(w[layer + 1][:, done]).T @ sizes
            delta[layer] = pulled(network, layer, z, a, found.received[layer], received[layer])
        sizes = ROUNDING * np.abs(rows) + delta[layer]
        nabla_b[layer] = sizes.mean(axis=1, keepdims=True)
        nabla_w[layer] = sizes @ np.abs(reached.a[layer - 1]).T / examples
    return Backward(received, delta, Parameters(nabla_w, nabla_b))


def judged(numbers: Numbers, done: slice) -> tuple[Array, Array]:
    """Return the same of what the outputs received and of their δ, (n, m), for those that are done."""
    network, found, y = numbers.network, numbers.backward, numbers.y
    z, a = (table[network.last] for table in (numbers.forward.z, numbers.forward.a))
    nearby = network.cost, network.output, z * (1 + ROUNDING), a * (1 + ROUNDING), y
    received, delta = (table[network.last] for table in (found.received, found.delta))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        bound = np.nan_to_num(np.abs(cost_slope(*nearby)[done] - received))
        if network.cost.law_of(network.output).delta is None:
            return bound, pulled(network, network.last, z[done], a[done], received, bound)
        between = ROUNDING * (np.abs(a) + np.abs(y))[done]  # only a target between 0 and 1 lets terms cancel
        sure = ((y == 0) | (y == 1))[done]
        return bound, np.where(sure, np.abs(output_error(*nearby)[done] - delta), between)


def pulled(network: Network, layer: int, z: Array, a: Array, received: Array, bound: Array) -> Array:
    """Return how much of δ may be rounding, shape (n, m), where `bound` of what was received may be."""
    activation = network.activation(layer)
    if not activation.couples:
        return np.asarray(bound * np.abs(activation.slope(z)))
    sizes = ROUNDING * np.abs(received) + bound
    return np.asarray(np.abs(a) * (sizes + (np.abs(a) * sizes).sum(axis=0, keepdims=True)))
