"""The rail: what is learned and how far, never ahead of the moment, and after the descent old beside new."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.analysis.history import History
from app.datasets.own import own_from
from app.engine.backprop import forward
from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.notation.numbers import figure, moved
from app.page.rail import LEAST, ROWS, Rail
from tests.lab.recipes import recipes
from tests.web.oracle import known, moments_of, network_of

REPLAY = Replay()
AND = PRESETS["and"]  # begins with example 3
INPUT, HIDDEN, SPOKEN, BACK, DOWN = 0, 2, 3, 7, 8  # places of 2-2-1


def rail(recipe: Recipe, place: int, example: int = 0, history: History | None = None) -> Rail:
    return Rail(REPLAY.numbers(Lab(recipe, place)), history or History(REPLAY, lambda: 0.0), example)


def said(recipe: Recipe, place: int, *, after: bool = False) -> np.ndarray:
    """Return what the network says to every example, with the dials before or after the descent."""
    numbers = REPLAY.numbers(Lab(recipe, place))
    dials = numbers.after if after else numbers.parameters
    return forward(recipe.network, dials, recipe.dataset.x).a[recipe.network.last]


def test_the_drawn_example_is_a_question_until_its_own_pass_has_answered_it() -> None:
    others = [figure(value) for value in said(AND, 0)[0, [0, 1, 3]].tolist()]
    for place in (INPUT, HIDDEN):
        rows = rail(AND, place).rows
        assert [row.here for row in rows] == [False, False, True, False]
        assert (rows[2].answer, rows[2].right, [bar.answer for bar in rows[2].bars]) == ("", None, [None])
        assert [row.answer for row in rows if not row.here] == others
        assert rail(AND, place).score == (sum(row.right for row in rows if not row.here), 3)
    for place in (SPOKEN, BACK):
        row = rail(AND, place).rows[2]
        assert row.answer == figure(float(said(AND, 0)[0, 2]))
        assert row.right is False
        assert rail(AND, place).score == (1, 4)


def test_nothing_is_told_of_the_descent_before_it_and_then_old_beside_new() -> None:
    for place in range(DOWN):
        found = rail(AND, place)
        assert (found.before, found.new) == (None, None)
        assert all(bar.before is None for row in found.rows for bar in row.bars)
        assert found.cost == figure(found.now)
        assert len(found.costs) == 1
    found = rail(AND, DOWN)
    old, new = said(AND, DOWN), said(AND, DOWN, after=True)
    for at, row in enumerate(found.rows):
        assert row.answer == figure(float(new[0, at]))
        assert [(bar.answer, bar.before) for bar in row.bars] == [
            (round(100 * float(new[0, at]), 1), round(100 * float(old[0, at]), 1))
        ]
        assert row.right == ((new[0, at] > 0.5) == (AND.dataset.y[0, at] == 1))
    assert found.cost == moved(found.now, found.new)
    assert found.costs == [found.now, found.new]
    assert found.point == found.line.at(1, found.new)


@pytest.mark.walk
@settings(deadline=None, max_examples=60, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 2))
def test_no_row_is_ahead_of_the_cursor(recipe: Recipe, iteration: int) -> None:
    length = len(moments_of(network_of(recipe)))
    begin = iteration * length
    assume(known(recipe, begin + length - 1).finite())
    for place in range(begin, begin + length):
        truth, found = known(recipe, place), rail(recipe, place)
        for row in found.rows:
            asked = row.number in truth.examples and truth.after is None
            dials = truth.before if truth.after is None else truth.after
            true = forward(truth.network, dials, recipe.dataset.x).a[truth.network.last][:, row.number - 1]
            silent = asked and len(truth.forward.a.get(truth.network.last, ())) < truth.sizes[-1]
            assert row.answer == ("" if silent else ", ".join(map(figure, true.tolist())))
            assert all((bar.before is None) == (truth.after is None) for bar in row.bars)
            assert row.here == (row.number == truth.examples[0])
        assert len(found.costs) == iteration + 1 + (truth.after is not None)


@pytest.mark.parametrize(
    ("recipe", "kind"),
    [
        (AND, "rows"),
        (PRESETS["half-adder"], "rows"),
        (PRESETS["digits"], "digits"),
        (PRESETS["circle"], "map"),
        (Recipe(data="spiral", hidden=(3,)), "map"),
        (Recipe(data="sine", hidden=(3,), output="linear", cost="quadratic"), "curve"),
    ],
)
def test_each_kind_of_task_is_shown_its_own_way(recipe: Recipe, kind: str) -> None:
    assert rail(recipe, 0).kind == kind


def own(inputs: list[list[float]], targets: list[list[float]], **more: str) -> Recipe:
    data = own_from({"inputs": inputs, "targets": targets})
    return Recipe(data=data.key, own=data, test=0.0, **({"hidden": (2,)} | more))


def test_of_many_examples_ten_are_listed_and_the_drawn_one_is_among_them() -> None:
    recipe = PRESETS["circle"]
    place = 5 * len(Lab(recipe).moments)
    found = rail(recipe, place, example=3)
    numbers = [row.number for row in found.rows]
    assert (len(numbers), found.more) == (ROWS, recipe.dataset.rows - ROWS)
    assert numbers[:-1] == list(range(1, ROWS))
    assert [row.number for row in found.rows if row.here] == [numbers[-1]] == [found.numbers.examples[3] + 1]
    assert rail(AND, 0).more == 0


def test_more_than_three_outputs_have_no_bars() -> None:
    wide = own([[0.0], [1.0]], [[0.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    assert [row.bars for row in rail(wide, 0).rows] == [[], []]
    adder = rail(PRESETS["half-adder"], 0)
    assert [[bar.target for bar in row.bars] for row in adder.rows] == (
        (100 * PRESETS["half-adder"].dataset.y.T).tolist()
    )


def test_numbers_have_bars_over_the_range_of_their_targets_and_no_right_or_wrong() -> None:
    found = rail(own([[1.0, 0.0], [2.0, 1.0]], [[10.0], [30.0]], output="linear", cost="quadratic"), 0)
    assert (found.kind, found.ends, found.score) == ("rows", (10.0, 30.0), None)
    assert [row.bars[0].target for row in found.rows] == [0.0, 100.0]
    assert [row.right for row in found.rows] == [None, None]
    assert [found.share(value) for value in (0.0, 15.0, 99.0, float("nan"), None)] == [
        0.0,
        25.0,
        100.0,
        None,
        None,
    ]
    same = rail(own([[1.0, 0.0], [2.0, 1.0]], [[3.0], [3.0]], output="linear", cost="quadratic"), 0)
    assert same.ends == (0.0, 1.0)


def test_digits_are_called_by_name_and_the_drawn_one_waits_for_its_pass() -> None:
    recipe = PRESETS["digits"]
    last = recipe.network.last
    places = {moment[:2]: at for at, moment in enumerate(Lab(recipe).moments)}
    before = rail(recipe, 0).digits
    here = [one for one in before if one.here]
    assert [(one.name, one.said, one.right) for one in here] == [("8", "", False)]
    called = recipe.dataset.called
    loudest = [called[at] for at in said(recipe, 0).argmax(axis=0).tolist()]
    assert [one.said for one in before if not one.here] == [
        name for one, name in zip(before, loudest, strict=True) if not one.here
    ]
    spoken = rail(recipe, places["forward", last]).digits
    assert [one.said for one in spoken] == loudest
    assert [one.right for one in spoken] == [one.said == one.name for one in spoken]
    lit = [[on for _, on in one.segments] for one in spoken]
    assert lit == [[bool(value) for value in column] for column in recipe.dataset.x.T.tolist()]


def test_the_costs_are_those_of_the_whole_set_and_the_axis_is_long_from_the_start() -> None:
    place = 3 * len(Lab(AND).moments)
    found = rail(AND, place)
    true = [
        mean_cost(AND.network, REPLAY.start(AND, at).parameters, AND.dataset.x, AND.dataset.y)
        for at in range(4)
    ]
    assert found.costs == pytest.approx(true)
    assert found.cost == figure(found.now)
    left, right = (rail(AND, 0).line.at(at, 0.0)[0] for at in (0, LEAST))
    assert found.point[0] == pytest.approx(left + 3 / LEAST * (right - left), abs=0.1)
    assert rail(AND, 0, history=found.history).costs == pytest.approx(true[:1])  # nothing ahead


def test_while_the_way_there_is_being_worked_out_there_is_no_point() -> None:
    ticks = iter(range(10**6))
    slow = History(REPLAY, lambda: float(next(ticks)))
    place = 40 * len(Lab(AND).moments) + DOWN
    found = rail(AND, place, history=slow)
    assert len(found.costs) < 41
    assert found.point is None
    nothing = rail(AND, place, history=slow)
    object.__setattr__(nothing, "costs", [])
    assert (nothing.line, nothing.point) == (None, None)


def test_after_a_divergence_the_last_cost_is_left_out() -> None:
    bowl = Recipe(
        data="article", hidden=(), output="linear", cost="quadratic", batch=4, eta=90.0, initialiser="normal"
    )
    history = History(REPLAY, lambda: 0.0)
    history.extend(bowl, 1000)
    known_so_far = len(history.known(bowl)) - 1
    place = (known_so_far - 1) * len(Lab(bowl).moments)
    assert np.isfinite(rail(bowl, place, history=history).costs).all()


def numbers_of(recipe: Recipe, place: int) -> Numbers:
    return REPLAY.numbers(Lab(recipe, place))


def test_and_gets_better_at_the_first_update_and_is_learned_within_about_a_hundred() -> None:
    found = rail(AND, DOWN)
    numbers = numbers_of(AND, DOWN)
    assert numbers.examples == [2]
    assert numbers.costs_after[0] < numbers.costs[0]
    assert found.new < found.now
    assert rail(replace(AND), 110 * len(Lab(AND).moments) + DOWN).score == (4, 4)
    first = next(
        at
        for at in range(200)
        if np.array_equal(
            forward(AND.network, REPLAY.start(AND, at).parameters, AND.dataset.x).a[2] > 0.5,
            AND.dataset.y == 1,
        )
    )
    assert first <= 105
