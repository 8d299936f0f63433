"""What a picture is drawn from: one example's numbers as far as they are known, and the lens."""

from __future__ import annotations

import numpy as np

from app.engine.parameters import Array
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.picture.known import column
from app.picture.layout import Layout


class Stage:
    """One example's numbers at a moment, seen through a lens."""

    def __init__(
        self, numbers: Numbers, lens: str, example: int, *, recent: tuple[Moment, ...], layout: Layout
    ) -> None:
        self.numbers, self.lens, self.example = numbers, lens, example
        self.network, self.sizes = numbers.network, numbers.network.sizes
        self.layout = layout
        self.z = {layer: column(rows, example) for layer, rows in numbers.forward.z.items()}
        self.a = {layer: column(rows, example) for layer, rows in numbers.forward.a.items()}
        self.received = {layer: column(rows, example) for layer, rows in numbers.backward.received.items()}
        self.delta = {layer: column(rows, example) for layer, rows in numbers.backward.delta.items()}
        self.largest = float(abs(numbers.recipe.dataset.x).max()) or 1.0
        self.miss = 1.0
        if numbers.costs is not None:
            self.miss = float(abs(numbers.forward.a[self.network.last] - numbers.y)[:, example].max()) or 1.0
        self.recent = {(m.phase, m.layer, m.neuron) for m in recent}

    def is_now(self, phase: str, layer: int, neuron: int) -> bool:
        return (phase, layer, neuron) in self.recent or (phase, layer, 0) in self.recent

    def z_of(self, layer: int, j: int) -> Array:
        return np.asarray(self.numbers.forward.z[layer][j - 1, self.example])
