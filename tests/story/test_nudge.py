"""The words of a nudge: what it did, so that the division comes out as printed, and what to make of it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.analysis.nudge import Nudge
from app.story.nudge import DOUBTS, change, nudge_words, whole
from tests.story.calculator import last_place, number

GOOD = Nudge(1e-4, 0.5, 0.25, 0.25005, 0.5, 0.499999, 5, "good")


def test_a_nudge_is_told_with_what_to_make_of_it() -> None:
    assert nudge_words(GOOD, "w₁₂") == (
        "w₁₂ from 0.5 to 0.5 + 1.00e−4: the cost moves by ΔC = 5.00000e−5, that is ΔC/ε = 5.00000e−5 / "
        "1.00e−4 = 0.5. "
        "Backprop says 0.499999.",
        "They agree to 5 digits.",
    )
    assert nudge_words(replace(GOOD, digits=1), "c")[1] == "They agree to 1 digit."
    assert (
        nudge_words(replace(GOOD, digits=0), "c")[1]
        == "Both are next to nothing, less than a billionth apart."
    )
    for verdict, doubt in DOUBTS.items():
        assert (
            nudge_words(replace(GOOD, verdict=verdict, digits=0), "c")[1]
            == f"They agree to 0 digits: {doubt}"
        )


def test_a_nudge_downward_is_a_minus_and_no_two_signs() -> None:
    told = nudge_words(replace(GOOD, epsilon=-1e-4, after=0.24995), "c")[0]
    assert told.startswith("c from 0.5 to 0.5 − 1.00e−4: ")
    assert "ΔC/ε = −5.00000e−5 / (−1.00e−4) = 0.5." in told


@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(1e-9, 900), st.booleans())
def test_the_printed_change_divided_by_the_printed_epsilon_is_the_printed_slope(
    before: float, after: float, size: float, down: bool
) -> None:
    epsilon = float(f"{-size if down else size:.5g}")  # as somebody may type it
    measured = (after - before) / epsilon
    assume(after == before or min(abs(measured), abs(after - before)) > 1e-200)
    found = nudge_words(Nudge(epsilon, 0.5, before, after, measured, 0.5, 0, "large"), "c")[0]
    formula = found.partition("ΔC/ε = ")[2].partition(". Backprop")[0]
    top, bottom, result = formula.replace(" = ", " / ").replace("(", "").replace(")", "").split(" / ")
    assert number(bottom) == number(whole(abs(epsilon))) * (-1 if down else 1)
    assert float(number(bottom)) == epsilon
    step = last_place(result) / 1000  # six digits are printed, not three
    assert abs(number(top) / number(bottom) - number(result)) <= step / 2 * (1 + number("1e−6"))


@pytest.mark.parametrize(("after", "said"), [(math.inf, "∞"), (0.25, "0")])
def test_a_change_beyond_all_numbers_and_none_at_all_are_said_too(after: float, said: str) -> None:
    assert change(replace(GOOD, after=after, measured=(after - 0.25) / 1e-4)) == said
