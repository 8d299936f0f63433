"""What every neuron answers all over the plane of the inputs, for networks of one or two inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.rounding import real_z
from app.engine.backprop import forward
from app.engine.network import Network
from app.engine.parameters import Array, Parameters
from app.lab.replay import Numbers

GRID = 49  # points along each axis
MARGIN = 0.25  # around the data, of their range
MOST_INPUTS = 2
GAP = 2.0  # steps of a line's grid on either side of an example that has not been answered yet


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


def told(plane: Plane, numbers: Numbers, example: int) -> Plane:
    """Return a plane as far as this moment knows it: over one input a neuron that has not answered column
    `example` of the batch yet has a gap there, NaN, since its curve would tell the answer."""
    if len(plane.axes) > 1:
        return plane
    axis, at = plane.axes[0], float(numbers.x[0, example])
    near = np.abs(axis - at) <= GAP * (axis[1] - axis[0])
    a = {layer: rows.copy() for layer, rows in plane.a.items()}
    for layer, rows in a.items():
        rows[len(numbers.forward.a.get(layer, ())) :, near] = np.nan
    return replace(plane, a=a)
