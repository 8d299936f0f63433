"""Numbers as a person reads them: close to what they are, never nothing for something, with a true minus."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notation.language import in_language
from app.notation.numbers import (
    SURE,
    WHOLE,
    beside,
    fewer,
    figure,
    grouped,
    in_digits,
    in_field,
    moved,
    percents,
    plain,
    shrinking,
    typed_number,
    written,
)
from app.notation.numbers import given as brought

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
        (math.nan, "–"),
    ],
)
def test_numbers_as_they_are_written(value, text):
    assert figure(value) == text


wholes = st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1)), min_size=1, max_size=20).filter(any)


@given(sizes=wholes)
def test_shares_of_one_whole_add_up_to_100_percent_and_a_small_one_is_never_none(sizes):
    shares = [size / sum(sizes) for size in sizes]
    texts = percents(shares)
    small, whole = texts.count("<1 %"), [int(text[:-2]) for text in texts if text[0] not in "<>"]
    assert [text == "0 %" for text in texts] == [share == 0 for share in shares]
    assert [text == "<1 %" for text in texts] == [0 < share < 0.01 for share in shares]
    assert all(
        abs(int(text.strip("<> %")) / 100 - share) < 0.01001
        for text, share in zip(texts, shares, strict=True)
    )
    if ">99 %" in texts:
        assert small
        assert not any(whole)
    elif small < len(shares) - texts.count("0 %"):
        assert 100 - max(1, small) <= sum(whole) <= 100 - bool(small)


@pytest.mark.parametrize(
    ("shares", "texts"),
    [
        ([0.786, 0.127, 0.087], ["78 %", "13 %", "9 %"]),  # one by one they would be 79, 13 and 9
        ([0.5, 0.5], ["50 %", "50 %"]),
        ([1 / 3, 1 / 3, 1 / 3], ["34 %", "33 %", "33 %"]),
        ([0.995, 0.005], [">99 %", "<1 %"]),
        ([0.5, 0.497, 0.003], ["50 %", "49 %", "<1 %"]),
        ([0.905, *[0.0095] * 10], ["90 %", *["<1 %"] * 10]),
        ([1.0], ["100 %"]),
        ([0.0, 0.0], ["0 %", "0 %"]),
    ],
)
def test_shares_as_they_are_written(shares, texts):
    assert percents(shares) == texts


@given(value=numbers, digits=st.integers(1, 9))
def test_the_plain_number_is_the_one_that_is_printed(value, digits):
    assert plain(value, digits) == read(figure(value, digits))
    assert plain(value, digits) == pytest.approx(value, rel=0.5001 * 10 ** (1 - digits), abs=0)


@given(old=numbers, new=numbers)
def test_a_move_tells_where_from_and_where_to(old, new):
    before, after = moved(old, new).split(" → ")
    assert read(before) == pytest.approx(old, rel=0.00501, abs=0)
    assert read(after) == pytest.approx(new, rel=0.00501, abs=0)


@given(old=st.floats(-1e3, 1e3), share=st.floats(-1e-6, 1e-6))
def test_a_move_however_small_never_reads_as_the_same_number_twice(old, share):
    new = old * (1 + share)
    before, after = moved(old, new).split(" → ")
    assert (before == after) == (plain(old, SURE) == plain(new, SURE))  # beyond it there is only rounding


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (1.42, 1.42 - 8.24e-4, "1.420 → 1.419"),
        (0.0179, -0.00631, "0.0179 → −0.00631"),
        (-5.37, -5.37001, "−5.37000 → −5.37001"),
        (0.0, 1e-9, "0 → 1.00e−9"),
        (123456.0, 123457.0, "123456 → 123457"),
        (0.5, 0.5, "0.5 → 0.5"),
        (0.1 + 0.2, 0.3, "0.3 → 0.3"),
    ],
)
def test_moves_as_they_are_written(old, new, text):
    assert moved(old, new) == text


def test_every_number_has_as_many_digits_as_its_reader_chose_and_nobody_elses():
    assert figure(math.pi) == "3.14"
    with in_digits(8):
        assert (figure(math.pi), figure(0.3), figure(math.pi, 2)) == ("3.1415927", "0.3", "3.1")
        assert moved(1.42, 1.4199) == "1.42 → 1.4199"
        with in_digits(5):
            assert list(fewer()) == [5, 4, 3, 2, 1]
        with ThreadPoolExecutor() as pool:
            assert pool.submit(figure, math.pi).result() == "3.14"
        assert figure(math.pi) == "3.1415927"
    assert figure(math.pi) == "3.14"


@given(value=numbers)
def test_a_number_that_a_language_has_written_is_read_back_whatever_the_mark(value):
    with in_language("de"):
        field, told = in_field(value), figure(value, WHOLE)
    assert "." not in field + told
    if abs(value) <= 1e300:
        assert typed_number(field) == typed_number(told) == value


def test_a_language_has_its_own_mark_wherever_a_number_is_written() -> None:
    with in_language("de"):
        assert (figure(1.5), brought(0.25), moved(0.5, 0.612)) == ("1,5", "0,25", "0,5 → 0,612")
        assert (shrinking(9.0, 2.0), grouped(1300), grouped(0.5), beside()) == ("÷ 4,5", "1.300", "0,5", "; ")
        assert (written(1.5, 3), plain(1.55, 2)) == ("1.5", 1.6)
    assert (figure(1.5), brought(0.25), grouped(1300), beside()) == ("1.5", "0.25", "1,300", ", ")
