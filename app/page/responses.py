"""What each neuron answers all over the inputs: the plane of this moment's model, and a small map for every
neuron."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.predictions import dials_now
from app.analysis.responses import MOST_INPUTS, Plane, plane_of, told
from app.datasets.dataset import Dataset
from app.lab.replay import Numbers
from app.notation import names
from app.picture import response_map
from app.picture.layout import layout_of
from app.picture.response_map import Map


@dataclass(frozen=True)
class Responses:
    """The neurons at one moment; `example` is the column of the batch that is drawn."""

    numbers: Numbers
    example: int

    @property
    def data(self) -> Dataset:
        """Return the examples."""
        return self.numbers.recipe.dataset

    @property
    def mapped(self) -> bool:
        """Tell whether there are few enough inputs for maps."""
        return self.numbers.network.sizes[0] <= MOST_INPUTS

    @property
    def roomy(self) -> bool:
        """Tell whether maps have room beside the discs."""
        return self.mapped and layout_of(self.numbers.network.sizes, tiles=True).tile > 0

    @cached_property
    def plane(self) -> Plane:
        """Return what every neuron answers all over the inputs."""
        held = [] if self.data.x_test is None else [self.data.x_test]
        whole = plane_of(self.numbers.network, dials_now(self.numbers), np.hstack([self.data.x, *held]))
        return told(whole, self.numbers, self.example)

    def name(self, layer: int, number: int) -> str:
        """Return a neuron's name."""
        return names.neuron(self.numbers.network.sizes, layer, number)

    @property
    def inputs(self) -> list[str]:
        """Return the names of the inputs."""
        names = [self.name(0, number) for number in range(1, self.numbers.network.sizes[0] + 1)]
        return [column.name or name for column, name in zip(self.data.inputs, names, strict=True)]

    def small(self, layer: int, number: int) -> Map:
        """Return a neuron's small map or curve."""
        activation, values = self.numbers.network.activation(layer), self.plane.a[layer][number - 1]
        if len(self.plane.axes) == 1:
            return response_map.curve_map(
                values[:: response_map.STRIDE], response_map.SMALL, response_map.reach_of(activation, values)
            )
        return response_map.map_of(
            values[:: response_map.STRIDE, :: response_map.STRIDE],
            activation,
            response_map.COARSE,
            response_map.SMALL,
        )

    @cached_property
    def smalls(self) -> dict[tuple[int, int], Map]:
        """Return the small maps of all neurons by (layer, number)."""
        sizes = self.numbers.network.sizes
        return {(l, j): self.small(l, j) for l in self.numbers.network.layers for j in range(1, sizes[l] + 1)}

    def spot(self, layer: int, number: int) -> tuple[float, float] | None:
        """Return where the drawn example stands on a small map, None before the neuron has answered it."""
        said = self.numbers.forward.a.get(layer, ())
        if len(said) < number or len(self.plane.axes) == 1:
            return None
        across, up = self.numbers.x[:, self.example].tolist()
        right, high = ((float(axis[0]), float(axis[-1])) for axis in self.plane.axes)
        return response_map.placed(right, high, response_map.SMALL)(across, up)
