"""The nudge: it finds the slope that backpropagation found, and says honestly when it cannot."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.analysis.nudge import curve_of, nudge, slope_of
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Numbers, Replay
from tests.lab.recipes import recipes

SMALL = Recipe(data="and", hidden=(3,))  # 2-3-1: input, 3 + 1 forward, cost, 1 + 3 backward, descent
USUAL = 1e-4  # the ε that the page offers
SMOOTH = {"sigmoid", "tanh", "linear", "softmax"}


def at(position: int, recipe: Recipe = SMALL) -> Numbers:
    """Return the numbers at a place."""
    return Replay().numbers(Lab(recipe, position))


def every_pick(sizes: tuple[int, ...]) -> list[Pick]:
    """Return all neurons and dials of a network."""
    found = []
    for layer in range(1, len(sizes)):
        for to in range(1, sizes[layer] + 1):
            found += [Pick("n", layer, to), Pick("b", layer, to)]
            found += [Pick("w", layer, to, source + 1) for source in range(sizes[layer - 1])]
    return found


@settings(deadline=None, max_examples=40)
@given(recipe=recipes().filter(lambda recipe: {recipe.activation, recipe.output} <= SMOOTH))
def test_a_nudge_of_any_dial_or_sum_finds_the_slope_of_backpropagation(recipe):
    numbers = at(len(Lab(recipe).moments) - 1, recipe)
    for example in range(recipe.batch):
        for pick in every_pick(recipe.sizes):
            found = nudge(numbers, example, pick, USUAL)
            assert found.measured == pytest.approx(found.slope, rel=5e-3, abs=2e-3 * (1 + found.before))
            assert found.after - found.before == pytest.approx(found.measured * USUAL)


@pytest.mark.parametrize("place", range(11))
def test_only_a_slope_that_has_happened_can_be_checked(place):
    numbers = at(place)
    assert (slope_of(numbers, 0, Pick("w", 2, 1, 3)) is not None) == (place >= 6)
    assert (slope_of(numbers, 0, Pick("n", 1, 2)) is not None) == (place >= 8)
    assert (nudge(numbers, 0, Pick("b", 1, 3), USUAL) is not None) == (place >= 9)
    for pick in (Pick("cost"), Pick("y", 2, 1), Pick("n", 0, 1)):
        assert nudge(numbers, 0, pick, USUAL) is None


def test_the_slope_is_the_one_of_this_mark():
    numbers = at(10, Recipe(data="and", hidden=(3,), batch=2))
    blamed = numbers.backward
    assert slope_of(numbers, 1, Pick("n", 1, 3)) == blamed.delta[1][2, 1]
    assert slope_of(numbers, 1, Pick("w", 1, 3, 2)) == blamed.nabla.w[1][2, 1]
    assert slope_of(numbers, 1, Pick("b", 1, 3)) == blamed.nabla.b[1][2, 0]
    assert nudge(numbers, 1, Pick("n", 1, 3), USUAL).value == numbers.forward.z[1][2, 1]
    assert nudge(numbers, 1, Pick("n", 1, 3), USUAL).before == pytest.approx(numbers.costs[1])
    assert nudge(numbers, 1, Pick("b", 1, 3), USUAL).before == pytest.approx(numbers.costs.mean())


@pytest.mark.parametrize(
    ("epsilon", "verdict"),
    [(1.0, "large"), (0.1, "large"), (1e-4, "good"), (-1e-4, "good"), (1e-6, "good"), (1e-14, "small")],
)
def test_too_large_a_nudge_bends_and_too_small_a_one_drowns(epsilon, verdict):
    assert nudge(at(10), 0, Pick("w", 2, 1, 1), epsilon).verdict == verdict


def relu_below_its_kink(distance: float) -> Numbers:
    """Return a 2-1-1 network whose hidden ReLU hears −distance, or a little more than 0 where it is
    negative."""
    dials = (0.0, 0.0, -distance, 1.0, 0.0)
    recipe = Recipe(
        data="and", hidden=(1,), activation="relu", output="linear", cost="quadratic", parameters=dials
    )
    return at(6, recipe)


def test_beside_a_kink_a_smaller_nudge_does_or_only_one_of_the_other_sign():
    beside = relu_below_its_kink(1e-3)
    assert nudge(beside, 0, Pick("n", 1, 1), 0.1).verdict == "large"
    assert nudge(beside, 0, Pick("n", 1, 1), -0.1).verdict == "good"
    upon = relu_below_its_kink(0.0)
    assert nudge(upon, 0, Pick("n", 1, 1), 1e-4).verdict == "kink"
    assert nudge(upon, 0, Pick("n", 1, 1), -1e-4).verdict == "good"


def test_a_slope_that_no_nudge_finds_is_lost():
    quiet = at(10, Recipe(data="and", hidden=(3,), changes=(Change(0, "b-2-1", -700.0),)))
    wrong = replace(quiet.backward, delta={2: quiet.backward.delta[2] + 0.5})  # a slope nobody could measure
    found = nudge(replace(quiet, backward=wrong), 0, Pick("n", 2, 1), 1e-4)
    assert found.verdict == "lost"


def test_digits_count_how_far_the_two_agree():
    found = [nudge(at(10), 0, Pick("w", 2, 1, 1), epsilon) for epsilon in (0.1, 1e-2, 1e-4, 1e-6)]
    for one in found:
        assert one.digits == math.floor(-math.log10(abs(one.measured / one.slope - 1)))
    assert found[0].digits < found[1].digits < found[2].digits < found[3].digits


def test_a_slope_of_nothing_that_stays_nothing_agrees_to_the_last_digit():
    deaf = Recipe(data="and", hidden=(1,), activation="relu", changes=(Change(0, "b-1-1", -9.0),))
    found = nudge(at(6, deaf), 0, Pick("n", 1, 1), USUAL)
    assert (found.slope, found.measured, found.digits, found.verdict) == (0.0, 0.0, 16, "good")


def test_a_nudge_that_wakes_a_deaf_neuron_with_a_huge_voice_agrees_to_no_digit():
    dead = Recipe(
        data="and",
        hidden=(1,),
        activation="relu",
        output="linear",
        cost="quadratic",
        parameters=(0.0, 0.0, -0.01, 1e6, 0.0),
    )
    found = nudge(at(6, dead), 0, Pick("n", 1, 1), 1.0)
    assert found.slope == 0.0
    assert found.measured > 1e11
    assert (found.digits, found.verdict) == (0, "large")


def test_a_nudge_beyond_every_number_is_too_large_and_says_so():
    loud = Recipe(hidden=(), output="linear", cost="quadratic", parameters=(1000.0, 0.0, 0.0))
    numbers = at(4, loud)
    found = nudge(numbers, 0, Pick("w", 1, 1, 1), -1e160)
    assert (found.after, found.measured, found.digits, found.verdict) == (math.inf, -math.inf, 0, "large")
    assert curve_of(numbers, 0, Pick("w", 1, 1, 1), 1e160)[0][1] == math.inf


@pytest.mark.parametrize("pick", [Pick("w", 1, 2, 1), Pick("b", 2, 1), Pick("n", 1, 3)])
def test_the_curve_runs_through_the_cost_now_and_touches_its_slope(pick):
    numbers = at(10)
    points = curve_of(numbers, 0, pick, 1e-3, points=5)
    here = nudge(numbers, 0, pick, USUAL)
    assert len(points) == 5
    assert points[2] == pytest.approx((here.value, here.before))
    assert [x for x, _ in points] == pytest.approx(
        [here.value + step for step in (-1e-3, -5e-4, 0, 5e-4, 1e-3)]
    )
    rise = (points[3][1] - points[1][1]) / (points[3][0] - points[1][0])
    assert rise == pytest.approx(here.slope, rel=1e-4)


def test_a_nudge_moves_nothing_for_good():
    numbers = at(10)
    before = numbers.parameters.vector().tobytes(), numbers.forward.z[1].tobytes()
    for pick in every_pick(SMALL.sizes):
        nudge(numbers, 0, pick, 1.0)
    assert before == (numbers.parameters.vector().tobytes(), numbers.forward.z[1].tobytes())
