"""One descent step: all dials move together, on gradients taken before any moved."""

from __future__ import annotations

from app.engine.optimisers import OPTIMISERS, Memory
from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS


def first_memory(optimiser: str, parameters: Parameters) -> Memory:
    """Return what the optimiser remembers before its first step: zeros."""
    return tuple(parameters * 0.0 for _ in range(OPTIMISERS[optimiser].remembers))


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
) -> tuple[Parameters, Memory]:
    """Return the dials after one step and what the optimiser then remembers; t counts steps from 1."""
    direction, memory = OPTIMISERS[optimiser].rule(memory, nabla, t)
    after = before - eta * direction
    if regulariser != "none":
        after = after - eta * REGULARISERS[regulariser].gradient(before, decay)
    return after, memory
