"""The worked solution: every step of every neuron and dial that has happened, on a page that can be
printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from httpx import AsyncClient

from app.export.solution import chapters, columns
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation import names
from tests.web.checker import check_picture
from tests.web.facts import Facts
from tests.web.oracle import LENS_OF, known
from tests.web.sayable import Sayable
from tests.web.test_exports import LENGTH, PLACES, RECIPE, exported
from tests.web.told import check_chapters
from tests.web.tree import having, read, spoken, text_of

DIGITS = Recipe(data="digits", hidden=(3,), output="softmax", optimiser="adam", regulariser="l1", decay=0.1)


def told(recipe: Recipe, place: int, *, whole: bool = True) -> dict[str, list[str]]:
    """Return the names of the steps of each chapter, by its title."""
    lab = Lab(recipe, place)
    found = chapters(lab, Replay().numbers(lab), 0, whole=whole)
    return {chapter.title: [step.name for step in chapter.steps if step.equations] for chapter in found}


def test_each_chapter_has_every_neuron_or_dial_that_has_been_reached() -> None:
    length = len(Lab(Recipe()).moments)
    assert told(Recipe(), 0) == {"Input": []}
    assert told(Recipe(), 2)["Forward: hidden layer"] == ["h₁", "h₂"]
    assert told(Recipe(), 7)["Backward: hidden layer"] == ["h₁"]
    assert told(Recipe(), 7)["The gradient"] == ["w₁₁", "w₁₂", "b₁", "v₁", "v₂", "v₃", "c"]
    whole = told(Recipe(), length - 1)
    assert list(whole) == [
        "Input",
        "Forward: hidden layer",
        "Forward: output layer",
        "Cost",
        "Backward: output layer",
        "Backward: hidden layer",
        "The gradient",
        "Descent",
    ]
    assert [len(steps) for steps in whole.values()] == [0, 3, 1, 1, 1, 3, 13, 13]


def test_a_layer_that_only_fires_together_is_worked_out_together() -> None:
    found = told(DIGITS, len(Lab(DIGITS).moments) - 1)
    assert len(found["Forward: output layer"]) == 10
    assert len(found["Backward: output layer"]) == 10


def test_of_a_large_network_the_strongest_are_worked_out_and_the_note_says_which() -> None:
    lab = Lab(DIGITS, len(Lab(DIGITS).moments) - 1)
    numbers = Replay().numbers(lab)
    found = {chapter.title: chapter for chapter in chapters(lab, numbers, 0, whole=False)}
    said = np.abs(numbers.forward.a[1][:, 0])
    loudest = [int(j) + 1 for j in np.argsort(-said)[:2]]
    forward = found["Forward: hidden layer"]
    assert [step.name for step in forward.steps] == [names.neuron(DIGITS.sizes, 1, j) for j in loudest]
    assert forward.note.endswith("the loudest of three.")
    gradient = np.abs(numbers.backward.nabla.vector())
    values = [abs(step.equations[0].result.value) for step in found["The gradient"].steps]
    assert values == sorted(gradient, reverse=True)[:3]
    assert [len(list(found[title].steps)) for title in ("Backward: output layer", "Descent")] == [2, 3]


def test_in_short_a_batch_is_worked_out_by_the_drawn_example() -> None:
    recipe = replace(RECIPE, batch=4)
    lab = Lab(recipe, LENGTH - 1)
    titles = [chapter.title for chapter in chapters(lab, Replay().numbers(lab), 1, whole=False)]
    assert [title for title in titles if title.endswith("Cost")] == ["Example 2. Cost"]


def test_a_batch_is_worked_out_example_by_example_and_a_large_one_by_the_drawn_one() -> None:
    found = told(RECIPE, LENGTH - 1)
    assert [title for title in found if title.endswith("Cost")] == ["Example 1. Cost", "Example 2. Cost"]
    lab = Lab(RECIPE, LENGTH - 1)
    numbers = Replay().numbers(lab)
    assert columns(numbers, 1) == [0, 1]
    assert columns(replace(numbers, examples=[0] * 3), 1) == [0, 1, 2]
    assert columns(replace(numbers, examples=[0] * 4), 1) == [1]


@pytest.mark.anyio
@pytest.mark.parametrize("place", PLACES)
async def test_the_page_is_valid_and_says_nothing_ahead_of_the_moment(
    program: AsyncClient, place: int
) -> None:
    answer = await exported(program, "worked", place)
    page, sayable = read(answer.text), Sayable(known(RECIPE, place))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    end = text_of(having(page.root, "end")[0])
    having(page.root, "address")[0].clear()  # the recipe's own choices
    true = known(RECIPE, place)
    check_chapters(page, true, [0, 1])
    check_picture(page, Facts(true, 0), LENS_OF[true.phase])
    assert [number for text in spoken(page.root) for number in sayable.unknown(text)] == []
    assert end.startswith(
        "The iteration ends here." if place == PLACES[-1] else "This is how far the iteration has gone."
    )
    assert "http://labs.test/at?data=xor&hidden=2&" in end
    assert not [element.tag for element in page.root.iter() if "style" in element.attrib]


@pytest.mark.walk
@pytest.mark.anyio
async def test_the_page_of_the_largest_network_comes_piece_by_piece(program: AsyncClient) -> None:
    recipe = replace(DIGITS, hidden=(16,), batch=2)
    answer = await exported(program, "worked", len(Lab(recipe).moments) - 1, recipe, "whole=1")
    assert len(having(read(answer.text).root, "step")) == 2 * (26 + 1 + 26) + 2 * 298
