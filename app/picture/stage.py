"""What a picture is drawn from: one example's numbers as far as they are known, and how one looks at them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.analysis.rounding import real, steps
from app.lab.dials import Pick
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.picture.known import column
from app.picture.layout import Layout
from app.picture.marks import Wording

SHORT = 3  # letters of what an output stands for that have room in its disc


class Stage:
    """One example's numbers at a moment, and how somebody looks at them."""

    def __init__(
        self,
        numbers: Numbers,
        lens: str,
        example: int,
        *,
        recent: tuple[Moment, ...],
        layout: Layout,
        words: Wording,
        asked: Pick | None,
        labels: bool,
    ) -> None:
        self.numbers, self.lens, self.example = numbers, lens, example
        self.network, self.sizes, self.data = numbers.network, numbers.network.sizes, numbers.recipe.dataset
        self.layout, self.words, self.asked, self.labels = layout, words, asked, labels
        self.names = names_of(self.sizes, self.data.called)
        self.weights = {layer: rows.tolist() for layer, rows in numbers.parameters.w.items()}
        self.after: dict[int, list[list[float]]] | None = None  # the same after the descent
        if numbers.after is not None:
            self.after = {layer: rows.tolist() for layer, rows in numbers.after.w.items()}
        self.descended = lens == "gradient" and numbers.after is not None
        self.z = {layer: column(rows, example) for layer, rows in numbers.forward.z.items()}
        self.a = {layer: column(rows, example) for layer, rows in numbers.forward.a.items()}
        self.said = self.a  # what the discs show: after the descent the answers of the new dials
        if numbers.again is not None:
            self.said = {layer: column(rows, example) for layer, rows in numbers.again.a.items()}
        self.received = {layer: column(rows, example) for layer, rows in numbers.backward.received.items()}
        self.delta = {layer: column(rows, example) for layer, rows in numbers.backward.delta.items()}
        self.real, self.steps = real(numbers), steps(numbers)  # without what is only rounding
        self.blame = {layer: column(rows, example) for layer, rows in self.real.delta.items()}
        self.slopes: dict[int, list[float]] = {}
        self.largest = float(abs(self.data.x).max()) or 1.0
        self.miss = 1.0
        if numbers.costs is not None:
            self.miss = float(abs(numbers.forward.a[self.network.last] - numbers.y)[:, example].max()) or 1.0
        self.recent = {(m.phase, m.layer, m.neuron) for m in recent}

    def is_now(self, phase: str, layer: int, neuron: int) -> bool:
        return (phase, layer, neuron) in self.recent or (phase, layer, 0) in self.recent

    def name(self, layer: int, j: int) -> str:
        return self.names[layer][j - 1]

    def slope(self, layer: int, j: int) -> float:
        """Return how much a neuron reacts, f′(z)."""
        if layer not in self.slopes:
            self.slopes[layer] = self.network.activation(layer).slope(np.array(self.z[layer])).tolist()
        return self.slopes[layer][j - 1]


@lru_cache(maxsize=256)
def names_of(sizes: names.Sizes, called: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the neurons' names, a row for each layer; outputs that stand for something short, as in
    `called`, are called by it."""
    found = [[names.neuron(sizes, layer, j + 1) for j in range(size)] for layer, size in enumerate(sizes)]
    for j, name in enumerate(called):
        if len(name) <= SHORT:
            found[-1][j] = name
    return tuple(map(tuple, found))
