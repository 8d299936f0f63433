"""Who is to blame has one answer: whom the hand points at and who keeps most are both named, and where they
differ, why."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.blame import blame_of, pointing
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.notation import names
from app.page.selection import Selection
from app.page.view import View
from app.story.narration import narrate
from tests.story.claims import tops

REPLAY = Replay()
XOR = Recipe(data="xor", hidden=(2,), activation="linear", cost="quadratic")  # begins with x = (0, 1), y = 1


def after_layer(recipe: Recipe, layer: int, iteration: int = 0) -> Lab:
    """Return the lab where the last neuron of a layer has just got its blame."""
    moments = Lab(recipe).moments
    return Lab(
        recipe,
        iteration * len(moments)
        + max(at for at, one in enumerate(moments) if one[:2] == ("backward", layer)),
    )


def story(recipe: Recipe, layer: int, iteration: int = 0, example: int = 0) -> str:
    """Tell a hidden layer's blame as one hears it layer by layer."""
    lab = after_layer(recipe, layer, iteration)
    recent = tuple(moment for moment in lab.moments if moment[:2] == ("backward", layer))
    return " ".join(narrate(REPLAY.numbers(lab), example, recent, ()).lines)


def named(sizes: tuple[int, ...], layer: int, numbers: list[int]) -> set[str]:
    return {names.neuron(sizes, layer, j) for j in numbers}


def truth(numbers: Numbers, layer: int) -> tuple[int, list[int], list[int]]:
    """Return the loudest blamer above, whom it points at by w·δ, and who keeps most by δ; from 1."""
    above = numbers.backward.delta[layer + 1][:, 0]
    pointer = int(np.abs(above).argmax())
    passed = numbers.parameters.w[layer + 1][pointer] * above[pointer]
    return pointer + 1, tops(passed.tolist()), tops(numbers.backward.delta[layer][:, 0].tolist())


@pytest.mark.parametrize("key", [key for key, recipe in PRESETS.items() if recipe.hidden])
def test_over_25_iterations_hand_and_sentence_agree_or_the_sentence_says_why_not(key: str) -> None:
    recipe = PRESETS[key]
    sizes, last = recipe.sizes, len(recipe.sizes) - 1
    for iteration in range(25):
        for layer in range(1, last):
            numbers = REPLAY.numbers(after_layer(recipe, layer, iteration))
            pointer, pointed, kept = truth(numbers, layer)
            said = story(recipe, layer, iteration)
            called = numbers.recipe.dataset.called if layer + 1 == last else ()
            owner = f"“{called[pointer - 1]}”" if called else names.neuron(sizes, layer + 1, pointer)
            assert said.startswith(f"{owner} points at "), said
            hands = {source for _, to, source in pointing(numbers, 0, layer + 1) if to == pointer}
            assert hands == (set(pointed) if len(pointed) == 1 else set()), said
            whom = re.search(r"points at ([^.,]+)", said)[1]
            if len(pointed) == 1:
                assert whom == named(sizes, layer, pointed).pop(), said
            if len(pointed) == 1 and len(kept) == 1 and pointed != kept:
                most = named(sizes, layer, kept).pop()
                assert f"Yet {most} ends up with the most blame and should be " in said
                assert said.endswith((f": {whom} reacts less.", ": all above together send it more.")), said
            elif pointed == kept:
                assert "ends up" not in said
                assert "end up" not in said
            elif pointed:
                assert "Yet " in said


def test_muffled_ears_are_pointed_at_and_keep_least_because_they_react_less() -> None:
    assert story(PRESETS["ear-muffs"], 1) == (
        "ŷ points at h₂. Yet h₁ ends up with the most blame and should be quieter: h₂ reacts less."
    )


def test_what_the_others_above_send_can_outweigh_the_loudest() -> None:
    two = replace(XOR, data="half-adder")  # begins with y = (0, 1)
    recipe = replace(
        two, output="linear", parameters=(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 1.9, 0.0, -1.8, 1.1, 0.0)
    )
    said = story(recipe, 1)
    assert said == (
        "ŷ₁ points at h₁. Yet h₂ ends up with the most blame and should be quieter: all above together send "
        "it more."
    )


def test_the_others_above_can_turn_a_wish_round() -> None:
    recipe = replace(
        XOR,
        data="half-adder",
        output="linear",
        parameters=(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 3.0, 0.0, 1.1, 0.0),
    )
    assert story(recipe, 1) == (
        "ŷ₁ points at h₁, for it to be quieter. Yet all above together ask it to be louder."
    )


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ((1.0, 1.0), "ŷ points at h₁ and h₂ alike, and they get the same blame."),
        ((0.0, 0.0), "ŷ points at nobody. No blame comes to the hidden layer."),
        ((1.0, -0.5), "ŷ points at h₁, through a weight of 1. For ŷ to be louder, h₁ should be louder."),
        (
            (-2.0, 0.5),
            "ŷ points at h₁, through a weight of −2. The weight is below zero, so for ŷ to be louder, h₁ "
            "should be quieter.",
        ),
    ],
)
def test_one_blamer_points_at_one_at_several_or_at_nobody(weights: tuple[float, float], said: str) -> None:
    assert story(replace(XOR, parameters=(0.0,) * 6 + weights + (0.0,)), 1) == said


def test_of_many_pointed_at_alike_their_number_is_told() -> None:
    recipe = replace(XOR, hidden=(6,), parameters=(0.0,) * 18 + (1.0, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0))
    assert story(recipe, 1) == "ŷ points at four alike, and they get the same blame."


def test_of_several_pointed_at_alike_some_may_keep_more() -> None:
    recipe = replace(
        XOR, hidden=(3,), activation="sigmoid", parameters=(0.0,) * 6 + (0.0, 0.0, 3.0) + (1.0, 1.0, 1.0, 0.0)
    )
    assert story(recipe, 1) == (
        "ŷ points at all three alike. Yet h₁ and h₂ alike end up with the most blame and should be louder: "
        "h₃ reacts less."
    )
    recipe = replace(recipe, parameters=(*recipe.parameters[:8], 0.0, 2.0, 2.0, -2.0, 0.0))
    assert story(recipe, 1) == "ŷ points at all three alike, and they get the same blame."


def test_one_pointed_at_most_can_end_up_with_as_much_as_another() -> None:
    recipe = replace(
        XOR, data="half-adder", output="linear", parameters=(0.0,) * 6 + (2.0, 1.0, 0.0, 1.0, 1.0, 2.0)
    )
    assert story(recipe, 1) == (
        "ŷ₁ points at h₁. h₁ and h₂ alike end up with the most blame and should be quieter."
    )


def test_blame_that_gets_lost_is_told_with_its_reason() -> None:
    assert story(PRESETS["dead"], 1).endswith(
        "Yet no blame stays in the hidden layer: who gets it does not react."
    )
    against = replace(
        XOR, data="half-adder", output="linear", parameters=(0.0,) * 6 + (1.0, 0.0, -1.0, 0.0, 1.0, 2.0)
    )
    assert story(against, 1) == (
        "ŷ₁ points at h₁. Yet no blame stays in the hidden layer: all above together cancel it."
    )


def test_who_points_at_nobody_can_leave_the_blame_to_others() -> None:
    recipe = replace(
        XOR, data="half-adder", output="linear", parameters=(0.0,) * 6 + (0.0, 0.0, 1.0, 0.5, 5.0, 2.0)
    )
    assert story(recipe, 1) == "ŷ₁ points at nobody. h₁ ends up with the most blame and should be quieter."


def test_what_is_only_rounding_points_at_nobody_and_has_no_rank() -> None:
    recipe = replace(
        XOR,
        data="half-adder",
        output="linear",
        hidden=(2,),
        parameters=(0.0,) * 6 + (0.1, 0.5, -0.1 * (1 + 2e-16), 0.25, 1.0, 2.0),
    )
    numbers = REPLAY.numbers(after_layer(recipe, 1))
    assert blame_of(numbers, 0, 1).kept == [2]
    noise = replace(recipe, parameters=(0.0,) * 6 + (0.3, 0.0, -0.1 * 3, 0.0, 1.0, 2.0))
    numbers = REPLAY.numbers(after_layer(noise, 1))
    assert numbers.backward.received[1][0, 0] == pytest.approx(0, abs=1e-15)
    assert blame_of(numbers, 0, 1).kept == []


def test_four_hands_at_most_and_none_of_who_is_hardly_blamed() -> None:
    digits = PRESETS["digits"]
    last = len(digits.sizes) - 1
    numbers = REPLAY.numbers(after_layer(digits, 1))
    sizes = np.abs(numbers.backward.delta[last][:, 0])
    owners = [to for _, to, _ in pointing(numbers, 0, last)]
    assert len(owners) <= 4
    assert owners == sorted(owners, key=lambda j: -sizes[j - 1])
    assert all(sizes[j - 1] > 0.1 * sizes.max() for j in owners)
    twins = REPLAY.numbers(after_layer(PRESETS["twins"], 1))
    assert pointing(twins, 0, 2) == pointing(twins, 0, 1) == ()  # at two alike, and at inputs nobody points


def test_the_picture_has_the_hands_of_the_sentence() -> None:
    lab = after_layer(PRESETS["ear-muffs"], 1)
    recent = tuple(moment for moment in lab.moments if moment[:2] == ("backward", 1))
    seen = Selection(numbers=REPLAY.numbers(lab), example=0, recent=recent, view=View())
    assert seen.hands("error") == seen.hands("blame") == ((2, 1, 2),)
    assert seen.hands("weights") == seen.hands("gradient") == ()


def test_two_of_whom_opposite_things_are_asked_may_share_another_blamers_blame() -> None:
    outputs = (0.0, 0.0, 1.0, -1.0, 5.0, 0.0)  # the loudest blamer hears nobody
    recipe = replace(XOR, data="half-adder", output="linear", parameters=(0.0,) * 6 + outputs)
    assert story(recipe, 1) == "ŷ₁ points at nobody. h₁ and h₂ alike end up with the most blame."


def test_a_layer_that_no_blame_comes_to_is_called_by_its_number_where_there_are_several() -> None:
    deep = replace(XOR, hidden=(2, 2), parameters=(0.0,) * 15)
    assert story(deep, 2) == "ŷ points at nobody. No blame comes to the hidden layer 2."
