"""Questions: posable, no answer right too often, and graded alike by plain arithmetic of its own."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.question import Posed
from app.lessons.questions import QUESTIONS
from tests.lessons.measure import Tally, measure

STATES = int(os.environ.get("QUESTION_STATES", "150"))
SINCE = ["side", "blamed", "way", "wire", "loudest", "choked", "left", "falls", "elsewhere", "rate"]


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure(STATES, seed=11)


def test_there_are_twelve_and_they_keep_their_order() -> None:
    assert list(QUESTIONS) == [*SINCE, "amount", "unplug"]
    assert all(question.key == key for key, question in QUESTIONS.items())


@pytest.mark.parametrize("key", QUESTIONS)
def test_each_can_be_asked_in_half_of_the_states_and_no_answer_is_right_in_two_thirds(
    key: str, tallies: dict[str, Tally]
) -> None:
    tally = tallies[key]
    assert tally.at_hand > STATES / 2
    assert tally.posed >= tally.at_hand / 2
    assert max(tally.answers.values()) <= tally.posed * 2 / 3


def test_plain_arithmetic_gives_the_same_answers(tallies: dict[str, Tally]) -> None:
    assert [line for tally in tallies.values() for line in tally.disagreed] == []


def at_end(recipe: Recipe, iteration: int = 0) -> Numbers:
    lab = Lab(recipe)
    return Replay().numbers(lab.go((iteration + 1) * len(lab.moments) - 1))


def posed(key: str, recipe: Recipe, iteration: int = 0) -> Posed | None:
    numbers = at_end(recipe, iteration)
    assert QUESTIONS[key].known(numbers, Lab(recipe).moments)
    return QUESTIONS[key].pose(numbers, 0)


def test_neurons_that_all_do_the_same_are_all_right() -> None:
    found = posed("blamed", Recipe(initialiser="zeros", parameters=(0.5,) * 9 + (0.4,) * 3 + (0.0,)))
    assert found is not None
    assert all(found.is_right(choice.key) for choice in found.choices)
    assert "the same" in found.why


def test_a_guess_is_near_enough_within_a_tenth_and_half_a_thousandth() -> None:
    found = Posed(text="", value=-0.02, why="", wrong={"": "no"})
    assert [found.is_right(text) for text in ("-0,0219", "−0.0181", "-0.0223", "0.02", "x")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert found.takes("1/50")
    assert not found.takes("up")
    assert found.name("0,1") == "0,1"
    assert found.misconception("1") == "no"
    assert Posed(text="", value=1e-4, why="").is_right("0.0005")


def test_a_weight_that_is_held_stays_whatever_its_gradient() -> None:
    recipe = Recipe(data="or", hidden=(2,), held=tuple(f"w-1-{j}-{k}" for j in (1, 2) for k in (1, 2)))
    found = next(p for at in range(40) if (p := posed("way", recipe, at)) and "held" in p.why)
    assert found.right == {"stay"}


def test_a_weight_that_goes_on_with_its_momentum_is_told_so() -> None:
    recipe = Recipe(optimiser="momentum", eta=0.5)
    told = [p for at in range(80) if (p := posed("way", recipe, at))]
    assert any("does not go against" in one.why for one in told)


def test_by_how_much_is_told_without_a_product_where_the_rule_is_another() -> None:
    plain, other = (posed("amount", Recipe(optimiser=key)) for key in ("descent", "adam"))
    assert plain
    assert other
    assert "·" in plain.why
    assert "·" not in other.why


@pytest.mark.parametrize("key", ["falls", "elsewhere", "unplug"])
def test_what_has_not_happened_decides_nothing(key: str) -> None:
    assert QUESTIONS[key].pose(Replay().numbers(Lab(Recipe(), 0)), 0) is None


def test_where_nothing_is_wrong_nothing_is_asked_about_the_error() -> None:
    right = Recipe(data="line", output="linear", cost="quadratic", hidden=(1,), size=10, noise=0.0)
    zero = replace(right, data="and", output="step", parameters=(0.0,) * 3 + (0.0, -1.0))
    assert at_end(zero).backward.delta[2].item() == 0.0
    assert posed("left", zero) is None
    assert posed("side", zero, 1) is None
    assert posed("amount", zero) is None


def test_an_eta_beyond_all_numbers_is_no_question() -> None:
    found = Recipe(data="line", output="linear", cost="quadratic", activation="linear", hidden=(2,), eta=1e-9)
    assert posed("rate", found) is None
