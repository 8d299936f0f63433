"""Where no run goes without arrays, the list of NumPy calls says what the readable way says: a short walk."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine.descent import first_memory
from app.engine.fast.kernels import space
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import zeros
from tests.engine.fast.runs import bits, drawn, follow, run_of, ways_of
from tests.engine.networks import HIDDEN

COMMON = ("tanh", "sigmoid", "cross-entropy")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_hidden_function_says_the_same_before_an_output_that_only_adds(hidden):
    case = drawn((hidden, "linear", "quadratic"), (2, 4, 3, 2), 6, 1)
    assert follow(case, 4, 3, optimiser="descent")


@pytest.mark.parametrize("hidden", [["sigmoid", "tanh"], ["relu", "sigmoid"], ["softmax", "tanh"]])
def test_layers_of_different_functions_have_each_its_own_slope(hidden):
    for keys in (hidden, hidden[::-1]):
        case = drawn((keys, "sigmoid", "quadratic"), (2, 3, 3, 2), 5, 2)
        assert follow(case, 2, 6, optimiser="descent")


@pytest.mark.parametrize("regulariser", ["l1", "l2"])
def test_a_price_is_paid_by_weights_and_not_by_biases(regulariser):
    case = drawn(COMMON, (2, 2, 1), 5, 1)
    assert follow(case, 2, 3, optimiser="descent", regulariser=regulariser, decay=0.1)


def test_targets_of_which_some_are_sure_and_some_are_not_are_all_met():
    case = drawn(COMMON, (2, 2, 2), 4, 1)
    case.y[:, :2] = 0.25
    assert follow(case, 3, 4, optimiser="descent")


def test_far_out_many_examples_at_a_time_still_have_numbers():
    case = drawn(("tanh", "tanh", "quadratic"), (2, 8, 2), 70, 1)
    far = case.parameters.map(np.copy)
    far.b[1][::2, 0] = 400.0, -400.0, 800.0, -800.0
    assert follow(replace(case, parameters=far), 70, 2, optimiser="descent")


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_held_dial_stays_whichever_way_the_run_goes(optimiser):
    case = drawn(COMMON, (2, 3, 1), 5, 1)
    held = case.parameters.map(np.zeros_like)
    held.w[1][1, 0] = held.b[2][0, 0] = 1.0
    for run in ways_of(case, 2, optimiser, held=held):
        run.go(5, first=0, eta=0.3, t=1)
        still = run.parameters().vector() == case.parameters.vector()
        assert still.tolist() == (held.vector() == 1).tolist()


def test_without_further_words_a_run_pulls_at_no_weight():
    case = drawn(COMMON, (2, 3, 1), 5, 1)
    free, named = run_of(case, 2), run_of(case, 2, "descent", "l2")
    for run in (free, named):
        run.go(3, first=0, eta=0.1, t=1)
    assert bits(named) == bits(free)


def test_a_space_begins_with_nothing_in_it():
    assert space((2, 3, 1)).flat.tolist() == [0.0] * 13


def test_a_run_refuses_dials_of_another_depth_and_the_memory_of_another_optimiser():
    case = drawn(COMMON, (2, 2, 1), 5, 1)
    run = run_of(case, 2, "momentum")
    for dials, memory in ((zeros((2, 2)), run.remembered()), (case.parameters, ())):
        with pytest.raises(ValueError, match="zip"):
            run.load(dials, memory)


def test_a_rule_that_remembers_less_than_its_entry_says_is_refused(monkeypatch):
    forgetful = replace(OPTIMISERS["momentum"], key="another", remembers=2)
    monkeypatch.setitem(OPTIMISERS, "another", forgetful)
    case = drawn(COMMON, (2, 3, 1), 5, 1)
    assert len(first_memory("another", case.parameters)) == 2
    run = run_of(case, 2, "another")
    with pytest.raises(ValueError, match="zip"):
        run.go(1, first=0, eta=0.1, t=1)
