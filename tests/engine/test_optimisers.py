"""Optimisers against the formulas of their papers, one dial at a time in plain Python."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.descent import first_memory
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import Parameters, zeros

slopes = st.lists(st.floats(-1e3, 1e3, allow_subnormal=False), min_size=1, max_size=25)


def plain(gradients: list[float]) -> float:
    return gradients[-1]


def momentum(gradients: list[float]) -> float:
    # v_t = Σ 0.9^(t−i)·g_i
    return sum(0.9**age * g for age, g in enumerate(reversed(gradients)))


def rmsprop(gradients: list[float]) -> float:
    square = sum(0.1 * 0.9**age * g**2 for age, g in enumerate(reversed(gradients)))
    return gradients[-1] / (math.sqrt(square) + 1e-8)


def adam(gradients: list[float]) -> float:
    # the corrected averages are weighted means: Σ β^(t−i)·g_i / Σ β^(t−i)
    ages = range(len(gradients))
    mean = sum(0.9**age * g for age, g in zip(ages, reversed(gradients), strict=True)) / sum(
        0.9**age for age in ages
    )
    square = sum(0.999**age * g**2 for age, g in zip(ages, reversed(gradients), strict=True))
    square /= sum(0.999**age for age in ages)
    return mean / (math.sqrt(square) + 1e-8)


FORMULAS = {"descent": plain, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}


def dial(value: float) -> Parameters:
    """Return a network of one weight and one bias with this value and twice this value."""
    return Parameters(w={1: np.array([[value]])}, b={1: np.array([[2 * value]])})


@pytest.mark.parametrize("key", OPTIMISERS)
@settings(deadline=None)
@given(gradients=slopes)
def test_the_direction_is_the_papers_formula_at_every_step(key, gradients):
    memory = first_memory(key, dial(0.0))
    for t, gradient in enumerate(gradients, start=1):
        direction, memory = OPTIMISERS[key].rule(memory, dial(gradient), t)
        expected = [FORMULAS[key]([factor * g for g in gradients[:t]]) for factor in (1, 2)]
        assert direction.vector() == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_every_optimiser_has_its_formula_here_and_remembers_no_more_than_that_needs():
    assert set(FORMULAS) == set(OPTIMISERS)
    assert {key: entry.remembers for key, entry in OPTIMISERS.items()} == {
        "descent": 0,
        "momentum": 1,
        "rmsprop": 1,
        "adam": 2,
    }


@pytest.mark.parametrize("key", OPTIMISERS)
def test_it_remembers_as_much_as_it_says_in_the_shape_of_the_dials(key):
    dials = zeros((2, 3, 1))
    _, memory = OPTIMISERS[key].rule(first_memory(key, dials), dials.map(np.ones_like), 1)
    assert len(memory) == len(first_memory(key, dials)) == OPTIMISERS[key].remembers
    for average in memory:
        assert [block.shape for block in average.blocks()] == [block.shape for block in dials.blocks()]


@pytest.mark.parametrize("key", OPTIMISERS)
def test_a_flat_place_moves_nothing_and_divides_by_nothing(key):
    flat = zeros((2, 1))
    direction, _ = OPTIMISERS[key].rule(first_memory(key, flat), flat, 1)
    assert direction.vector().tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("key", OPTIMISERS)
def test_neither_the_gradient_nor_the_memory_is_written_to(key):
    nabla = dial(0.5).frozen()
    memory = tuple(average.frozen() for average in first_memory(key, nabla))
    _, memory = OPTIMISERS[key].rule(memory, nabla, 1)
    for average in memory:
        average.frozen()
    OPTIMISERS[key].rule(memory, nabla, 2)
    assert nabla.vector().tolist() == [0.5, 1.0]


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_the_first_step_of_adam_is_as_long_for_a_small_gradient_as_for_a_large_one(size):
    direction, _ = OPTIMISERS["adam"].rule(first_memory("adam", dial(0.0)), dial(-size), 1)
    assert direction.vector() == pytest.approx([-1.0, -1.0], rel=2e-5)


def test_momentum_ends_up_ten_times_as_fast_on_a_steady_slope():
    memory = first_memory("momentum", dial(0.0))
    for t in range(1, 301):
        velocity, memory = OPTIMISERS["momentum"].rule(memory, dial(1.0), t)
    assert velocity.vector() == pytest.approx([10.0, 20.0])
