"""Ways to go downhill. To add an optimiser: an entry here, and one in `app/story/functions/optimisers.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.parameters import Parameters

Memory = tuple[Parameters, ...]


@dataclass(frozen=True)
class Optimiser:
    """One rule for the size and direction of a step.

    rule(memory, nabla, t) → (direction, memory): the dials then move by −η · direction. `memory` holds
    `remembers` running averages, all zero before the first step; t counts steps from 1.
    """

    key: str
    rule: Callable[[Memory, Parameters, int], tuple[Parameters, Memory]]
    remembers: int = 0


MOMENTUM = 0.9
RMSPROP_DECAY = 0.9
ADAM_DECAYS = (0.9, 0.999)
EPSILON = 1e-8  # keeps a division by a square root of zero away


def plain(memory: Memory, nabla: Parameters, t: int) -> tuple[Parameters, Memory]:
    """Return the gradient itself."""
    return nabla, memory


def momentum(memory: Memory, nabla: Parameters, t: int) -> tuple[Parameters, Memory]:
    """Return v ← 0.9·v + ∇ (Polyak 1964, in the form most libraries use)."""
    velocity = memory[0] * MOMENTUM + nabla
    return velocity, (velocity,)


def rmsprop(memory: Memory, nabla: Parameters, t: int) -> tuple[Parameters, Memory]:
    """Return ∇ / (√s + ε) with s ← 0.9·s + 0.1·∇² (Hinton, Coursera lecture 6e, 2012)."""
    square = memory[0] * RMSPROP_DECAY + nabla.map(np.square) * (1 - RMSPROP_DECAY)
    return nabla.map(lambda g, s: g / (np.sqrt(s) + EPSILON), square), (square,)


def adam(memory: Memory, nabla: Parameters, t: int) -> tuple[Parameters, Memory]:
    """Return m̂ / (√v̂ + ε), both averages corrected for their start at zero (Kingma and Ba 2015)."""
    first, second = ADAM_DECAYS
    mean = memory[0] * first + nabla * (1 - first)
    square = memory[1] * second + nabla.map(np.square) * (1 - second)
    direction = mean.map(lambda m, v: (m / (1 - first**t)) / (np.sqrt(v / (1 - second**t)) + EPSILON), square)
    return direction, (mean, square)


OPTIMISERS: dict[str, Optimiser] = {
    entry.key: entry
    for entry in (
        Optimiser("descent", plain),
        Optimiser("momentum", momentum, remembers=1),
        Optimiser("rmsprop", rmsprop, remembers=1),
        Optimiser("adam", adam, remembers=2),
    )
}
