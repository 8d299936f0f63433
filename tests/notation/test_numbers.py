"""Numbers as a person reads them: close to what they are, never nothing for something, with a true minus."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notation.numbers import figure, moved, percent, plain

numbers = st.floats(-1e307, 1e307)


def read(text: str) -> float:
    """Read a number as it is printed."""
    return float(text.replace("−", "-"))


@given(value=numbers)
def test_a_printed_number_is_right_to_three_significant_digits(value):
    assert read(figure(value)) == pytest.approx(value, rel=0.005000001, abs=0)


@given(value=numbers)
def test_only_nothing_is_printed_as_nothing(value):
    assert (figure(value) == "0") == (value == 0)
    assert (read(figure(value)) == 0) == (value == 0)


@given(value=numbers)
def test_a_minus_is_a_minus_and_no_hyphen(value):
    assert "-" not in figure(value)
    assert "+" not in figure(value)
    assert figure(value).startswith("−") == (value < 0)
    assert figure(-value) in (figure(value).removeprefix("−"), "−" + figure(value))


@given(value=st.integers(-999, 999), power=st.integers(0, 2))
def test_a_short_number_is_printed_exactly_without_trailing_zeros(value, power):
    text = figure(value / 10**power)
    assert read(text) == value / 10**power
    assert "e" not in text
    assert not (text.endswith("0") and "." in text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (-2.0, "−2"),
        (100.0, "100"),
        (99999.0, "1.00e5"),
        (12345.0, "12300"),
        (0.0999999, "0.100"),
        (9.999, "10.0"),
        (0.0012345, "0.00123"),
        (0.00099999, "0.00100"),
        (0.00099, "9.90e−4"),
        (1 / 3, "0.333"),
        (2 / 3, "0.667"),
        (1e-300, "1.00e−300"),
        (-1.5e200, "−1.50e200"),
        (-0.0, "0"),
        (5e-324, "4.94e−324"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_as_they_are_written(value, text):
    assert figure(value) == text


@given(share=st.floats(0, 1))
def test_a_share_is_only_0_percent_when_it_is_nothing_and_100_when_it_is_all(share):
    assert (percent(share) == "0 %") == (share == 0)
    assert (percent(share) == "100 %") == (share == 1)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.5, "50 %"), (0.004, "<1 %"), (0.006, "1 %"), (0.994, "99 %"), (0.996, ">99 %"), (2 / 3, "67 %")],
)
def test_shares_as_they_are_written(share, text):
    assert percent(share) == text


@given(value=numbers, digits=st.integers(1, 9))
def test_the_plain_number_is_the_one_that_is_printed(value, digits):
    assert plain(value, digits) == read(figure(value, digits))
    assert plain(value, digits) == pytest.approx(value, rel=0.5001 * 10 ** (1 - digits), abs=0)


@given(old=numbers, new=numbers)
def test_a_move_tells_where_from_and_where_to_or_by_how_much(old, new):
    text = moved(old, new)
    assert text.startswith(figure(old))
    if figure(old) == figure(new) and old != new:
        assert text == f"{figure(old)} {'+' if new > old else '−'} {figure(abs(new - old))}"
    else:
        assert text == f"{figure(old)} → {figure(new)}"


@given(old=st.floats(-1e3, 1e3), share=st.floats(-1e-6, 1e-6))
def test_a_move_however_small_never_reads_as_the_same_number_twice(old, share):
    new = old * (1 + share)
    first, _, second = moved(old, new).split(" ")
    assert (first == second) == (old == new)
