"""The witness: every combination of functions, shapes and prices agrees with nudging every dial."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS, Activation
from app.engine.costs import COSTS, Law
from app.engine.gradcheck import mean_cost, nudged_gradient
from app.engine.network import Network
from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS, Regulariser
from tests.engine.networks import HIDDEN, PAIRS, Case, batches, draw_case, network, seeds, shapes

RELATIVE = 1e-6
FLOOR = 1e-9  # what rounding leaves of a cost of size 1 after division by 2e-5, with a margin


def furthest(said: Parameters, seen: Parameters, size: float) -> float:
    """Return the largest difference of any dial, in units of what is allowed: above 1 they disagree."""
    said, seen = said.vector(), seen.vector()
    return float((np.abs(said - seen) / (RELATIVE * np.abs(seen) + FLOOR * (1.0 + size))).max())


def disagreement(case: Case) -> float:
    """Return how far backpropagation and the nudged cost are apart; at most 1 is agreement."""
    seen = nudged_gradient(case.network, case.parameters, case.x, case.y)
    size = mean_cost(case.network, case.parameters, case.x, case.y)
    return furthest(case.backward().nabla, seen, size)


def nudged_total(case: Case, regulariser: Regulariser, decay: float, epsilon: float = 1e-5) -> Parameters:
    """Return the central differences of mean cost + price, dial by dial."""

    def total(vector: np.ndarray) -> float:
        dials = case.parameters.filled(vector)
        return mean_cost(case.network, dials, case.x, case.y) + regulariser.price(dials, decay)

    middle = case.parameters.vector()
    nudges = epsilon * np.eye(middle.size)
    return case.parameters.filled(
        np.array([(total(middle + nudge) - total(middle - nudge)) / (2 * epsilon) for nudge in nudges])
    )


@pytest.mark.walk
@pytest.mark.parametrize("first", HIDDEN)
@pytest.mark.parametrize(("output", "cost"), PAIRS)
@settings(max_examples=8, deadline=None)
@given(
    others=st.lists(st.sampled_from(HIDDEN), min_size=5, max_size=5),
    sizes=shapes,
    m=batches,
    seed=seeds,
    regulariser=st.sampled_from(sorted(REGULARISERS)),
    decay=st.floats(0, 1),
)
def test_every_combination_agrees_with_nudging_every_dial(
    first, output, cost, others, sizes, m, seed, regulariser, decay
):
    case = draw_case(network(sizes, [first, *others], output, cost), m, seed)
    price = REGULARISERS[regulariser]
    said = case.backward().nabla + price.gradient(case.parameters, decay)
    size = mean_cost(case.network, case.parameters, case.x, case.y) + price.price(case.parameters, decay)
    assert furthest(said, nudged_total(case, price, decay), size) <= 1


@pytest.mark.parametrize("depth", range(7))
def test_the_witness_of_the_engine_agrees_at_every_depth(depth):
    for seed in range(5):
        case = draw_case(network((2, *[3] * depth, 2), "tanh", "sigmoid", "cross-entropy"), 4, seed)
        assert disagreement(case) <= 1


def spoilt(law: Law) -> Law:
    """Return a cost's law with its slope and its error wrong by 0.1 %."""
    found = {
        name: (lambda z, a, y, part=part: 1.001 * part(z, a, y))
        for name, part in (("slope", law.slope), ("delta", law.delta))
        if part
    }
    return replace(law, **found)


def doctored(plan: Network, *, layer: str) -> Network:
    """Return the network with the slope of its hidden or output layers, or of its cost, wrong by 0.1 %."""
    if layer == "cost":
        honest = plan.cost
        return replace(
            plan,
            cost=replace(
                honest, law=spoilt(honest.law), categorical=honest.categorical and spoilt(honest.categorical)
            ),
        )
    if layer == "output":
        return replace(plan, output=bent(plan.output))
    return replace(plan, hidden=tuple(map(bent, plan.hidden)))


def bent(honest: Activation) -> Activation:
    """Return an activation with its slope wrong by 0.1 %."""
    return replace(honest, slope=lambda z: 1.001 * honest.slope(z))


def lively_case(plan: Network, seed: int) -> Case:
    """Return the first case from this seed on with a gradient at every layer: a silent ReLU hides any
    slope."""
    drawn = (draw_case(plan, 3, number) for number in count(seed))
    return next(
        case for case in drawn if all(np.abs(w).max() > 1e-3 for w in case.backward().nabla.w.values())
    )


SLOPED = [key for key in ACTIVATIONS if key != "step"]  # a step has no slope that could be wrong
SLOPES = [("hidden", key, "sigmoid", "quadratic") for key in HIDDEN if key in SLOPED]
SLOPES += [("output", "tanh", key, "quadratic") for key in SLOPED if not ACTIVATIONS[key].couples]
SLOPES += [("cost", "tanh", output, cost) for output, cost in PAIRS if output in SLOPED]


@pytest.mark.walk
@pytest.mark.parametrize(("layer", "hidden", "output", "cost"), SLOPES)
def test_a_slope_wrong_by_a_tenth_of_a_percent_is_caught(layer, hidden, output, cost):
    for seed in range(0, 3000, 1000):
        case = lively_case(network((2, 3, 3, 2), hidden, output, cost), seed)
        assert disagreement(case) <= 1
        assert disagreement(replace(case, network=doctored(case.network, layer=layer))) > 5


@pytest.mark.parametrize(("key", "power"), [("l1", np.sign), ("l2", lambda w: w)])
def test_a_price_whose_slope_is_wrong_by_a_tenth_of_a_percent_is_caught(key, power):
    case = draw_case(network((2, 3, 2), "tanh", "sigmoid", "cross-entropy"), 3, 7)
    honest = REGULARISERS[key]
    wrong = replace(honest, slope=lambda w: 1.001 * power(w))
    seen, size = nudged_total(case, honest, 0.1), mean_cost(case.network, case.parameters, case.x, case.y)
    assert furthest(case.backward().nabla + honest.gradient(case.parameters, 0.1), seen, size) <= 1
    assert furthest(case.backward().nabla + wrong.gradient(case.parameters, 0.1), seen, size) > 5


def test_all_legal_pairs_are_among_those_tested():
    assert {cost for _, cost in PAIRS} == set(COSTS)
    assert {output for output, _ in PAIRS} == set(ACTIVATIONS)
    assert len(PAIRS) == 3 * len(ACTIVATIONS) + 2
    assert set(HIDDEN) == set(ACTIVATIONS) - {"softmax"}
