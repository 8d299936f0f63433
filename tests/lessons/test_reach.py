"""How far printed numbers reach: half a unit of the last digit each; nothing where nothing can be said."""

from __future__ import annotations

import math

import pytest

from app.lessons.reach import Digits, reach, within
from app.story.formulas.expression import Call, Formula, Num, Ratio, Square, less, times, total

THREE = Digits(3, 3, 3)
THIRD = Num("a", 1 / 3)  # printed as 0.333
SMALL = Num("b", 0.0001234)
HALF = Num("c", 0.5)  # printed as it is


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        (THIRD, 0.3325 - 0.0005, 0.3335 + 0.0005),
        (HALF, 0.5 - 0.0005, 0.5 + 0.0005),
        (total(HALF, HALF), 1 - 0.005, 1 + 0.005),
        (times(HALF, HALF), 0.25 - 0.0005, 0.25 + 0.0005),
        (less(HALF, THIRD), 0.1665 - 0.0005, 0.1675 + 0.0005),
        (Ratio(HALF, Num("", 2.0)), 0.25 - 0.0005, 0.25 + 0.0005),
        (Square(less(THIRD, HALF)), 0.166**2 - 0.00005, 0.168**2 + 0.00005),
        (Square(less(HALF, Num("d", 0.5))), 0.0, 0.0),
        (Call("abs", less(THIRD, Num("e", 0.33331))), 0.0, 0.0),
        (Call("tanh", Num("", 0.0)), 0.0, 0.0),
    ],
)
def test_a_span_holds_what_the_printed_numbers_lead_to(formula: Formula, low: float, high: float) -> None:
    found = reach(formula, THREE)
    assert found is not None
    if (low, high) == (0.0, 0.0):
        assert found[0] <= 0 <= found[1] < 0.002
    else:
        assert found == pytest.approx((low, high), rel=2e-3)


@pytest.mark.parametrize(
    "formula",
    [
        Ratio(HALF, less(THIRD, Num("d", 0.33331))),
        Ratio(HALF, Num("", 0.0)),
        Call("ln", Num("", 0.0)),
        Num("", math.inf),
        Num("", math.nan),
        times(Num("", 1e200), Num("", 1e200)),
    ],
)
def test_nothing_is_within_reach_where_nothing_can_be_said(formula: Formula) -> None:
    assert reach(formula, THREE) is None
    assert not within(1.0, reach(formula, THREE))


def test_a_sum_in_small_numbers_is_as_exact_as_they_are() -> None:
    low, high = reach(total(SMALL, SMALL), THREE) or (0.0, 0.0)
    assert low < 0.0002468 < high
    assert high - low < 4e-6
