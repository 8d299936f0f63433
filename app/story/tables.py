"""The moment as tables: what the picture shows, in reading order; what has not happened is an empty cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.parameters import Array
from app.lab.dials import dials_of
from app.lab.replay import Numbers
from app.notation import names
from app.notation.language import N_, _, tr
from app.notation.numbers import figure
from app.story.fingers import alone_of

BLANK, SHARED = "", "–"
COUPLED = N_(
    "Softmax has no slope of one neuron alone: every δ takes what all outputs receive. The "
    "inspector works it out."
)


@dataclass(frozen=True)
class Table:
    """A caption, the column heads, rows whose first cell heads the row, their marks (`picks`), and a remark
    below."""

    caption: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    picks: list[str]
    note: str = ""


def tables_of(numbers: Numbers, example: int) -> list[Table]:
    """Return the tables of neurons, of targets and costs, and of dials, for column `example` of the batch."""
    return [neurons(numbers, example), goals(numbers, example), dials(numbers)]


def neurons(numbers: Numbers, example: int) -> Table:
    """List z, a, received, slope and δ of every neuron, inputs first."""
    sizes, rows, picks = numbers.network.sizes, [], []
    blamed, reached = numbers.backward, numbers.forward
    for layer, size in enumerate(sizes):
        activation = numbers.network.activation(layer) if layer else None
        for j in range(size):
            values = [
                cell(table, layer, j, example)
                for table in (reached.z, reached.a, blamed.received, blamed.delta)
            ]
            slope = SHARED if values[3] else BLANK
            if values[3] and activation and not activation.couples:
                slope = figure(float(activation.slope(reached.z[layer][j, example])))
            picks.append(f"n-{layer}-{j + 1}")
            unit = numbers.recipe.dataset.inputs[j].label(float(numbers.x[j, example])) if not layer else ""
            name = titled(names.neuron(sizes, layer, j + 1), unit)
            rows.append((name, *values[:3], slope, values[3]))
    note = tr(COUPLED) if any(row[4] == SHARED for row in rows) else ""
    return Table(
        titled(_("Neurons"), alone_of(numbers, example)),
        ("", "z", "a", "∂C/∂a", "f′(z)", "δ"),
        rows,
        picks,
        note,
    )


def goals(numbers: Numbers, example: int) -> Table:
    """List every target, the cost once it is known, and the batch's where that is more than one example."""
    sizes, last, costs = numbers.network.sizes, numbers.network.last, numbers.costs
    targets = numbers.y[:, example].tolist()
    data = numbers.recipe.dataset
    units = [column.label(target) for column, target in zip(data.aims, targets, strict=True)]
    units = list(data.called) if data.columns and data.called else units
    rows: list[tuple[str, ...]] = [
        (titled("y" + names.neuron(sizes, last, j)[1:], unit), figure(target))
        for j, (target, unit) in enumerate(zip(targets, units, strict=True), 1)
    ]
    rows.append(("C", BLANK if costs is None else figure(float(costs[example]))))
    if len(numbers.examples) > 1:
        rows.append((_("C(batch)"), BLANK if costs is None else figure(float(costs.mean()))))
    picks = [f"y-{j}" for j in range(1, sizes[last] + 1)] + ["cost"] * (len(rows) - sizes[last])
    return Table(titled(_("Targets and cost"), alone_of(numbers, example)), ("", _("value")), rows, picks)


def dials(numbers: Numbers) -> Table:
    """List value, gradient and new value of every dial, layer by layer; gradients are means over the
    batch."""
    sizes, nabla, after = numbers.network.sizes, numbers.backward.nabla, numbers.after
    rows, picks = [], []
    for dial in dials_of(sizes):
        old, new = dial.of(numbers.parameters), dial.of(after) if after else None
        values = (old, dial.known(nabla), None if new is None else new - old, new)
        rows.append((dial.name(sizes), *map(known, values)))
        picks.append(dial.mark)
    count = len(numbers.examples)
    mean = _("∂C/∂ is the mean over {count} examples", count=count) if count > 1 else ""
    return Table(titled(_("Dials"), mean), ("", _("value"), "∂C/∂", _("change"), _("new")), rows, picks)


def titled(caption: str, more: str) -> str:
    """Return a caption, with what belongs to it where there is anything.

    >>> titled(_("Neurons"), "example 2 alone"), titled(_("Neurons"), "")
    ('Neurons: example 2 alone', 'Neurons')
    """
    return f"{caption}: {more}" if more else caption


def cell(table: Mapping[int, Array], layer: int, row: int, place: int) -> str:
    """Return one number of a table as text, blank where it has not happened."""
    block = table.get(layer)
    return BLANK if block is None or len(block) <= row else figure(float(block[row, place]))


def known(value: float | None) -> str:
    """Return a number as text, blank where it has not happened."""
    return BLANK if value is None else figure(value)
