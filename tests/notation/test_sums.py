"""Sums as they are typed: all usual signs, and nothing that is no sum."""

from __future__ import annotations

import math

import pytest

from app.notation.sums import LONGEST, worked_out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,3·0,4", 0.12),
        ("0.5*0.2+0.1", 0.2),
        ("(1-0.6)*0.6", 0.24),
        ("1 ÷ 3 − 1:3", 0.0),
        ("−(−2)²", -4.0),
        ("2^-1", 0.5),
        ("1,5e-3", 0.0015),
        ("1E−3", 0.001),
        (".5 + 5. + 05", 10.5),
        ("√(4)", 2.0),
        ("tanh(0) + ln(e) + sin(0) + cos(0) + exp(0) + sqrt(1)", 4.0),
        ("π", math.pi),
        ("-0", 0.0),
    ],
)
def test_a_sum_is_worked_out(text: str, value: float) -> None:
    found = worked_out(text)
    assert found == pytest.approx(value, abs=1e-15)
    assert math.copysign(1, found) == math.copysign(1, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "1 2",
        "1.000,5",
        "1_000",
        "0x10",
        "2e",
        "1/0",
        "ln(0)",
        "(-8)^0.5",
        "9^9^9^9",
        "1e999",
        "1e308·10",
        "inf",
        "nan",
        "e(1)",
        "tanh",
        "ln(1)(2)",
        "(1",
        "1 = 1",
        "1 < 2",
        "[1]",
        "__import__('os')",
        "exp.real",
        "1 if 1 else 2",
        "1 // 2",
        "()",
        "٣",
        "(" * 40 + "1" + ")" * 41,
        "1+" * (LONGEST // 2) + "1",
    ],
)
def test_what_is_no_sum_or_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no sum|not finite"):
        worked_out(text)
