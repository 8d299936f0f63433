"""The space the dials live in: its arithmetic, its order, and its locks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.parameters import Parameters, zeros

sizes = st.lists(st.integers(1, 4), min_size=2, max_size=5).map(tuple)


def numbered(shape: tuple[int, ...]) -> Parameters:
    """Return dials holding 0, 1, 2, … in their order."""
    empty = zeros(shape)
    return empty.filled(np.arange(len(empty)))


@given(shape=sizes)
def test_there_are_as_many_dials_as_weights_and_biases(shape):
    counted = sum(above * below + above for below, above in pairwise(shape))
    assert len(zeros(shape)) == counted == zeros(shape).vector().size
    assert not zeros(shape).vector().any()


@given(shape=sizes)
def test_what_is_filled_in_is_what_comes_out(shape):
    dials = numbered(shape)
    assert dials.vector().tolist() == list(range(len(dials)))
    again = dials.filled(dials.vector())
    assert all(np.array_equal(one, other) for one, other in zip(dials.blocks(), again.blocks(), strict=True))


def test_the_order_of_the_dials_is_weights_then_biases_layer_by_layer():
    dials = numbered((2, 2, 1))
    assert dials.w[1].tolist() == [[0, 1], [2, 3]]
    assert dials.b[1].tolist() == [[4], [5]]
    assert dials.w[2].tolist() == [[6, 7]]
    assert dials.b[2].tolist() == [[8]]


def test_the_order_does_not_depend_on_how_the_layers_were_put_in():
    dials = numbered((2, 3, 2, 1))
    reversed_ = Parameters(dict(reversed(dials.w.items())), dict(reversed(dials.b.items())))
    assert reversed_.vector().tolist() == dials.vector().tolist()


@pytest.mark.parametrize("size", [0, 8, 10])
def test_a_vector_of_the_wrong_length_is_refused(size):
    with pytest.raises(ValueError, match="reshape"):
        zeros((2, 2, 1)).filled(np.zeros(size))


@given(shape=sizes, factor=st.floats(-100, 100))
def test_arithmetic_is_that_of_the_vector(shape, factor):
    one = numbered(shape)
    other = one.map(np.sqrt)
    assert np.array_equal((one + other).vector(), one.vector() + other.vector())
    assert np.array_equal((one - other).vector(), one.vector() - other.vector())
    assert np.array_equal((one * factor).vector(), one.vector() * factor)
    assert np.array_equal((factor * one).vector(), one.vector() * factor)
    assert np.array_equal(one.map(np.hypot, other).vector(), np.hypot(one.vector(), other.vector()))


def test_arithmetic_leaves_what_it_was_given_alone():
    one = numbered((2, 2, 1)).frozen()
    _ = (one + one, one - one, one * 2.0, 2.0 * one, one.map(np.negative))
    assert one.vector().tolist() == list(range(9))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dial", [0, 4, 8])
def test_one_dial_that_is_no_number_is_noticed(bad, dial):
    vector = np.arange(9.0)
    assert zeros((2, 2, 1)).filled(vector).finite()
    vector[dial] = bad
    assert not zeros((2, 2, 1)).filled(vector).finite()


def test_frozen_dials_cannot_be_written_to():
    dials = numbered((2, 2, 1))
    dials.w[1][0, 0] = 5.0
    assert dials.frozen() is dials
    for block in dials.blocks():
        with pytest.raises(ValueError, match="read-only"):
            block[0, 0] = 6.0
    assert dials.w[1][0, 0] == 5.0


def test_the_arrays_of_dials_cannot_be_exchanged():
    dials = numbered((2, 2, 1))
    with pytest.raises(AttributeError):
        dials.w = {}
