"""The screen tells the truth: every number in page and JSON is the engine's own, and nothing is ahead of the
cursor."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.analysis.history import History
from app.lab.itinerary import PACES
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.notation.numbers import DIGITS, in_digits
from app.page.frame import Frame
from app.page.panels import panel_of
from app.page.view import View
from app.picture.scene import LENSES
from app.web.moment_json import moment_json
from app.web.render import ENVIRONMENT
from tests.lab.recipes import recipes
from tests.web.checker import check_page
from tests.web.document import check_document
from tests.web.oracle import LENS_OF, known, moments_of, network_of
from tests.web.tree import read

REPLAY = Replay()
HISTORY = History(REPLAY)


def rendered(lab: Lab, numbers: Numbers, view: View) -> str:
    frame = Frame(id="abc", lab=lab, numbers=numbers, view=view, history=HISTORY)
    with in_digits(view.digits):
        template = ENVIRONMENT.get_template("lab/_lab.html")
        return template.render(frame=frame, panel=panel_of(frame), theme="auto")


def written(lab: Lab, numbers: Numbers) -> str:
    return json.dumps(moment_json("abc", lab, numbers))


def marks(sizes: tuple[int, ...]) -> list[str]:
    """List everything that can be picked."""
    found = ["", "cost", *(f"y-{j}" for j in range(1, sizes[-1] + 1))]
    for layer, size in enumerate(sizes):
        for j in range(1, size + 1):
            found += [f"n-{layer}-{j}", *([f"b-{layer}-{j}"] if layer else [])]
            found += [f"w-{layer}-{j}-{k}" for k in range(1, sizes[layer - 1] + 1)] if layer else []
    return found


def any_view(dice: Random, sizes: tuple[int, ...], batch: int) -> View:
    """Throw dice for a way to look at a lab."""
    return View(
        lens=dice.choice(["", *LENSES]),
        pace=dice.choice(PACES),
        example=dice.randint(1, batch),
        pick=dice.choice(marks(sizes)),
        panel=dice.choice(
            ["", "tables", "words", "model"]
        ),  # the count has the clock's numbers, not the engine's
        voice=dice.choice(["", "maths"]),
        epsilon=dice.choice(["", "1e-4", "nonsense"]),
        maps=dice.choice(["", "beside", "inside"]),
        digits=dice.choice(DIGITS),
    )


@pytest.mark.walk
@settings(max_examples=120, deadline=None, phases=set(Phase) - {Phase.shrink})
@given(
    recipes(with_changes=True), st.sampled_from([1.0, 1e-6, 0.0]), st.integers(0, 3), st.integers(0, 2**32)
)
def test_every_number_shown_is_the_engines_own_and_nothing_ahead_of_the_cursor_is_shown(
    recipe: Recipe, scale: float, iteration: int, seed: int
) -> None:
    if recipe.parameters:
        recipe = replace(recipe, parameters=tuple(scale * value + 0.0 for value in recipe.parameters))
    moments, dice = moments_of(network_of(recipe)), Random(seed)
    begin = iteration * len(moments)
    assume(known(recipe, begin + len(moments) - 1).finite())
    for place, (phase, *_) in enumerate(moments, begin):
        true, lab = known(recipe, place), Lab(recipe, place)
        numbers, view = REPLAY.numbers(lab), any_view(dice, true.sizes, len(true.examples))
        page = read(rendered(lab, numbers, view))
        seen = {"lens": view.lens or LENS_OF[phase], "voice": view.voice, "pick": view.pick}
        with in_digits(view.digits):
            check_page(page, true, example=view.example - 1, **seen)
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
