"""Activation functions against their formulas, their slopes against their rise, also far out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS, sigmoid, sigmoid_slope, softmax

ELEMENTWISE = [key for key, entry in ACTIVATIONS.items() if not entry.couples]
FORMULAS = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": lambda z: (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z)),
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky-relu": lambda z: z if z > 0 else z / 100,
    "softplus": lambda z: math.log1p(math.exp(z)),
    "sine": math.sin,
    "step": lambda z: 1.0 if z > 0 else 0.0,
    "linear": lambda z: z,
}
WAVES = {"sine"}  # they go up and down for ever
FAR = np.array([[-1e6, -700.0, -40.0, 0.0, 40.0, 700.0, 1e6]])
columns = st.lists(st.floats(-30, 30), min_size=2, max_size=5).map(lambda z: np.array(z)[:, None])


def at(function, z: float) -> float:
    """Return an array function's answer to one number."""
    return function(np.array([[z]])).item()


@pytest.mark.parametrize("key", ELEMENTWISE)
@given(z=st.floats(-50, 50, allow_subnormal=False))
def test_the_value_is_what_the_formula_says(key, z):
    assert at(ACTIVATIONS[key].value, z) == pytest.approx(FORMULAS[key](z), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("key", ELEMENTWISE)
@given(size=st.floats(0.001, 20), sign=st.sampled_from((-1, 1)))
def test_the_slope_is_the_rise_of_the_value(key, size, sign):
    z, step = sign * size, 1e-5
    rise = (at(ACTIVATIONS[key].value, z + step) - at(ACTIVATIONS[key].value, z - step)) / (2 * step)
    assert at(ACTIVATIONS[key].slope, z) == pytest.approx(rise, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_far_out_nothing_overflows_and_nothing_leaves_the_span(key):
    entry = ACTIVATIONS[key]
    a, slope = entry.value(FAR), entry.slope(FAR)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()
    assert (a >= entry.span[0]).all()
    assert (a <= entry.span[1]).all()
    assert key in WAVES or (slope >= 0).all()


@pytest.mark.parametrize("key", sorted({*ELEMENTWISE} - WAVES))
def test_the_ends_of_the_span_are_where_the_value_goes(key):
    low, high = ACTIVATIONS[key].span
    far = 1e9
    for end, z in ((low, -far), (high, far)):
        a = at(ACTIVATIONS[key].value, z)
        assert (
            a == end
            if math.isfinite(end)
            else abs(a) >= far / 100 and math.copysign(1, a) == math.copysign(1, end)
        )


@pytest.mark.parametrize("key", ELEMENTWISE)
def test_no_slope_is_steeper_than_the_steepest_and_one_is_as_steep(key):
    grid = np.linspace(-8, 8, 2001)[None, :]
    steepest = np.abs(ACTIVATIONS[key].slope(grid)).max()
    assert steepest <= ACTIVATIONS[key].steepest
    if key != "step":  # between two level parts it is steeper than any number
        assert steepest == pytest.approx(ACTIVATIONS[key].steepest, rel=1e-3)
    if key not in ("step", "softplus"):  # which comes near it only far out
        assert steepest == ACTIVATIONS[key].steepest


def test_a_share_is_anything_from_nothing_to_all():
    assert softmax(FAR.T).ravel().tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert ACTIVATIONS["softmax"].span == (0.0, 1.0)


def test_the_steepest_slope_of_softmax_is_that_of_an_even_pair():
    assert ACTIVATIONS["softmax"].slope(np.zeros((2, 1))).max() == ACTIVATIONS["softmax"].steepest
    assert ACTIVATIONS["softmax"].slope(np.linspace(-9, 9, 60).reshape(2, 30)).max() <= 0.25


@pytest.mark.parametrize("z", [-700.0, -40.0, -5.0, 5.0, 40.0, 300.0])
def test_the_small_tails_keep_every_digit(z):
    small = math.exp(-abs(z))
    assert at(sigmoid_slope, z) == pytest.approx(small / (1 + small) ** 2, rel=1e-14)
    assert at(sigmoid, -abs(z)) == pytest.approx(small / (1 + small), rel=1e-14)
    half = math.exp(-abs(z) / 2)  # 1 − tanh² = 1 / cosh² = 4 / (e^z + e^−z)²
    assert at(ACTIVATIONS["tanh"].slope, z / 4) == pytest.approx(4 * half / (1 + half) ** 2, rel=1e-13)


def test_at_its_kink_a_relu_is_deaf_and_a_leaky_one_whispers():
    assert at(ACTIVATIONS["relu"].slope, 0.0) == 0.0
    assert at(ACTIVATIONS["leaky-relu"].slope, 0.0) == 0.01


def test_a_wave_stays_between_its_ends_and_touches_both():
    grid = np.linspace(-8, 8, 2001)[None, :]
    assert (ACTIVATIONS["sine"].value(grid).min(), ACTIVATIONS["sine"].value(grid).max()) == pytest.approx(
        (-1, 1), abs=1e-4
    )


def test_the_slope_of_a_linear_neuron_is_one():
    assert ACTIVATIONS["linear"].slope(FAR).tolist() == [[1.0] * 7]


def test_a_linear_neuron_says_a_copy_of_its_sum():
    z = np.ones((2, 2))
    assert not np.shares_memory(ACTIVATIONS["linear"].value(z), z)


@given(z=columns)
def test_shares_add_up_to_one_and_follow_the_exponentials(z):
    powers = [math.exp(one) for one in z.ravel()]
    assert softmax(z).ravel() == pytest.approx([power / sum(powers) for power in powers], rel=1e-12)
    assert softmax(z).sum() == pytest.approx(1.0, rel=1e-14)


@given(z=columns, shift=st.floats(-600, 600))
def test_shares_only_look_at_differences(z, shift):
    assert softmax(z + shift).ravel() == pytest.approx(softmax(z).ravel(), rel=1e-11)


def test_every_column_has_shares_of_its_own():
    z = np.array([[0.0, 5.0], [1.0, -5.0]])
    assert np.array_equal(softmax(z), np.hstack([softmax(z[:, :1]), softmax(z[:, 1:])]))


@given(z=columns, seed=st.integers(0, 1000))
def test_the_pull_of_softmax_is_its_whole_jacobian(z, seed):
    received = np.random.RandomState(seed).standard_normal(z.shape)
    a = softmax(z).ravel()
    jacobian = np.diag(a) - np.outer(a, a)  # ∂a_j/∂z_i
    pulled = ACTIVATIONS["softmax"].pull(z, received)
    assert pulled.ravel() == pytest.approx(jacobian.T @ received.ravel(), rel=1e-10, abs=1e-14)
    assert ACTIVATIONS["softmax"].slope(z).ravel() == pytest.approx(np.diag(jacobian), rel=1e-10, abs=1e-14)


@given(z=columns)
def test_the_slope_of_softmax_is_the_rise_of_each_share_against_its_own_sum(z):
    for j in range(len(z)):
        nudge = np.zeros_like(z)
        nudge[j] = 1e-5
        rise = (softmax(z + nudge)[j] - softmax(z - nudge)[j]) / 2e-5
        assert ACTIVATIONS["softmax"].slope(z)[j] == pytest.approx(rise, rel=1e-7, abs=1e-10)


@pytest.mark.parametrize("key", ELEMENTWISE)
def test_elsewhere_the_pull_is_the_slope_times_what_is_received(key):
    z, received = np.array([[-1.0, 2.0]]), np.array([[3.0, -0.5]])
    slopes = [at(ACTIVATIONS[key].slope, -1.0), at(ACTIVATIONS[key].slope, 2.0)]
    assert ACTIVATIONS[key].pull(z, received).tolist() == [[3.0 * slopes[0], -0.5 * slopes[1]]]


def test_only_softmax_couples_its_neurons_and_it_is_for_outputs():
    assert {key for key, entry in ACTIVATIONS.items() if entry.couples} == {"softmax"}
    assert {key for key, entry in ACTIVATIONS.items() if not entry.hidden} == {"softmax"}


def test_the_span_of_a_wave_is_from_its_trough_to_its_crest():
    low, high = ACTIVATIONS["sine"].value(np.array([[-math.pi / 2, math.pi / 2]])).ravel()
    assert ACTIVATIONS["sine"].span == (low, high)
