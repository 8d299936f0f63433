"""Starts of iterations: what one is, and the way from one to a later one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.fast.run import Run
from app.engine.optimisers import OPTIMISERS, Memory
from app.engine.parameters import Parameters, zeros
from app.lab.recipe import Recipe


@dataclass(frozen=True)
class State:
    """The dials at the start of an iteration, and what the optimiser remembers."""

    parameters: Parameters
    memory: Memory

    def pack(self) -> bytes:
        """Return all numbers as float64 bytes."""
        return np.concatenate([p.vector() for p in (self.parameters, *self.memory)]).tobytes()

    def frozen(self) -> State:
        """Make the arrays read-only, so that a cache may hand them out."""
        for parameters in (self.parameters, *self.memory):
            parameters.frozen()
        return self


def unpack(recipe: Recipe, data: bytes) -> State:
    """Read back what `State.pack` wrote."""
    shape = zeros(recipe.sizes)
    parts = np.frombuffer(data).reshape(1 + OPTIMISERS[recipe.optimiser].remembers, -1)
    dials, *memory = (shape.filled(part) for part in parts)
    return State(dials, tuple(memory)).frozen()


class Trainer:
    """Stand at the start of an iteration and go on, the fast way, as the recipe and its changes say."""

    def __init__(self, recipe: Recipe, iteration: int, start: State) -> None:
        self.recipe, self.iteration, self.begin = recipe, iteration, start
        self.changed = sorted({change.iteration for change in recipe.changes})

    @cached_property
    def run(self) -> Run:
        """Return the engine's run, standing where the walk began."""
        recipe, data = self.recipe, self.recipe.dataset
        run = Run(
            recipe.network,
            data.x,
            data.y,
            recipe.batch,
            optimiser=recipe.optimiser,
            regulariser=recipe.regulariser,
            decay=recipe.decay,
            held=recipe.still,
        )
        run.load(self.begin.parameters, self.begin.memory)
        return run

    def to(self, iteration: int) -> None:
        """Go on to a later iteration, without a halt but for changes."""
        recipe, run = self.recipe, self.run
        while self.iteration < iteration:
            now = self.iteration
            self.iteration = min(
                (change for change in self.changed if now < change < iteration), default=iteration
            )
            if now in self.changed:
                run.load(recipe.with_typed_dials(run.parameters(), now), run.remembered())
            run.go(self.iteration - now, first=recipe.examples_at(now)[0], eta=recipe.eta_at(now), t=now + 1)

    def start(self) -> State:
        """Return where the walk stands."""
        return State(self.run.parameters(), self.run.remembered()).frozen()
