"""The quantities of a moment as formulas hold them: each with its name, its value, and the mark it comes
from."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.parameters import Array
from app.lab.dials import Dial
from app.lab.replay import Numbers
from app.notation import names
from app.story.formulas.expression import Num

Table = Mapping[int, Array]


class Quantities:
    """Look up one example's numbers: those of column `example` of the batch, and the dials."""

    def __init__(self, numbers: Numbers, example: int) -> None:
        self.n, self.example = numbers, example
        self.net, self.sizes, self.last = numbers.network, numbers.network.sizes, numbers.network.last

    def name(self, layer: int, j: int) -> str:
        return names.neuron(self.sizes, layer, j)

    def among(self, layer: int) -> range:
        """Return the numbers of a layer's neurons."""
        return range(1, self.sizes[layer] + 1)

    def has(self, table: Table, layer: int, j: int) -> bool:
        return layer in table and len(table[layer]) >= j

    def of(self, table: Table, sign: str, layer: int, j: int, example: int | None = None) -> Num:
        """Return a neuron's number: the drawn example's, or with `example` one among the batch's, which its
        name then tells."""
        column = self.example if example is None else example
        of_many = example is not None and len(self.n.examples) > 1
        letter, low, index = sign.format(self.name(layer, j)).partition("_")
        name = letter + (names.example(self.n.examples[column] + 1) if of_many else "") + low + index
        return Num(
            name, float(table[layer][j - 1, column]), f"n-{layer}-{j}" if column == self.example else ""
        )

    def a(self, layer: int, j: int, example: int | None = None) -> Num:
        return self.of(self.n.forward.a, "{}", layer, j, example)

    def z(self, layer: int, j: int) -> Num:
        return self.of(self.n.forward.z, "z_{}", layer, j)

    def delta(self, layer: int, j: int, example: int | None = None) -> Num:
        return self.of(self.n.backward.delta, "δ_{}", layer, j, example)

    def received(self, layer: int, j: int) -> Num:
        return self.of(self.n.backward.received, "∂C/∂{}", layer, j)

    def w(self, layer: int, j: int, k: int) -> Num:
        dial = Dial("w", layer, j, k)
        return Num(dial.name(self.sizes), dial.of(self.n.parameters), dial.mark)

    def b(self, layer: int, j: int) -> Num:
        dial = Dial("b", layer, j)
        return Num(dial.name(self.sizes), dial.of(self.n.parameters), f"n-{layer}-{j}")

    def y(self, j: int) -> Num:
        name = "y" + self.name(self.last, j)[1:]
        return Num(name, float(self.n.y[j - 1, self.example]), f"y-{j}")

    def slope(self, layer: int, j: int) -> float:
        """Return f′(z) of a neuron."""
        return float(self.net.activation(layer).slope(self.n.forward.z[layer][j - 1, self.example]))
