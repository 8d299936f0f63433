"""How far two ways of reckoning one iteration may lie apart when both are right: 1e-12, and what a rule makes
of rounding."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import Backward, Forward, backward, forward
from app.engine.descent import descend, iterate
from app.engine.network import Network
from app.engine.optimisers import Memory
from app.engine.parameters import Array, Parameters
from tests.engine.networks import KINKED

ENOUGH = 1e-12
ROUNDING = 1e-15  # of the largest product in a sum: so much may the order of summation change a gradient


def ambiguous(network: Network, dials: Parameters, reached: Forward) -> bool:
    """Tell whether rounding decides on which side of a kink a neuron is: its parts cancel, to nothing or
    almost; or where on a wave it is, which the rounding of large sums moves."""
    if any(network.activation(l).key == "sine" for l in network.layers):
        off = np.zeros_like(reached.a[0])
        for l in network.layers:
            parts = np.abs(dials.w[l]) @ np.abs(reached.a[l - 1]) + np.abs(dials.b[l])
            off = np.abs(dials.w[l]) @ off + ROUNDING * parts
        if off.max() > 500 * ROUNDING:
            return True
    for l in network.layers:
        if network.activation(l).key in KINKED:
            parts = np.abs(dials.w[l]) @ np.abs(reached.a[l - 1]) + np.abs(dials.b[l])
            if (np.abs(reached.z[l]) < 1e-9 * parts).any():
                return True
    return False


def grain(reached: Forward, blamed: Backward, dials: Parameters) -> float:
    """Return how much rounding there is in a gradient, in the units of the gradient."""
    sizes = [
        max(1.0, *(float(np.abs(block).max()) for block in found))
        for found in (list(reached.a.values()), list(dials.blocks()))
    ]
    return ROUNDING * sizes[0] * sizes[1] * max(float(np.abs(block).max()) for block in blamed.delta.values())


def leeway(dials: Parameters, nabla: Parameters, memory: Memory, noise: float, **way: object) -> Array:
    """Return for each dial how far it may be off: a rule that divides a gradient by its size makes rounding
    larger."""
    after = descend(dials, nabla, memory, **way)[0].vector()
    moved = [
        descend(dials, nabla.map(lambda g, by=by: g + by), memory, **way)[0].vector()
        for by in (noise, -noise)
    ]
    return ENOUGH * (1.0 + np.abs(after)) + 2 * np.abs(np.array(moved) - after).max(axis=0)


def reckoned(
    network: Network, dials: Parameters, memory: Memory, x: Array, y: Array, **way: object
) -> tuple[Parameters, Memory, Array] | None:
    """Return dials and memory after an iteration in the readable way, and each dial's leeway; None at a
    kink."""
    reached = forward(network, dials, x)
    if ambiguous(network, dials, reached):
        return None
    blamed = backward(network, dials, reached, y)
    noise = grain(reached, blamed, dials)
    after, remembered = iterate(network, dials, memory, x, y, **way)
    return after, remembered, leeway(dials, blamed.nabla, memory, noise, **way)
