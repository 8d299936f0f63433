"""`training`: how many examples a second the engine learns from, forward, backward and descent, and others
beside it."""

from __future__ import annotations

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.descent import iterate
from app.engine.fast.run import Run
from app.engine.initialisers import initial
from app.engine.network import Network
from app.engine.parameters import Array
from tests.benchmarks.peers import ETA, Trainer, peers, rate
from tests.benchmarks.report import at_least, percentile, table

SMALL, SHALLOW, DEEP, ROWS = (2, 2, 1), (2, 4, 2, 1), (2, 8, 8, 8, 8, 8, 8, 1), 250
CASES = [(sizes, batch) for sizes in (SMALL, SHALLOW, DEEP) for batch in (1, 10, ROWS)]
# How many times as fast as PyTorch and as scikit-learn a run should be.
LIMITS = {(SMALL, 1): (100, 8), (SMALL, 10): (25, 8), (SHALLOW, 1): (100, 8), (SHALLOW, 10): (25, 8)}
LIMITS |= {(SHALLOW, ROWS): (15, 8), (DEEP, 10): (15, 7), (DEEP, ROWS): (6, 6)}
SECONDS, ROUNDS = 0.2, 7
PACKAGES = {"torch": "torch", "sklearn": "scikit-learn"}


def network_of(sizes: tuple[int, ...]) -> Network:
    """Return the network that all of them train."""
    return Network(
        sizes, (ACTIVATIONS["tanh"],) * (len(sizes) - 2), ACTIVATIONS["sigmoid"], COSTS["cross-entropy"]
    )


def run_trainer(sizes: tuple[int, ...], batch: int, x: Array, y: Array) -> Trainer:
    """Return the way of whole runs."""
    network = Run(network_of(sizes), x, y, batch)
    network.load(initial("xavier", sizes, 0), ())

    def train() -> int:
        network.go(10 * ROWS // batch, first=0, eta=ETA, t=1)
        return 10 * ROWS

    return train


def plain_trainer(sizes: tuple[int, ...], batch: int, x: Array, y: Array) -> Trainer:
    """Return the readable way, as on the screen."""
    network, dials = network_of(sizes), initial("xavier", sizes, 0)

    def train() -> int:
        nonlocal dials
        for first in range(0, ROWS, batch):
            inputs, targets = x[:, first : first + batch], y[:, first : first + batch]
            dials, _ = iterate(network, dials, (), inputs, targets, optimiser="descent", eta=ETA)
        return ROWS

    return train


def run() -> None:
    """Measure and print: two classes told apart by a circle, plain gradient descent."""
    x = np.random.RandomState(0).uniform(-1, 1, (2, ROWS))
    y = ((x**2).sum(axis=0, keepdims=True) < 0.6).astype(float)
    ways = {"run": run_trainer, "readable": plain_trainer, **peers()}
    found: dict[tuple, list[float]] = {}
    for case in CASES:
        trainers = {name: way(*case, x, y) for name, way in ways.items()}
        for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine does not fall on one of them
            for name, train in trainers.items():
                found.setdefault((case, name), []).append(rate(train, SECONDS))
    table(
        f"training: examples per processor second, median of {ROUNDS} rounds in turns, one thread, float64",
        ("network, batch", "a run", "readable", "PyTorch", "scikit-learn", "× PyTorch", "× scikit-learn"),
        [row(case, found) for case in CASES],
        " ".join(["× says how many times as fast a run is.", *lacking(ways)]),
    )


def row(case: tuple[tuple[int, ...], int], found: dict[tuple, list[float]]) -> tuple[str, ...]:
    """Return a network's and a batch's line of the table."""
    sizes, batch = case
    medians = {name: percentile(rates, 0.5) for (at, name), rates in found.items() if at == case}
    rates = (
        f"{medians[name]:,.0f}" if name in medians else "" for name in ("run", "readable", "torch", "sklearn")
    )
    limits = zip(("torch", "sklearn"), LIMITS.get(case, (None, None)), strict=True)
    times = (
        at_least(medians["run"] / medians[name], limit) if name in medians else "" for name, limit in limits
    )
    return f"{'-'.join(map(str, sizes))}, {batch}", *rates, *times


def lacking(ways: dict[str, object]) -> list[str]:
    """Say of each library that is not there how it would come."""
    return [
        f"Without {package}: pip install {package}." for name, package in PACKAGES.items() if name not in ways
    ]
