"""Picks: every mark has one short text, every text one mark or none, and there is always something to look
at."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.initialisers import initial
from app.engine.parameters import Parameters
from app.lab.dials import PATTERN, Pick, dial_from, dials_of, pick_from, with_dial
from app.lab.itinerary import PACES, doing
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Replay
from app.page.selection import natural_pick
from tests.lab.recipes import recipes

SIZES = (2, 3, 1)


@pytest.mark.parametrize(
    ("text", "pick"),
    [
        ("n-0-2", Pick("n", 0, 2)),
        ("n-1-3", Pick("n", 1, 3)),
        ("n-2-1", Pick("n", 2, 1)),
        ("w-1-3-2", Pick("w", 1, 3, 2)),
        ("w-2-1-3", Pick("w", 2, 1, 3)),
        ("b-1-2", Pick("b", 1, 2)),
        ("y-1", Pick("y", 2, 1)),
        ("cost", Pick("cost")),
    ],
)
def test_a_mark_and_its_text_belong_together(text, pick):
    assert pick_from(text, SIZES) == pick
    assert pick.text == text


def test_of_what_a_mark_does_not_name_there_is_none():
    assert tuple(pick_from("cost", SIZES)) == ("cost", 0, 0, 0)
    assert tuple(pick_from("n-1-3", SIZES)) == ("n", 1, 3, 0)
    assert [(dial.kind, dial.source) for dial in dials_of((2, 1))] == [("w", 1), ("w", 2), ("b", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n",
        "n-0-3",
        "n-1-4",
        "n-3-1",
        "n-1-0",
        "b-0-1",
        "b-1-4",
        "w-0-1-1",
        "w-1-1-3",
        "w-1-4-1",
        "w-1-1-0",
        "w-1-1",
        "b-1-1-1",
        "y-0",
        "y-2",
        "y",
        "cost-1",
        "n-1-1 ",
        "n-1-100",
        "m-1-1",
        "n--1-1",
        "<b>",
    ],
)
def test_a_text_that_names_no_mark_is_no_pick(text):
    assert pick_from(text, SIZES) is None


@settings(deadline=None)
@given(recipe=recipes(with_changes=True), place=st.integers(0, 60), pace=st.sampled_from(PACES))
def test_what_is_looked_at_by_itself_exists_and_has_an_address(recipe, place, pace):
    try:
        numbers = Replay().numbers(Lab(recipe, place))
    except Diverged:
        return
    pick = natural_pick(numbers, recipe.batch - 1, doing(recipe.network, place, pace))
    assert re.fullmatch(PATTERN, pick.text)
    assert pick_from(pick.text, recipe.sizes) == pick


def looked_at(recipe: Recipe, place: int, pace: str = "layer") -> str:
    """Return the text of what is looked at after a click of this pace that ended at a place."""
    return natural_pick(Replay().numbers(Lab(recipe, place)), 0, doing(recipe.network, place, pace)).text


# 2-3-1 on (1, 1) → 1 with linear neurons that say 1, −5 and 2; the output weighs them 3, 1 and 2 and says 2.
LOUD = Recipe(
    data="and",
    hidden=(3,),
    activation="linear",
    output="linear",
    cost="quadratic",
    eta=0.1,
    parameters=(1.0, 0.0, -5.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 1.0, 2.0, 0.0),
)


def test_after_a_layer_one_looks_at_the_neuron_with_most_to_say():
    assert looked_at(LOUD, 0) == "n-0-1"
    assert looked_at(LOUD, 3) == "n-1-2"
    assert looked_at(LOUD, 4) == "n-2-1"
    assert looked_at(LOUD, 5) == "cost"
    assert looked_at(LOUD, 9) == "n-1-1"


def test_only_what_the_last_click_did_is_in_the_running():
    assert looked_at(LOUD, 1, "neuron") == "n-1-1"
    assert looked_at(LOUD, 3, "neuron") == "n-1-3"
    assert looked_at(LOUD, 9, "neuron") == "n-1-3"


def test_after_a_descent_one_looks_at_the_dial_that_moved_most():
    # the output's error is 1: its weights move by 1, −5 and 2 times the rate, a hidden weight by 3 at most
    assert looked_at(LOUD, 10) == "w-2-1-2"
    biased = Recipe(**{**vars(LOUD), "changes": (Change(0, "example", 4.0), Change(0, "b-2-1", 1.0))})
    assert looked_at(biased, 10).startswith(
        "b-1-1"
    )  # the inputs are 0, so only the biases of the first layer move


def test_of_shares_one_looks_at_the_largest():
    recipe = Recipe(data="digits", hidden=(2,), output="softmax")
    numbers = Replay().numbers(Lab(recipe, 3))
    largest = int(numbers.forward.a[2][:, 0].argmax()) + 1
    assert looked_at(recipe, 3) == f"n-2-{largest}"


@given(st.lists(st.integers(1, 5), min_size=2, max_size=4).map(tuple), st.integers(0, 2**32 - 1))
def test_every_dial_reads_back_from_its_mark_and_stands_where_the_vector_has_it(sizes, seed):
    parameters, dials = initial("he", sizes, seed), dials_of(sizes)
    assert [dial_from(dial.mark, sizes) for dial in dials] == list(dials)
    assert [dial.of(parameters) for dial in dials] == parameters.vector().tolist()
    assert len({dial.name(sizes) for dial in dials}) == len(dials)
    for dial in dials[:3]:
        changed = with_dial(parameters, dial, 7.5)
        assert [one for one in dials if one.of(changed) != one.of(parameters)] == [dial]


def test_a_gradient_is_known_as_far_as_the_backward_pass_has_come():
    whole = initial("he", (2, 3, 1), 0)
    partly = Parameters({2: whole.w[2], 1: whole.w[1][:2]}, {2: whole.b[2], 1: whole.b[1][:2]})
    known = [dial.mark for dial in dials_of((2, 3, 1)) if dial.known(partly) is None]
    assert known == ["w-1-3-1", "w-1-3-2", "b-1-3"]
    assert all(dial.known(whole) == dial.of(whole) for dial in dials_of((2, 3, 1)))


@pytest.mark.parametrize(
    "mark", ["", "n-1-1", "w-1-1", "w-1-4-1", "w-01-1-1", "b-3-1", "b-1-1-1", "w-1-1-\u0661"]
)
def test_no_other_text_is_a_dial(mark):
    assert dial_from(mark, (2, 3, 1)) is None
