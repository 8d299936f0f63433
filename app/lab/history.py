"""The cost over a run: one number per iteration, worked out in short slices and remembered, safe to lose."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import numpy as np
from cachetools import LRUCache

from app.engine.gradcheck import mean_cost
from app.lab.recipe import Recipe
from app.lab.replay import Replay

RUNS = 64  # remembered runs
SLICE = 0.08  # seconds of work before other people's steps get their turn


@dataclass(frozen=True)
class Slice:
    """How far a slice came, and why it ended: "more" to do, "done", "below" the wanted cost, or "diverged"."""

    iteration: int
    end: str


class History:
    """Know the training cost at the start of each iteration of a run, as far as it has been walked."""

    def __init__(self, replay: Replay, clock: Callable[[], float] = monotonic) -> None:
        self.replay, self.clock, self.lock = replay, clock, Lock()
        self.runs: LRUCache = LRUCache(RUNS)

    def known(self, recipe: Recipe) -> array:
        """Return the costs known so far, from iteration 0 on; the last one is infinite where the run diverged."""
        with self.lock:
            return self.runs.setdefault(recipe, array("d"))

    def note(self, recipe: Recipe, iteration: int, cost: float) -> None:
        """Remember a cost that is the next one to be known."""
        costs = self.known(recipe)
        with self.lock:
            if len(costs) == iteration:
                costs.append(cost)

    def extend(self, recipe: Recipe, iteration: int) -> bool:
        """Work for one slice towards knowing all costs up to an iteration; return whether all are known."""
        costs, until = self.known(recipe), self.clock() + SLICE
        while len(costs) <= iteration and self.clock() < until and not diverged(costs):
            at = len(costs)
            self.note(recipe, at, self.cost(recipe, at))
        return len(costs) > iteration or diverged(costs)

    def run(self, recipe: Recipe, begin: int, target: int, below: float | None = None) -> Slice:
        """Run for one slice from the start of an iteration towards another, or until the cost is `below` a value."""
        at, until = begin, self.clock() + SLICE
        while at < target and (at == begin or self.clock() < until):
            cost = self.cost(recipe, at + 1)
            self.note(recipe, at + 1, cost)
            if math.isinf(cost):
                return Slice(at, "diverged")
            at += 1
            if below is not None and cost < below:
                return Slice(at, "below")
        return Slice(at, "done" if at == target else "more")

    def cost(self, recipe: Recipe, iteration: int) -> float:
        """Return the mean cost over all examples with the dials an iteration begins with."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            start = self.replay.start(recipe, iteration)
            dials = recipe.with_typed_dials(start.parameters, iteration)
            cost = mean_cost(recipe.network, dials, recipe.dataset.x, recipe.dataset.y)
        return cost if math.isfinite(cost) and dials.finite() else math.inf


def diverged(costs: array) -> bool:
    """Tell whether a run has left the numbers a computer can write down."""
    return bool(costs) and math.isinf(costs[-1])
