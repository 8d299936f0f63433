"""From a lab to its numbers and no further: starts of iterations are replayed, cached and checkpointed.

Every start comes by the fast way of `engine.fast`, one iteration or a thousand, and so do the dials after a
descent, which are the next start: their bits are the same whichever way one came, and stepping back gives the
very same numbers. What happens inside the iteration on the screen, from its input to its gradient, is the
readable way's of `engine.backprop`. Both agree but for rounding, so old − η·direction gives what the descent
shows to 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, Protocol, TypeVar

import numpy as np
from cachetools import LRUCache

from app.engine.backprop import Backward, Forward, backward, costs_of, forward
from app.engine.descent import first_memory
from app.engine.network import Network
from app.engine.parameters import Array, Parameters
from app.lab.budget import NotYet, working
from app.lab.itinerary import Moment
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.training import State, Trainer, unpack

KEEP_EVERY = 10  # iterations of a run, so that it does not push everybody else's starts out of the memory
CHECKPOINT_EVERY = 500  # a multiple of it
STOPPED = 256  # ways that are not at their end, of which it is remembered how far they have come
CACHE_BYTES = 16 * 1024 * 1024

Found = TypeVar("Found")


class Diverged(Exception):
    """Say that the numbers of an iteration are no longer finite."""

    def __init__(self, iteration: int) -> None:
        super().__init__(f"iteration {iteration} is not finite")
        self.iteration = iteration


class Shelf(Protocol):
    """Where checkpoints sleep; a cache, safe to lose."""

    def checkpoint(self, key: str, at_most: int) -> tuple[int, bytes] | None: ...
    def save_checkpoint(self, key: str, iteration: int, data: bytes) -> None: ...


@dataclass(frozen=True)
class Numbers:
    """Everything that is known at one moment; what has not happened is None or not there.

    x (n_0, m), y (n_L, m); costs (m,), one per example; `after`, `costs_after` and `again`, the same
    examples asked again with the new dials, exist after the descent.
    `examples` are the batch's example numbers, from 0. `start` holds the dials before the descent. `found` is
    what `once` remembers.
    """

    recipe: Recipe
    place: int
    iteration: int
    moment: Moment
    network: Network
    examples: list[int]
    x: Array
    y: Array
    eta: float
    start: State
    forward: Forward
    backward: Backward
    costs: Array | None = None
    after: Parameters | None = None
    costs_after: Array | None = None
    again: Forward | None = None
    found: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def parameters(self) -> Parameters:
        """Return the dials this iteration's signal went through."""
        return self.start.parameters

    def finite(self) -> bool:
        """Tell whether every number is one that can be written down; ∂C/∂a of an output alone may be beyond
        all numbers, for its δ does not come by it."""
        blocks = [*self.forward.a.values(), *self.forward.z.values(), *self.backward.delta.values()]
        blocks += [rows for layer, rows in self.backward.received.items() if layer < self.network.last]
        blocks += self.backward.nabla.blocks()
        blocks += [costs for costs in (self.costs, self.costs_after) if costs is not None]
        blocks += self.parameters.blocks()
        blocks += () if self.after is None else self.after.blocks()
        return bool(np.isfinite(np.concatenate([block.ravel() for block in blocks])).all())


def once(function: Callable[[Numbers], Found]) -> Callable[[Numbers], Found]:
    """Have a function work out only once what it finds in a moment's numbers, which remember it."""

    @wraps(function)
    def remembered(numbers: Numbers) -> Found:
        if function not in numbers.found:
            numbers.found[function] = function(numbers)
        found: Found = numbers.found[function]
        return found

    return remembered


class Replay:
    """Work out the numbers of any lab, remembering starts of iterations on the way."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf, self.lock, self.replayed = shelf, Lock(), 0
        self.stopped: LRUCache[tuple[Recipe, int], int] = LRUCache(STOPPED)  # by where each way leads
        self.cache: LRUCache[tuple[Recipe, int], State] = LRUCache(
            CACHE_BYTES, getsizeof=lambda start: 1500 + len(start.pack())
        )

    def numbers(self, lab: Lab) -> Numbers:
        """Return what is known at the lab's place; raises Diverged where it is not finite, and NotYet."""
        recipe, (phase, layer, neuron) = lab.recipe, lab.moment
        network, data, examples = recipe.network, recipe.dataset, recipe.examples_at(lab.iteration)
        x, y, eta = data.x[:, examples], data.y[:, examples], recipe.eta_at(lab.iteration)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            start = self.start(recipe, lab.iteration)
            start = State(recipe.with_typed_dials(start.parameters, lab.iteration), start.memory)
            dials, costs, after, costs_after = start.parameters, None, None, None
            again, blamed = None, Backward()
            cursor = (layer, neuron or network.sizes[layer]) if layer else None
            reached = forward(network, dials, x, {"input": (0, 0), "forward": cursor}.get(phase))
            if phase in ("cost", "backward", "descent"):
                costs = costs_of(network, reached, y)
            if phase in ("backward", "descent"):
                blamed = backward(network, dials, reached, y, cursor)
            if phase == "descent":
                after = self.start(recipe, lab.iteration + 1).parameters
                again = forward(network, after, x)
                costs_after = costs_of(network, again, y)
            numbers = Numbers(
                recipe,
                lab.place,
                lab.iteration,
                lab.moment,
                network,
                examples,
                x,
                y,
                eta,
                start,
                reached,
                blamed,
                costs,
                after,
                costs_after,
                again,
            )
            if not numbers.finite():
                raise Diverged(lab.iteration)
        return numbers

    def start(self, recipe: Recipe, iteration: int) -> State:
        """Return the start of an iteration: from memory, else replayed from the newest one known before it.
        Raises NotYet where the way there is longer than a request may work."""
        found = self.recall(recipe, iteration)
        if found is None:
            begin, found = self.newest(recipe, iteration)
            walk = Trainer(recipe, begin, found)
            self.advance(walk, iteration)
            found = walk.start()
            if iteration % KEEP_EVERY:
                self.keep(recipe, iteration, found)
        return found

    def newest(self, recipe: Recipe, iteration: int) -> tuple[int, State]:
        """Return the newest start that is known before an iteration, with its number: one nearby, else at a
        checkpoint or on the way from there to the next."""
        with self.lock:
            stopped = self.stopped.get((recipe, iteration), iteration - 1)
        last = (iteration - 1) // KEEP_EVERY * KEEP_EVERY
        near = range(last, max(last - CHECKPOINT_EVERY, -1), -KEEP_EVERY)
        for begin in sorted((stopped, *near), reverse=True):
            if found := self.recall(recipe, begin):
                return begin, found
        at = near[-1]
        while found is None:
            at = (at - 1) // CHECKPOINT_EVERY * CHECKPOINT_EVERY
            found = self.recall(recipe, at)
        for begin in range(at + CHECKPOINT_EVERY - KEEP_EVERY, at, -KEEP_EVERY):
            if later := self.recall(recipe, begin):
                return begin, later
        return at, found

    def onward(self, recipe: Recipe, iteration: int) -> Iterator[State]:
        """Yield the starts of an iteration and of all that follow."""
        start = self.start(recipe, iteration)
        walk = Trainer(recipe, iteration, start)
        while True:
            yield start
            self.advance(walk, walk.iteration + 1)
            start = walk.start()

    def advance(self, walk: Trainer, iteration: int) -> None:
        """Go on to a later iteration, remembering some starts on the way; raises NotYet."""
        with working() as may_go_on:
            while walk.iteration < iteration:
                if walk.iteration % KEEP_EVERY == 0 and not may_go_on():
                    with self.lock:
                        self.stopped[walk.recipe, iteration] = walk.iteration
                    raise NotYet(walk.iteration, iteration)
                begin = walk.iteration
                walk.to(min(iteration, begin - begin % KEEP_EVERY + KEEP_EVERY))
                self.replayed += walk.iteration - begin
                if walk.iteration % KEEP_EVERY == 0:
                    self.keep(walk.recipe, walk.iteration, walk.start())

    @staticmethod
    def first(recipe: Recipe) -> State:
        """Return the start of iteration 0."""
        dials = recipe.first_parameters()
        return State(dials, first_memory(recipe.optimiser, dials)).frozen()

    def recall(self, recipe: Recipe, iteration: int) -> State | None:
        """Return a remembered start; checkpoints are looked for where they would be."""
        recipe = recipe.until(iteration)
        with self.lock:
            found = self.cache.get((recipe, iteration))
        if found is None and iteration == 0:
            found = self.first(recipe)
            with self.lock:
                self.cache[(recipe, iteration)] = found
        elif found is None and self.shelf and iteration % CHECKPOINT_EVERY == 0:
            saved = self.shelf.checkpoint(recipe.key(), iteration)
            if saved and saved[0] == iteration:
                with suppress(ValueError):  # damaged: it is worked out anew
                    found = unpack(recipe, saved[1])
        return found

    def keep(self, recipe: Recipe, iteration: int, start: State) -> None:
        """Remember a start, in the store too when it is a checkpoint."""
        recipe = recipe.until(iteration)
        with self.lock:
            self.cache[(recipe, iteration)] = start
        if self.shelf and iteration % CHECKPOINT_EVERY == 0:
            self.shelf.save_checkpoint(recipe.key(), iteration, start.pack())
