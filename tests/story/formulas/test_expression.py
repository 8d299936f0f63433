"""Each kind of formula written three ways: with names, with numbers, and as it is spoken; and worked out."""

from __future__ import annotations

import math

import pytest

from app.story.formulas.equation import MOST_DIGITS, Equation
from app.story.formulas.expression import Call, Formula, Num, Ratio, Row, Square, less, times, total
from tests.story.mathml import seen

A, B, W = Num("a_h₁", 0.25, "n-1-1"), Num("b", -0.5, "n-1-1"), Num("w₁₂", -1.5, "w-1-1-2")
TWO = Num("", 2.0)
SUM = total(B, times(W, A))

WAYS = [  # formula, with names, with numbers, its value
    (A, "a(h₁)", "0.25", 0.25),
    (TWO, "2", "2", 2.0),
    (B, "b", "−0.5", -0.5),
    (SUM, "b + w₁₂ · a(h₁)", "−0.5 + (−1.5) · 0.25", -0.875),
    (less(A, B), "a(h₁) − b", "0.25 − (−0.5)", 0.75),
    (less(A, SUM), "a(h₁) − (b + w₁₂ · a(h₁))", "0.25 − (−0.5 + (−1.5) · 0.25)", 1.125),
    (less(SUM, A), "b + w₁₂ · a(h₁) − a(h₁)", "−0.5 + (−1.5) · 0.25 − 0.25", -1.125),
    (times(A, less(TWO, A)), "a(h₁) · (2 − a(h₁))", "0.25 · (2 − 0.25)", 0.4375),
    (times(B, A), "b · a(h₁)", "(−0.5) · 0.25", -0.125),
    (Ratio(A, TWO), "a(h₁) / 2", "0.25 / 2", 0.125),
    (Ratio(B, less(TWO, A)), "b / (2 − a(h₁))", "(−0.5) / (2 − 0.25)", -0.5 / 1.75),
    (Ratio(Num("∂C/∂w", 3.0), TWO), "(∂C/∂w) / 2", "3 / 2", 1.5),
    (Call("tanh", A), "tanh(a(h₁))", "tanh(0.25)", math.tanh(0.25)),
    (Call("σ", B), "σ(b)", "σ(−0.5)", 1 / (1 + math.exp(0.5))),
    (Call("exp", B), "exp(b)", "exp(−0.5)", math.exp(-0.5)),
    (Call("ln", A), "ln(a(h₁))", "ln(0.25)", math.log(0.25)),
    (Call("√", A), "√(a(h₁))", "√(0.25)", 0.5),
    (Call("max(0, ·)", B), "max(0, b)", "max(0, −0.5)", 0.0),
    (Call("sign", B), "sign(b)", "sign(−0.5)", -1.0),
    (Square(Num("h₁", 0.5)), "h₁²", "0.5²", 0.25),
    (Square(Num("h²₁", -0.5)), "(h²₁)²", "(−0.5)²", 0.25),
    (Square(Num("∂C/∂w", 2e-4)), "(∂C/∂w)²", "(2.00e−4)²", 4e-8),
    (Square(less(A, TWO)), "(a(h₁) − 2)²", "(0.25 − 2)²", 3.0625),
]


@pytest.mark.parametrize(("formula", "law", "put_in", "value"), WAYS, ids=[law for _, law, *_ in WAYS])
def test_a_formula_is_seen_as_it_is_spoken_and_comes_out(
    formula: Formula, law: str, put_in: str, value: float
) -> None:
    assert formula.spoken(None) == law
    assert formula.spoken(3) == put_in
    assert seen(f"<math>{formula.names()}</math>") == law
    assert seen(f"<math>{formula.numbers(3)}</math>") == put_in
    assert formula.compute(MOST_DIGITS) == pytest.approx(value, rel=1e-15)


def test_a_number_points_at_its_mark_and_a_constant_at_none() -> None:
    assert A.numbers(3) == '<mn data-ref="n-1-1">0.25</mn>'
    assert TWO.numbers(3) == "<mn>2</mn>"


def test_what_is_printed_shorter_is_worked_out_as_printed() -> None:
    third = Num("a", 1 / 3)
    assert times(third, Num("", 3.0)).compute(3) == pytest.approx(0.999)
    assert (third.spoken(3), third.spoken(6)) == ("0.333", "0.333333")


def test_names_cannot_break_out_of_their_markup() -> None:
    assert Num("<b>_&", 1.0).names() == "<msub><mi>&lt;b&gt;</mi><mi>&amp;</mi></msub>"


def test_what_no_calculator_knows_is_beyond_all_numbers() -> None:
    assert Ratio(A, Num("", 0.0)).compute(3) == math.inf
    assert Call("ln", Num("", 0.0)).compute(3) == -math.inf
    assert Call("√", Num("", -1.0)).compute(3) == 0.0
    assert Call("exp", Num("", 1e6)).compute(3) == math.exp(700)
    lost = Equation(Num("r", 1.0), Ratio(A, Num("", 0.0)))
    assert not lost.works_out(3)
    assert lost.digits == MOST_DIGITS


def test_a_sum_of_one_is_that_one() -> None:
    assert total(A) is A
    assert total(A, B) == Row("+", (A, B))


def test_an_equation_takes_as_many_digits_as_it_needs_to_come_out() -> None:
    third = Num("a", 1 / 3)
    equation = Equation(Num("r", 1 / 3 * 3), times(third, Num("", 3.0)))
    assert equation.digits == 4  # 0.333 · 3 would be 0.999
    assert equation.spoken() == "r = a · 3 = 0.3333 · 3 = 1"


def test_what_would_be_said_twice_is_said_once() -> None:
    same = Equation(Num("∂C/∂b", 0.25), A)
    assert same.spoken() == "∂C/∂b = a(h₁) = 0.25"
    assert seen(same.worked()) == "= 0.25"
    assert Equation(Num("f′", 1.0), Num("", 1.0)).worked() == ""


def test_what_hangs_on_a_sum_that_cancels_to_rounding_says_so() -> None:
    nearly, one = Num("a", 1 - 2**-52), Num("", 1.0)
    gone, half = Square(less(nearly, one)), Num("", 0.5)
    for formula in (
        times(half, gone),
        total(times(half, gone), times(half, Square(less(one, one)))),
        Ratio(gone, half),
    ):
        assert "rounding" in Equation(Num("C", formula.compute(MOST_DIGITS)), formula).remark
    for formula in (total(A, gone), times(A, less(nearly, A)), times(A, less(one, one)), less(one, one)):
        assert Equation(Num("C", formula.compute(MOST_DIGITS)), formula).remark == ""


def test_what_cancels_to_rounding_says_so() -> None:
    tiny = Equation(Num("r", 5.6e-17), less(Num("", 0.3), Num("", 0.1 + 0.2)))
    assert "rounding" in tiny.remark
    assert Equation(Num("r", 0.0), less(A, A)).remark == ""
    assert Equation(Num("r", 0.5), less(Num("", 0.75), A), "a note").remark == "a note"


@pytest.mark.parametrize(
    ("angle", "said"), [(7.710823468560571e16, True), (1e15, True), (3.141592653589793, True), (1e6, False)]
)
def test_what_hangs_on_the_last_digit_of_an_angle_says_so(angle: float, said: bool) -> None:
    for formula, value in (
        (Call("sin", Num("z", angle)), math.sin(angle)),
        (times(Num("", 0.5), Call("sin", Num("z", angle))), 0.5 * math.sin(angle)),
    ):
        assert ("angle" in Equation(Num("a", value), formula).remark) == said
