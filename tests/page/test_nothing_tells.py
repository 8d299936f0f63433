"""While a question is open nothing on the page, and no file it leads to, holds a number that decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from app.analysis.history import History
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lessons.questions import QUESTIONS
from app.notation.numbers import in_digits
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.question import CLOSED
from app.page.view import View
from app.picture.scene import LENSES
from app.web.exports import CONTENTS
from app.web.render import ENVIRONMENT

HISTORY = History(Replay())
RECIPES = (
    Recipe(data="xor", hidden=(3,), eta=0.5, seed=3),
    Recipe(data="moons", hidden=(2, 3), size=20, eta=0.4, activation="sigmoid"),
)
LONG = re.compile(r"\d\.\d{6,}")  # a number in as many digits as no other has
DIGITS = 8
EACH = pytest.mark.parametrize("key", QUESTIONS)


def frame_of(recipe: Recipe, place: int, **seen: str | int) -> Frame:
    lab, view = Lab(recipe, place), View(ask=1, digits=DIGITS, **seen)
    return Frame(id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=view, history=HISTORY)


def page_of(frame: Frame) -> str:
    return ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel_of(frame), theme="light")


def told_in(text: str) -> set[str]:
    """Return the long numbers of a text, to seven digits."""
    return {found.replace(".", "").lstrip("0")[:6] for found in LONG.findall(text)}


@cache
def opened() -> dict[str, list[tuple[Recipe, int]]]:
    """Return where each question is open, at the pace of a layer."""
    found: dict[str, list[tuple[Recipe, int]]] = {key: [] for key in QUESTIONS}
    for recipe in RECIPES:
        place = 0
        while place < 12 * len(Lab(recipe).moments):
            frame = frame_of(recipe, place)
            if frame.asking.open:
                found[frame.asking.open.key].append((recipe, place))
            place = frame.next_place
    return found


def ways_of_looking() -> Iterator[dict[str, str]]:
    yield from ({"panel": key} for key in PANELS)
    yield from ({"lens": lens} for lens in LENSES)
    yield from (
        {"maps": "inside"},
        {"maps": "beside"},
        {"voice": "maths"},
        {"pick": "n-1-1"},
        {"pick": "w-1-1-1"},
    )


def deciding(frame: Frame) -> set[str]:
    """Return the numbers by which the open question is decided, but for those that were told long ago."""
    asked = frame.asking.next
    assert asked is not None
    quiet = replace(frame, view=replace(frame.view, ask=0, lens="activation"))
    return told_in(asked[1].why) - told_in(page_of(quiet))


def test_every_question_comes_within_some_iterations() -> None:
    assert {key: len(where) > 0 for key, where in opened().items()} == dict.fromkeys(QUESTIONS, True)


@EACH
def test_no_panel_lens_map_or_voice_tells(key: str) -> None:
    with in_digits(DIGITS):
        frames = (frame_of(recipe, place) for recipe, place in opened()[key])
        frame, secret = next((frame, found) for frame in frames if (found := deciding(frame)))
        recipe, place = frame.lab.recipe, frame.lab.place
        for seen in ways_of_looking():
            frame = frame_of(recipe, place, **seen)
            assert frame.asking.open
            assert frame.asking.open.key == key
            assert not secret & told_in(page_of(frame)), seen


@EACH
@pytest.mark.parametrize("kind", CONTENTS)
def test_no_file_tells(key: str, kind: str) -> None:
    with in_digits(DIGITS):
        recipe, place = opened()[key][0]
        frame = frame_of(recipe, place)
        if not frame.asking.closes(f"file-{kind}"):
            assert not deciding(frame) & told_in(CONTENTS[kind]("abc", frame))


@EACH
def test_what_would_tell_is_closed_with_a_sentence_and_open_again_without_the_question(key: str) -> None:
    recipe, place = opened()[key][0]
    for what in (what for what, keys in CLOSED.items() if what in PANELS and key in keys):
        assert 'id="closed"' in page_of(frame_of(recipe, place, panel=what))
        unasked = frame_of(recipe, place, panel=what)
        assert 'id="closed"' not in page_of(replace(unasked, view=replace(unasked.view, ask=0)))


@EACH
def test_the_card_looks_alike_whatever_is_right(key: str) -> None:
    """The answer's sentences are nowhere, and each button is written as the others are."""
    recipe, place = opened()[key][0]
    frame = frame_of(recipe, place)
    page, asked = page_of(frame), frame.asking.next
    assert asked is not None
    assert asked[1].why not in page
    assert not any(sentence in page for sentence in asked[1].wrong.values())
    buttons = re.findall(r'<button id="choice-[^"]*" name="choice" value="[^"]*"( data-key="\d")?>', page)
    assert len(buttons) == len(asked[1].choices)
    marked = re.findall(r'id="([nw]-[\d-]+)"[^>]*class="[^"]*answers', page)
    assert set(marked) == (frame.asking.open.marks if frame.asking.open else set())
    assert frame.asking.told is None


def test_the_rail_keeps_a_map_to_itself_that_would_tell_the_side() -> None:
    moons = next(place for recipe, place in opened()["side"] if recipe.data == "moons")
    page = page_of(frame_of(RECIPES[1], moons))
    assert 'class="small-map"' not in page
    assert "it would tell" in page
