"""One gradient, two ways: nudging every dial against one forward and one backward pass, counted and timed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from time import perf_counter

from app.engine.backprop import backward, forward
from app.engine.gradcheck import mean_cost
from app.engine.network import Network
from app.lab.replay import Numbers

REPEATS = 5
SAMPLE = 25  # dials nudged for the clock; the rest is in proportion


@dataclass(frozen=True)
class Way:
    """One way to the gradient: passes, multiplications with a weight, and seconds here and now."""

    passes: int
    products: int
    seconds: float


@dataclass(frozen=True)
class Count:
    """Both ways for this network, P its dials, and (P, nudging, backprop) products for growing ones on the
    same batch."""

    dials: int
    nudging: Way
    backprop: Way
    growth: list[tuple[int, int, int]]


def products(sizes: tuple[int, ...]) -> tuple[int, int, int]:
    """Return P and the multiplications with a weight, for one example: nudging P+1 forward passes, and
    backprop.

    A forward pass multiplies each weight once. A backward pass multiplies each weight once for its gradient
    and, above the first layer, once more to pass the error on.

    >>> products((2, 3, 1))
    (13, 126, 21)
    """
    weights = [n * below for below, n in pairwise(sizes)]
    dials = sum(weights) + sum(sizes[1:])
    return dials, (dials + 1) * sum(weights), 2 * sum(weights) + sum(weights[1:])


def count(numbers: Numbers) -> Count:
    """Count and time both ways on this network and batch; takes some milliseconds."""
    network, dials = numbers.network, numbers.parameters
    total, slow, fast = products(network.sizes)
    examples = numbers.x.shape[1]
    one = timed(lambda: mean_cost(network, dials, numbers.x, numbers.y), min(total + 1, SAMPLE))
    both = timed(lambda: backward(network, dials, forward(network, dials, numbers.x), numbers.y), REPEATS)
    return Count(
        total,
        Way(total + 1, slow * examples, one * (total + 1)),
        Way(2, fast * examples, both),
        [grown(widened(network, factor), examples) for factor in (1, 2, 4, 8, 16)],
    )


def grown(sizes: tuple[int, ...], examples: int) -> tuple[int, int, int]:
    """Return P and the multiplications of both ways, for a batch of so many examples."""
    dials, slow, fast = products(sizes)
    return dials, slow * examples, fast * examples


def timed(work: Callable[[], object], repeats: int) -> float:
    """Return the median seconds of one run."""
    found = []
    for _ in range(repeats):
        begin = perf_counter()
        work()
        found.append(perf_counter() - begin)
    return median(found)


def widened(network: Network, factor: int) -> tuple[int, ...]:
    """Return the sizes with `factor` times as many hidden neurons."""
    first, *hidden, last = network.sizes
    return (first, *(size * factor for size in hidden or [1]), last)
