"""What every neuron answers all over the plane of the inputs, for networks of one or two inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.rounding import real_z
from app.engine.backprop import forward
from app.engine.network import Network
from app.engine.parameters import Array, Parameters

GRID = 49  # points along each axis
MARGIN = 0.25  # around the data, of their range
MOST_INPUTS = 2


@dataclass(frozen=True)
class Plane:
    """Weighted inputs and activations over a line or square: axes of shape (GRID,), z[l] and a[l] of shape
    (n_l, GRID) for one input, (n_l, GRID, GRID) for two, there row = second input. A z that is only rounding
    is 0."""

    axes: tuple[Array, ...]
    z: dict[int, Array]
    a: dict[int, Array]


def axes_of(x: Array) -> tuple[Array, ...]:
    """Return an axis for each input, all of one length, with the data x, shape (n_0, N), in their middle."""
    low, high = x.min(axis=1), x.max(axis=1)
    half = (0.5 + MARGIN) * (float((high - low).max()) or 1.0)
    return tuple(np.linspace(middle - half, middle + half, GRID) for middle in (low + high) / 2)


def plane_of(network: Network, dials: Parameters, x: Array) -> Plane:
    """Send every point around the data x through the network at once: one forward pass for all neurons."""
    axes = axes_of(x)
    points = np.stack([grid.ravel() for grid in np.meshgrid(*axes)])  # (n_0, GRID^n_0)
    shape = (-1, *(GRID,) * len(axes))
    with np.errstate(over="ignore", invalid="ignore"):
        found = forward(network, dials, points)
        sums = {layer: real_z(dials, layer, found.a[layer - 1], rows) for layer, rows in found.z.items()}
    z, a = ({layer: rows.reshape(shape) for layer, rows in blocks.items()} for blocks in (sums, found.a))
    return Plane(axes, z, a)
