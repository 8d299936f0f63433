"""A run's measures: one number per iteration, worked out in short slices and remembered, safe to lose.

To add a measure: write a function of recipe, iteration and the dials it begins with, and put it into
`MEASURES`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from time import thread_time

import numpy as np
from cachetools import LRUCache

from app.analysis.goal import MOST, learned, stands_still
from app.engine.backprop import backward, forward
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Parameters
from app.lab.budget import NotYet, working
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lab.training import State

RUNS = 256  # remembered lines of runs; a race needs up to four of them
SLICE = 0.06  # seconds of the processor before other people's steps get their turn
LOOK = 50  # iterations between two looks at whether the cost stands still


@dataclass(frozen=True)
class Slice:
    """How far a slice came, and why it ended: "more" to do, "done", "below" the wanted cost or below it
    "already" where
    it began, "learned", "still" (the cost no longer falls), or "diverged"."""

    iteration: int
    end: str


@dataclass(frozen=True)
class Goal:
    """What a run may stop at before its last iteration: a cost it is below, or that all is learned."""

    below: float | None = None
    learned: bool = False


def cost_of(recipe: Recipe, iteration: int, dials: Parameters) -> float:
    """Return the mean cost over all training examples."""
    return mean_cost(recipe.network, dials, recipe.dataset.x, recipe.dataset.y)


def cost_held_back(recipe: Recipe, iteration: int, dials: Parameters) -> float:
    """Return the mean cost over the examples held back, where there are any."""
    data = recipe.dataset
    if data.x_test is None or data.y_test is None:
        return math.nan
    return mean_cost(recipe.network, dials, data.x_test, data.y_test)


def length_of(recipe: Recipe, iteration: int, dials: Parameters) -> float:
    """Return the length ‖∇C‖ of the iteration's gradient, that of its own batch."""
    examples, network = recipe.examples_at(iteration), recipe.network
    reached = forward(network, dials, recipe.dataset.x[:, examples])
    return float(
        np.linalg.norm(backward(network, dials, reached, recipe.dataset.y[:, examples]).nabla.vector())
    )


MEASURES: dict[str, Callable[[Recipe, int, Parameters], float]] = {
    "cost": cost_of,
    "test": cost_held_back,
    "length": length_of,
}


class History:
    """Know a run's measures at the start of each iteration, as far as it has been walked."""

    def __init__(self, replay: Replay, clock: Callable[[], float] = thread_time) -> None:
        self.replay, self.clock, self.lock = replay, clock, Lock()
        self.runs: LRUCache[tuple[Recipe, str], array[float]] = LRUCache(RUNS)

    def known(self, recipe: Recipe, what: str = "cost") -> array[float]:
        """Return what is known so far, from iteration 0 on; the last one is infinite where the run
        diverged."""
        with self.lock:
            return self.runs.setdefault((recipe, what), array("d"))

    def note(self, recipe: Recipe, iteration: int, value: float, what: str = "cost") -> None:
        """Remember a value that is the next one to be known."""
        values = self.known(recipe, what)
        with self.lock:
            if len(values) == iteration:
                values.append(value)

    def extend(self, recipe: Recipe, iteration: int, what: str = "cost") -> bool:
        """Work for one slice towards knowing all values up to an iteration; return whether all are known."""
        values, until = self.known(recipe, what), self.clock() + SLICE
        at = len(values)
        starts = self.replay.onward(recipe, at)
        with working() as may_go_on, suppress(NotYet):
            while len(values) <= iteration and self.clock() < until and may_go_on() and not diverged(values):
                self.note(recipe, at, measure(recipe, at, next(starts), what), what)
                at += 1
        return self.walked(recipe, iteration, what)

    def walked(self, recipe: Recipe, iteration: int, what: str = "cost") -> bool:
        """Tell whether all values up to an iteration are known, or up to where the run diverged."""
        values = self.known(recipe, what)
        return len(values) > iteration or diverged(values)

    def at(self, recipe: Recipe, iteration: int) -> float:
        """Return the cost at the start of one iteration, known or not."""
        values = self.known(recipe)
        if iteration < len(values):
            return values[iteration]
        return measure(recipe, iteration, next(self.replay.onward(recipe, iteration)))

    def run(self, recipe: Recipe, begin: int, target: int, goal: Goal, most: int = MOST) -> Slice:
        """Run for one slice, of `most` iterations at the most, towards an iteration or until the goal is
        reached; raises NotYet where even its beginning is still on the way."""
        at, until = begin, self.clock() + SLICE
        if goal.below is not None and self.at(recipe, begin) < goal.below:
            return Slice(begin, "already")
        if goal.learned and self.knows(recipe, begin, next(self.replay.onward(recipe, begin))):
            return Slice(begin, "learned")
        if goal.learned and not self.extend(recipe, begin):  # all of it tells whether the cost stands still
            return Slice(begin, "more")
        starts = self.replay.onward(recipe, begin + 1)
        with working() as may_go_on:
            while at < min(target, begin + most) and (at == begin or (self.clock() < until and may_go_on())):
                start = next(starts)
                cost = measure(recipe, at + 1, start)
                self.note(recipe, at + 1, cost)
                if math.isinf(cost):
                    return Slice(at, "diverged")
                at += 1
                if end := self.reached(recipe, at, start, cost, goal):
                    return Slice(at, end)
        return Slice(at, "done" if at == target else "more")

    def reached(self, recipe: Recipe, at: int, start: State, cost: float, goal: Goal) -> str:
        """Return the end that a run's goal sets it at the start of an iteration, "" for none."""
        if goal.below is not None and cost < goal.below:
            return "below"
        if not goal.learned:
            return ""
        if self.knows(recipe, at, start):
            return "learned"
        still = at % LOOK == 0 and stands_still(self.known(recipe), recipe.dataset.rows, recipe.batch)
        return "still" if still else ""

    @staticmethod
    def knows(recipe: Recipe, at: int, start: State) -> bool:
        """Tell whether all is learned with the dials an iteration begins with."""
        return learned(recipe, recipe.with_typed_dials(start.parameters, at))


def measure(recipe: Recipe, iteration: int, start: State, what: str = "cost") -> float:
    """Return a measure with the dials an iteration begins with, infinity where they are no longer finite."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        dials = recipe.with_typed_dials(start.parameters, iteration)
        found = MEASURES[what](recipe, iteration, dials)
    return found if math.isfinite(found) and dials.finite() else math.inf


def diverged(values: array[float]) -> bool:
    """Tell whether a run has left the numbers a computer can write down."""
    return bool(values) and math.isinf(values[-1])
