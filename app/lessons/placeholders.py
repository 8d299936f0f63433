"""Figures for lessons' sentences, {name:place}. To add one: a function in FIGURES.

A place is layer.neuron or layer.to.source, all from 1. A | before it asks for the size without its sign, @3
behind it for the figure of card 3. Of a batch a figure is that of its first example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from app.analysis.blame import mean_errors
from app.analysis.predictions import answers_of, dials_now, held_back
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Array
from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.lesson import Lesson
from app.notation import names
from app.notation.language import tr
from app.notation.numbers import figure
from app.story.wording import told

Place = tuple[int, ...]
Found = float | str
T = TypeVar("T")
Kind = Literal["w", "b"]
SPEC = re.compile(r"(?P<size>\|?)(?P<place>[\d.]*)(?:@(?P<card>\d+))?")


class NotKnown(Exception):
    """Say that a figure does not exist at this moment."""


def neuron(rows: Callable[[Numbers], dict[int, Array]], numbers: Numbers, place: Place) -> float:
    """Return the figure of a neuron."""
    layer, number = place
    return float(rows(numbers)[layer][number - 1][0])


def most(rows: Callable[[Numbers], dict[int, Array]], numbers: Numbers, place: Place) -> str:
    """Return the name of a layer's neuron with the largest figure, whatever its sign."""
    sizes = numbers.network.sizes
    found = np.abs(rows(numbers)[place[0]][:, 0])
    return names.neuron(sizes, place[0], int(np.argmax(found)) + 1)


def dial(kind: Kind, numbers: Numbers, place: Place) -> float:
    """Return a weight or a bias, after the descent the new one."""
    return Dial(kind, *place).of(dials_now(numbers))


def gradient(kind: Kind, numbers: Numbers, place: Place) -> float:
    """Return by how much the cost goes with a dial."""
    return Dial(kind, *place).of(numbers.backward.nabla)


def step(numbers: Numbers, place: Place) -> float:
    """Return by how much the descent has changed a weight."""
    weight = Dial("w", *place)
    return weight.of(known(numbers.after)) - weight.of(numbers.parameters)


def cost(numbers: Numbers, place: Place) -> float:
    """Return the drawn example's cost, after the descent that of its new answer."""
    return float(known(numbers.costs if numbers.costs_after is None else numbers.costs_after)[0])


def total(numbers: Numbers, place: Place) -> float:
    """Return the mean cost over all examples to learn from, with the dials of this moment."""
    data = numbers.recipe.dataset
    return mean_cost(numbers.network, dials_now(numbers), data.x, data.y)


def right(numbers: Numbers, place: Place) -> float:
    """Return how many examples to learn from are right with the dials of this moment."""
    found = known(answers_of(numbers).right)
    return float([known(one) for one in found].count(True))


def slopes(numbers: Numbers) -> dict[int, Array]:
    """Return how much of the blame each neuron lets through, by layer."""
    return {layer: numbers.network.activation(layer).slope(z) for layer, z in numbers.forward.z.items()}


def shrunk(numbers: Numbers, place: Place) -> float:
    """Return how many times smaller the error is in the first layer than at the output."""
    columns = {layer: rows[:, 0] for layer, rows in numbers.backward.delta.items()}
    means = mean_errors(columns, numbers.network.sizes)
    return means[numbers.network.last] / means[1]


@lru_cache(maxsize=16)
def agreed(recipe: Recipe, iterations: int) -> int:
    """Count the iterations so far in which the loudest neuron of the first layer also had the most error."""
    replay, lab, found = Replay(), Lab(recipe), 0
    last = max(at for at, moment in enumerate(lab.moments) if moment.phase == "backward")
    for iteration in range(iterations):
        numbers = replay.numbers(lab.go(iteration * len(lab.moments) + last))
        loud, blamed = numbers.forward.a[1][:, 0], numbers.backward.delta[1][:, 0]
        found += int(np.abs(loud).argmax() == np.abs(blamed).argmax())
    return found


def known(found: T | None) -> T:
    """Return what is there; raises NotKnown where it is not."""
    if found is None:
        raise NotKnown
    return found


FIGURES: dict[str, Callable[[Numbers, Place], Found]] = {
    "a": partial(neuron, lambda numbers: numbers.forward.a),
    "z": partial(neuron, lambda numbers: numbers.forward.z),
    "slope": partial(neuron, slopes),
    "delta": partial(neuron, lambda numbers: numbers.backward.delta),
    "received": partial(neuron, lambda numbers: numbers.backward.received),
    "again": lambda numbers, place: float(known(numbers.again).a[numbers.network.last][place[0] - 1][0]),
    "loudest": partial(most, lambda numbers: numbers.forward.a),
    "blamed": partial(most, lambda numbers: numbers.backward.delta),
    "w": partial(dial, "w"),
    "b": partial(dial, "b"),
    "grad_w": partial(gradient, "w"),
    "grad_b": partial(gradient, "b"),
    "step": step,
    "y": lambda numbers, place: float(numbers.y[place[0] - 1][0]),
    "cost": cost,
    "total": total,
    "test_cost": lambda numbers, place: float(known(held_back(numbers)).costs.mean()),
    "right": right,
    "rows": lambda numbers, place: float(numbers.recipe.dataset.rows),
    "name": lambda numbers, place: names.neuron(numbers.network.sizes, *place),
    "agreed": lambda numbers, place: float(agreed(numbers.recipe, numbers.iteration + 1)),
    "eta": lambda numbers, place: numbers.eta,
    "iteration": lambda numbers, place: float(numbers.iteration + 1),
    "shrunk": shrunk,
}

EXACT = ("cost", "total", "test_cost", "eta")  # are written as the rest of the page writes them

FINE = 1.0  # what is smaller has a digit more, as in the picture


class Asked(NamedTuple):
    """A figure in a sentence of a lesson's card; format() looks it up and writes it."""

    name: str
    lesson: Lesson
    card: int
    replay: Replay

    def found(self, spec: str) -> Found:
        """Return the figure, without its sign where that is asked for; raises NotKnown."""
        asked = SPEC.fullmatch(spec)
        if not asked:
            raise NotKnown(f"{self.name}:{spec}")
        number = int(asked["card"] or self.card)
        place = tuple(int(part) for part in asked["place"].split(".") if part)
        try:
            found = FIGURES[self.name](self.replay.numbers(self.lesson.card(number).lab), place)
        except (LookupError, TypeError, ValueError, NotKnown):
            raise NotKnown(f"{self.name}:{spec} on card {self.card}") from None
        return abs(found) if asked["size"] and not isinstance(found, str) else found

    def __format__(self, spec: str) -> str:
        """Write the figure as the story writes numbers."""
        found = self.found(spec)
        if isinstance(found, str):
            return found
        if self.name in EXACT:
            return figure(found)
        return told(found, 3 if abs(found) < FINE else None)


def said(message: str, lesson: Lesson, card: int, replay: Replay) -> str:
    """Say a message of a lesson's card with the figures of its moment."""
    return tr(message, **{name: Asked(name, lesson, card, replay) for name in FIGURES})
