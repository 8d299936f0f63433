"""The run so far: what each iteration was given, what it cost, how steep it was, and the dials it went
through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from app.engine.backprop import backward, costs_of, forward
from app.engine.parameters import Array, Parameters
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lab.training import State


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


def past_of(lab: Lab, numbers: Numbers) -> Iterator[Past]:
    """Yield every iteration up to the lab's, and of that one what `numbers`, the lab's own, know of it."""
    starts = Replay().onward(lab.recipe, 0)
    for iteration in range(lab.iteration):
        yield lived(lab.recipe, iteration, next(starts))
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
