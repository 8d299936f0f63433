"""A network's shape and the functions it is made of; its dials are `Parameters`."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.activations import Activation
from app.engine.costs import Cost


@dataclass(frozen=True)
class Network:
    """Name the sizes (n_0, …, n_L), each hidden layer's activation, the output's, and the cost."""

    sizes: tuple[int, ...]
    hidden: tuple[Activation, ...]
    output: Activation
    cost: Cost

    @property
    def last(self) -> int:
        """Return L, the number of the output layer."""
        return len(self.sizes) - 1

    @property
    def layers(self) -> range:
        """Return the numbers of the layers that have dials, 1 … L."""
        return range(1, len(self.sizes))

    def activation(self, layer: int) -> Activation:
        """Return the activation function of a layer."""
        return self.output if layer == self.last else self.hidden[layer - 1]

    def coupled(self, layer: int) -> bool:
        """Tell whether the layer's neurons only have activations together (softmax)."""
        return self.activation(layer).couples
