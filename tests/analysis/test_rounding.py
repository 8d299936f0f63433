"""What is only rounding has no side, no rank, no hand, no line, no region and no verdict; what is small but
true has them all."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.analysis.fingers import fingers_of, led_by
from app.analysis.history import History
from app.analysis.predictions import answers_of
from app.analysis.rounding import CLOSE, beyond, lead, loudest, real, steps
from app.datasets.own import own_from
from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Numbers, Replay
from app.page.frame import Frame
from app.page.gradient import Gradient
from app.page.model import build
from app.page.view import View
from app.picture.scene import LENSES
from tests.lab.recipes import recipes

XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0, 1], [1, 0], [1, 0], [0, 1]]}
OWN = own_from(XOR)
FLAT = Recipe(
    data=OWN.key, own=OWN, hidden=(), output="softmax", cost="cross-entropy", eta=0.5, batch=4, test=0.0
)
RUN = 1_000  # iterations, after which every output is 0.5 but for rounding
PHASES = ("input", "forward", "cost", "backward", "descent")
REPLAY = Replay()


@cache
def after_the_run(phase: str, **view: str) -> Frame:
    """Return the page of a moment after the run."""
    lab = Lab(FLAT, RUN * len(PHASES) + PHASES.index(phase))
    assert lab.moment.phase == phase
    numbers = REPLAY.numbers(lab)
    return Frame(id="x", lab=lab, numbers=numbers, view=View(**view), history=History(REPLAY))


def test_the_case_is_one_of_rounding() -> None:
    numbers = after_the_run("descent").numbers
    outputs, nabla = numbers.forward.a[1], numbers.backward.nabla
    assert 0 < abs(outputs - 0.5).max() < 1e-14
    assert 0 < abs(nabla.vector()).max() < 1e-14


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("phase", PHASES)
def test_rounding_has_no_hand_and_its_wires_have_no_colour(phase: str, lens: str) -> None:
    scene = after_the_run(phase, lens=lens).scene
    assert scene.hands == []
    assert {wire.kind for wire in scene.wires[1]} <= {"rest", "ink"}
    for pick in ("n-1-1", "w-1-2-1"):
        assert lens != "gradient" or after_the_run(phase, lens=lens, pick=pick).scene.hands == []


def test_rounding_is_no_line_and_no_region() -> None:
    for phase in ("input", "descent"):
        model = build(after_the_run(phase))
        assert (model.drawing.half, model.loudest.regions) == ("", [])
        picked = build(after_the_run(phase, pick="n-1-1"))
        assert picked.drawing.half == ""


def test_outputs_that_only_rounding_tells_apart_are_equally_loud_and_nobody_is_right() -> None:
    model = build(after_the_run("descent"))
    assert [row.output for row in model.rows] == [
        f"equally loud {text}" for text in ("0.500", "0.5", "0.5", "0.500")
    ]
    assert model.scores == [(False, 0, 4)]
    assert after_the_run("descent").rail.score == (0, 4)
    assert "equally loud" in after_the_run("forward").narration.lines[0]


def test_a_gradient_of_rounding_has_no_bars_and_moves_no_dial() -> None:
    frame = after_the_run("descent")
    bars = [bar for _, layer in Gradient(frame.numbers).gradient for bar in layer]
    assert {(bar.side, bar.width) for bar in bars} == {("", 0.0)}
    assert "No dial moved" in frame.narration.lines[0]
    assert led_by(frame.numbers, 1, 1) == []


def test_the_errors_of_single_examples_are_real_there() -> None:
    backward = after_the_run("backward").numbers
    assert [bool(disc.ring) for disc in after_the_run("backward").scene.discs[1]] == [True, True]
    assert abs(real(backward).delta[1]) == pytest.approx(0.5)


@settings(deadline=None, max_examples=60)
@given(recipe=recipes(with_changes=True), iteration=st.integers(0, 3))
def test_what_is_left_is_the_true_number_and_what_is_not_is_next_to_nothing(
    recipe: Recipe, iteration: int
) -> None:
    place = (iteration + 1) * len(Lab(recipe).moments) - 1
    try:
        numbers = REPLAY.numbers(Lab(recipe, place))
    except Diverged:
        assume(False)
    assume(numbers.finite())
    left = real(numbers)
    for rows, kept in (
        (numbers.backward.delta, left.delta),
        (numbers.backward.received, left.received),
        (numbers.backward.nabla.w, left.nabla.w),
        (numbers.backward.nabla.b, left.nabla.b),
    ):
        assert rows.keys() == kept.keys()
        for layer, block in rows.items():
            assert ((kept[layer] == block) | (kept[layer] == 0)).all()
            lost = abs(block[kept[layer] != block])
            assert not lost.size or lost.max() < 1e-9


def numbers_of(recipe: Recipe) -> Numbers:
    return REPLAY.numbers(Lab(recipe, len(Lab(recipe).moments) - 1))


def test_a_small_error_that_is_true_keeps_its_side_and_its_finger() -> None:
    sure = Recipe(data="and", hidden=(2,), parameters=(1.0, 1.0, -1.0, 1.0, 0.0, 0.0, 20.0, 0.0, 20.0))
    numbers = numbers_of(replace(sure, changes=()))
    delta = numbers.backward.delta[2][0, 0]
    assert real(numbers).delta[2][0, 0] == delta != 0
    vanishing = numbers_of(Recipe(data="xor", hidden=(3,) * 8, activation="sigmoid", seed=3))
    assert abs(vanishing.backward.delta[1]).max() < 1e-5
    assert (real(vanishing).nabla.vector() == vanishing.backward.nabla.vector()).all()
    assert np.count_nonzero(steps(vanishing).vector()) == np.count_nonzero(
        (vanishing.after - vanishing.parameters).vector()
    )


def test_blame_that_cancels_below_rounding_is_felt_by_nobody_below() -> None:
    """Two outputs pass h₁ the same blame with opposite signs: what is left of it is rounding."""
    h = float(np.tanh(0.8))
    own = own_from({"inputs": [[1.0]], "targets": [[0.3 * h - 0.1, -0.3 * h - 0.1]]})
    dials = (0.7, 0.1, 0.1 + 0.2, -0.3, 0.0, 0.0)  # x→h, its bias, h→ŷ₁, h→ŷ₂, and their biases
    recipe = Recipe(data=own.key, own=own, hidden=(1,), output="linear", cost="quadratic", test=0.0)
    numbers = numbers_of(replace(recipe, parameters=dials))
    assert 0 < abs(numbers.backward.delta[1][0, 0]) < 1e-15
    assert not real(numbers).delta[1].any()
    assert [one.tops for one in fingers_of(numbers, 0, 1, 1) if one.kind != "signal"] == [[]]


def test_sides_and_leads_are_exactly_none_within_a_billionth() -> None:
    assert beyond(np.array([0.5 + 4e-16, 0.5 - 4e-16, 0.6]), 0.5).tolist() == [0, 0, pytest.approx(0.1)]
    outputs = np.array([[0.3, 0.1 + 0.2, 0.2, np.nan], [0.2, 0.3, 0.7, np.nan]])
    assert lead(outputs, 0)[:3].tolist() == [pytest.approx(0.1), 0, pytest.approx(-0.5)]
    assert loudest(outputs) == [0, None, 1, None]
    assert answers_of(after_the_run("descent").numbers).right == [False] * 4
    assert Dial("w", 1, 1, 1).known(real(after_the_run("descent").numbers).nabla) == 0


def test_shares_judged_by_their_squares_have_a_side_each() -> None:
    recipe = Recipe(data="digits", hidden=(), output="softmax", cost="quadratic")
    numbers = Replay().numbers(Lab(recipe, len(Lab(recipe).moments) - 2))
    assert (real(numbers).delta[1] == numbers.backward.delta[1]).all()


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_what_shares_a_rank_is_a_share_of_the_larger_one(size: float) -> None:
    above = np.array([size * (1 + CLOSE / 2), size * (1 + 2 * CLOSE), -size * (1 + CLOSE / 2)])
    assert (beyond(above, np.array([size, size, -size])) != 0).tolist() == [False, True, False]
