"""What the cost asks of the outputs, and what becomes of that first blame."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.story.narration import narrate
from tests.story.claims import NAME
from tests.story.test_blame import XOR, after_layer, story

REPLAY = Replay()


@pytest.mark.parametrize(
    ("output", "cost", "bias", "said"),
    [
        ("linear", "quadratic", 0.0, "ŷ gets the first blame: it should be louder."),
        ("linear", "quadratic", 5.0, "ŷ gets the first blame: it should be quieter."),
        ("linear", "quadratic", 1.0, "Nothing is wrong here, so nobody gets any blame."),
        (
            "relu",
            "quadratic",
            -1.0,
            "The answer is wrong, but no output reacts any more, so all the blame is lost.",
        ),
        (
            "sigmoid",
            "quadratic",
            -8.0,
            "ŷ gets the first blame: it should be louder. But it hardly reacts any more, so it keeps almost "
            "none of it.",
        ),
        (
            "sigmoid",
            "cross-entropy",
            -8.0,
            "ŷ gets the first blame: it should be louder.",
        ),  # δ = ŷ − y: all of it
    ],
)
def test_the_first_blame_is_told_with_what_becomes_of_it(
    output: str, cost: str, bias: float, said: str
) -> None:
    recipe = replace(XOR, output=output, cost=cost, parameters=(0.0,) * 8 + (bias,))
    assert story(recipe, 2) == said


def test_of_several_outputs_the_most_blamed_is_named_or_how_many_share() -> None:
    adder = Recipe(data="half-adder", hidden=(2,), output="linear", cost="quadratic")  # y = (0, 1)
    rest = (0.0,) * 10
    assert story(replace(adder, parameters=(*rest, 0.3, 1.9)), 2) == (
        "ŷ₂ gets most of the first blame: it should be quieter."
    )
    assert (
        story(replace(adder, parameters=(*rest, 1.0, 0.0)), 2) == "Two outputs share the first blame alike."
    )
    lab = after_layer(replace(adder, parameters=(*rest, 0.3, 1.9)), 2)
    first = lab.go(lab.place - 1)
    told = narrate(REPLAY.numbers(first), 0, (first.moment,), ()).lines
    assert told == ["ŷ₁ gets blame from the cost: it should be quieter."]  # nobody knows ŷ₂'s yet
    assert re.findall(NAME, told[0]) == ["ŷ₁"]
