"""The fast way says what the readable one says, whatever is chosen, and the same bits however a run is
cut."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.backprop import backward, forward
from app.engine.costs import COSTS
from app.engine.descent import first_memory, iterate
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS
from tests.engine.fast.runs import bits, drawn, follow, run_of, ways_of
from tests.engine.networks import HIDDEN, PAIRS, seeds, shapes

COMMON = ("tanh", "sigmoid", "cross-entropy")
ALONG = [("tanh", pair, "descent", "none") for pair in PAIRS]
ALONG += [(hidden, PAIRS[0], optimiser, "none") for hidden in HIDDEN for optimiser in OPTIMISERS]
ALONG += [
    ("tanh", PAIRS[0], optimiser, regulariser) for optimiser in OPTIMISERS for regulariser in REGULARISERS
]


@pytest.mark.walk
@settings(max_examples=300, deadline=None)
@given(
    hidden=st.lists(st.sampled_from(HIDDEN), min_size=6, max_size=6) | st.sampled_from(HIDDEN),
    still=st.booleans(),
    pair=st.sampled_from(PAIRS),
    sizes=shapes,
    rows=st.integers(1, 12),
    seed=seeds,
    batch=st.integers(1, 12),
    first=st.integers(0, 11),
    eta=st.floats(0.001, 1.0),
    sure=st.booleans(),
    optimiser=st.sampled_from(sorted(OPTIMISERS)),
    regulariser=st.sampled_from(sorted(REGULARISERS)),
    decay=st.floats(0, 0.1),
)
def test_any_run_is_what_the_readable_way_says(
    hidden, still, pair, sizes, rows, seed, batch, first, eta, sure, optimiser, regulariser, decay
):
    case = drawn((hidden, *pair), sizes, rows, seed, sure)
    stream = np.random.RandomState(seed % 1000)
    held = case.parameters.map(lambda block: (stream.rand(*block.shape) < 0.4) * 1.0) if still else None
    way = {"optimiser": optimiser, "regulariser": regulariser, "decay": decay, "held": held}
    follow(case, min(batch, rows), 8, first=first % rows, eta=eta, **way)


@pytest.mark.walk
@pytest.mark.parametrize(("hidden", "pair", "optimiser", "regulariser"), ALONG)
@pytest.mark.parametrize("sure", [True, False])
def test_every_entry_of_every_registry_goes_the_fast_way(hidden, pair, optimiser, regulariser, sure):
    cases = [drawn((hidden, *pair), (2, 4, 3, 2), 6, seed, sure) for seed in range(4)]
    done = [follow(case, 4, 12, optimiser=optimiser, regulariser=regulariser, decay=0.01) for case in cases]
    assert sum(done) >= 3


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_hundreds_of_iterations_end_at_the_same_dials(optimiser):
    case = drawn(COMMON, (2, 4, 2, 1), 25, 3)
    run, dials, memory = (
        run_of(case, 10, optimiser),
        case.parameters,
        first_memory(optimiser, case.parameters),
    )
    run.go(300, first=0, eta=0.02, t=1)
    for t in range(1, 301):
        turn = [(10 * (t - 1) + step) % 25 for step in range(10)]
        x, y = case.x[:, turn], case.y[:, turn]
        dials, memory = iterate(case.network, dials, memory, x, y, optimiser=optimiser, eta=0.02, t=t)
    assert run.parameters().vector() == pytest.approx(dials.vector(), rel=1e-12, abs=1e-12)


@settings(deadline=None)
@given(
    sizes=shapes,
    rows=st.integers(1, 9),
    seed=seeds,
    batch=st.integers(1, 9),
    cut=st.integers(0, 20),
    optimiser=st.sampled_from(sorted(OPTIMISERS)),
    pair=st.sampled_from(PAIRS),
)
def test_a_run_cut_in_two_ends_with_the_same_bits(sizes, rows, seed, batch, cut, optimiser, pair):
    case, batch = drawn(("tanh", *pair), sizes, rows, seed), min(batch, rows)
    whole, before, after = (run_of(case, batch, optimiser, "l2", 0.01) for _ in range(3))
    whole.go(20, first=0, eta=0.1, t=1)
    before.go(cut, first=0, eta=0.1, t=1)
    after.load(before.parameters(), before.remembered())
    after.go(20 - cut, first=cut * batch % rows, eta=0.1, t=cut + 1)
    assert bits(after) == bits(whole)


def another(registry: dict, key: str, **more: object) -> object:
    """Return an entry that no table knows, but for its name the same as a known one."""
    return replace(registry[key], key="another", **more)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("regulariser", REGULARISERS)
def test_a_rule_and_a_price_that_nobody_prepared_need_only_their_entries(monkeypatch, optimiser, regulariser):
    monkeypatch.setitem(OPTIMISERS, "another", another(OPTIMISERS, optimiser))
    monkeypatch.setitem(REGULARISERS, "another", another(REGULARISERS, regulariser))
    assert follow(
        drawn(COMMON, (2, 3, 1), 5, 1), 2, 10, optimiser="another", regulariser="another", decay=0.1
    )


@pytest.mark.parametrize("key", HIDDEN)
def test_an_activation_that_nobody_prepared_needs_only_its_entry(key):
    case = drawn(COMMON, (2, 3, 3, 2), 5, 2)
    new = another(ACTIVATIONS, key)
    judged = replace(case.network, cost=COSTS["quadratic"])
    for plan in (replace(case.network, hidden=(new, new)), replace(judged, output=new)):
        assert follow(replace(case, network=plan), 2, 10, optimiser="momentum")


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_dial_that_is_held_keeps_its_value_to_the_last_bit_and_the_others_move(optimiser):
    case = drawn(COMMON, (2, 3, 1), 5, 1)
    held = case.parameters.map(np.zeros_like)
    held.w[1][1, 0] = held.b[2][0, 0] = 1.0
    run = run_of(case, 2, optimiser, "l2", 0.1, held=held)
    run.go(50, first=0, eta=0.3, t=1)
    still = run.parameters().vector() == case.parameters.vector()
    assert still.tolist() == (held.vector() == 1).tolist()


def test_coupled_neurons_may_be_hidden_too():
    assert follow(drawn(("softmax", "sigmoid", "quadratic"), (2, 3, 3, 2), 5, 2), 2, 10, optimiser="descent")


def test_what_a_run_hands_out_stays_as_it_was():
    run = run_of(drawn(COMMON, (2, 3, 1), 5, 1), 2, "adam")
    run.go(1, first=0, eta=0.1, t=1)
    handed = run.parameters(), *run.remembered()
    before = [part.vector().tobytes() for part in handed]
    run.go(1, first=2, eta=0.1, t=2)
    assert [part.vector().tobytes() for part in handed] == before
    assert all(block.flags.c_contiguous for part in handed for block in part.blocks())


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu", "leaky-relu"])
def test_the_loop_makes_no_arrays(optimiser, hidden):
    run = run_of(
        drawn((hidden, "sigmoid", "cross-entropy"), (2, 8, 8, 1), 500, 1), 250, optimiser, "l2", 0.01
    )
    run.go(200, first=0, eta=0.1, t=1)  # both batches are prepared, and a fresh process has warmed up
    tracemalloc.start()
    run.go(20, first=0, eta=0.1, t=201)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 250 * 8  # less than one neuron's numbers


@pytest.mark.parametrize("bias", [-1e6, -1e3, -745.0, -30.0, 30.0, 745.0, 1e3, 1e6])
@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_however_sure_the_outputs_are_the_run_goes_by_the_gradient_on_the_page(bias, cost, output):
    case = drawn(("sigmoid", output, cost), (2, 3, 2), 1, 1)
    begin = Parameters(
        w=case.parameters.w | {2: 1e6 * case.parameters.w[2]},
        b={1: np.array([[bias], [30.0], [-40.0]]), 2: np.array([[bias], [0.0]])},
    )
    case = replace(case, parameters=begin.map(lambda block: block * 1.0), y=np.array([[1.0], [0.0]]))
    reached = forward(case.network, case.parameters, case.x)
    true = backward(case.network, case.parameters, reached, case.y).nabla
    for run in ways_of(case, 1, "momentum"):
        run.go(1, first=0, eta=0.1, t=1)
        found = run.remembered()[0].vector()  # the first velocity is the gradient
        assert found == pytest.approx(true.vector(), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("scale", [1e-6, 1.0, 30.0])
def test_many_examples_at_a_time_go_by_one_exponential_and_come_to_the_same(optimiser, scale):
    case = drawn((["tanh", "sigmoid", "tanh"], "tanh", "quadratic"), (2, 8, 4, 8, 2), 100, 5)
    case = replace(case, parameters=case.parameters.map(lambda block: block * scale))
    assert follow(case, 70, 8, optimiser=optimiser)
