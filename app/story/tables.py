"""The moment as tables: what the picture shows, in reading order; what has not happened is an empty cell."""

from __future__ import annotations

from dataclasses import dataclass

from app.lab import names
from app.lab.figures import figure
from app.lab.replay import Numbers

BLANK = ""


@dataclass(frozen=True)
class Table:
    """A caption, the column heads, and rows whose first cell heads the row; `picks` are the rows' marks."""

    caption: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    picks: list[str]


def tables_of(numbers: Numbers, example: int) -> list[Table]:
    """Return the neurons' table and the dials' table for column `example` of the batch."""
    return [neurons(numbers, example), dials(numbers)]


def neurons(numbers: Numbers, example: int) -> Table:
    """List z, a, received, slope and δ of every neuron, inputs first."""
    sizes, rows, picks = numbers.network.sizes, [], []
    blamed, reached = numbers.backward, numbers.forward
    for layer, size in enumerate(sizes):
        activation = numbers.network.activation(layer) if layer else None
        for j in range(size):
            values = [cell(table, layer, j, example) for table in (reached.z, reached.a, blamed.received, blamed.delta)]
            slope = BLANK
            if values[3] and not activation.couples:
                slope = figure(float(activation.slope(reached.z[layer][j, example])))
            picks.append(f"n-{layer}-{j + 1}")
            rows.append((names.neuron(sizes, layer, j + 1), *values[:3], slope, values[3]))
    return Table("Neurons", ("", "z", "a", "∂C/∂a", "f′(z)", "δ"), rows, picks)


def dials(numbers: Numbers) -> Table:
    """List value, gradient and new value of every dial, layer by layer; gradients are means over the batch."""
    sizes, rows, picks = numbers.network.sizes, [], []
    for layer in numbers.network.layers:
        for kind, name in (("w", names.weight), ("b", names.bias)):
            before, nabla = getattr(numbers.parameters, kind), getattr(numbers.backward.nabla, kind)
            after = getattr(numbers.after, kind) if numbers.after else {}
            change = {layer: after[layer] - before[layer]} if after else {}
            for j in range(sizes[layer]):
                for k in range(before[layer].shape[1]):
                    index = (j + 1, k + 1) if kind == "w" else (j + 1,)
                    values = [cell(table, layer, j, k) for table in (before, nabla, change, after)]
                    picks.append("-".join(map(str, (kind, layer, *index))))
                    rows.append((name(sizes, layer, *index), *values))
    return Table("Dials", ("", "value", "∂C/∂", "change", "new"), rows, picks)


def cell(table: dict, layer: int, row: int, place: int) -> str:
    """Return one number as text, blank where it has not happened."""
    block = table.get(layer)
    return BLANK if block is None or len(block) <= row else figure(float(block[row, place]))


