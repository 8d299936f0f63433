"""Why an ε does not do: the curve bends within it, rounding drowns it, or only the other direction does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.analysis import nudge as nudging
from app.analysis.nudge import agree, nudge, verdict_of
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay


def between(low: float, high: float) -> Callable[[float], bool]:
    """Return what finds the slope with any step from `low` to `high`."""
    return lambda step: low <= step <= high


def test_slopes_agree_to_three_digits_and_in_size_alone_they_do_not() -> None:
    assert agree(0.5002, 0.5)
    assert agree(-0.5002, -0.5)
    assert not agree(0.501, 0.5)
    assert not agree(-0.5, 0.5)
    assert not agree(0.5, -0.5)
    assert agree(4e-10, -4e-10)
    assert not agree(6e-10, -6e-10)


@pytest.mark.parametrize("drowned", [False, True])
def test_where_only_smaller_nudges_do_it_is_too_large_however_much_rounding_may_do(drowned: bool) -> None:
    assert verdict_of(between(0, 0.02), 0.3, drowned) == "large"


@pytest.mark.parametrize("drowned", [False, True])
def test_where_only_larger_nudges_do_it_is_too_small(drowned: bool) -> None:
    assert verdict_of(between(0.02, 2.0), 0.003, drowned) == "small"


def test_where_smaller_and_larger_ones_do_rounding_decides() -> None:
    def agrees(step: float) -> bool:
        return step < 0.0002 or step > 0.02

    assert verdict_of(agrees, 0.003, True) == "small"
    assert verdict_of(agrees, 0.003, False) == "large"


def test_a_kink_is_where_some_nudge_of_the_other_sign_does() -> None:
    assert verdict_of(between(-0.02, -1e-4), 0.003, False) == "kink"
    assert verdict_of(between(1e-4, 0.02), -0.003, False) == "kink"
    assert verdict_of(between(2.0, 1.0), 0.003, False) == "lost"


@pytest.mark.parametrize(
    ("cost", "epsilon", "gap", "verdict"),
    [
        (2.0, 1e-8, 5e-7, "small"),  # rounding may do 50 · 1e-16 · 2 / 1e-8 = 1e-6
        (2.0, 1e-8, 5e-6, "large"),
        (1e-6, 1e-9, 3e-9, "small"),  # a tiny cost is no more exact than one of 1e-3: 5e-9
        (1e-6, 1e-9, 8e-9, "large"),
    ],
)
def test_rounding_drowns_what_the_costs_last_digits_can_do(
    monkeypatch: pytest.MonkeyPatch, cost: float, epsilon: float, gap: float, verdict: str
) -> None:
    """A flat cost, but for a bump around ε: steps before it and beyond it find the slope, which is 0."""

    def bumpy(value: float) -> float:
        return cost + (gap * epsilon if epsilon / 2 < value < epsilon * 2 else 0.0)

    monkeypatch.setattr(nudging, "slope_of", lambda *asked: 0.0)
    monkeypatch.setattr(nudging, "trial_of", lambda *asked: (0.0, bumpy))
    recipe = Recipe(data="and", hidden=())
    found = nudge(Replay().numbers(Lab(recipe, 4)), 0, Pick("b", 1, 1), epsilon)
    assert found.measured == pytest.approx(gap, rel=0.1)
    assert found.verdict == verdict


def test_a_measured_slope_of_another_size_agrees_to_no_digit() -> None:
    """Upon its kink a ReLU's slope is 0 and what a nudge upwards measures is ½(h² − 0²)/ε = ε/2."""
    dials = (0.0, 0.0, 0.0, 1.0, 0.0)
    recipe = Recipe(
        data="and", hidden=(1,), activation="relu", output="linear", cost="quadratic", parameters=dials
    )
    numbers = Replay().numbers(Lab(recipe, 6))
    found = nudge(numbers, 0, Pick("n", 1, 1), 1e-4)
    target = float(numbers.y[0, 0])
    assert found.slope == 0.0
    assert found.measured == pytest.approx(((1e-4 - target) ** 2 - target**2) / 2 / 1e-4)
    assert found.digits == 0
