"""A recipe: its text and key, what holds in which iteration, and the dials it begins with."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from app.engine.activations import ACTIVATIONS
from app.engine.initialisers import initial
from app.lab.dials import Dial
from app.lab.recipe import DRAWN, Change, Recipe, fields_of, parameters_as_json, recipe_from
from tests.lab.recipes import recipes

GIVEN = (0.5, -1.0, 2.0, 0.25, 0.1, -0.2, 3.0, -0.75, 1e-7)  # a 2-2-1 network's dials
MID_RUN = Recipe(
    data="and",
    eta=0.3,
    changes=(
        Change(2, "eta", 0.5),
        Change(2, "example", 4.0),
        Change(2, "w-1-3-2", 7.0),
        Change(2, "b-2-1", -1.0),
        Change(5, "example", 2.0),
        Change(6, "eta", 0.1),
        Change(6, "b-1-2", 9.0),
        Change(6, "b-1-2", 8.0),
    ),
)


@given(recipe=recipes(with_changes=True))
def test_a_recipe_read_back_from_its_text_is_the_same_recipe(recipe):
    again = recipe_from(recipe.text())
    assert again == recipe
    assert again.text() == recipe.text()
    assert again.key() == recipe.key()
    assert hash(again) == hash(recipe)


def test_the_text_is_compact_and_names_every_choice():
    assert Recipe(changes=(Change(1, "eta", 0.5),)).text() == (
        '{"data":"and","hidden":[3],"activation":"tanh","output":"sigmoid","cost":"cross-entropy",'
        '"optimiser":"descent","eta":0.3,"initialiser":"xavier","seed":0,"batch":1,"regulariser":"none",'
        '"decay":0.0,"parameters":null,"changes":[[1,"eta",0.5]]}'
    )


def test_a_text_kept_before_examples_could_be_drawn_is_still_read():
    old = json.loads(Recipe().text())
    assert not set(old) & set(DRAWN)
    assert recipe_from(json.dumps(old)) == Recipe()


def test_the_key_is_short_and_differs_with_every_choice():
    usual = Recipe()
    others = [
        Recipe(data="or"),
        Recipe(hidden=(4,)),
        Recipe(hidden=()),
        Recipe(activation="relu"),
        Recipe(output="linear"),
        Recipe(cost="quadratic"),
        Recipe(optimiser="adam"),
        Recipe(eta=0.4),
        Recipe(initialiser="he"),
        Recipe(seed=1),
        Recipe(batch=2),
        Recipe(regulariser="l2"),
        Recipe(decay=0.1),
        Recipe(parameters=(0.0,) * 13),
        Recipe(changes=(Change(0, "eta", 0.4),)),
        Recipe(changes=(Change(1, "eta", 0.4),)),
        *(
            Recipe(data="sine", **choice)
            for choice in ({}, {"size": 50}, {"noise": 0.2}, {"data_seed": 1}, {"test": 0.3})
        ),
    ]
    names = {recipe.key() for recipe in (usual, *others)}
    assert len(names) == 1 + len(others)
    assert all(len(name) == 32 for name in names)
    assert usual.key() == Recipe().key()


def test_the_shape_and_the_functions_come_from_the_registries():
    recipe = Recipe(data="half-adder", hidden=(4, 3), activation="relu", output="tanh", cost="quadratic")
    assert recipe.sizes == (2, 4, 3, 2)
    assert recipe.network.hidden == (ACTIVATIONS["relu"],) * 2
    assert recipe.network.output is ACTIVATIONS["tanh"]
    assert recipe.network.cost.key == "quadratic"
    assert recipe.network is Recipe(**{**vars(recipe), "seed": 5}).network


def test_the_first_dials_are_drawn_where_none_are_given():
    drawn = Recipe(initialiser="he", seed=9).first_parameters().vector()
    assert np.array_equal(drawn, initial("he", (2, 3, 1), 9).vector())


def test_given_dials_are_taken_as_they_are_whatever_the_seed():
    dials = Recipe(hidden=(2,), parameters=GIVEN, seed=5).first_parameters()
    assert tuple(dials.vector()) == GIVEN
    assert dials.w[1].tolist() == [[0.5, -1.0], [2.0, 0.25]]
    assert dials.b[2].tolist() == [[1e-7]]


@pytest.mark.parametrize(("iteration", "kept"), [(0, 0), (2, 0), (3, 4), (5, 4), (6, 5), (7, 8), (1000, 8)])
def test_the_start_of_an_iteration_depends_on_the_changes_before_it_alone(iteration, kept):
    assert MID_RUN.until(iteration) == Recipe(data="and", eta=0.3, changes=MID_RUN.changes[:kept])


def test_recipes_that_only_differ_later_are_one_key_of_a_cache_until_then():
    plain, changed = Recipe(), Recipe(changes=(Change(3, "eta", 0.9),))
    assert plain.until(3) == changed.until(3)
    assert plain.until(4) != changed.until(4)


def test_a_learning_rate_holds_from_its_iteration_until_the_next_one():
    assert [MID_RUN.eta_at(iteration) for iteration in range(8)] == [0.3, 0.3, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1]


def test_after_a_chosen_example_the_others_follow_in_turn():
    found = [MID_RUN.examples_at(iteration) for iteration in range(9)]
    assert found == [[0], [1], [3], [0], [1], [1], [2], [3], [0]]


def test_a_batch_begins_with_the_chosen_example():
    recipe = Recipe(batch=3, changes=(Change(1, "example", 3.0),))
    assert [recipe.examples_at(iteration) for iteration in range(4)] == [
        [0, 1, 2],
        [2, 3, 0],
        [1, 2, 3],
        [0, 1, 2],
    ]


def test_typed_dials_replace_those_they_name_in_their_iteration_alone():
    dials = MID_RUN.first_parameters().frozen()
    for iteration in (0, 1, 3, 5, 7):
        assert MID_RUN.with_typed_dials(dials, iteration) is dials
    typed = MID_RUN.with_typed_dials(dials, 2)
    moved = typed - dials
    assert (typed.w[1][2, 1], typed.b[2][0, 0]) == (7.0, -1.0)
    assert np.count_nonzero(moved.vector()) == 2


def test_a_dial_typed_twice_in_one_iteration_has_the_last_value():
    typed = MID_RUN.with_typed_dials(MID_RUN.first_parameters(), 6)
    assert typed.b[1].ravel().tolist() == [0.0, 8.0, 0.0]


def test_typing_a_dial_leaves_the_dials_before_it_alone():
    dials = MID_RUN.first_parameters()
    before = dials.vector()
    MID_RUN.with_typed_dials(dials, 2)
    assert np.array_equal(dials.vector(), before)


def test_a_program_gets_the_fields_it_would_post():
    plain = Recipe(hidden=(2,)).as_json()
    assert plain["hidden"] == [2]
    assert "parameters" not in plain
    assert "changes" not in plain
    left_out = {"parameters", "changes", "biases", "held"}  # where they are as usual
    assert set(plain) | left_out == set(vars(Recipe())) - {*DRAWN, "own"}
    assert {name: Recipe(data="circle", test=0.0).as_json()[name] for name in DRAWN} == {
        "size": 100,
        "noise": 0.1,
        "data_seed": 0,
        "test": 0.0,
    }
    full = Recipe(hidden=(2,), parameters=GIVEN, changes=(Change(1, "eta", 0.5),)).as_json()
    assert full["changes"] == [[1, "eta", 0.5]]
    assert full["parameters"] == {
        "w": {"1": [[0.5, -1.0], [2.0, 0.25]], "2": [[3.0, -0.75]]},
        "b": {"1": [[0.1], [-0.2]], "2": [[1e-7]]},
    }


@given(recipe=recipes())
def test_dials_written_as_json_keep_every_digit(recipe):
    dials = recipe.first_parameters()
    again = json.loads(json.dumps(parameters_as_json(dials)))
    for layer in dials.w:
        assert np.array_equal(np.array(again["w"][str(layer)]), dials.w[layer])
        assert np.array_equal(np.array(again["b"][str(layer)]), dials.b[layer])


def test_form_fields_are_one_text_each():
    recipe = Recipe(hidden=(4, 2), changes=(Change(1, "eta", 0.5),))
    found = recipe.as_fields()
    assert found["hidden"] == "4, 2"
    assert found["eta"] == "0.3"
    assert found["changes"] == '[[1,"eta",0.5]]'
    assert "parameters" not in found
    assert all(isinstance(text, str) for text in found.values())
    assert found == dict(fields_of(recipe))
    given_too = Recipe(hidden=(2,), parameters=GIVEN).as_fields()
    assert json.loads(given_too["parameters"])["b"]["2"] == [[1e-7]]


def test_the_largest_learning_rate_is_that_of_any_iteration() -> None:
    assert MID_RUN.largest_eta == 0.5
    assert replace(MID_RUN, eta=0.7).largest_eta == 0.7
    assert Recipe(eta=0.3, changes=(Change(1, "w-1-1-1", 9.0),)).largest_eta == 0.3  # a dial is none


def test_what_is_held_are_the_marked_dials_and_biases_where_there_are_none() -> None:
    held = Recipe(data="and", hidden=(2,), held=("w-1-2-1",))
    told = [held.is_held(Dial(*one)) for one in (("w", 1, 2, 1), ("w", 1, 1, 2), ("b", 1, 1))]
    assert told == [True, False, False]
    assert replace(held, biases=False).is_held(Dial("b", 1, 1))


@pytest.mark.parametrize(
    ("activation", "hidden", "left"),
    [
        ("tanh", (3, 2), "tanh"),
        ("tanh,relu", (4, 2), "tanh,relu"),
        ("tanh,relu", (4,), "tanh"),
        ("tanh,relu", (), "tanh"),
    ],
)
def test_the_activation_of_a_layer_goes_with_it(activation: str, hidden: tuple[int, ...], left: str) -> None:
    assert Recipe(hidden=(2, 2), activation=activation).reshaped(hidden).activation == left
