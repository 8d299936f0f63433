"""While a result is asked for it stands nowhere on the page: not in the picture, the rail, the narration, an
address or any panel."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.analysis.history import History
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lessons.working import work_out
from app.notation.numbers import figure, in_digits
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.view import View
from app.page.work import TELLING, covered
from app.web.render import ENVIRONMENT
from tests.web.tree import read

HISTORY = History(Replay())
RECIPE = Recipe(data="moons", hidden=(2, 3), size=10, noise=0.3, test=0.0, batch=3, seed=4, eta=0.7)
ALONE = replace(RECIPE, batch=1, data="and", hidden=(2,))
PICKS = {"n-1-2": 7, "n-2-3": 10, "n-3-1": 8, "cost": 2, "w-2-3-1": 2, "b-1-1": 1}  # and how many results
LOOKS = [
    {"maps": "inside"},
    {"lens": "gradient", "voice": "maths"},
    {"lens": "error", "maps": "beside"},
    {"lens": "weights"},
    {"lens": "blame"},
]


def frame_of(recipe: Recipe = RECIPE, place: int = -1, **seen: object) -> Frame:
    lab = Lab(recipe)
    lab = replace(lab, place=place % len(lab.moments))
    numbers, view = HISTORY.replay.numbers(lab), View(work=1, digits=8, **seen)
    frame = Frame(id="abc", lab=lab, numbers=numbers, view=view, history=HISTORY)
    return covered(frame, HISTORY.replay.numbers)


def text_of(frame: Frame) -> str:
    with in_digits(8):
        return ENVIRONMENT.get_template("lab/_lab.html").render(
            frame=frame, panel=panel_of(frame), theme="auto"
        )


def told(frame: Frame, recipe: Recipe = RECIPE) -> list[str]:
    """Return results that are still asked for and stand in the page all the same, by five digits."""
    page = text_of(frame)
    lab = Lab(recipe, frame.lab.place)
    pick = frame.work.pick
    work = work_out(HISTORY.replay.numbers(lab), frame.example, pick, solved=frame.view.solved, tried="")
    steps = [posed for part in work.parts for posed in part.posed]
    known = {figure(one.step.equation.result.value, 5).strip("−") for one in steps if one.state == "done"}
    asked = {figure(one.step.equation.result.value, 5).strip("−") for one in steps if one.state != "done"}
    assert asked
    return [
        f"{one}" for one in asked - known if len(one) > 5 and re.search(rf"(?<!\d){re.escape(one)}", page)
    ]


@pytest.mark.parametrize("pick", PICKS)
def test_no_result_that_is_asked_for_stands_in_the_page_until_it_is_solved(pick: str) -> None:
    solved, asked = "", 0
    while (frame := frame_of(pick=pick, solved=solved, **LOOKS[asked % len(LOOKS)])).work.open:
        assert told(frame) == []
        solved, asked = frame.work.shown, asked + 1
    assert asked >= PICKS[pick]
    page = read(text_of(frame))
    assert "worked-out" in page.ids
    assert "working" not in page.ids


@pytest.mark.parametrize("panel", PANELS)
def test_no_panel_tells_what_is_asked_for(panel: str) -> None:
    for pick in ("n-3-1", "cost", "w-2-3-1"):
        frame = frame_of(panel=panel, pick=pick)
        assert told(frame) == []
        assert ('id="closed-title"' in text_of(frame)) == (panel in TELLING)


def test_the_rail_does_not_tell_the_cost_of_the_only_example() -> None:
    one = replace(RECIPE, batch=RECIPE.dataset.rows)
    frame = frame_of(one, pick="cost", solved="0.0~cost.1")
    assert told(frame, one) == []
    assert 'id="cost-now">cost <strong>?</strong>' in text_of(frame)


def test_a_page_that_tells_is_found() -> None:
    frame = frame_of(pick="n-3-1")
    uncovered = replace(frame, numbers=HISTORY.replay.numbers(frame.lab))
    assert told(uncovered)


def test_the_moves_are_those_of_the_lab_while_the_picture_is_before_the_result() -> None:
    frame = frame_of(ALONE, place=6, pick="n-1-1")
    page = read(text_of(frame))
    assert frame.numbers.place == 0
    assert "at=6" in page["next"].attrib["formaction"]
    assert page["next"].text.strip() == frame.next_name
    assert "You work this out now" in text_of(frame)


def test_a_field_is_asked_in_one_form_with_how_one_looks_at_it_and_says_what_was_typed() -> None:
    frame = frame_of(ALONE, place=6, pick="n-1-1", tried="123")
    page = read(text_of(frame))
    fields = {one.attrib["name"]: one.attrib["value"] for one in page["working"].iter("input")}
    assert fields == {"pick": "n-1-1", "work": "1", "digits": "8", "tried": "123"}
    assert "Not right" in page["told"].text
    assert "solved=0.0~n-1-1.1" in page["show-step"].attrib["href"]


def test_nobody_is_asked_unless_the_drawer_is_open_and_the_switch_is_on() -> None:
    assert frame_of(ALONE, place=6).work is None
    frame = frame_of(ALONE, place=6, panel="inspect")
    assert frame.work.pick == Pick("n", 1, frame.work.pick.to)
    numbers = HISTORY.replay.numbers(frame.lab)
    off = replace(frame, work=None, numbers=numbers, view=replace(frame.view, work=0))
    assert covered(off, HISTORY.replay.numbers) is off
    assert 'name="tried"' not in text_of(off)
    assert "Let me do it" in text_of(off)
