"""What a picture is drawn from: one example's numbers as far as they are known, and how one looks at them."""

from __future__ import annotations

import numpy as np

from app.analysis.rounding import real, steps
from app.engine.parameters import Array
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
        self.network, self.sizes = numbers.network, numbers.network.sizes
        self.layout, self.words, self.asked, self.labels = layout, words, asked, labels
        self.z = {layer: column(rows, example) for layer, rows in numbers.forward.z.items()}
        self.a = {layer: column(rows, example) for layer, rows in numbers.forward.a.items()}
        self.said = self.a  # what the discs show: after the descent the answers of the new dials
        if numbers.again is not None:
            self.said = {layer: column(rows, example) for layer, rows in numbers.again.a.items()}
        self.received = {layer: column(rows, example) for layer, rows in numbers.backward.received.items()}
        self.delta = {layer: column(rows, example) for layer, rows in numbers.backward.delta.items()}
        self.real, self.steps = real(numbers), steps(numbers)  # without what is only rounding
        self.blame = {layer: column(rows, example) for layer, rows in self.real.delta.items()}
        self.largest = float(abs(numbers.recipe.dataset.x).max()) or 1.0
        self.miss = 1.0
        if numbers.costs is not None:
            self.miss = float(abs(numbers.forward.a[self.network.last] - numbers.y)[:, example].max()) or 1.0
        self.recent = {(m.phase, m.layer, m.neuron) for m in recent}

    def is_now(self, phase: str, layer: int, neuron: int) -> bool:
        return (phase, layer, neuron) in self.recent or (phase, layer, 0) in self.recent

    def name(self, layer: int, j: int) -> str:
        """Return a neuron's name; an output that stands for something short is called by it."""
        called = self.numbers.recipe.dataset.called
        if called and layer == self.network.last and len(called[j - 1]) <= SHORT:
            return called[j - 1]
        return names.neuron(self.sizes, layer, j)

    def z_of(self, layer: int, j: int) -> Array:
        return np.asarray(self.numbers.forward.z[layer][j - 1, self.example])
