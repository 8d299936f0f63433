"""What the story speaks of: one example's numbers, by the names that a listener knows."""

from __future__ import annotations

from functools import cached_property

from app.analysis.rounding import real
from app.engine.backprop import Backward
from app.engine.parameters import Array
from app.lab.replay import Numbers
from app.notation import names
from app.notation.language import _


class Speaker:
    """The numbers of column `example` of a batch; layers from 0, neurons from 1."""

    def __init__(self, numbers: Numbers, example: int) -> None:
        self.numbers, self.example = numbers, example
        self.network, self.sizes, self.last = numbers.network, numbers.network.sizes, numbers.network.last

    @cached_property
    def real(self) -> Backward:
        """Return the backward pass without what is only rounding."""
        return real(self.numbers)

    def name(self, layer: int, j: int) -> str:
        """Name a neuron; outputs that stand for something are called by it."""
        called = self.numbers.recipe.dataset.called
        if called and layer == self.last:
            return _("“{name}”", name=called[j - 1])
        return names.neuron(self.sizes, layer, j)

    def of(self, table: dict[int, Array], layer: int) -> list[float]:
        """Return a layer's numbers as far as they are known."""
        return [float(value) for value in table[layer][:, self.example]]

    @property
    def answers(self) -> list[float]:
        """Return what the outputs say, as far as it is known."""
        return self.of(self.numbers.forward.a, self.last)

    @property
    def targets(self) -> list[float]:
        """Return what the outputs should say."""
        return [float(value) for value in self.numbers.y[:, self.example]]

    def slope(self, layer: int, j: int) -> float | None:
        """Return how much a neuron reacts, as a share of the most its function can; None in a softmax."""
        activation = self.network.activation(layer)
        if activation.couples:
            return None
        slope = float(activation.slope(self.numbers.forward.z[layer][j - 1, self.example]))
        return abs(slope) / activation.steepest
