"""One descent step, in which all dials move together on gradients taken before any moved; and one whole
iteration, as it is meant to be read."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import backward, forward
from app.engine.network import Network
from app.engine.optimisers import OPTIMISERS, Memory
from app.engine.parameters import Array, Parameters
from app.engine.regularisers import REGULARISERS


def first_memory(optimiser: str, parameters: Parameters) -> Memory:
    """Return what the optimiser remembers before its first step: zeros."""
    return tuple(parameters * 0.0 for _ in range(OPTIMISERS[optimiser].remembers))


def kept(new: Array, old: Array, still: Array) -> Array:
    """Return new numbers with the old ones where `still` is 1."""
    return np.asarray(np.where(still == 1, old, new))


def descend(
    before: Parameters,
    nabla: Parameters,
    memory: Memory,
    *,
    optimiser: str,
    eta: float,
    regulariser: str = "none",
    decay: float = 0.0,
    t: int = 1,
    held: Parameters | None = None,
) -> tuple[Parameters, Memory]:
    """Return the dials after one step and what the optimiser then remembers; t counts steps from 1.

    `held` is 1 for every dial that keeps its value, and 0 for the others; None: all may move.
    """
    direction, memory = OPTIMISERS[optimiser].rule(memory, nabla, t)
    after = before - eta * direction
    if regulariser != "none":
        after = after - eta * REGULARISERS[regulariser].gradient(before, decay)
    if held is not None:
        after = after.map(kept, before, held)
    return after, memory


def iterate(
    network: Network,
    parameters: Parameters,
    memory: Memory,
    x: Array,
    y: Array,
    *,
    optimiser: str,
    eta: float,
    regulariser: str = "none",
    decay: float = 0.0,
    t: int = 1,
    held: Parameters | None = None,
) -> tuple[Parameters, Memory]:
    """Learn once from the m examples x, shape (n_0, m), and y, shape (n_L, m): forward, backward, descent.

    Returns the dials afterwards and what the optimiser then remembers; t counts iterations from 1.
    Whole runs take the prepared way in `fast.run`, which is held against this one.
    """
    reached = forward(network, parameters, x)
    blamed = backward(network, parameters, reached, y)
    return descend(
        parameters,
        blamed.nabla,
        memory,
        optimiser=optimiser,
        eta=eta,
        regulariser=regulariser,
        decay=decay,
        t=t,
        held=held,
    )
