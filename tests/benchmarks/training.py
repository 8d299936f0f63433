"""`training`: how many examples a second the engine learns from, forward, backward and descent."""

from __future__ import annotations

import time

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.backprop import backward, forward
from app.engine.costs import COSTS
from app.engine.descent import descend, first_memory
from app.engine.initialisers import initial
from app.engine.network import Network
from app.engine.parameters import Array
from tests.benchmarks.report import percentile, table

SHAPES = ((2, 2, 1), (2, 4, 2, 1), (2, 8, 8, 8, 8, 8, 8, 1))
ROWS = 250
BATCHES = (1, 10, ROWS)
SECONDS, ROUNDS = 0.15, 5


def rate(sizes: tuple[int, ...], batch: int, x: Array, y: Array) -> float:
    """Return examples per second."""
    network = Network(sizes, ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"], COSTS["cross-entropy"])
    dials = initial("xavier", sizes, 0)
    memory, steps, begin = first_memory("descent", dials), 0, time.perf_counter()
    while time.perf_counter() < begin + SECONDS:
        first = steps * batch % ROWS
        inputs, targets = x[:, first : first + batch], y[:, first : first + batch]
        reached = forward(network, dials, inputs)
        nabla = backward(network, dials, reached, targets).nabla
        steps += 1
        dials, memory = descend(dials, nabla, memory, optimiser="descent", eta=0.03, t=steps)
    return steps * batch / (time.perf_counter() - begin)


def run() -> None:
    """Measure and print: two classes told apart by a circle, plain gradient descent."""
    x = np.random.RandomState(0).uniform(-1, 1, (2, ROWS))
    y = ((x**2).sum(axis=0, keepdims=True) < 0.6).astype(float)
    found: dict[tuple, list[float]] = {}
    for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine does not fall on one of them
        for sizes in SHAPES:
            for batch in BATCHES:
                found.setdefault((sizes, batch), []).append(rate(sizes, batch, x, y))
    rows = [
        ("-".join(map(str, sizes)), *(f"{percentile(found[sizes, batch], 0.5):,.0f}" for batch in BATCHES)) for sizes in SHAPES
    ]
    heads = ("network", *(f"batch {batch}" if batch < ROWS else f"all ({ROWS})" for batch in BATCHES))
    table(f"training: examples per second through the engine, median of {ROUNDS}", heads, rows)
