"""Somebody's own table in the lab: names and original units on the rail, the discs, the maps and the tables,
and how good the network is, in those units."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.analysis.history import History
from app.analysis.predictions import answers_of, asked, confusion, misses
from app.datasets.own import own_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from app.page.frame import Frame
from app.page.panels import panel_of
from app.page.view import View
from app.story.predictions import class_names, missed
from app.web.render import ENVIRONMENT
from tests.web.tree import Page, having, read, text_of

HISTORY = History(Replay())
CARS: dict[str, Any] = {
    "inputs": [[-1, 0], [0, 1], [0.5, 0], [1, 1]],
    "targets": [[1], [0.5], [-0.5], [-1]],
    "columns": [
        {"name": "weight", "low": 1500, "high": 5509},
        {"name": "origin = usa"},
        {"name": "mpg", "low": 9, "high": 46},
    ],
}
PETS: dict[str, Any] = {
    "inputs": [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]] * 12,
    "targets": [[float(at % 3 == j) for j in range(3)] for at in range(12)],
    "classes": ["cat", "dog", "cow"],
    "columns": [{"name": f"column {at}"} for at in range(6)] + [{"name": "kind"}] * 3,
}
TWO = {
    "inputs": [[-1], [0], [1], [0.5]],
    "targets": [[0], [0], [1], [1]],
    "columns": [{"name": "dose"}, {"name": "well", "words": ["no", "yes"]}],
}


def recipe_of(data: dict[str, Any], **more: Any) -> Recipe:
    own = own_from(data)
    return Recipe(
        data=own.key, own=own, **{"test": 0.0, "hidden": (2,), "output": "linear", "cost": "quadratic"} | more
    )


def frame_of(recipe: Recipe, place: int = 0, panel: str = "") -> Frame:
    lab = Lab(recipe, place)
    return Frame(
        id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=View(panel=panel), history=HISTORY
    )


def page_of(frame: Frame) -> Page:
    rendered = ENVIRONMENT.get_template("lab/_lab.html").render(
        frame=frame, panel=panel_of(frame), theme="auto"
    )
    return read(rendered)


def test_the_rail_shows_rows_and_answers_as_they_were_brought() -> None:
    frame = frame_of(recipe_of(CARS))
    page = page_of(frame)
    assert text_of(page["rail-heads"]) == "weight, origin → mpg"
    heads = [text_of(row.find("th")) for row in having(page["rail"], "rows")[0].iter("tr")][1:]
    assert heads == ["1500, 0 → 46", "3504.5, 1 → 36.75", "4506.75, 0 → 18.25", "5509, 1 → 9"]
    said = asked(
        frame.numbers.network, frame.numbers.parameters, frame.numbers.recipe.dataset.x, np.zeros((1, 4))
    )
    answer = figure(9 + (float(said[0][0, 1]) + 1) * 18.5)
    assert frame.rail.rows[1].answer == answer
    assert (frame.rail.rows[0].answer, frame.rail.score) == ("", None)
    assert text_of(page["missed-now"]) == frame.rail.missed


def test_how_far_off_the_network_is_is_told_in_original_units() -> None:
    recipe = recipe_of(CARS, batch=4)
    frame = frame_of(recipe)
    assert frame.rail.missed == ""  # nobody was asked yet
    told = frame_of(recipe, 3)
    y, outputs = recipe.dataset.y, told.numbers.forward.a[2]
    off = float(np.abs(outputs - y).mean()) * 18.5
    assert misses(recipe.dataset, answers_of(told.numbers)) == [pytest.approx(off)]
    assert told.rail.missed == f"mpg off by {figure(off)} on average"
    assert missed(own_from(CARS | {"columns": []}), [2.0]) == "off by 2 on average"
    wide = {"inputs": [[1], [2]], "targets": [[1, 2], [3, 5]], "columns": [{"name": n} for n in "xab"]}
    assert missed(own_from(wide), [1.0, 2.5]) == "a off by 1 and b off by 2.5 on average"
    assert misses(own_from(TWO), answers_of(frame_of(recipe_of(TWO)).numbers)) == []


def test_discs_and_targets_bear_the_names_of_their_columns() -> None:
    frame = frame_of(recipe_of(CARS), 2)
    first, second = frame.scene.discs[0]
    assert [text for _, text, _ in first.below] == ["weight 1500"]
    assert first.facts.endswith(" · weight 1500")
    assert [text for _, text, _ in second.below] == ["origin = usa 0"]
    assert frame.scene.targets[0].told == "mpg 46"
    assert " mpg " not in frame.scene.discs[-1][0].facts
    after = frame_of(recipe_of(CARS), 3).scene.discs[-1][0]
    assert " · mpg " in after.facts
    long = CARS | {"columns": [{"name": "x" * 40, "low": 1500, "high": 5509}, *CARS["columns"][1:]]}
    ((_, cut, _),) = frame_of(recipe_of(long)).scene.discs[0][0].below
    assert (cut[:3], cut.partition("… ")[2]) == ("xxx", "1500")
    assert frame_of(recipe_of(CARS | {"columns": []})).scene.discs[0][0].below == ()


def test_the_story_has_the_answer_in_original_units_beside_the_networks_own() -> None:
    recipe = recipe_of(CARS)
    assert "The answer should be 1 (mpg 46)." in frame_of(recipe).narration.lines[0]
    said = frame_of(recipe, 3)
    value = float(said.numbers.forward.a[2][0, 0])
    assert said.narration.lines[0].endswith(f" (mpg {figure(9 + (value + 1) * 18.5)}).")
    unnamed = {**CARS, "columns": [{}, {}, {"low": 9, "high": 46}]}
    assert "The answer should be 1 (46)." in frame_of(recipe_of(unnamed)).narration.lines[0]
    two = recipe_of(TWO, output="sigmoid", cost="cross-entropy")
    assert "The answer should be 0 (well no)." in frame_of(two).narration.lines[0]
    assert "(" not in frame_of(two, 3).narration.lines[0]


def test_tables_and_maps_have_names_and_original_units() -> None:
    frame = frame_of(recipe_of(CARS), 3, "tables")
    neurons, goals, _ = panel_of(frame).tables
    assert [row[0] for row in neurons.rows[:2]] == ["x₁: weight 1500", "x₂: origin = usa 0"]
    assert goals.rows[0][:2] == ("y: mpg 46", "1")
    model = panel_of(frame_of(recipe_of(CARS), 3, "model"))
    (across, low, high), (up, *_) = model.large.ends
    assert (across, up, model.large.halfway) == ("weight", "origin = usa", "27.5")
    assert float(low) < 1500 < 5509 < float(high)
    assert [(row.inputs, row.target) for row in model.rows[:2]] == [("1500 0", "46"), ("3504.5 1", "36.75")]
    assert model.rows[1].output == frame_of(recipe_of(CARS), 3).rail.rows[1].answer
    assert panel_of(frame_of(recipe_of(CARS), 0, "model")).rows[0].output == ""
    pets = frame_of(recipe_of(PETS, output="softmax", cost="cross-entropy"), 0, "tables")
    assert [row[0] for row in panel_of(pets).tables[1].rows[:3]] == ["y₁: cat", "y₂: dog", "y₃: cow"]


def test_long_rows_are_cut_and_classes_are_called_by_their_names() -> None:
    frame = frame_of(recipe_of(PETS, output="softmax", cost="cross-entropy"), 0, "model")
    assert frame.rail.rows[1].inputs == "0.1, 0.2, 0.3, …"
    assert frame.rail.rows[1].targets == "dog"
    assert frame.rail.heads == "column 0, column 1, column 2, … → kind"
    row = panel_of(frame).rows[1]
    assert (row.target, row.output.split()[0]) == ("dog", max_name(frame))
    assert frame_of(recipe_of({**PETS, "columns": []}, output="softmax")).rail.heads == ""


def max_name(frame: Frame) -> str:
    said = answers_of(frame.numbers).outputs[:, 1]
    return str(PETS["classes"][int(said.argmax())])


def test_which_class_is_taken_for_which_is_counted() -> None:
    recipe = recipe_of(PETS, output="softmax", cost="cross-entropy", test=0.25)
    frame = frame_of(recipe, 0, "model")
    found = panel_of(frame).confusions
    assert [one.test for one in found] == [False, True]
    page = page_of(frame)
    for one, id in zip(found, ("confusion", "confusion-test"), strict=True):
        heads = [text_of(cell) for cell in page[id].find("thead").iter("th")]
        rows = [[text_of(cell) for cell in row] for row in page[id].find("tbody")]
        assert heads == ["cat", "dog", "cow"] == one.heads
        assert rows == [[name, *map(str, counts)] for name, counts in one.rows]
    assert sum(sum(counts) for _, counts in found[0].rows) == 9 - 1  # the drawn one was not asked
    assert sum(sum(counts) for _, counts in found[1].rows) == 3
    right = sum(counts[at] for at, (_, counts) in enumerate(found[1].rows))
    assert right == next(score for test, score, _ in panel_of(frame).scores if test)
    two = recipe_of(TWO, output="sigmoid", cost="cross-entropy", hidden=(), parameters=(0.0, 0.0))
    (still,) = panel_of(frame_of(two, 0, "model")).confusions
    assert (still.heads, still.rows) == (["no", "yes", "unclear"], [("no", [0, 0, 1]), ("yes", [0, 0, 2])])
    several = own_from({"inputs": [[1], [2]], "targets": [[1, 1], [0, 1]]})
    assert confusion(several, answers_of(frame_of(recipe_of(TWO)).numbers)) == []
    assert panel_of(frame_of(Recipe(), 0, "model")).confusions == []


def test_classes_nobody_named_are_called_by_their_numbers() -> None:
    assert class_names(own_from(PETS)) == ["cat", "dog", "cow"]
    assert class_names(own_from({"inputs": [[1], [2]], "targets": [[1, 0], [0, 1]]})) == ["1", "2"]
    assert class_names(own_from({"inputs": [[1], [2]], "targets": [[1], [0]]})) == ["0", "1"]
