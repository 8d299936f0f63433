"""The narration: word for word through one iteration, and what it says of any moment is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.lab.itinerary import PACES, doing, onward
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay
from app.page.selection import natural_pick
from app.page.summary import in_short
from app.story.formulas.maths_voice import in_maths
from app.story.narration import Narration, narrate
from tests.lab.recipes import recipes
from tests.story.claims import check_claims
from tests.web.checker import check_narration
from tests.web.facts import Facts
from tests.web.oracle import known, moments_of, network_of
from tests.web.sayable import Sayable

REPLAY, AND = Replay(), Recipe(data="and", hidden=(3,))
ITERATION = [
    "Input, example 1 of 4. x₁ = 1 and x₂ = 1; the target is 1. Nothing has fired yet. "
    "Next: the signal moves on to the hidden layer.",
    "Forward, hidden layer. h₁ = 0.878, h₂ = 0.967 and h₃ = 0.510. h₂ hears its bias 0 and most of all "
    "x₂ through "
    "w₂₂ = 1.42. Next: the signal moves on to ŷ.",
    "Forward, output layer. ŷ adds up what it hears: its bias 0 and most of all h₁ through v₁ = 0.672. "
    "The sum is "
    "z = 0.449, and its sigmoid makes it a = 0.611. Next: compare the output with its target.",
    "Cost. The network says ŷ = 0.611; the target is 1. Being that wrong costs C = 0.493. "
    "Next: the error moves back to ŷ.",
    "Backward, output layer. ŷ receives blame ∂C/∂a = −1.64 from the cost. Times its slope f′ = 0.238 "
    "that makes its "
    "error δ = −0.389: it should fire more ▲. Next: the error moves back to the hidden layer.",
    "Backward, hidden layer. Blame comes back through the same wires. δ of h₁ = −0.0598, h₂ = 0.00275 "
    "and h₃ = 0.0210. "
    "h₁ is blamed most and should fire more ▲. Next: every dial moves a little against its gradient.",
    "Descent. Every dial has moved against its own gradient, η = 0.3. c moved most: 0 → 0.117. On this "
    "example the cost "
    "goes from 0.493 to 0.369. Next: another example.",
]


def told(recipe: Recipe, place: int, pace: str = "layer", example: int = 0) -> Narration:
    """Tell a place as somebody hears it who walks at this pace."""
    lab, network = Lab(recipe, place), recipe.network
    coming = range(place + 1, onward(network, place, pace) + 1)
    moments = tuple(lab.moments[at % len(lab.moments)] for at in coming)
    return narrate(REPLAY.numbers(lab), example, doing(network, place, pace), moments)


def text_at(recipe: Recipe, place: int, pace: str = "layer") -> str:
    found = told(recipe, place, pace)
    return f"{found.title} {found.text} {found.next}"


def test_one_iteration_word_for_word() -> None:
    place, heard = 0, []
    while place < 11:
        heard.append(text_at(AND, place))
        place = onward(AND.network, place, "layer")
    assert heard == ITERATION


def test_neuron_by_neuron_each_one_is_told_by_itself() -> None:
    assert text_at(AND, 8, "neuron") == (
        "Backward, hidden layer. h₂ receives blame ∂C/∂a = 0.0417 through the wires its signal went out "
        "by. Times its "
        "slope f′ = 0.0659 that makes its error δ = 0.00275: it should fire less ▼. Next: the error "
        "moves back to h₃."
    )
    assert told(AND, 1, "neuron").next == "Next: the signal moves on to h₂."


@pytest.mark.walk
@settings(deadline=None, max_examples=60, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 2), st.sampled_from(PACES), st.integers(0, 3))
def test_every_number_and_every_claim_is_true_at_every_moment_in_both_voices(
    recipe: Recipe, iteration: int, pace: str, example: int
) -> None:
    length, example = len(moments_of(network_of(recipe))), example % recipe.batch
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        truth, numbers = known(recipe, place), REPLAY.numbers(Lab(recipe, place))
        found, facts, sayable = told(recipe, place, pace, example), Facts(truth, example), Sayable(truth)
        check_narration(f"{found.title} {found.text} {found.next}", facts, sayable, "")
        check_claims(found.text, facts)
        recent = doing(recipe.network, place, pace)
        maths = in_maths(numbers, example, natural_pick(numbers, example, recent), found.text)
        check_narration(maths, facts, sayable, "maths")
        assert (maths == found.text) == (truth.phase == "input")


TWO_SILENT = replace(AND, changes=(Change(0, "example", 4.0),))  # x₁ = x₂ = 0: their wires have nothing to do
ONE_AWAKE = Recipe(
    data="and",
    hidden=(2,),
    activation="relu",
    output="linear",
    cost="quadratic",
    parameters=(0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 1.0, 1.0, 0.0),
)


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (TWO_SILENT, "4 of 13 dials have moved against their own gradient; the others have none, η = 0.3."),
        (ONE_AWAKE, "1 of 9 dials has moved against its own gradient; the others have none, η = 0.3."),
        (
            replace(TWO_SILENT, optimiser="momentum"),
            "4 of 13 dials have moved as Momentum would have it, η = 0.3.",
        ),
        (
            replace(AND, optimiser="adam", regulariser="l2"),
            "Every dial has moved as Adam and L2 would have it, η = 0.3.",
        ),
        (replace(AND, regulariser="l1", decay=0.1), "Every dial has moved as L1 would have it, η = 0.3."),
    ],
)
def test_a_descent_says_how_many_dials_have_moved_and_by_what_rule(recipe: Recipe, said: str) -> None:
    assert told(recipe, 8 if recipe is ONE_AWAKE else 10).text.startswith(said)


@pytest.mark.parametrize(("key", "name"), [("tanh", "tanh"), ("relu", "ReLU"), ("leaky-relu", "leaky ReLU")])
def test_an_activation_is_called_by_its_name_and_not_by_its_key(key: str, name: str) -> None:
    recipe = replace(AND, activation=key)
    assert f"and its {name} makes it a = " in told(recipe, 1, "neuron").text
    assert in_short(recipe, 0.3, 0.3)[0] == f"AND · 2 → 3 → 1 · {name}"


def test_where_nothing_moves_nothing_is_said_to_have_moved_most() -> None:
    dead = Recipe(
        data="and",
        hidden=(2,),
        activation="relu",
        output="linear",
        cost="quadratic",
        parameters=(0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 1.0, 1.0, 1.0),
    )
    assert told(dead, 7).text.endswith("δ of h₁ = 0 and h₂ = 0. Nobody keeps any.")
    assert told(dead, 8).text == "No dial has moved, η = 0.3. On this example the cost goes from 0 to 0."
    assert told(dead, 6, "neuron").text.endswith("that makes its error δ = 0: it has nothing to answer for.")


def test_a_neuron_that_hears_nothing_is_said_to_hear_only_its_bias() -> None:
    assert "its bias 0 and silence from every wire. The sum is z = 0" in told(TWO_SILENT, 1, "neuron").text


def test_long_layers_are_told_by_their_ends_and_batches_by_their_mean() -> None:
    wide = Recipe(data="digits", hidden=(5,), output="softmax", batch=3)
    assert " It stands for a batch of 3." in told(wide, 0).text
    assert "is the loudest, " in told(wide, 5).text
    assert told(wide, 6).title == "Forward, output layer, all at once."
    assert "is the loudest output, " in told(wide, 7).text
    assert " The batch's mean cost is " in told(wide, 7).text
    assert "is the largest error, " in told(wide, 8).text
    assert "On this batch the cost goes from " in told(wide, 14).text


@pytest.mark.parametrize(
    ("place", "pace", "said"),
    [
        (0, "phase", "Next: the signal moves on to the output."),
        (0, "iteration", "Next: on to the descent."),
        (5, "phase", "Next: the error moves back to the first hidden layer."),
        (10, "iteration", "Next: the whole next iteration, from another example to the descent."),
        (3, "phase", "Next: the signal moves on to ŷ."),
    ],
)
def test_the_next_click_is_announced(place: int, pace: str, said: str) -> None:
    assert told(AND, place, pace).next == said


def test_the_end_of_the_longest_run_is_announced() -> None:
    numbers = REPLAY.numbers(Lab(AND, 10))
    assert (
        narrate(numbers, 0, (numbers.moment,), ()).next
        == "This is the longest run there is; go back, or start again."
    )
