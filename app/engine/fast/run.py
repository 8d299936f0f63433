"""Whole runs at the speed Python and NumPy allow: `backprop` and `descent` once more, prepared beforehand.

A small network goes as straight-line Python (`straight`), any other one as a list of NumPy calls (`arrays`).
Which of them decides nothing but what the run is made of, so that its bits are the same whenever it is made.
`backprop` stays the truth: the numbers here are the same but for rounding (1e-12, a test holds them to it).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from app.engine.fast.arrays import Arrays
from app.engine.fast.kernels import fill, space
from app.engine.fast.straight import Go, straight
from app.engine.network import Network
from app.engine.optimisers import OPTIMISERS, Memory
from app.engine.parameters import Array, Parameters


def rows_first(block: Array) -> Array:
    """Return a copy that lies in memory as arrays usually do: the bits of a product may depend on it."""
    return block.copy(order="C")


def flat(sizes: tuple[int, ...], parameters: Parameters) -> Array:
    """Return all dials in one vector, in the order of a run's memory."""
    found = space(sizes)
    fill(found.named, parameters)
    return found.flat


class Run:
    """A network, its examples x (n_0, N) and y (n_L, N), and a way downhill, ready for any number of
    iterations."""

    def __init__(
        self,
        network: Network,
        x: Array,
        y: Array,
        batch: int,
        *,
        optimiser: str = "descent",
        regulariser: str = "none",
        decay: float = 0.0,
        held: Parameters | None = None,
    ) -> None:
        self.network, self.x, self.y, self.batch, self.decay = network, x, y, batch, decay
        self.rows = int(x.shape[1])
        self.way = {"optimiser": optimiser, "regulariser": regulariser}
        self.dials = space(network.sizes)
        self.memory = [space(network.sizes) for _ in range(OPTIMISERS[optimiser].remembers)]
        self.held = np.flatnonzero(flat(network.sizes, held)) if held else np.array([], dtype=int)
        self.straight = straight(network, batch, optimiser, regulariser, frozenset(self.held.tolist()))

    @cached_property
    def arrays(self) -> Arrays:
        """Return the way by NumPy."""
        return Arrays(
            self.network,
            self.x,
            self.y,
            batch=self.batch,
            dials=self.dials,
            memory=self.memory,
            held=self.held,
            decay=self.decay,
            **self.way,
        )

    def load(self, parameters: Parameters, memory: Memory) -> None:
        """Stand at these dials, the optimiser remembering this."""
        for target, source in zip((self.dials, *self.memory), (parameters, *memory), strict=True):
            fill(target.named, source)

    def parameters(self) -> Parameters:
        """Return a copy of the dials."""
        return self.dials.named.map(rows_first)

    def remembered(self) -> Memory:
        """Return a copy of what the optimiser remembers."""
        return tuple(part.named.map(rows_first) for part in self.memory)

    def go(self, iterations: int, *, first: int, eta: float, t: int) -> None:
        """Run iterations on `batch` examples each, in turn, round and round from number `first` on.

        `first` is counted from 0; t is the number of the first step, counted from 1. Where numbers overflow
        they are infinite or NaN afterwards.
        """
        if self.straight is None:
            self.arrays.go(iterations, first=first, eta=eta, t=t)
            return
        done = 0
        while done < iterations:
            done += self.go_straight(self.straight, iterations - done, self.turn(first, done), eta, t + done)
            if done < iterations:  # its numbers are too large for `math`
                self.arrays.go(1, first=self.turn(first, done), eta=eta, t=t + done)
                done += 1

    def turn(self, first: int, iterations: int) -> int:
        """Return the first example so many iterations later."""
        return (first + iterations * self.batch) % self.rows

    def go_straight(self, way: Go, iterations: int, first: int, eta: float, t: int) -> int:
        """Run as many iterations as `math` allows, and return how many."""
        memory: list[float] = [number for part in self.memory for number in part.flat.tolist()]
        turns = np.arange(first, first + self.batch + min(iterations * self.batch, self.rows)) % self.rows
        examples = np.vstack([self.x.take(turns, axis=1), self.y.take(turns, axis=1)]).T.tolist()
        done, dials, memory = way(
            self.dials.flat.tolist(), memory, examples, iterations, self.batch, t, eta, self.decay
        )
        self.dials.flat[...] = dials
        for at, part in enumerate(self.memory):
            part.flat[...] = memory[at * len(dials) : (at + 1) * len(dials)]
        return done
