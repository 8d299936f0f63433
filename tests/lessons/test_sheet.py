"""One sheet: what is given and what is left blank."""

from __future__ import annotations

from app.lab.recipe import Recipe
from app.lessons.sheet import law_of, laws_of, sheet_of
from app.lessons.variants import drawn


def test_an_activation_is_told_with_its_slope_and_one_nobody_has_prepared_by_its_name() -> None:
    assert law_of("tanh") == "tanh, a = tanh(z), slope f′ = 1 − a²"
    assert law_of("brand-new") == "Brand-new"


def test_layers_that_differ_are_told_one_by_one() -> None:
    told = [what for what, _law in laws_of(Recipe(hidden=(2, 2), activation="tanh,relu"))]
    assert told == ["Hidden layer 1", "Hidden layer 2", "Outputs", "Cost"]
    assert [what for what, _law in laws_of(Recipe(hidden=(2, 2)))] == ["Hidden neurons", "Outputs", "Cost"]


def test_the_short_way_stands_beside_the_long_one() -> None:
    made = sheet_of(next(drawn(Recipe(), 1, 1)), 1, ["backward"])
    lines = {line.name: line for part in made.parts for line in part.results()}
    assert lines["δ(ŷ)"].short
    assert [line.name for line in lines.values() if line.short] == ["δ(ŷ)"]
    assert [part.part for part in made.parts] == ["forward", "cost", "backward"]
    assert [name for name, _key in made.key()][:3] == ["∂C/∂ŷ", "f′(ŷ)", "δ(ŷ)"]


def test_dials_that_are_held_still_are_not_turned() -> None:
    made = sheet_of(next(drawn(Recipe(held=("w-1-1-1",)), 1, 1)), 1, ["update"])
    assert len(made.parts[-1].turns) == 12
    assert "w₁₁" not in [turn.name for turn in made.parts[-1].turns]
