"""Formulas at the ends of a span: where 1 − a has no digits left they go by z, and still come out."""

from __future__ import annotations

import math

import pytest

from app.story.formulas.expression import Num
from app.story.functions.activations import FAR, rest, share, softplus, tanh_slope
from app.story.functions.costs import FAR_ABOVE, FAR_BELOW, NEAR_ONE, NEAR_ZERO, surprise, surprise_slope

ONE, ZERO, HALF = Num("y", 1.0), Num("y", 0.0), Num("y", 0.5)


def ended(z: float) -> tuple[Num, Num]:
    """Return a sigmoid's a and z."""
    return Num("a", 1 / (1 + math.exp(-z))), Num("z", z)


@pytest.mark.parametrize(("z", "said"), [(1.0, "1 − a"), (-40.0, "1 − a"), (30.0, "σ(−1 · z)")])
def test_the_rest_of_a_sigmoid_goes_by_z_where_it_is_too_small_to_be_seen(z: float, said: str) -> None:
    assert rest(*ended(z)).spoken(None) == said
    assert rest(*ended(z)).compute(17) == pytest.approx(1 / (1 + math.exp(z)), rel=1e-9)


@pytest.mark.parametrize(("z", "short"), [(0.5, True), (-12.0, False), (30.0, False)])
def test_the_slope_of_tanh_goes_by_z_there_too(z: float, short: bool) -> None:
    found = tanh_slope(Num("a", math.tanh(z)), Num("z", z))
    assert (found.spoken(None) == "1 − a²") == short
    assert found.compute(17) == pytest.approx(1 / math.cosh(z) ** 2, rel=1e-9)


def test_a_share_of_very_large_sums_is_measured_from_the_largest() -> None:
    near, far = [Num("z₁", 1.0), Num("z₂", 2.0)], [Num("z₁", 1000.0), Num("z₂", 1001.0)]
    shares = []
    for zs, law, note in ((near, "exp(z₁) + exp(z₂)", ""), (far, "exp(z₁ − z₂) + exp(z₂ − z₂)", FAR)):
        whole, power = share(zs, 1)
        assert (whole.result.name, whole.formula.spoken(None), whole.note) == ("S", law, note)
        assert power.spoken(None) == law.split(" + ")[0]
        shares.append(power.compute(17) / whole.result.value)
    assert shares == pytest.approx([1 / (1 + math.e)] * 2)


@pytest.mark.parametrize(
    ("z", "y", "said", "note"),
    [
        (1.0, ONE, "−1 · y · ln(a)", ""),
        (1.0, ZERO, "−1 · (1 − y) · ln(1 − a)", ""),
        (1.0, HALF, "−1 · y · ln(a) + −1 · (1 − y) · ln(1 − a)", ""),
        (30.0, ONE, "y · σ(−1 · z)", NEAR_ONE),
        (30.0, ZERO, "−1 · (1 − y) · ln(σ(−1 · z))", ""),
        (-30.0, ZERO, "(1 − y) · a", NEAR_ZERO),
        (-30.0, ONE, "−1 · y · ln(a)", ""),
        (700.0, ZERO, "(1 − y) · z", FAR_ABOVE),
        (-700.0, ONE, "−1 · y · z", FAR_BELOW),
    ],
)
def test_the_surprise_says_what_it_has_to_leave_out_near_an_end(
    z: float, y: Num, said: str, note: str
) -> None:
    formula, found = surprise(*ended(z), y)
    assert (formula.spoken(None), found) == (said, note)
    true = y.value * math.log1p(math.exp(-z)) + (1 - y.value) * math.log1p(math.exp(z))
    assert formula.compute(17) == pytest.approx(true, rel=1e-6)


@pytest.mark.parametrize("z", [1.0, -2.0, 25.0, -25.0])
@pytest.mark.parametrize("y", [ONE, ZERO, HALF])
def test_the_slope_of_the_surprise_comes_out_at_both_ends(z: float, y: Num) -> None:
    a = 1 / (1 + math.exp(-z))
    true = (1 - y.value) * (1 + math.exp(z)) - y.value / a
    assert surprise_slope(*ended(z), y).compute(17) == pytest.approx(true, rel=1e-6)


def test_where_an_output_is_at_the_end_it_should_be_at_the_other_part_is_left_out() -> None:
    assert surprise_slope(*ended(25.0), ONE).spoken(None) == "−1 · y / a"
    assert surprise_slope(*ended(-25.0), ZERO).spoken(None) == "(1 − y) / (1 − a)"


@pytest.mark.parametrize(("z", "said"), [(30.0, "z"), (1.0, "ln(1 + exp(z))"), (-30.0, "exp(z)")])
def test_softplus_is_z_itself_far_out_and_a_power_on_the_other_side(z: float, said: str) -> None:
    found = softplus(Num("z", z))
    assert found.spoken(None) == said
    assert found.compute(17) == pytest.approx(math.log1p(math.exp(z)), rel=1e-9)
