"""Small networks go without arrays, but where numbers are too large for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine.fast.straight import MOST, straight
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import zeros
from tests.engine.fast.runs import bits, drawn, follow, run_of
from tests.engine.networks import HIDDEN, network


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("batch", [1, 3])
def test_small_networks_go_without_arrays_whatever_their_functions(hidden, optimiser, batch):
    for cost in ("quadratic", "cross-entropy"):
        run = run_of(drawn((hidden, "sigmoid", cost), (2, 2, 1), 6, 1), batch, optimiser, "l1", 0.01)
        assert run.straight is not None
    large = run_of(drawn((hidden, "sigmoid", "quadratic"), (2, 16, 16, 1), 6, 1), batch, optimiser)
    assert large.straight is None


def test_numbers_too_large_for_the_way_without_arrays_go_by_numpy_one_iteration_at_a_time():
    case = drawn(("sigmoid", "sigmoid", "cross-entropy"), (2, 2, 1), 6, 1)
    far = case.parameters.map(np.copy)
    far.w[1][0] = 1000.0, 0.0
    x = case.x.copy()
    x[0, 2] = -2.0  # of this example alone z is so low that e^−z is no number
    case = replace(case, parameters=far, x=x)
    for batch in (1, 2):
        run, whole = run_of(case, batch, "adam"), run_of(case, batch, "adam")
        for t in range(1, 31):
            run.go(1, first=(t - 1) * batch % 6, eta=0.1, t=t)
        assert run.straight is not None
        assert "arrays" in vars(run)
        whole.go(30, first=0, eta=0.1, t=1)
        assert bits(run) == bits(whole)
        assert follow(case, batch, 12, optimiser="adam")


@pytest.mark.parametrize("sizes", [(3, 2, 1), (1, 2, 3), (2, 1), (1, 3, 1, 2)])
@pytest.mark.parametrize("batch", [1, 2])
def test_a_small_network_needs_no_array_however_many_inputs_and_outputs_it_has(sizes, batch):
    run = run_of(drawn(("tanh", "sigmoid", "quadratic"), sizes, 5, 1), batch)
    run.go(7, first=3, eta=0.1, t=1)
    assert run.straight is not None
    assert "arrays" not in vars(run)


def test_a_network_of_all_functions_there_are_goes_without_arrays():
    plan = network((1,) * (len(HIDDEN) + 1), HIDDEN, HIDDEN[-1], "quadratic")
    assert {plan.activation(layer).key for layer in plan.layers} == set(HIDDEN)
    assert straight(plan, 1, "descent", "none", frozenset()) is not None


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("sizes", [(9, 1), (4, 2), (1, 3, 1), (2, 2, 1), (1, 1, 1, 1)])
def test_dials_times_examples_and_averages_decide_which_way_a_network_goes(sizes, optimiser):
    plan = network(sizes, "tanh", "sigmoid", "quadratic")
    for batch in range(1, 30):
        work = len(zeros(sizes)) * (batch + OPTIMISERS[optimiser].remembers)
        assert (straight(plan, batch, optimiser, "none", frozenset()) is None) == (work > MOST)
