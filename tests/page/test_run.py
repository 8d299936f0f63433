"""The course of a run beside the picture: true lines, and slices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.history import History, cost_held_back, cost_of
from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from app.page.run import Run, run_of
from app.page.view import View

XOR = Recipe(
    data="xor", hidden=(3,), optimiser="momentum", eta=0.1, batch=2, changes=(Change(2, "eta", 0.2),)
)
BOWL = Recipe(
    data="article", hidden=(), output="linear", cost="quadratic", batch=4, eta=90.0, initialiser="normal"
)


def course(recipe: Recipe = XOR, iteration: int = 6, **view: str | int) -> Run:
    lab = Lab(recipe)
    return run_of(replace(lab, place=iteration * len(lab.moments)), History(Replay()), View(**view))


def finished(found: Run) -> Run:
    """Ask for slices until all is known."""
    history = History(Replay())
    while not run_of(found.lab, history, found.view).complete:
        pass
    return run_of(found.lab, history, found.view)


def test_the_line_and_the_number_are_the_costs_of_this_run() -> None:
    found = finished(course())
    true = [cost_of(XOR, at, Replay().start(XOR, at).parameters) for at in range(7)]
    assert found.known["cost"] == true
    assert found.cost_now == figure(true[-1])
    assert (found.top, found.bottom) == (figure(max(true)), "0")
    assert found.here == found.costs[0].line.at(6, true[6])
    assert [run.kind for run in found.costs] == ["own"]


def test_going_back_does_not_shorten_the_timeline() -> None:
    found = finished(course(iteration=2, far=9))
    assert (found.reach, len(found.known["cost"])) == (9, 3)
    assert found.here[0] < found.costs[0].line.at(9, 0.0)[0] == 292


def test_nothing_is_drawn_that_has_not_happened() -> None:
    lab, moments = Lab(XOR), len(Lab(XOR).moments)
    for at in range(2 * moments, 3 * moments):
        found = finished(run_of(replace(lab, place=at), History(Replay()), View(far=9)))
        come_back = lab.moments[at % moments].phase == "descent" or at % moments == moments - 2
        assert (len(found.known["cost"]), len(found.known["length"])) == (3, 2 + come_back)


def test_there_is_no_line_before_two_points_and_none_before_all_is_known() -> None:
    assert finished(course(iteration=0)).costs == []
    assert finished(course(iteration=0)).lengths is None
    slow = run_of(course().lab, History(Replay(), iter(range(10**6)).__next__), View())
    assert not slow.complete
    assert (slow.costs, slow.lengths, slow.cost_now) == ([], None, "")
    assert slow.progress >= 0


def test_a_run_that_diverges_is_drawn_as_far_as_it_is_finite() -> None:
    found = finished(course(BOWL, iteration=1000))
    known = found.known["cost"]
    assert 2 < len(known) < 1000
    assert found.costs[0].line.top == max(known)
    assert finished(course(BOWL, iteration=500)).here is None


def test_the_length_of_the_gradient_has_its_own_axis() -> None:
    found = finished(course(log=1))
    values = found.known["length"]
    assert len(values) == 6  # the seventh gradient has not come back yet
    assert found.length_edges == (figure(max(values)), figure(min(values)))


def test_the_test_cost_is_a_line_of_its_own_and_its_lowest_is_told() -> None:
    recipe = replace(PRESETS["overfit"], eta=0.2)
    found = finished(course(recipe, iteration=40))
    true = [cost_held_back(recipe, at, Replay().start(recipe, at).parameters) for at in range(41)]
    data = recipe.dataset
    assert true[3] == mean_cost(
        recipe.network, Replay().start(recipe, 3).parameters, data.x_test, data.y_test
    )
    assert (found.tested, found.test_now) == (true, figure(true[-1]))
    assert [run.kind for run in found.costs] == ["own", "test"]
    lowest = true.index(min(true))
    assert 0 < lowest < 40
    assert found.lowest == (lowest + 1, figure(true[lowest]), found.costs[0].line.at(lowest, true[lowest]))
    assert float(found.top) == pytest.approx(max(true + found.known["cost"]), rel=0.01)


def test_where_nothing_is_held_back_there_is_no_test_cost() -> None:
    found = finished(course())
    assert (found.tested, found.test_now) == ([], "")
    assert list(course().known) == ["cost", "length"]


def test_an_epoch_is_one_pass_over_the_training_examples() -> None:
    assert [course(iteration=iteration).epoch for iteration in (0, 1, 2, 5)] == [1, 1, 2, 3]


def test_while_a_run_goes_on_its_own_cost_is_drawn_and_the_rest_waits() -> None:
    waiting = course(Recipe(data="circle", batch=10), iteration=6, run=20)
    history = History(Replay())
    for at in range(7):
        history.extend(waiting.lab.recipe, at)
    waiting = run_of(waiting.lab, history, waiting.view)
    assert not waiting.complete
    assert [run.kind for run in waiting.costs] == ["own"]
    assert (waiting.lengths, waiting.tested) == (None, [])
    found = finished(course(Recipe(data="circle", batch=10), iteration=6))
    assert [run.kind for run in found.costs] == ["own", "test"]


@pytest.mark.parametrize("text", ["low", "0", "-1", "1/0"])
def test_a_cost_to_stop_at_that_is_none_is_told(text: str) -> None:
    assert course(below=text).wrong_below == "This must be a number above 0."
    assert course(below="0,5").wrong_below == ""


@pytest.mark.parametrize(
    ("recipe", "iteration", "overfits"),
    [
        (replace(PRESETS["overfit"], eta=0.2), 40, True),
        (Recipe(data="circle", batch=10, eta=1.0), 60, False),  # still falling
        (
            Recipe(
                data="sine",
                hidden=(8,),
                activation="relu",
                output="linear",
                cost="quadratic",
                eta=10.0,
                batch=10,
            ),
            900,
            False,
        ),
    ],
)
def test_of_overfitting_only_where_the_test_cost_rises_and_the_training_cost_falls(
    recipe: Recipe, iteration: int, overfits: bool
) -> None:
    found = finished(course(recipe, iteration=iteration))
    test, train = found.tested, found.known["cost"]
    lowest = test.index(min(test))
    assert found.overfits == overfits == (test[-1] > 1.02 * test[lowest] and train[-1] < train[lowest])
    assert (found.least, found.held_back) == (lowest, True)


def test_the_charts_are_told_as_numbers_those_of_long_runs_at_even_distances() -> None:
    found = finished(course())
    assert [one.iteration for one in found.readings] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.cost for one in found.readings] == [figure(cost) for cost in found.known["cost"]]
    assert [one.length for one in found.readings] == [*map(figure, found.known["length"]), ""]
    assert found.readings[-1].x == found.here[0]
    long = finished(course(iteration=100)).readings
    assert ([one.iteration for one in long[:3]], long[-1].iteration, len(long)) == ([1, 6, 11], 101, 21)
    assert finished(course(iteration=0)).readings == []
