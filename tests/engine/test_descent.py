"""One descent step: everything moves at once, on what was known before anything moved."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.backprop import backward, forward
from app.engine.descent import descend, first_memory, iterate
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import Parameters, zeros
from app.engine.regularisers import REGULARISERS
from tests.engine.networks import draw_case, network

BEFORE = Parameters(w={1: np.array([[2.0, -4.0]])}, b={1: np.array([[1.0]])})
NABLA = Parameters(w={1: np.array([[0.5, 1.0]])}, b={1: np.array([[-2.0]])})


@given(eta=st.floats(0.001, 100))
def test_every_dial_moves_against_its_own_gradient(eta):
    after, memory = descend(BEFORE, NABLA, (), optimiser="descent", eta=eta)
    assert after.vector() == pytest.approx([2.0 - eta * 0.5, -4.0 - eta, 1.0 + 2 * eta])
    assert memory == ()


@pytest.mark.parametrize(
    ("regulariser", "expected"),
    [
        ("none", [2.0 - 0.05, -4.0 - 0.1, 1.2]),
        ("l2", [2.0 - 0.05 - 0.1 * 0.3 * 2.0, -4.0 - 0.1 + 0.1 * 0.3 * 4.0, 1.2]),
        ("l1", [2.0 - 0.05 - 0.1 * 0.3, -4.0 - 0.1 + 0.1 * 0.3, 1.2]),
    ],
)
def test_the_price_pulls_beside_the_gradient_and_leaves_biases_alone(regulariser, expected):
    after, _ = descend(BEFORE, NABLA, (), optimiser="descent", eta=0.1, regulariser=regulariser, decay=0.3)
    assert after.vector() == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("regulariser", REGULARISERS)
def test_no_optimiser_bends_or_remembers_the_pull_of_the_price(optimiser, regulariser):
    memory = first_memory(optimiser, BEFORE)
    free, freely = descend(BEFORE, NABLA, memory, optimiser=optimiser, eta=0.1, t=1)
    paid, remembered = descend(
        BEFORE, NABLA, memory, optimiser=optimiser, eta=0.1, regulariser=regulariser, decay=0.3, t=1
    )
    pull = 0.1 * REGULARISERS[regulariser].gradient(BEFORE, 0.3)
    assert (free - pull).vector() == pytest.approx(paid.vector(), rel=1e-14)
    for mine, other in zip(freely, remembered, strict=True):
        assert np.array_equal(mine.vector(), other.vector())


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_count_of_steps_reaches_the_optimiser(optimiser):
    memory = first_memory(optimiser, BEFORE)
    for t in (1, 2, 50):
        direction, _ = OPTIMISERS[optimiser].rule(memory, NABLA, t)
        after, _ = descend(BEFORE, NABLA, memory, optimiser=optimiser, eta=0.25, t=t)
        assert np.array_equal(after.vector(), (BEFORE - 0.25 * direction).vector())
    if optimiser == "adam":
        early, _ = descend(BEFORE, NABLA, memory, optimiser="adam", eta=0.25, t=1)
        assert not np.array_equal(early.vector(), after.vector())


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_step_writes_into_nothing_it_was_given(optimiser):
    before, nabla = BEFORE.map(np.copy).frozen(), NABLA.map(np.copy).frozen()
    memory = tuple(average.frozen() for average in first_memory(optimiser, before))
    descend(before, nabla, memory, optimiser=optimiser, eta=0.1, regulariser="l2", decay=0.1)
    assert before.vector().tolist() == BEFORE.vector().tolist()


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_before_the_first_step_an_optimiser_remembers_zeros(optimiser):
    memory = first_memory(optimiser, BEFORE)
    assert len(memory) == OPTIMISERS[optimiser].remembers
    assert all(np.array_equal(average.vector(), zeros((2, 1)).vector()) for average in memory)


def test_without_further_words_a_step_is_the_first_one_and_no_weight_is_pulled():
    memory = first_memory("adam", BEFORE)
    first, _ = descend(BEFORE, NABLA, memory, optimiser="adam", eta=0.1, t=1)
    assert np.array_equal(
        descend(BEFORE, NABLA, memory, optimiser="adam", eta=0.1)[0].vector(), first.vector()
    )
    pulled, _ = descend(BEFORE, NABLA, memory, optimiser="adam", eta=0.1, regulariser="l2")
    assert np.array_equal(pulled.vector(), first.vector())


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_an_iteration_is_forward_backward_and_descent(optimiser):
    case = draw_case(network((2, 3, 1), "tanh", "sigmoid", "cross-entropy"), 4, 1)
    way = {"optimiser": optimiser, "eta": 0.1, "regulariser": "l2", "decay": 0.01}
    dials, memory = case.parameters, first_memory(optimiser, case.parameters)
    for t in (1, 2, 3):
        reached = forward(case.network, dials, case.x)
        nabla = backward(case.network, dials, reached, case.y).nabla
        after, remembered = descend(dials, nabla, memory, t=t, **way)
        dials, memory = iterate(case.network, dials, memory, case.x, case.y, t=t, **way)
        for mine, other in zip((dials, *memory), (after, *remembered), strict=True):
            assert np.array_equal(mine.vector(), other.vector())


def test_a_held_dial_keeps_its_value_and_only_that_one():
    held = Parameters(w={1: np.array([[0.0, 1.0]])}, b={1: np.array([[0.0]])})
    after, _ = descend(BEFORE, NABLA, (), optimiser="descent", eta=0.1, held=held)
    assert after.vector() == pytest.approx([1.95, -4.0, 1.2])


def test_without_further_words_an_iteration_is_the_first_one_and_no_weight_is_pulled():
    case = draw_case(network((2, 3, 1), "tanh", "sigmoid", "cross-entropy"), 4, 1)
    given = case.network, case.parameters, first_memory("adam", case.parameters), case.x, case.y
    first, _ = iterate(*given, optimiser="adam", eta=0.1, t=1)
    for way in ({}, {"regulariser": "l2"}):
        again, _ = iterate(*given, optimiser="adam", eta=0.1, **way)
        assert np.array_equal(again.vector(), first.vector())
