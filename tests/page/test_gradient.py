"""The way downhill beside the picture: each dial's move in its parts, drawn to one scale."""

from __future__ import annotations

import math
import re

import pytest

from app.engine.regularisers import REGULARISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import MINUS, figure
from app.page.gradient import Gradient

LENGTH = 11  # moments of one iteration of 2-3-1


def downhill(place: int, **choices: object) -> Gradient:
    return Gradient(Replay().numbers(Lab(Recipe(data="and", **choices), place)))


def reach(path: str) -> int:
    """Return how far an arrow reaches, to the left below zero."""
    return int(re.match(r"M50 \d+h(-?\d+)", path)[1])


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_nothing_moves_before_the_descent(place: int) -> None:
    found = downhill(place, regulariser="l2", decay=0.1)
    assert (found.moves, found.decays, found.promise) == ({}, False, [])
    assert all(bar.move == "" and bar.arrows == [] for _, bars in found.gradient for bar in bars)


@pytest.mark.parametrize("optimiser", ["descent", "adam"])
@pytest.mark.parametrize("regulariser", ["none", "l1", "l2"])
def test_the_parts_of_a_move_add_up_and_the_pull_is_the_regularisers(
    regulariser: str, optimiser: str
) -> None:
    found = downhill(3 * LENGTH - 1, regulariser=regulariser, decay=0.05, optimiser=optimiser)
    numbers = found.numbers
    change = (numbers.after - numbers.parameters).vector()
    assert sum(part.vector() for part in found.moves.values()) == pytest.approx(change)
    assert found.decays == (regulariser != "none")
    if found.decays:
        pull = REGULARISERS[regulariser].gradient(numbers.parameters, 0.05).vector()
        assert found.moves["decay"].vector() == pytest.approx(-0.3 * pull)
    elif optimiser == "descent":
        assert found.moves["step"].vector() == pytest.approx(-0.3 * numbers.backward.nabla.vector())


def test_arrows_are_to_one_scale_and_point_where_the_dial_goes() -> None:
    found = downhill(LENGTH - 1, regulariser="l2", decay=0.3)
    drawn = [(bar, dict(bar.arrows)) for _, bars in found.gradient for bar in bars]
    parts = {name: part.vector() for name, part in found.moves.items()}
    largest = max(abs(part).max() for part in parts.values())
    for at, (bar, arrows) in enumerate(drawn):
        assert {name: reach(path) for name, path in arrows.items()} == {
            name: round(48 * part[at] / largest) for name, part in parts.items()
        }
        assert bar.move == figure(float((found.numbers.after - found.numbers.parameters).vector()[at]))
    assert max(abs(reach(path)) for _, arrows in drawn for path in arrows.values()) == 48


def test_the_error_is_compared_layer_by_layer_as_far_as_it_has_come() -> None:
    recipe = Recipe(data="xor", hidden=(3, 2), activation="sigmoid")
    lab = Lab(recipe)
    for place in range(len(lab.moments)):
        numbers = Replay().numbers(Lab(recipe, place))
        delta, found = numbers.backward.delta, Gradient(numbers).errors
        whole = [layer for layer in (3, 2, 1) if layer in delta and len(delta[layer]) == recipe.sizes[layer]]
        true = [abs(delta[layer]).mean() for layer in whole]
        assert [value for _, value, _ in found] == ([figure(mean) for mean in true] if len(whole) > 1 else [])
    assert [name for name, _, _ in found] == ["output layer", "hidden layer 2", "hidden layer 1"]
    logs = [math.log10(mean) for mean in true]
    assert [width for _, _, width in found] == pytest.approx(
        [10 + 90 * (log - min(logs)) / (max(logs) - min(logs)) for log in logs], abs=0.06
    )


def test_an_error_of_nothing_has_no_bar() -> None:
    recipe = Recipe(
        data="xor", hidden=(2,), activation="relu", parameters=(0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 1.0, 1.0, 0.0)
    )
    found = Gradient(Replay().numbers(Lab(recipe, len(Lab(recipe).moments) - 2))).errors
    assert [(value, width) for _, value, width in found] == [("0.5", 10.0), ("0", 0.0)]


def test_a_bar_goes_from_the_middle_to_the_side_of_its_sign_and_the_largest_fills_half() -> None:
    bars = [bar for _, layer in downhill(LENGTH - 1).gradient for bar in layer]
    for bar in bars:
        assert (bar.x, bar.x + bar.width)[bar.value.startswith(MINUS)] == 50
    assert max(bar.width for bar in bars) == 50
    assert {bar.side for bar in bars} >= {"less", "more"}
