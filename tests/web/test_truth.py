"""The screen tells the truth: every number in page and JSON is the engine's own, and nothing is ahead of the cursor."""

from __future__ import annotations

import json

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.frame import Frame, View
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.web.moment import moment_json
from app.web.render import ENVIRONMENT
from tests.web.checker import check_page
from tests.web.document import check_document
from tests.web.oracle import LENS_OF, known, moments_of, network_of
from tests.web.recipes import recipes
from tests.web.tree import read

LENSES = ("", "error", "blame", "gradient", "weights", "activation")
PACES = ("layer", "neuron", "phase", "iteration")
REPLAY = Replay()


def rendered(lab: Lab, numbers: Numbers, view: View) -> str:
    return ENVIRONMENT.get_template("lab/_lab.html").render(frame=Frame("abc", lab, numbers, view))


def written(lab: Lab, numbers: Numbers) -> str:
    return json.dumps(moment_json("abc", lab, numbers))


@settings(max_examples=200, deadline=None, phases=set(Phase) - {Phase.shrink})
@given(recipe=recipes(), iteration=st.integers(0, 3), turn=st.integers(0, 23))
def test_every_number_shown_is_the_engines_own_and_nothing_ahead_of_the_cursor_is_shown(
    recipe: Recipe, iteration: int, turn: int
) -> None:
    moments = moments_of(network_of(recipe))
    begin = iteration * len(moments)
    assume(known(recipe, begin + len(moments) - 1).finite())
    for position, (phase, *_) in enumerate(moments):
        true = known(recipe, begin + position)
        lens, pace = LENSES[(position + turn) % 6], PACES[(position + turn) % 4]
        column = (position + turn) % len(true.examples)
        lab = Lab(recipe, begin + position)
        numbers = REPLAY.numbers(lab)
        html = rendered(lab, numbers, View(lens=lens, pace=pace, example=column + 1))
        check_page(read(html), true, lens=lens or LENS_OF[phase], example=column)
        check_document(written(lab, numbers), true)


@pytest.mark.parametrize("place", [0, 7, 60, 130, 214, 217])
def test_the_largest_network_tells_the_truth_too(place: int) -> None:
    recipe = Recipe(data="digits", hidden=(16,) * 6, output="softmax", activation="relu", batch=10, eta=0.01)
    lab, true = Lab(recipe, place), known(recipe, place)
    numbers = REPLAY.numbers(lab)
    check_page(read(rendered(lab, numbers, View(example=4))), true, lens=LENS_OF[true.phase], example=3)
    check_document(written(lab, numbers), true)


def test_a_row_that_has_not_happened_is_null_and_its_layer_is_absent_before_that() -> None:
    labs = [Lab(Recipe(), place) for place in range(11)]
    at = [json.loads(written(lab, REPLAY.numbers(lab))) for lab in labs]
    assert at[0]["z"] == {}
    assert list(at[0]["a"]) == ["0"]
    assert [row == [None] for row in at[1]["z"]["1"]] == [False, True, True]
    assert (at[4]["cost"], at[4]["delta"], at[9]["after"]) == (None, {}, None)
    assert [row == [None] for row in at[7]["delta"]["1"]] == [False, True, True]
    assert [row == [None, None] for row in at[7]["nabla"]["w"]["1"]] == [False, True, True]
    assert list(at[6]["nabla"]["w"]) == ["2"]
