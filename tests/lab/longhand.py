"""A small network worked out number by number, with nothing but Python's own arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

Layer = tuple[list[list[float]], list[float]]  # a row of weights for each neuron, and their biases
Example = tuple[list[float], list[float]]

VALUES = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "linear": lambda z: z,
}
SLOPES = {  # from what a neuron says
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: float(a > 0),
    "linear": lambda a: 1.0,
}


class Page(NamedTuple):
    """What stands on one page: the examples, the first dials, and how to go on from them."""

    examples: list[Example]
    layers: list[Layer]
    inner: str = "sigmoid"
    outer: str = "sigmoid"
    cost: str = "quadratic"
    eta: float = 0.8
    batch: int = 1
    biases: bool = True  # whether they learn

    @property
    def sizes(self) -> tuple[int, ...]:
        """Count the inputs and the neurons of every layer."""
        return (len(self.examples[0][0]), *(len(biases) for _, biases in self.layers))

    @property
    def dials(self) -> list[float]:
        """Write all dials in a row: the weights of a layer, then its biases."""
        return [dial for rows, biases in self.layers for part in (*rows, biases) for dial in part]

    def said(self, x: list[float]) -> list[list[float]]:
        """Return what every layer says, from the inputs on."""
        levels = [x]
        for at, (rows, biases) in enumerate(self.layers, 1):
            value = VALUES[self.outer if at == len(self.layers) else self.inner]
            sums = (product(row, levels[-1]) + bias for row, bias in zip(rows, biases, strict=True))
            levels.append([value(z) for z in sums])
        return levels

    def mean_cost(self) -> float:
        """Return the cost of an example, on average over all of them."""
        pairs = [zip(self.said(x)[-1], y, strict=True) for x, y in self.examples]
        if self.cost == "quadratic":
            return sum((a - t) ** 2 / 2 for pair in pairs for a, t in pair) / len(pairs)
        return -sum(math.log(a if t else 1 - a) for pair in pairs for a, t in pair) / len(pairs)

    def errors(self, levels: list[list[float]], y: list[float]) -> list[list[float]]:
        """Return the errors of every layer that has dials, the first one first."""
        straight = self.cost == "cross-entropy"  # which takes the slope of a sigmoid away
        slope = SLOPES["linear" if straight else self.outer]
        errors = [[(a - t) * slope(a) for a, t in zip(levels[-1], y, strict=True)]]
        for (rows, _), level in zip(self.layers[:0:-1], levels[-2:0:-1], strict=True):
            blame = [product(column, errors[0]) for column in zip(*rows, strict=True)]
            errors.insert(0, [b * SLOPES[self.inner](a) for b, a in zip(blame, level, strict=True)])
        return errors

    def after(self) -> Page:
        """Return the same page after one descent by the first examples."""
        layers = [([[*row] for row in rows], [*biases]) for rows, biases in self.layers]
        step = self.eta / self.batch
        for x, y in self.examples[: self.batch]:
            said = self.said(x)
            for (rows, biases), level, errors in zip(layers, said[:-1], self.errors(said, y), strict=True):
                descend(rows, biases if self.biases else [0.0] * len(biases), level, errors, step)
        return self._replace(layers=layers)


def product(some: Sequence[float], others: Sequence[float]) -> float:
    """Return the sum of all pairs' products."""
    return sum(one * other for one, other in zip(some, others, strict=True))


def descend(
    rows: list[list[float]], biases: list[float], level: Sequence[float], errors: list[float], step: float
) -> None:
    """Move the dials of a layer against its errors."""
    for j, error in enumerate(errors):
        rows[j] = [weight - step * error * a for weight, a in zip(rows[j], level, strict=True)]
        biases[j] -= step * error
