"""Which question is asked: they take turns, a lesson's card asks its own, and none where the next step leads
beyond all numbers or something else is to be done first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.history import History
from app.lab.itinerary import onward
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Replay
from app.lessons.lesson import LESSONS, Lesson
from app.notation.numbers import in_digits
from app.page.frame import Frame
from app.page.lesson import view_at
from app.page.panels import panel_of
from app.page.view import View
from app.page.work import covered
from app.web.render import ENVIRONMENT

HISTORY = History(Replay())


def frame_of(recipe: Recipe, place: int, **seen: str | int) -> Frame:
    lab, view = Lab(recipe, place), View(**{"ask": 1, **seen})
    return Frame(id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=view, history=HISTORY)


def page_of(frame: Frame) -> str:
    return ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel_of(frame), theme="auto")


def working(place: int, **seen: str | int) -> Frame:
    """Return a frame in which the results of a moment are to be worked out, and questions are asked."""
    frame = frame_of(Recipe(data="xor"), place, panel="inspect", work=1, **seen)
    return covered(frame, HISTORY.replay.numbers)


def all_solved(place: int, **seen: str | int) -> Frame:
    """Return the same after every result was worked out."""
    frame = working(place, **seen)
    while frame.work.open:
        frame = working(place, **seen, solved=frame.work.shown)
    return frame


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


def test_a_question_waits_until_all_is_worked_out() -> None:
    met = set()
    for place in range(1, 22):
        frame = working(place)
        page = page_of(frame)
        assert ('id="question"' in page) == (frame.work.open is None)
        assert ('id="working"' in page) == (frame.work.open is not None)
        frame = all_solved(place)
        if frame.asking.open:
            met.add(frame.asking.open.key)
            assert frame.asking.open == frame_of(Recipe(data="xor"), place).asking.open
            assert 'name="choice"' in page_of(frame)
    assert len(met) > 3


def test_an_answer_is_revealed_when_all_is_worked_out() -> None:
    seen = {"asked": "4-side", "answered": "high"}
    first, last = working(4, **seen), all_solved(4, **seen)
    assert first.work.open
    assert first.asking.told is None
    assert 'id="why"' not in page_of(first)
    assert 'id="why"' in page_of(last)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_a_card_asks_its_own_question_on_the_way_to_the_next_and_tells_nothing(lesson: Lesson) -> None:
    for number, card in enumerate(lesson.cards, 1):
        lab, end, asked = card.lab, lesson.card(number + 1).lab.place, []
        while card.question and lab.place < end:
            view = replace(view_at(View(), lesson, number), work=0, digits=8)
            numbers = HISTORY.replay.numbers(lab)
            frame = Frame(id="abc", lab=lab, numbers=numbers, view=view, history=HISTORY)
            if frame.asking.open:
                asked.append(frame.asking.open.key)
                with in_digits(8):
                    page, why = page_of(frame), frame.asking.next[1].why
                assert why not in page
                assert 'name="choice"' in page
                assert 'id="lesson"' in page
            lab = lab.go(onward(lab.recipe.network, lab.place, "layer"))
        assert asked == [card.question] * bool(card.question), f"card {number}"
