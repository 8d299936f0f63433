"""The run so far: what each iteration was given, what it cost, how steep it was, and the dials it went
through."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import numpy as np

from app.engine.backprop import backward, costs_of, forward
from app.engine.parameters import Array, Parameters
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lab.training import State, Trainer
from app.limits import TABLE_NUMBERS

DIGITS = 20  # bytes of a number in a table


class Past(NamedTuple):
    """One iteration, counted from 1 as are its examples; what has not happened in it is None.

    `cost` is the batch's mean, `steepness` the length of its whole gradient, `dials` those its signal went
    through, shape (P,) in the order of the dials. Behind a descent stands one more, with nothing but its
    dials.
    """

    iteration: int
    examples: list[int]
    cost: float | None
    steepness: float | None
    dials: Array


def every_of(lab: Lab) -> int:
    """Return of how many iterations one is in the log: all of them, unless they were too many numbers."""
    return ceil(lab.iteration * columns_of(lab) / TABLE_NUMBERS) or 1


def size_of(lab: Lab) -> int:
    """Return how many bytes the log has as a table, more or less."""
    return ceil(lab.iteration / every_of(lab) + 1) * columns_of(lab) * DIGITS


def columns_of(lab: Lab) -> int:
    """Return how many numbers belong to one iteration."""
    return 3 + len(dials_of(lab.recipe.sizes))


def past_of(lab: Lab, numbers: Numbers) -> Iterator[Past]:
    """Yield the iterations up to the lab's, each `every_of`-th of them, and of the lab's own what its
    `numbers` know of it."""
    walk = Trainer(lab.recipe, 0, Replay.first(lab.recipe))
    for iteration in range(0, lab.iteration, every_of(lab)):
        walk.to(iteration)
        yield lived(lab.recipe, iteration, walk.start())
    whole = len(numbers.backward.nabla) == len(numbers.parameters)
    yield Past(
        lab.iteration + 1,
        [number + 1 for number in numbers.examples],
        None if numbers.costs is None else float(numbers.costs.mean()),
        length(numbers.backward.nabla) if whole else None,
        numbers.parameters.vector(),
    )
    if numbers.after is not None:
        yield Past(lab.iteration + 2, [], None, None, numbers.after.vector())


def lived(recipe: Recipe, iteration: int, start: State) -> Past:
    """Return a whole iteration from its start on."""
    dials, examples = recipe.with_typed_dials(start.parameters, iteration), recipe.examples_at(iteration)
    network, y = recipe.network, recipe.dataset.y[:, examples]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        reached = forward(network, dials, recipe.dataset.x[:, examples])
        cost = float(costs_of(network, reached, y).mean())
        nabla = backward(network, dials, reached, y).nabla
    return Past(iteration + 1, [number + 1 for number in examples], cost, length(nabla), dials.vector())


def length(nabla: Parameters) -> float:
    """Return ‖∇C‖, the root of the sum of its squares."""
    return float(np.linalg.norm(nabla.vector()))
