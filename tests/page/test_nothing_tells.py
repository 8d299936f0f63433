"""While a question is open nothing on the page, and no file it leads to, holds a number that decides it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from typing import get_args

import pytest

from app.analysis.history import History
from app.export.run_csv import csv_of
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay
from app.lessons.question import Posed
from app.lessons.questions import QUESTIONS
from app.notation.numbers import in_digits
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.question import CLOSED
from app.page.view import View
from app.picture.scene import LENSES
from app.web.exports import CONTENTS, Kind, worked
from app.web.moment_json import moment_json
from app.web.render import ENVIRONMENT
from app.web.worksheets import Choices, pieces

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
    """Return the page, but for how long something took just now."""
    template = ENVIRONMENT.get_template("lab/_lab.html")
    return re.sub(r"[\d.]+ ms", "ms", template.render(frame=frame, panel=panel_of(frame), theme="light"))


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


def ways_of_looking(frame: Frame) -> Iterator[dict[str, str]]:
    """Yield views that open every panel, lens, map and voice, and pick every kind of mark."""
    last = frame.numbers.network.last
    picks = ("", "n-1-1", "w-1-1-1", f"n-{last}-1", f"w-{last}-1-1", "cost", "b-1-1")
    maps, voices = ("", "inside", "beside"), ("", "maths")
    for at, panel in enumerate((*PANELS, "", "", "")):
        yield {
            "panel": panel,
            "lens": list(LENSES)[at % len(LENSES)],
            "maps": maps[at % 3],
            "voice": voices[at % 2],
            "pick": picks[at % len(picks)],
        }


def asked_of(frame: Frame) -> Posed:
    """Return the open question with its answer."""
    assert frame.asking.open
    assert frame.asking.next
    return frame.asking.next[1]


def answered_otherwise(frame: Frame) -> Frame:
    """Return a frame in which something else is right, all that may be seen being the same."""
    posed = asked_of(frame)
    others = frozenset(posed.keys - posed.right)
    value = None if posed.value is None else -3 * posed.value
    other = replace(posed, right=others, value=value, why="Not so.", wrong=dict.fromkeys(posed.right, "No."))
    asking = replace(frame.asking)
    vars(asking)["next"] = frame.asking.open.key, other  # as it is kept once it is worked out
    found = replace(frame)
    vars(found)["asking"] = asking
    return found


def deciding(frame: Frame) -> set[str]:
    """Return the numbers by which the open question is decided, but for those that were told long ago."""
    quiet = replace(frame, view=replace(frame.view, ask=0, lens="activation"))
    return told_in(asked_of(frame).why) - told_in(page_of(quiet))


def files_of(frame: Frame) -> dict[str, str]:
    """Return all that can be had beside the page while the open question is open."""
    made = {f"export/{kind}": partial(write, "abc", frame) for kind, write in CONTENTS.items()} | {
        "export/csv": lambda: "".join(csv_of(frame.lab, frame.numbers)),
        "export/worked": lambda: "".join(worked(frame, whole=True)),
        "worksheet": lambda: "".join(pieces(frame, Choices())),
        "json": lambda: json.dumps(moment_json("abc", frame.lab, frame.numbers)),
    }
    return {name: make() for name, make in made.items() if not frame.asking.closes(name)}


def test_the_list_names_every_panel_and_all_that_can_be_had_beside_the_page() -> None:
    files = {f"export/{kind}" for kind in get_args(Kind)} | {"worksheet", "json", "check"}
    assert set(CLOSED) == {*PANELS, *files, "lens-gradient", "maps", "rail"}


def test_every_question_comes_within_some_iterations() -> None:
    assert {key: len(where) > 0 for key, where in opened().items()} == dict.fromkeys(QUESTIONS, True)


@EACH
def test_nothing_tells_by_a_number_and_the_page_is_the_same_whatever_is_right(key: str) -> None:
    with in_digits(DIGITS):
        frames = (frame_of(recipe, place) for recipe, place in opened()[key])
        frame, secret = next((frame, found) for frame in frames if (found := deciding(frame)))
        recipe, place = frame.lab.recipe, frame.lab.place
        for seen in ways_of_looking(frame):
            frame = frame_of(recipe, place, **seen)
            assert frame.asking.open.key == key
            page = page_of(frame)
            assert not secret & told_in(page), seen
            assert page == page_of(answered_otherwise(frame)), seen
        files = files_of(frame)
        assert {"export/csv", "export/svg"} <= set(files)
        assert [name for name, text in files.items() if secret & told_in(text)] == []


def test_a_page_or_a_file_that_tells_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.page.question.CLOSED", {})
    with in_digits(DIGITS):
        recipe, place = opened()["amount"][0]
        frame = frame_of(recipe, place)
        secret, looks = deciding(frame), [frame_of(recipe, place, **seen) for seen in ways_of_looking(frame)]
        assert sum(bool(secret & told_in(page_of(look))) for look in looks) > 1
        found = {name for name, text in files_of(frame).items() if secret & told_in(text)}
        assert found == {f"export/{kind}" for kind in ("json", "numpy", "torch", "worked")} | {"json"}


def turned(recipe: Recipe, iteration: int) -> Recipe:
    """Return a run that goes uphill from an iteration on: all that leads to its descent is the same."""
    return replace(recipe, changes=(Change(iteration, "eta", -recipe.eta),))


def but_for_eta(frame: Frame, page: str) -> str:
    """Return a page without the card of the question, and without the learning rate."""
    page = re.sub(r'<section class="card question".*?</section>', "", page, flags=re.S)
    page = re.sub(r'[?&][^"]*"', '"', page.replace(frame.choices[1], ""))
    return re.sub(r'(id="eta"[^>]*value=)"[^"]*"', r"\1", page)


def test_two_runs_that_part_at_the_next_descent_look_alike_before_it() -> None:
    """No sign, colour, place or width tells what only the learning rate decides."""
    other_answers = set()
    for iteration in range(6):
        pair = [RECIPES[0], turned(RECIPES[0], iteration)]
        place = (iteration + 1) * len(Lab(RECIPES[0]).moments) - 2
        first, second = (frame_of(recipe, place) for recipe in pair)
        if first.asking.open.key != second.asking.open.key:
            continue
        if asked_of(first).right != asked_of(second).right or asked_of(first).value:
            other_answers.add(first.asking.open.key)
        for seen in ways_of_looking(first):
            if seen["panel"] == "share":  # its code is the recipe, and nothing else is in it
                continue
            one, two = (frame_of(recipe, place, **seen) for recipe in pair)
            assert but_for_eta(one, page_of(one)) == but_for_eta(two, page_of(two)), seen
    assert other_answers >= {"way", "elsewhere"}


def test_nothing_of_the_rail_tells_the_side_once_all_were_asked_with_the_new_dials() -> None:
    """After the descent the rail answers every example, the next one too."""
    recipe, found = RECIPES[0], 0
    for iteration in range(40):
        frame = frame_of(recipe, (iteration + 1) * len(Lab(recipe).moments) - 1, pace="iteration")
        if frame.asking.open and frame.asking.open.key == "side":
            found += 1
            page = page_of(frame)
            assert "it would tell" in page
            assert 'id="score-now"' not in page
            assert 'id="score-now"' in page_of(replace(frame, view=replace(frame.view, ask=0)))
    assert found


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
