"""The table of examples: short, in the engine's figures, empty where nobody knows."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.predictions import answers_of, held_back
from app.engine.backprop import forward
from app.engine.parameters import zeros
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from app.story.predictions import Row, rows_of

REPLAY = Replay()


def rows(recipe: Recipe, place: int) -> list[Row]:
    numbers = REPLAY.numbers(Lab(recipe, place))
    return rows_of(numbers, answers_of(numbers), 0)


def test_the_drawn_example_has_no_output_cost_or_verdict_before_the_cursor_has_been_there() -> None:
    recipe = Recipe()
    before, said, compared = (rows(recipe, place)[0] for place in (3, 4, 5))
    assert (before.here, before.output, before.cost, before.right) == (True, "", "", None)
    assert (said.output != "", said.cost, said.right is None) == (True, "", False)
    assert compared.cost == figure(float(REPLAY.numbers(Lab(recipe, 5)).costs[0]))
    assert [row.here for row in rows(recipe, 3)] == [True, False, False, False]
    assert [row.number for row in rows(recipe, 3)] == [1, 2, 3, 4]


def test_several_outputs_stand_in_a_row_and_one_of_many_by_its_name() -> None:
    adder = Recipe(data="half-adder", hidden=(2,))
    data, dials = adder.dataset, REPLAY.numbers(Lab(adder, 0)).parameters
    said = forward(adder.network, dials, data.x).a[2][:, 1]
    row = rows(adder, 0)[1]
    assert (row.inputs, row.target, row.output) == ("0 1", "1 0", " ".join(map(figure, said.tolist())))
    digits = Recipe(data="digits", hidden=(4,), output="softmax")
    first, second = rows(digits, 0)[:2]
    assert (first.inputs, first.target, first.output) == ("1111111", "ŷ₉", "")
    numbers = REPLAY.numbers(Lab(digits, 0))
    said = forward(digits.network, numbers.parameters, digits.dataset.x).a[2][:, 1]
    assert second.output.split(" ")[1] == figure(float(said.max()))


def test_where_there_is_no_right_or_wrong_no_row_has_a_verdict() -> None:
    assert {row.right for row in rows(Recipe(data="sine", output="linear", cost="quadratic"), 4)} == {None}


def test_examples_held_back_are_numbered_on_their_own_and_are_never_the_one_drawn() -> None:
    recipe = Recipe(data="moons", size=12, test=0.25)
    numbers = REPLAY.numbers(Lab(recipe, 3))
    found = rows_of(numbers, held_back(numbers), None)
    assert [(row.number, row.test, row.here) for row in found] == [
        (1, True, False),
        (2, True, False),
        (3, True, False),
    ]
    assert all(row.output and row.cost and row.right is not None for row in found)


def test_none_of_many_is_named_where_they_are_equally_loud() -> None:
    digits = Recipe(data="digits", hidden=(4,), output="softmax")
    level = replace(digits, parameters=(0.0,) * len(zeros(digits.sizes)))
    assert rows(level, 0)[1].output == "equally loud 0.1"
