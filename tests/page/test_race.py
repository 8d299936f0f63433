"""The race beside the picture: true lines that bear their names, where each run leads, and what comes back of
the error."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, pairwise

import pytest

from app.analysis.history import History, cost_held_back, cost_of
from app.analysis.race import LEAST, RACES, first_errors
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from app.page.frame import Frame
from app.page.race import BOX, NAME, Race, build
from app.page.view import View
from app.story import race as words

XOR = replace(PRESETS["xor"], hidden=(3,))
HISTORY = History(Replay())


def race(recipe: Recipe = XOR, iteration: int = 0, **view: str | int) -> Race:
    """Ask for slices until all is known."""
    found = first_look(HISTORY, recipe, iteration, **view)
    while not found.complete:
        found = first_look(HISTORY, recipe, iteration, **view)
    return found


def first_look(history: History, recipe: Recipe, iteration: int = 0, **view: str | int) -> Race:
    lab = Lab(recipe, iteration * len(Lab(recipe).moments))
    numbers = history.replay.numbers(lab)
    return build(Frame(id="abc", lab=lab, numbers=numbers, view=View(panel="race", **view), history=history))


def test_without_a_run_each_runs_and_its_last_cost_is_true() -> None:
    found = race(race="optimiser")
    assert (found.last, [len(one.values) for one in found.runners]) == (LEAST, [LEAST + 1] * 4)
    for runner, recipe in zip(found.runners, RACES["optimiser"](XOR), strict=True):
        true = cost_of(recipe, LEAST, Replay().start(recipe, LEAST).parameters)
        assert runner.told == runner.ended == figure(true)
    assert [one.name for one in found.runners] == ["Descent", "Momentum", "RMSProp", "Adam"]
    assert race(iteration=LEAST + 5).last == LEAST + 5
    assert race(far=LEAST + 7).last == LEAST + 7


def test_this_run_is_drawn_solid_and_each_other_one_in_its_own_way() -> None:
    for kind in RACES:
        found = race(race=kind)
        kinds = [one.kind for one in found.runners]
        assert kinds.count("own") == 1
        assert len(set(kinds)) == len(kinds)
        assert [one.address == "" for one in found.runners] == [kind == "own" for kind in kinds]


@pytest.mark.walk
@pytest.mark.parametrize("key", ["vanishing", "and", "overshoot", "digits"])
def test_names_stand_clear_of_each_other_and_inside_the_chart_in_the_order_of_their_lines(key: str) -> None:
    for kind in RACES:
        found = race(PRESETS[key], race=kind).traces
        heights = sorted((one.height, one.end[1]) for one in found)
        assert all(below - above >= NAME - 1e-9 for (above, _), (below, _) in pairwise(heights))
        assert all(NAME / 2 <= height <= BOX[1] - NAME / 2 for height, _ in heights)
        assert [end for _, end in heights] == sorted(end for _, end in heights)


def test_a_run_that_diverges_says_where_and_leads_to_the_last_place_that_has_numbers() -> None:
    found = race(PRESETS["overshoot"])
    stopped = found.runners[-1]
    values = HISTORY.known(RACES["eta"](PRESETS["overshoot"])[-1])
    assert stopped.told == f"diverged at iteration {len(values) - 1}"
    assert (stopped.ended, len(stopped.values)) == ("diverged", len(values) - 1)
    assert f"&far={len(values) - 2}" in stopped.address
    assert found.cut
    assert found.edges[0] == figure(1.5 * found.runners[0].values[0])
    assert found.verdict == f"After 300 iterations the lowest is η 0.667, with {found.runners[0].cost}."


def test_the_lowest_is_named_and_a_tie_is_one() -> None:
    found = race(XOR)
    costs = {one.name: one.values[-1] for one in found.runners}
    best = min(costs, key=lambda name: costs[name])
    assert found.verdict == f"After 300 iterations the lowest is {best}, with {figure(costs[best])}."
    assert race(PRESETS["vanishing"]).verdict == "After 300 iterations all are level, at 0.694."
    assert words.verdict([], "", 300, level=False) == "All of them diverged."


def test_what_l2_is_good_for_shows_where_examples_are_held_back() -> None:
    recipe = PRESETS["overfit"]
    found = race(recipe, race="regulariser")
    assert found.measure == "Cost over the test examples"
    true = cost_held_back(recipe, LEAST, Replay().start(recipe, LEAST).parameters)
    assert found.runners[0].cost == figure(true)
    assert [one.name for one in found.runners] == ["without", "L2 λ 0.1", "L2 λ 1"]
    assert race(recipe).measure == race(race="regulariser").measure == "Cost over all training examples"


def test_of_a_deep_network_the_activations_race_and_what_comes_back_of_the_error_is_told() -> None:
    recipe = PRESETS["vanishing"]
    found = race(recipe)
    assert (found.kind, found.deep) == ("activation", True)
    sigmoid, relu = (first_errors(Replay(), replace(recipe, activation=key)) for key in ("sigmoid", "relu"))
    assert [one.name for one in found.passed][:2] == ["output", "hidden 6"]
    column = [one.left[0].text for one in found.passed]
    assert column[0] == figure(sigmoid[7])
    assert column[1:-1] == [f"÷ {figure(sigmoid[layer + 1] / sigmoid[layer])}" for layer in range(6, 0, -1)]
    assert column[-1] == f"÷ {figure(sigmoid[7] / sigmoid[1])}"
    assert found.passed[-1].left[2].text == f"÷ {figure(relu[7] / relu[1])}"
    assert relu[7] / relu[1] < 100 < 10_000 < sigmoid[7] / sigmoid[1]
    widths = [one.left[0].width for one in found.passed[:-1]]
    assert widths == sorted(widths, reverse=True)
    assert (min(widths), max(widths)) == (8.0, 100.0)


def test_a_small_network_has_its_chart_first_and_without_a_hidden_layer_nothing_comes_back() -> None:
    assert not race(race="activation").deep
    assert [one.name for one in race(race="activation").passed] == ["output", "hidden", "in all"]
    alone = race(replace(XOR, hidden=()), race="activation")
    assert (alone.passed, alone.verdict, len(alone.runners)) == ([], "", 1)
    assert alone.sentence == words.ALONE["activation"]


def test_where_no_error_comes_back_it_says_so() -> None:
    silent = replace(XOR, parameters=(0.0,) * 13)
    assert [one.text for one in first_look(HISTORY, silent, race="activation").passed[1].left] == ["→ 0"] * 4


def test_until_all_is_known_lines_grow_and_nobody_has_won() -> None:
    history = History(Replay(), (tick / 100 for tick in count()).__next__)
    found = first_look(history, XOR)
    assert not found.complete
    assert found.verdict == ""
    assert 0 < found.progress < 4 * LEAST
    assert first_look(history, XOR, run=500).progress == found.progress  # a run that goes on comes first
    waiting = first_look(History(Replay()), XOR, run=500)
    assert (waiting.complete, waiting.traces, [one.told for one in waiting.runners]) == (False, [], [""] * 4)


def test_a_run_of_ones_own_choice_is_raced_and_named_by_it() -> None:
    assert [one.name for one in race(race="other", other_eta="0.4").runners] == ["η 0.1", "η 0.4"]
    assert [one.name for one in race(race="other", other_seed="3").runners] == ["seed 0", "seed 3"]
    both = race(race="other", other_seed="3", other_optimiser="adam")
    assert [one.name for one in both.runners] == ["this run", "the other"]
    assert race(race="other").sentence == words.ALONE["other"]
