"""Networks to test with: every legal pair of output and cost, in small random shapes, away from all kinks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.backprop import Backward, Forward, backward, forward
from app.engine.costs import COSTS
from app.engine.network import Network
from app.engine.parameters import Parameters, zeros

HIDDEN = [key for key, entry in ACTIVATIONS.items() if entry.hidden]
PAIRS = [
    (output, cost)
    for cost, entry in COSTS.items()
    for output in ACTIVATIONS
    if not entry.outputs or output in entry.outputs
]
KINKED = {"relu", "leaky-relu", "step"}
KINK_MARGIN = 5e-3  # how far from a kink every z has to stay: a nudge of 1e-5 moves none that far
WEIGHT_MARGIN = 1e-4  # the same for the weights themselves, since |w| has a kink at 0

shapes = st.builds(
    lambda inside, middle, outside: (inside, *middle, outside),
    st.integers(1, 3),
    st.lists(st.integers(1, 4), max_size=6),
    st.integers(1, 3),
)
batches = st.integers(1, 5)
seeds = st.integers(0, 2**31)


@dataclass(frozen=True)
class Case:
    """A network, its dials, and a batch to learn."""

    network: Network
    parameters: Parameters
    x: np.ndarray
    y: np.ndarray

    def forward(self) -> Forward:
        """Return the whole forward pass."""
        return forward(self.network, self.parameters, self.x)

    def backward(self) -> Backward:
        """Return the whole backward pass."""
        return backward(self.network, self.parameters, self.forward(), self.y)


def network(sizes: tuple[int, ...], hidden: str | list[str], output: str, cost: str) -> Network:
    """Return the network with functions of these keys; hidden layers have one for all, or each its own."""
    keys = [hidden] * len(sizes) if isinstance(hidden, str) else hidden
    inside = tuple(ACTIVATIONS[key] for key in keys[: len(sizes) - 2])
    return Network(sizes, inside, ACTIVATIONS[output], COSTS[cost])


def draw_case(plan: Network, m: int, seed: int) -> Case:
    """Return a case that is smooth all around: the first seed from this one on whose z and w keep clear of
    kinks."""
    drawn = (seeded_case(plan, m, number) for number in count(seed))
    return next(case for case in drawn if is_smooth(case))


def seeded_case(plan: Network, m: int, seed: int) -> Case:
    """Return normal dials and inputs; some targets are exactly 0 or 1 and the rest in between."""
    stream = np.random.RandomState(seed % 2**32)
    empty = zeros(plan.sizes)
    dials = Parameters(
        w={layer: stream.standard_normal(w.shape) / np.sqrt(w.shape[1]) for layer, w in empty.w.items()},
        b={layer: 0.5 * stream.standard_normal(b.shape) for layer, b in empty.b.items()},
    )
    x = stream.standard_normal((plan.sizes[0], m))
    y = np.clip(stream.uniform(-0.5, 1.5, (plan.sizes[-1], m)), 0.0, 1.0)
    return Case(plan, dials, x, y)


def is_smooth(case: Case) -> bool:
    """Tell whether no weighted input of a kinked layer and no weight is about 0."""
    z = case.forward().z
    bent = [z[layer] for layer in case.network.layers if case.network.activation(layer).key in KINKED]
    return all(np.abs(block).min() > KINK_MARGIN for block in bent) and all(
        np.abs(w).min() > WEIGHT_MARGIN for w in case.parameters.w.values()
    )
