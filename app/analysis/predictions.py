"""What the network says to every example, as far as this moment may know it: outputs, costs, right or
wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.rounding import beyond, loudest
from app.datasets.dataset import Dataset
from app.engine.backprop import costs_of, forward
from app.engine.network import Network
from app.engine.parameters import Array, Parameters
from app.lab.replay import Numbers, once

HALF = 0.5  # between the targets of two classes


@dataclass(frozen=True)
class Answers:
    """One column per example: inputs x and targets y as in the data; outputs (n_L, N) and costs (N,), NaN
    where nobody knows yet; `right` holds True, False or None (not known) per example, and is None where
    targets are no classes."""

    x: Array
    y: Array
    outputs: Array
    costs: Array
    right: list[bool | None] | None


def dials_now(numbers: Numbers) -> Parameters:
    """Return the model of this moment: the dials the iteration began with, after the descent the new ones."""
    return numbers.after or numbers.parameters


@once
def answers_of(numbers: Numbers) -> Answers:
    """Ask the examples to learn from; those of this iteration's batch know only what its own passes have
    reached.

    Nothing ahead of the cursor is worked out: after the descent all are asked again, with the new dials.
    """
    data, network = numbers.recipe.dataset, numbers.network
    outputs, costs = np.full(data.y.shape, np.nan), np.full(data.rows, np.nan)
    free = np.ones(data.rows, dtype=bool)
    if numbers.after is None:
        free[numbers.examples] = False
        said = numbers.forward.a.get(network.last, ())
        if len(said) == network.sizes[-1]:
            outputs[:, numbers.examples] = said
        if numbers.costs is not None:
            costs[numbers.examples] = numbers.costs
    outputs[:, free], costs[free] = asked(network, dials_now(numbers), data.x[:, free], data.y[:, free])
    return Answers(data.x, data.y, outputs, costs, right_of(data, data.y, outputs))


def unasked(numbers: Numbers, answers: Answers) -> Answers:
    """Return what may be read off one by one: after the descent all but the examples of the next iteration,
    whose outputs come next; where that is all of them, all."""
    coming = numbers.recipe.examples_at(numbers.iteration + 1)
    if numbers.after is None or len(set(coming)) == len(answers.costs):
        return answers
    outputs, costs = answers.outputs.copy(), answers.costs.copy()
    outputs[:, coming], costs[coming] = np.nan, np.nan
    right = answers.right and [None if at in coming else one for at, one in enumerate(answers.right)]
    return replace(answers, outputs=outputs, costs=costs, right=right)


def held_back(numbers: Numbers) -> Answers | None:
    """Ask the examples held back, None where there are none; no pass of a run ever goes through them."""
    data = numbers.recipe.dataset
    if data.x_test is None or data.y_test is None:
        return None
    outputs, costs = asked(numbers.network, dials_now(numbers), data.x_test, data.y_test)
    return Answers(data.x_test, data.y_test, outputs, costs, right_of(data, data.y_test, outputs))


def misses(data: Dataset, answers: Answers) -> list[float]:
    """Return by how much each output misses its target on average, in the units that somebody brought, over
    the examples that were asked; none where targets are classes, or nobody was asked."""
    known = np.isfinite(answers.outputs).all(axis=0)
    if data.classes or not known.any():
        return []
    missed = np.abs(answers.outputs - answers.y)[:, known].mean(axis=1).tolist()
    return [miss * column.half for miss, column in zip(missed, data.aims, strict=True)]


def confusion(data: Dataset, answers: Answers) -> list[list[int]]:
    """Count the examples that were asked by their class, one row each, and by the class the network says: 0
    and 1 of one output, or the outputs; last those of which it says nothing clear. None where there are no
    classes of which one is right."""
    if not data.classes or not (data.one_hot or len(data.y) == 1):
        return []
    known = np.isfinite(answers.outputs).all(axis=0)
    outputs, y = answers.outputs[:, known], answers.y[:, known]
    size = max(2, len(y))
    if data.one_hot:
        actual, said = y.argmax(axis=0).tolist(), loudest(outputs)
    else:
        sides = beyond(outputs[0], HALF)
        actual, said = y[0].astype(int).tolist(), [int(side > 0) if side else None for side in sides]
    counts = [[0] * (size + 1) for _ in range(size)]
    for one, other in zip(actual, said, strict=True):
        counts[one][size if other is None else other] += 1
    return counts


def asked(network: Network, dials: Parameters, x: Array, y: Array) -> tuple[Array, Array]:
    """Return the outputs and the costs of examples."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        reached = forward(network, dials, x)
        return reached.a[network.last], costs_of(network, reached, y)


def middle_of(data: Dataset, output: int) -> float:
    """Return what lies halfway between the lowest and the highest target of an output, counted from 0."""
    targets = data.targets[output]
    return HALF if data.classes else float(targets.min() + targets.max()) / 2


def right_of(data: Dataset, y: Array, outputs: Array) -> list[bool | None] | None:
    """Tell of every example whether the outputs, shape (n_L, N), say what they should.

    One-hot: the right output is the loudest, and nobody is as loud. Other classes: each output is nearer to
    its own target than to the other one. What only rounding has put on a side is on neither. Where targets
    are any numbers there is no right or wrong.
    """
    if not data.classes:
        return None
    if data.one_hot:
        one, other = (np.where(y == hot, outputs, -np.inf).max(axis=0) for hot in (1, 0))
        right = beyond(one, other) > 0
    else:
        right = np.logical_and.reduce(beyond(outputs, HALF) * (y - HALF) > 0, axis=0)
    known = np.logical_and.reduce(np.isfinite(outputs), axis=0).tolist()
    return [verdict if is_known else None for verdict, is_known in zip(right.tolist(), known, strict=True)]
