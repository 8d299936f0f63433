"""Numbers and lists of dials as people type them: what is meant is read, what is unclear is told line by
line."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.initialisers import initial
from app.engine.parameters import Parameters, zeros
from app.lab.dial_list import dial_lines, readings
from app.limits import Unusable
from app.notation.numbers import typed_number

SIZES = (2, 3, 1)
IN_TURN = "1 2 3\n4 5 6\n7 8 9\n10 11 12 13"


def typed_dials(text: str, sizes: tuple[int, ...]) -> Parameters:
    """Return the dials of a text that can be read in one way only."""
    (reading,) = readings(text, sizes)
    return reading.dials


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        (" 7 ", 7.0),
        ("-3", -3.0),
        ("−3", -3.0),
        ("+3", 3.0),
        ("1/3", 1 / 3),
        ("-1/4", -0.25),
        ("1 / 4", 0.25),
        ("1,5/3", 0.5),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1/−2", -0.5),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: float) -> None:
    assert typed_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "x", "1/0", "0/0", "1/", "/2", "1/2/3", "1 2", "1,2,3", "nan", "inf", "1e999", "0x10", "1_0", "٣"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        typed_number(text)


def test_there_is_only_one_zero() -> None:
    assert math.copysign(1, typed_number("-0")) == 1


@given(st.lists(st.integers(1, 5), min_size=2, max_size=4), st.integers(0, 1000))
def test_what_is_written_is_read_back_to_the_last_bit(sizes: list[int], seed: int) -> None:
    dials = initial("normal", tuple(sizes), seed)
    assert (typed_dials(dial_lines(dials, tuple(sizes)), tuple(sizes)).vector() == dials.vector()).all()


@pytest.mark.parametrize(
    "text",
    [
        IN_TURN,
        IN_TURN.replace("\n", " "),
        IN_TURN.replace(" ", ";"),
        IN_TURN.replace(" ", ", "),
        IN_TURN.replace(" ", "\t"),
        "h₁: 1 2 | 3\nh₂: 4 5 | 6\n\nh₃: 7 8 | 9\nŷ: 10 11 12 | 13\n",
        "\n".join(IN_TURN.split()),
        "1.0,2.0,3.0\n4,5,6\n7,8,9\n10.0,11.0,12.0,13.0",
        "1/1 4 / 2 3,0 4,0 5 6 7 8 9 10 11 12 13",
    ],
)
def test_a_list_may_be_spaced_as_one_likes(text: str) -> None:
    dials = typed_dials(text, SIZES)
    assert dials.w[1].tolist() == [[1, 2], [4, 5], [7, 8]]
    assert dials.b[1].tolist() == [[3], [6], [9]]
    assert dials.w[2].tolist() == [[10, 11, 12]]
    assert dials.b[2].tolist() == [[13]]


def test_a_comma_alone_between_digits_is_a_decimal_one() -> None:
    assert typed_dials("0,15 0,2 0,35", (2, 1)).vector().tolist() == [0.15, 0.2, 0.35]


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13/1]",
        "[[1,2,3],[4,5,6],[7,8,9],[10,11,12,13]]",
        "array([1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13.])",
    ],
)
def test_lists_in_brackets_are_read_as_programs_write_them(text: str) -> None:
    assert typed_dials(text, SIZES).vector().tolist() == typed_dials(IN_TURN, SIZES).vector().tolist()


@pytest.mark.parametrize(
    "text",
    [
        "[[1. 2. 3.]\n [4. 5. 6.]\n [7. 8. 9.]]\n[10. 11. 12. 13.]",
        "np.array([[1,2,3],[4,5,6],[7,8,9]]), [10,11,12,13]",
    ],
)
def test_a_matrix_with_the_biases_in_it_may_have_them_first_or_last_in_rows_or_in_columns(text: str) -> None:
    found = {one.way.key: one.dials for one in readings(text, SIZES)}
    assert list(found) == ["rows-last", "rows-first", "columns-last", "columns-first"]
    assert found["rows-last"].vector().tolist() == typed_dials(IN_TURN, SIZES).vector().tolist()
    assert found["columns-first"].w[1].tolist() == [[4, 7], [5, 8], [6, 9]]


@pytest.mark.parametrize(
    ("text", "why", "facts"),
    [
        ("", "dials-count", {"wanted": 13, "found": 0}),
        ("1 2 3", "dials-count", {"wanted": 13, "found": 3}),
        (
            "1 2 3\n4 5\n7 8 9\n10 11 12 13",
            "dials-line",
            {"line": 2, "neuron": "h₂", "wanted": 3, "found": 2},
        ),
        (
            "1 2 3\n4 5 6 7\n7 8 9\n10 11 12",
            "dials-line",
            {"line": 2, "neuron": "h₂", "wanted": 3, "found": 4},
        ),
        ("1 2 3\n4 five 6", "dials-number", {"line": 2, "text": "five"}),
        ("1 2 1/0", "dials-number", {"line": 1, "text": "1/0"}),
        ("1000001", "dials-number", {"line": 1, "text": "1000001"}),
        ("x" * 99, "dials-number", {"line": 1, "text": "x" * 20}),
        ("1 2\n" + "9" * 30, "dials-number", {"line": 2, "text": "9" * 20}),
        (
            "h₁: 1 2 3\nh₂: 4 5\nh₃: 7 8 9\nŷ: 10 11 12 13",
            "dials-line",
            {"line": 2, "neuron": "h₂", "wanted": 3, "found": 2},
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(text: str, why: str, facts: dict) -> None:
    with pytest.raises(Unusable) as caught:
        typed_dials(text, SIZES)
    assert caught.value.problem == ("dials", why, facts)


def test_the_zeros_of_a_network_are_left_alone() -> None:
    before = zeros(SIZES)
    typed_dials(IN_TURN, SIZES)
    assert not before.vector().any()
    assert np.isfinite(before.vector()).all()


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("1 2\n3 4\n5 6", 1),
        ("w₁₁: 1\nw₁₂: 2\nw₂₁: 3\nw₂₂: 4\nv₁: 5\nv₂: 6", 1),
        ("[[1, 2], [3, 4]]\n[[5, 6]]", 1),
        ("[[1, 2], [3, 4]]\n[5, 6]", 2),
        ("1 2 0 3 4 0 5 6 0", 1),
    ],
)
def test_where_there_are_no_biases_the_weights_alone_will_do(text: str, ways: int) -> None:
    found = readings(text, (2, 2, 1), biases=False)
    assert len(found) == ways
    assert [found[0].dials.w[1].tolist(), found[0].dials.w[2].tolist()] == [[[1, 2], [3, 4]], [[5, 6]]]
    assert not any(block.any() for block in found[0].dials.b.values())


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"), [("3 5", (2, 1), [3, 5, 0]), ("2\n4\n6", (1, 1, 1, 1), [2, 0, 4, 0, 6, 0])]
)
def test_weights_alone_will_do_for_one_layer_and_for_many(
    text: str, sizes: tuple[int, ...], wanted: list[float]
) -> None:
    (found,) = readings(text, sizes, biases=False)
    assert found.dials.vector().tolist() == wanted


def test_among_weights_alone_too_what_is_no_number_is_told_with_its_line() -> None:
    with pytest.raises(Unusable) as caught:
        readings("1 2\n3 four\n5 6", (2, 2, 1), biases=False)
    assert caught.value.problem == ("dials", "dials-number", {"line": 2, "text": "four"})


def test_weights_alone_are_too_few_where_there_are_biases() -> None:
    for biases, text in ((True, "1 2 3 4 5 6"), (False, "1 2 3"), (False, "[[1, 2]]")):
        with pytest.raises(Unusable):
            readings(text, (2, 2, 1), biases=biases)
