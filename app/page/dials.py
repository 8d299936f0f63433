"""The exact dials beside the picture: all of them as text that somebody may type over, and what was
understood of matrices before they are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.analysis.predictions import dials_now
from app.lab.dial_list import dial_lines, readings
from app.lab.matrices import Reading
from app.notation.names import Sizes, neuron
from app.notation.numbers import figure, marked
from app.page.frame import Frame
from app.story.matrices import way_told


class Cell(NamedTuple):
    """A number as it is printed, and whether the other readings have another one in its place."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Layer:
    """The dials into a layer: who is listened to, and a row of weights and bias for each neuron."""

    number: int
    sources: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Understood:
    """A reading: the key by which it is taken, how it reads, and the dials it gives."""

    key: str
    told: str
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Dials:
    """All dials as a person may type them, what is wrong with a text that was sent, or how it was
    understood."""

    text: str
    wrong: str = ""
    understood: tuple[Understood, ...] = ()


def build(frame: Frame) -> Dials:
    """Write the dials down as they stand after what has happened; what was typed stays as it is."""
    sizes = frame.numbers.network.sizes
    if "dials" in frame.wrong:
        return Dials(frame.typed, frame.wrong["dials"])
    if frame.typed and not frame.wrong:
        found = readings(frame.typed, sizes, biases=frame.lab.recipe.biases)
        return Dials(frame.typed, understood=tuple(understood(one, found, sizes) for one in found))
    return Dials(marked(dial_lines(dials_now(frame.numbers), sizes)))


def understood(reading: Reading, among: Sequence[Reading], sizes: Sizes) -> Understood:
    """Write a reading down, layer by layer."""
    layers = []
    for layer in range(1, len(sizes)):
        tables = [np.hstack([one.dials.w[layer], one.dials.b[layer]]) for one in (reading, *among)]
        rows = [
            tuple(
                Cell(figure(value), any(table[j, k] != value for table in tables))
                for k, value in enumerate(row)
            )
            for j, row in enumerate(tables[0].tolist())
        ]
        named = [(neuron(sizes, layer, j), row) for j, row in enumerate(rows, 1)]
        sources = tuple(neuron(sizes, layer - 1, k) for k in range(1, sizes[layer - 1] + 1))
        layers.append(Layer(layer, sources, tuple(named)))
    return Understood(reading.way.key, way_told(reading.way, [one.way for one in among]), tuple(layers))
