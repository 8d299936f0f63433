"""Equations of entries that nobody has prepared: values stand alone; and those of one that is prepared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.engine.activations import ACTIVATIONS
from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.story.formulas.worked import Worker
from tests.story.formulas.results import own, results
from tests.story.formulas.test_worked import check, ends, numbers_at
from tests.story.functions.added import ALL, ALONE, PREPARED, UNPREPARED
from tests.story.symbols import every_equation
from tests.web.facts import Facts
from tests.web.oracle import known

RECIPES = [*(pytest.param(recipe, id=name) for name, recipe in ALONE.items()), pytest.param(ALL, id="all")]


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an entry that nobody has prepared into each registry of the engine."""
    for registry, entry in UNPREPARED:
        monkeypatch.setitem(registry, entry.key, entry)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an activation as the README says."""
    for registry, entry in PREPARED:
        monkeypatch.setitem(registry, entry.key, entry)


def iteration_of(recipe: Recipe) -> range:
    """Return the places of the second iteration."""
    length = len(Lab(recipe).moments)
    return range(length, 2 * length)


def equations_at(recipe: Recipe, place: int, example: int = 0) -> set[str]:
    """Return every equation there is at a moment, after each was redone and held against the engine."""
    found = every_equation(Worker(numbers_at(recipe, place), example))
    shown = {
        mark: [(one.result.name, one.result.value) for one in each if own(one)]
        for mark, each in found.items()
    }
    assert shown == results(Facts(known(recipe, place), example), recipe)
    for equation in (equation for each in found.values() for equation in each):
        check(equation, recipe.sizes)
    return {equation.spoken() for each in found.values() for equation in each}


@pytest.mark.usefixtures("unprepared")
@pytest.mark.parametrize("recipe", RECIPES)
def test_every_equation_comes_out_and_its_result_is_the_engines(recipe: Recipe) -> None:
    for place in iteration_of(recipe):
        for example in range(recipe.batch):
            equations_at(recipe, place, example)


@pytest.mark.usefixtures("unprepared")
def test_a_value_stands_alone_where_nobody_has_written_down_its_law() -> None:
    said = {name: Worker(numbers_at(recipe, ends(recipe, 1)), 0) for name, recipe in ALONE.items()}

    def spoken_of(equations: list[Any]) -> dict[str, str]:
        return {equation.result.label(): equation.spoken() for equation in equations}

    neuron = spoken_of(said["activation"].neuron(1, 1))
    assert [neuron[name].count("=") for name in ("h₁", "f′(h₁)")] == [1, 1]
    assert neuron["δ(h₁)"].startswith("δ(h₁) = ∂C/∂h₁ · f′(h₁) = ")
    output = spoken_of(said["output"].neuron(2, 1))
    assert [output[name].count("=") for name in ("ŷ", "f′(ŷ)")] == [1, 1]
    for name in ("cost", "cost of shares"):
        assert spoken_of(said[name].cost())["C"].count("=") == 1
        assert spoken_of(said[name].neuron(2, 1))["∂C/∂ŷ₁"].count("=") == 1
    assert spoken_of(said["cost of shares"].neuron(2, 1))["R"].startswith("R = ŷ₁ · ∂C/∂ŷ₁ + ")
    for name, whole in (("optimiser", False), ("regulariser", True)):  # a regulariser leaves the biases alone
        weight, bias = (said[name].dial(dial)[-1].spoken() for dial in (Dial("w", 1, 1, 1), Dial("b", 1, 1)))
        assert weight.startswith("new = ")
        assert weight.count("=") == 1
        assert bias.startswith("new = b₁ − η") == whole


@pytest.mark.usefixtures("unprepared")
def test_shares_that_nobody_has_prepared_stand_alone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "shares", replace(ACTIVATIONS["softmax"], key="shares"))
    recipe = Recipe(data="digits", hidden=(2,), output="shares", cost="quadratic")
    worker = Worker(numbers_at(recipe, 2 * len(Lab(recipe).moments) - 1), 0)
    for equations in every_equation(worker).values():
        for equation in equations:
            check(equation, recipe.sizes)
    assert [one.spoken().count("=") for one in worker.signal(2, 1)] == [3, 1]


@pytest.mark.usefixtures("prepared")
def test_an_activation_with_its_two_entries_is_worked_out() -> None:
    recipe = ALONE["activation"]
    for place in iteration_of(recipe):
        said = equations_at(recipe, place)
    for law in ("h₁ = z(h₁) / (1 + abs(z(h₁))) = ", "f′(h₁) = (1 / (1 + abs(z(h₁))))² = "):
        assert [one.count("=") for one in said if one.startswith(law)] == [3]
