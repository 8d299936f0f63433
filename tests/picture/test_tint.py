"""How strongly things show: full, half and not at all where they should, in proportion in between."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.picture.layout import RING
from app.picture.tint import FAINT, THINNEST, WIDEST, ink, locked, ring, width

REAL = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("key", "value", "full"),
    [
        ("sigmoid", 0.0, 0.0),
        ("sigmoid", 0.5, 0.5),
        ("sigmoid", 1.0, 1.0),
        ("softmax", 0.25, 0.25),
        ("tanh", 0.0, 0.0),
        ("tanh", 0.5, 0.5),
        ("tanh", -0.5, 0.5),
        ("tanh", -1.0, 1.0),
        ("relu", 0.0, 0.0),
        ("relu", 1.0, 0.5),
        ("relu", 3.0, 0.75),
        ("leaky-relu", -1.0, 0.5),
        ("linear", -3.0, 0.75),
    ],
)
def test_a_disc_is_as_full_as_its_activation_is_of_its_span(key: str, value: float, full: float) -> None:
    assert ink(value, ACTIVATIONS[key]) == full


def test_an_input_is_measured_against_the_largest_of_the_data() -> None:
    assert [ink(value, None, 4.0) for value in (0.0, 1.0, -2.0, 4.0, 9.0)] == [0, 0.25, 0.5, 1, 1]


@pytest.mark.parametrize("key", ACTIVATIONS)
@given(value=REAL)
def test_a_disc_is_never_more_than_full_and_the_louder_the_fuller(key: str, value: float) -> None:
    assert 0 <= ink(value, ACTIVATIONS[key]) <= 1
    assert ink(value, ACTIVATIONS[key]) == ink(-value, ACTIVATIONS[key]) <= ink(2 * value, ACTIVATIONS[key])


def test_a_ring_is_as_thick_as_the_root_of_its_error() -> None:
    thickest = RING * 36
    assert ring(0.0, 1.0, 36.0) == 0
    assert ring(1.0, 1.0, 36.0) == ring(-1.0, 1.0, 36.0) == ring(5.0, 1.0, 36.0) == pytest.approx(thickest)
    assert ring(0.25, 1.0, 36.0) == pytest.approx(thickest / 2)
    assert ring(0.4, 1.0, 36.0) / ring(0.1, 1.0, 36.0) == pytest.approx(2)
    assert ring(0.1, 0.1, 36.0) == pytest.approx(thickest)
    thinnest = (FAINT / thickest) ** 2
    assert ring(1.01 * thinnest, 1.0, 36.0) == pytest.approx(FAINT, rel=0.01)
    assert ring(0.99 * thinnest, 1.0, 36.0) == ring(1e-12, 1.0, 36.0) == 0  # it disappears as its error does
    assert ring(1.0, 0.0, 36.0) == pytest.approx(thickest)


def test_a_wire_is_wide_in_proportion_and_finer_in_a_crowd() -> None:
    assert width(0.0, 3.0) == THINNEST
    assert width(3.0, 3.0) == width(-3.0, 3.0) == width(99.0, 3.0) == WIDEST
    assert width(1.5, 3.0) == pytest.approx((THINNEST + WIDEST) / 2)
    assert width(1.0, 0.0) == WIDEST
    widths = [width(3.0, 3.0, crowd) for crowd in (1, 30, 31, 80, 81, 256)]
    assert widths == [WIDEST, WIDEST, WIDEST / 2, WIDEST / 2, WIDEST / 3, WIDEST / 3]


@pytest.mark.parametrize("key", [key for key, entry in ACTIVATIONS.items() if not entry.couples])
def test_a_padlock_hangs_where_the_slope_is_below_a_twentieth_of_the_steepest(key: str) -> None:
    steepest = ACTIVATIONS[key].steepest
    assert locked(0.049 * steepest, ACTIVATIONS[key])
    assert not locked(0.05 * steepest, ACTIVATIONS[key])
    assert steepest == pytest.approx({"sigmoid": 0.25}.get(key, 1.0))


def test_the_mark_for_a_sigmoid_hangs_from_about_4_and_4_on() -> None:
    sigmoid = ACTIVATIONS["sigmoid"]
    edge = math.log(0.5 * (78 + math.sqrt(78**2 - 4)))  # where σ(z)·σ(−z) is 1/80
    assert [locked(float(sigmoid.slope(z)), sigmoid) for z in (edge - 0.01, edge + 0.01, -edge - 0.01)] == [
        False,
        True,
        True,
    ]
