"""The narration: word for word through one iteration, and what it says of any moment is so."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.datasets.own import own_from
from app.engine.parameters import zeros
from app.lab.itinerary import PACES, doing, onward
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay
from app.page.selection import natural_pick
from app.story.formulas.maths_voice import in_maths
from app.story.narration import Narration, narrate
from tests.lab.recipes import recipes
from tests.story.claims import check_claims, check_voice
from tests.web.checker import check_narration
from tests.web.facts import Facts
from tests.web.oracle import known, moments_of, network_of
from tests.web.sayable import Sayable

REPLAY, AND = Replay(), Recipe(data="and", hidden=(3,))
ITERATION = [
    "Input: Two inputs, 1 and 1. The answer should be 1. Let us see what the network says. "
    "Next: the signal moves on to the hidden layer.",
    "Forward: h₂ is the loudest of three, with 0.97; h₃ is the quietest. Next: the signal moves on to ŷ.",
    "Forward: ŷ listens to h₁, h₂ and h₃ and answers 0.61. Next: compare the output with its target.",
    "Cost: It said 0.61 and should say 1: 0.39 too quiet. That costs 0.49. Next: the error moves back to ŷ.",
    "Backward: ŷ gets the first blame: it should be louder. Next: the error moves back to the hidden layer.",
    "Backward: ŷ points at h₁, through a weight of 0.67. For ŷ to be louder, h₁ should be louder. "
    "Next: every dial moves a little against its gradient.",
    "Descent: All 13 dials moved. Asked the same again, ŷ now says 0.69 instead of 0.61: better. "
    "Next: another example.",
]


def told(recipe: Recipe, place: int, pace: str = "layer", example: int = 0) -> Narration:
    """Tell a place as somebody hears it who walks at this pace."""
    lab, network = Lab(recipe, place), recipe.network
    coming = range(place + 1, onward(network, place, pace) + 1)
    moments = tuple(lab.moments[at % len(lab.moments)] for at in coming)
    return narrate(REPLAY.numbers(lab), example, doing(network, place, pace), moments)


def text_at(recipe: Recipe, place: int, pace: str = "layer") -> str:
    return " ".join(told(recipe, place, pace).lines)


def test_one_iteration_word_for_word() -> None:
    place, heard = 0, []
    while place < 11:
        found = told(AND, place)
        heard.append(f"{found.title}: {' '.join(found.lines)} {found.next}")
        place = onward(AND.network, place, "layer")
    assert heard == ITERATION


def test_neuron_by_neuron_each_one_is_told_by_itself() -> None:
    assert text_at(AND, 1, "neuron") == "h₁ adds up what it hears and says 0.88. It listens most to x₁."
    assert (
        text_at(AND, 8, "neuron") == "h₂ gets blame back through the wires it spoke by: it should be quieter."
    )
    assert told(AND, 1, "neuron").next == "Next: the signal moves on to h₂."


def test_three_of_four_who_are_pointed_at_alike_are_all_named() -> None:
    dials = zeros((2, 4, 1))
    dials.w[1][:], dials.w[2][0] = 0.5, (1.0, 1.0, 0.25, 1.0)
    recipe = Recipe(data="and", hidden=(4,), parameters=tuple(dials.vector().tolist()))
    place = next(at for at, moment in enumerate(Lab(recipe).moments) if moment.phase == "backward") + 1
    text = text_at(recipe, onward(recipe.network, place, "layer"))
    assert text == "ŷ points at h₁, h₂ and h₄ alike, and they get the same blame."
    assert check_claims(text, Facts(known(recipe, onward(recipe.network, place, "layer")), 0))


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
        facts, sayable = Facts(truth, example), Sayable(truth)
        check_claims(" ".join(told(recipe, place, pace, example).lines), facts)
        recent = doing(recipe.network, place, pace)
        maths = in_maths(numbers, example, natural_pick(numbers, example, recent))
        line = Element("p")
        line.text = "; ".join(maths)
        check_narration(line, facts, sayable, "maths")
        assert (maths == []) == (truth.phase == "input")


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("key", PRESETS)
def test_the_story_has_no_symbol_at_most_two_numbers_a_sentence_and_none_that_is_almost_0(
    key: str, pace: str
) -> None:
    recipe = PRESETS[key]
    for iteration in (0, 24):
        place = iteration * len(Lab(recipe).moments)
        end = place + len(Lab(recipe).moments)
        while place < end:
            found = told(recipe, place, pace)
            check_voice(" ".join([*found.lines, found.next]))
            place = onward(recipe.network, place, pace)


@pytest.mark.parametrize("text", ["δ is 1.", "It says 1, 2 and 3.", "It says 0.001.", "The slope f′ is 1."])
def test_what_is_no_story_is_found(text: str) -> None:
    with pytest.raises(AssertionError):
        check_voice(text)


@pytest.mark.parametrize("key", PRESETS)
def test_what_the_story_of_a_preset_claims_is_so_from_its_first_iterations_on(key: str) -> None:
    recipe, count = PRESETS[key], 0
    for iteration in (0, 7):
        for place in range(iteration * len(Lab(recipe).moments), (iteration + 1) * len(Lab(recipe).moments)):
            count += check_claims(text_at(recipe, place), Facts(known(recipe, place), 0))
    assert count > 9


TWO_SILENT = replace(AND, changes=(Change(0, "example", 4.0),))  # x₁ = x₂ = 0: their wires have nothing to do
ONE_AWAKE = Recipe(
    data="and",
    hidden=(2,),
    activation="relu",
    output="linear",
    cost="quadratic",
    parameters=(0.0, 0.0, 0.0, 0.0, -1.0, -1.0, 1.0, 1.0, 0.0),
)
NONE_WRONG = replace(ONE_AWAKE, parameters=(*ONE_AWAKE.parameters[:-1], 1.0))


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (TWO_SILENT, "Four of 13 dials moved. "),
        (ONE_AWAKE, "One of nine dials moved. "),
        (replace(TWO_SILENT, optimiser="momentum"), "Four of 13 dials moved, by Momentum. "),
        (replace(AND, optimiser="adam", regulariser="l2"), "All 13 dials moved, by Adam and L2. "),
        (replace(AND, regulariser="l1", decay=0.1), "All 13 dials moved, by L1. "),
        (PRESETS["overshoot"], "Both dials moved. "),
        (replace(AND, held=("b-1-1", "w-2-1-2")), "All eleven free dials moved. "),
        (replace(PRESETS["overshoot"], held=("b-1-1",)), "The only free dial moved. "),
        (NONE_WRONG, "No dial moved: no blame came. "),
        (
            replace(AND, eta=1e-20, initialiser="equal", parameters=(1.0,) * 13),
            "No dial moved: the steps were too small. ",
        ),
    ],
)
def test_a_descent_says_how_many_dials_have_moved_and_by_whose_rule(recipe: Recipe, said: str) -> None:
    assert text_at(recipe, len(Lab(recipe).moments) - 1).startswith(said)


def test_where_nothing_is_wrong_nobody_is_blamed_and_nothing_gets_better() -> None:
    assert [text_at(NONE_WRONG, place) for place in (4, 5, 7, 8)] == [
        "It said 1, as it should: exactly right. That costs 0.",
        "Nothing is wrong here, so nobody gets any blame.",
        "ŷ points at nobody. No blame comes to the hidden layer.",
        "No dial moved: no blame came. Asked the same again, ŷ still says 1: no better and no worse.",
    ]
    assert text_at(NONE_WRONG, 6, "neuron") == "No blame stays with h₁."


def test_a_neuron_that_hears_nothing_listens_to_nobody() -> None:
    assert text_at(TWO_SILENT, 1, "neuron") == "h₁ adds up what it hears and says 0."
    assert text_at(TWO_SILENT, 3) == "All of them are equally loud: each says 0."


def test_long_layers_are_told_by_their_ends_and_batches_by_their_mean() -> None:
    wide = Recipe(data="digits", hidden=(5,), output="softmax", batch=3)
    assert text_at(wide, 0) == (
        "One of three that are asked together: seven inputs. The answer should be “8”."
    )
    assert text_at(wide, 5) == "h₁ is the loudest of five, with 0.99; h₅ is the quietest."
    assert text_at(wide, 6) == "The loudest output is “0”, with 0.16."
    assert text_at(wide, 7).endswith(" All three asked together cost 2.53 on average.")
    assert text_at(wide, 8) == "“8” gets most of the first blame: it should be louder."
    assert "they cost 2.16 instead of 2.53: " in text_at(wide, 14)


def test_outputs_that_are_many_or_silent_are_told_by_what_they_share() -> None:
    adder = Recipe(data="half-adder", hidden=(2,), initialiser="equal", output="relu", cost="quadratic")
    zero = (0.0,) * len(adder.first_parameters())
    assert text_at(replace(adder, parameters=zero), 4) == "Every output is silent."
    assert text_at(replace(adder, parameters=(*zero[:-2], 1.0, 1.0)), 4) == "ŷ₁ and ŷ₂ are equally loud."
    digits = Recipe(data="digits", hidden=(2,), output="softmax")
    flat = replace(digits, parameters=(0.0,) * len(digits.first_parameters()))
    assert text_at(flat, 3) == "All or many outputs are equally loud."


def test_inputs_and_right_answers_that_are_many_are_counted() -> None:
    assert text_at(PRESETS["digits"], 0).startswith("Seven inputs. The answer should be “8”. ")
    assert text_at(PRESETS["half-adder"], 0).startswith(
        "Two inputs, 1 and 1. The answers should be 0 and 1. "
    )
    own = own_from({"inputs": [[1, 2]], "targets": [[0, 1, 1]]})
    assert text_at(Recipe(data=own.key, own=own, hidden=(2,)), 0).startswith(
        "Two inputs, 1 and 2. There are three right answers. "
    )


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
    numbers, said = REPLAY.numbers(Lab(AND, 10)), "This is the longest run there is; go back, or start again."
    assert narrate(numbers, 0, (numbers.moment,), ()).next == said


def test_where_all_dials_are_held_none_moves_and_the_story_says_so() -> None:
    recipe = Recipe(hidden=(), held=("w-1-1-1", "w-1-1-2", "b-1-1"))
    numbers = REPLAY.numbers(Lab(recipe, len(Lab(recipe).moments) - 1))
    assert "No dial moved: all are held still." in narrate(numbers, 0, (numbers.moment,), ()).lines[0]
    assert numbers.after.vector().tolist() == numbers.parameters.vector().tolist()


def test_none_of_two_that_are_as_far_from_0_is_the_loudest() -> None:
    pair = Recipe(data="xor", hidden=(2,), activation="tanh")
    both = replace(pair, parameters=(1.0, 1.0, -1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 0.0))
    assert text_at(both, 2) == "h₁ says 0.76 and h₂ says −0.76."
