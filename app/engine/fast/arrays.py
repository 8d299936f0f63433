"""Runs of any network as a list of NumPy calls, prepared beforehand.

All dials lie in one flat vector, the gradient in another. A layer's block there is wᵀ over bᵀ, and below each
layer's activations lies a row of ones, so that one product gives z with its bias, and one more ∂C/∂w with
∂C/∂b. Blocks, batches and layers are contiguous, as `dot` wants them: the loop makes and copies no array.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.engine.fast.kernels import (
    Calls,
    Space,
    blame_calls,
    divide,
    multiply,
    price_calls,
    pull_call,
    rule_calls,
    slope_calls,
    space,
    subtract,
    value_calls,
)
from app.engine.network import Network
from app.engine.parameters import Array


class Arrays:
    """The way of a run whose dials and memory are given: on examples x (n_0, N) and y (n_L, N), so many at a
    time."""

    def __init__(
        self,
        network: Network,
        x: Array,
        y: Array,
        *,
        batch: int,
        dials: Space,
        memory: list[Space],
        held: NDArray[np.intp],
        optimiser: str,
        regulariser: str,
        decay: float,
    ) -> None:
        self.network, self.rows, self.batch = network, x.shape[1], batch
        self.dials, self.memory, self.nabla = dials, memory, space(network.sizes)
        self.held, self.kept = held, np.empty_like(dials.flat)  # the numbers of dials that stay, and at what
        self.eta, self.share, self.t = np.array(0.0), np.array(0.0), np.array(1)  # share: η/m
        turns = np.arange(self.rows + batch) % self.rows  # a batch across the end is a slice like any other
        self.x = np.vstack([x, np.ones(self.rows)]).T[turns]  # one row per example
        self.y = y.take(turns, axis=1)  # one column
        self.toward = 2.0 * self.y - 1.0
        deep = sum(n + 1 for n in network.sizes[1:])
        self.z, self.a, self.slope, self.delta = (np.ones((deep, batch)) for _ in range(4))
        self.ahead, self.astern = self.forward(), self.backward()
        self.down = self.descent(optimiser, regulariser, decay)
        self.programs: dict[int, Calls] = {}  # by the batch's first example

    def go(self, iterations: int, *, first: int, eta: float, t: int) -> None:
        """Run iterations from the examples at `first` on."""
        self.eta[...], self.share[...], self.kept = eta, eta / self.batch, self.dials.flat[self.held]
        with np.errstate(all="ignore"):
            for step in range(t, t + iterations):
                self.t[...] = step
                for call in self.programs.get(first) or self.program(first):
                    call()
                first = (first + self.batch) % self.rows

    def program(self, first: int) -> Calls:
        """Return all calls of an iteration whose examples begin with this one."""
        at = slice(first, first + self.batch)
        x = self.x[at].T  # (n_0 + 1, m)
        begin = partial(self.dials.block[1].T.dot, x, self.of(self.z, 1))  # z = w·a + b
        end = partial(x.dot, self.of(self.delta, 1).T, self.nabla.block[1])  # BP3 and BP4
        self.programs[first] = [begin, *self.ahead, *self.blame(at), *self.astern, end, *self.down]
        return self.programs[first]

    def of(self, buffer: Array, layer: int, ones: int = 0) -> Array:
        """Return a layer's rows of a buffer, shape (n_l, m); with `ones`, the row below too."""
        begin = sum(n + 1 for n in self.network.sizes[1:layer])
        return buffer[begin : begin + self.network.sizes[layer] + ones]

    def forward(self) -> Calls:
        """Return the calls from z of layer 1 to z of the outputs, then those for the slopes of all hidden
        layers at once."""
        network, calls = self.network, []
        for l in range(2, len(network.sizes)):
            calls += value_calls(
                network.activation(l - 1),
                *(self.of(buffer, l - 1) for buffer in (self.z, self.a, self.slope)),
            )
            calls.append(
                partial(self.dials.block[l].T.dot, self.of(self.a, l - 1, ones=1), self.of(self.z, l))
            )  # z = w·a + b
        if len(set(network.hidden)) > 1:
            for l in range(1, network.last):
                layer = (self.of(buffer, l) for buffer in (self.z, self.a, self.slope))
                calls += slope_calls(network.activation(l), *layer)
            return calls
        inside = sum(n + 1 for n in network.sizes[1:-1])
        z, a, slope = (buffer[:inside] for buffer in (self.z, self.a, self.slope))
        return calls + slope_calls(network.activation(1), z, a, slope) if inside else calls

    def blame(self, at: slice) -> Calls:
        """Return the calls from z of the outputs to their error: BP1."""
        outputs = tuple(
            self.of(buffer, self.network.last) for buffer in (self.z, self.a, self.slope, self.delta)
        )
        return blame_calls(self.network, outputs, self.y[:, at], self.toward[:, at])

    def backward(self) -> Calls:
        """Return the calls from the error of the outputs to that of layer 1."""
        calls: Calls = []
        for l in range(self.network.last, 1, -1):
            z, slope, below = (self.of(buffer, l - 1) for buffer in (self.z, self.slope, self.delta))
            delta = self.of(self.delta, l)
            calls.append(
                partial(self.of(self.a, l - 1, ones=1).dot, delta.T, self.nabla.block[l])
            )  # BP3 and BP4
            calls.append(partial(self.dials.block[l][:-1].dot, delta, below))  # BP2
            calls.append(pull_call(self.network.activation(l - 1), z, slope, below))  # BP2
        return calls

    def descent(self, optimiser: str, regulariser: str, decay: float) -> Calls:
        """Return the calls that make the gradient a mean and move all dials at once."""
        sizes, dials, nabla = self.network.sizes, self.dials.flat, self.nabla.flat
        step = np.empty_like(dials)
        if optimiser == "descent":  # the mean and η in one
            calls = [multiply(nabla, self.share, step), subtract(dials, step, dials)]
        else:
            rule, direction = rule_calls(optimiser, sizes, self.nabla, self.memory, self.t)
            calls = [divide(nabla, np.array(float(self.batch)), nabla), *rule]
            calls += [multiply(direction, self.eta, step), subtract(dials, step, dials)]
        if regulariser != "none":
            price, pull = price_calls(regulariser, sizes, self.dials, decay)
            calls = [*price, *calls, multiply(pull, self.eta, pull), subtract(dials, pull, dials)]
        return [*calls, self.restore] if self.held.size else calls

    def restore(self) -> None:
        """Put the dials back that are held."""
        self.dials.flat[self.held] = self.kept
