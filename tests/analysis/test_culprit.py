"""Who is to blame when a run runs away: η only where η is, and the remedy that is offered helps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.culprit import Culprit, comes_down, culprit_of, suspects
from app.datasets.own import own_from, scaled
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Replay
from app.story.notices import blamed, remedy

PEOPLE = own_from(  # age and salary
    {"inputs": [[25, 30_000], [40, 85_000], [31, 52_000], [60, 99_000]], "targets": [[0], [1], [0], [1]]}
)
LINEAR = {"activation": "linear", "output": "linear", "cost": "quadratic"}
CASES = [
    (Recipe(hidden=(2,), eta=0.5, regulariser="l2", decay=10.0), "decay", "1 − η·λ = −4", "λ = 0.2"),
    (Recipe(hidden=(2,), eta=0.5, regulariser="l1", decay=10.0), "decay", "pulls every weight", "λ = 0.2"),
    (Recipe(data=PEOPLE.key, own=PEOPLE, test=0.0, eta=0.1, **LINEAR), "inputs", "up to 99000", "scaled"),
    (Recipe(data="half-adder", eta=100.0, **LINEAR), "eta", "η = 100 is too large", "η = 0.1"),
    (Recipe(changes=(Change(2, "eta", 90.0),), **LINEAR), "eta", "η = 90 is too large", "η = 0.09"),
    (Recipe(parameters=tuple(300.0 * (-1) ** at for at in range(13)), **LINEAR), "dials", "given", "drawn"),
    (Recipe(changes=(Change(0, "w-1-1-1", 1e5),), **LINEAR), "dials", "typed in", "drawn"),
]


@pytest.mark.parametrize(("recipe", "what", "said", "offered"), CASES)
def test_the_one_choice_is_blamed_without_which_it_comes_down(
    recipe: Recipe, what: str, said: str, offered: str
) -> None:
    found = culprit_of(recipe, 6)
    assert found.what == what
    assert said in blamed(found, recipe)
    assert offered in remedy(found)
    better = found.remedy
    Replay().numbers(Lab(better, 50 * len(Lab(better).moments)))  # it is finite


def test_where_nothing_helps_nothing_is_offered() -> None:
    best = own_from({"inputs": [[0.0]], "targets": [[0.0]]})  # nothing is lower than the first cost, −∞ apart
    recipe = Recipe(data=best.key, own=best, test=0.0, hidden=(), parameters=(1.0, 0.0), **LINEAR)
    assert culprit_of(recipe, 3).what == "dials"  # the very first trial is level, and level is no higher
    assert (remedy(Culprit("eta", None)), remedy(culprit_of(recipe, 3))) == (
        "",
        "Begin anew with drawn dials",
    )


def test_where_no_choice_is_to_blame_nobody_offers_another() -> None:
    best = own_from(
        {"inputs": [[1.0]], "targets": [[0.5]]}
    )  # which equal dials answer rightly from the start
    pulled = Recipe(
        data=best.key,
        own=best,
        test=0.0,
        hidden=(),
        initialiser="equal",
        regulariser="l2",
        decay=1.0,
        **LINEAR,
    )
    assert culprit_of(pulled, 10) == Culprit("eta", None)


def test_weights_that_lambda_multiplies_by_minus_four_grow_until_lambda_is_named() -> None:
    recipe = CASES[0][0]
    with pytest.raises(Diverged):
        Replay().numbers(Lab(recipe, 1000 * len(Lab(recipe).moments)))


def test_scaled_examples_lie_between_minus_one_and_one_and_a_constant_is_zero() -> None:
    found = scaled(own_from({"inputs": [[10, 5], [20, 5], [40, 5]], "targets": [[0], [1], [1]]}))
    assert np.allclose(found.x, [[-1, -1 / 3, 1], [0, 0, 0]])
    assert found.y.tolist() == [[0, 1, 1]]


def test_suspects_come_in_their_order_each_a_tenth_of_what_it_was() -> None:
    changes = (Change(1, "eta", 1.0), Change(2, "w-1-1-1", 5.0))
    recipe = Recipe(data=PEOPLE.key, own=PEOPLE, test=0.0, eta=0.5, changes=changes)
    recipe = replace(recipe, regulariser="l2", decay=0.3)
    found = [(what, one.eta, one.decay, one.changes) for what, one in suspects(recipe)]
    assert found[:4] == [
        ("decay", 0.5, 0.03, changes),
        ("dials", 0.5, 0.3, changes[:1]),
        ("inputs", 0.5, 0.3, changes),
        ("inputs", 0.1, 0.3, changes[1:]),
    ]
    assert found[4:] == [("eta", float(f"1e-{tenths}"), 0.3, changes[1:]) for tenths in range(1, 13)]
    strong = next(suspects(replace(recipe, decay=4.0)))[1]
    assert strong.decay == 0.1  # a tenth of that with which η = 1 would leave nothing
    assert {one.own.key for what, one in suspects(recipe) if what == "inputs"} == {scaled(PEOPLE).key}


def test_what_is_not_there_is_no_suspect() -> None:
    for idle in (Recipe(regulariser="none", decay=0.3), Recipe(regulariser="l2", decay=0.0)):
        assert {what for what, _ in suspects(idle)} == {"eta"}


def test_a_remedy_is_a_tenth_written_with_one_digit() -> None:
    recipe = Recipe(data=PEOPLE.key, own=PEOPLE, test=0.0, eta=0.64, regulariser="l2", decay=0.59)
    found = [(what, one.eta, one.decay) for what, one in suspects(recipe)]
    assert found[:4] == [
        ("decay", 0.64, 0.06),
        ("inputs", 0.64, 0.59),
        ("inputs", 0.06, 0.59),
        ("eta", 0.06, 0.59),
    ]


@pytest.mark.parametrize(("largest", "unscaled"), [(3.0, False), (-3.5, True), (99_000.0, True)])
def test_inputs_are_unscaled_where_any_of_them_lies_beyond_three(largest: float, unscaled: bool) -> None:
    own = own_from({"inputs": [[0.0, 1.0], [1.0, largest]], "targets": [[0], [1]]})
    found = [what for what, _ in suspects(Recipe(data=own.key, own=own, test=0.0))]
    assert ("inputs" in found) == unscaled


def test_a_trial_takes_all_that_is_set_from_the_very_first_iteration_on() -> None:
    typed = Recipe(eta=0.1, changes=(Change(0, "w-1-1-1", 1e5),), **LINEAR)
    assert comes_down(replace(typed, changes=()), 56)
    assert not comes_down(typed, 56)


def test_a_run_whose_first_cost_is_no_number_does_not_come_down() -> None:
    own = own_from({"inputs": [[1.0]], "targets": [[0.5]]})
    recipe = Recipe(data=own.key, own=own, test=0.0, hidden=(), eta=0.5, parameters=(1e160, 0.0), **LINEAR)
    assert comes_down(replace(recipe, parameters=(1e150, 0.0)), 1)  # one step, and it answers about rightly
    assert not comes_down(recipe, 1)  # (1e160)² is beyond all numbers


def test_a_trial_goes_beyond_the_trouble_but_not_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[int] = []
    monkeypatch.setattr("app.analysis.culprit.comes_down", lambda _, reach: reached.append(reach) or True)
    for iteration in (6, 949, 951, 5_000):
        culprit_of(Recipe(), iteration)
    assert reached == [56, 999, 1_000, 1_000]
