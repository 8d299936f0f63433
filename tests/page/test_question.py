"""Which question is asked: they take turns, and none where the next step leads beyond all numbers."""

from __future__ import annotations

from app.analysis.history import History
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Replay
from app.page.frame import Frame
from app.page.view import View

HISTORY = History(Replay())


def frame_of(recipe: Recipe, place: int, **seen: str | int) -> Frame:
    lab, view = Lab(recipe, place), View(**{"ask": 1, **seen})
    return Frame(id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=view, history=HISTORY)


def test_at_a_descent_five_kinds_take_turns() -> None:
    recipe = Recipe(data="or")
    asked = [frame_of(recipe, 9 + 11 * iteration).asking.open for iteration in range(10)]
    assert {one.key for one in asked if one} == {"way", "falls", "elsewhere", "rate", "amount"}


def test_one_stride_of_a_whole_iteration_asks_one_question_and_the_next_another() -> None:
    asked = [frame_of(Recipe(), 10 + 11 * i, pace="iteration").asking.open for i in range(24)]
    assert len({one.key for one in asked if one}) > 6


def test_nothing_is_asked_when_nobody_wants_it_or_it_plays_or_runs() -> None:
    assert frame_of(Recipe(), 3).asking.open
    for seen in ({"ask": 0}, {"play": 1}, {"run": 9}):
        assert frame_of(Recipe(), 3, **seen).asking.open is None


def test_a_step_beyond_all_numbers_is_no_question() -> None:
    recipe = Recipe(data="line", output="linear", cost="quadratic", activation="linear", eta=1e150)
    frame = frame_of(recipe, 0, pace="iteration")
    while frame.asking.next:
        try:
            frame = frame_of(recipe, frame.next_place, pace="iteration")
        except Diverged:
            raise AssertionError("a question was asked about what is not finite") from None
    assert frame.coming
    assert frame.asking.next is None
