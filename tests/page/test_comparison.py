"""What a run is raced against by choice: another recipe that differs in what was typed and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.page.comparison import Comparison
from app.page.view import View

XOR = Recipe(
    data="xor", hidden=(3,), optimiser="momentum", eta=0.1, batch=2, changes=(Change(2, "eta", 0.2),)
)
GIVEN = replace(XOR, parameters=tuple(0.1 for _ in range(13)))


def compared(recipe: Recipe = XOR, **view: str) -> Comparison:
    return Comparison(Lab(recipe), View(**view))


@pytest.mark.parametrize(
    ("view", "same", "choice"),
    [
        ({"other_eta": "0,4"}, {"eta": 0.4, "changes": ()}, "eta"),
        ({"other_optimiser": "adam"}, {"optimiser": "adam"}, "optimiser"),
        ({"other_seed": "7"}, {"seed": 7}, "seed"),
        ({"other_eta": "1/2", "other_seed": "3"}, {"eta": 0.5, "changes": (), "seed": 3}, "other"),
    ],
)
def test_the_rival_differs_in_what_was_chosen_and_nothing_else_and_finds_back(
    view: dict, same: dict, choice: str
) -> None:
    found = compared(**view)
    assert found.rival == replace(XOR, **same)
    assert (found.runs, found.choice) == ([XOR, found.rival], choice)
    back = compared(found.rival, **found.this_as_other)
    assert replace(back.rival, changes=()) == replace(XOR, changes=())


def test_what_a_view_cannot_tell_of_this_run_is_not_raced_against() -> None:
    found = compared(replace(GIVEN, eta=0.1 + 0.2), other_eta="0.4", other_seed="7", other_optimiser="adam")
    assert found.this_as_other == {"other_eta": "", "other_optimiser": "momentum", "other_seed": ""}
    assert compared(other_optimiser="momentum", other_seed="5").this_as_other["other_optimiser"] == ""


@pytest.mark.parametrize(
    ("view", "same"),
    [
        ({}, False),
        ({"other_optimiser": "momentum"}, True),
        ({"other_seed": "0"}, True),
        ({"other_seed": "8"}, False),
        ({"other_seed": "x"}, False),
        ({"other_optimiser": "momentum", "below": "x"}, True),
    ],
)
def test_a_run_that_would_be_this_very_one_is_told(view: dict, same: bool) -> None:
    assert compared(**view).same == same


def test_a_given_start_gives_way_to_another_seed() -> None:
    assert compared(GIVEN, other_seed="7").rival == replace(XOR, seed=7)
    assert compared(GIVEN, other_optimiser="momentum").rival is None
    assert compared(GIVEN, other_optimiser="momentum").runs == [GIVEN]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("other_eta", "fast"),
        ("other_eta", "0"),
        ("other_eta", "101"),
        ("other_optimiser", "sgd"),
        ("other_seed", "x"),
        ("other_seed", "9999999999"),
        ("other_seed", "٣"),
    ],
)
def test_a_choice_that_cannot_be_is_told_and_nothing_is_raced_against(field: str, text: str) -> None:
    found = compared(**{field: text})
    assert list(found.wrong) == [field]
    assert found.rival is None
