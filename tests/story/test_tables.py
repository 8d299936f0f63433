"""The tables: every cell is the engine's number, blank until it has happened, and each row leads to its own
mark."""

from __future__ import annotations

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.lab.dials import pick_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation import names
from app.story.tables import tables_of
from tests.lab.recipes import recipes
from tests.web.facts import Facts
from tests.web.oracle import known, moments_of, network_of

REPLAY = Replay()


@pytest.mark.walk
@settings(deadline=None, max_examples=60, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 2), st.integers(0, 3))
def test_every_cell_is_the_engines_number_at_every_moment(
    recipe: Recipe, iteration: int, example: int
) -> None:
    length, example = len(moments_of(network_of(recipe))), example % recipe.batch
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        neurons, goals, dials = tables_of(REPLAY.numbers(Lab(recipe, place)), example)
        facts = Facts(known(recipe, place), example)
        assert [list(row) for row in neurons.rows] == facts.neuron_rows()
        assert [list(row) for row in goals.rows] == facts.goal_rows()
        assert [list(row) for row in dials.rows] == facts.dial_rows()
        assert {len(row) for row in neurons.rows} == {len(neurons.heads)}
        assert {len(row) for row in dials.rows} == {len(dials.heads)}


@settings(max_examples=30)
@given(recipes())
def test_every_row_leads_to_the_mark_it_is_about(recipe: Recipe) -> None:
    sizes = recipe.sizes
    named = {"n": names.neuron, "w": names.weight, "b": names.bias}
    for table in tables_of(REPLAY.numbers(Lab(recipe)), 0):
        assert len(table.picks) == len(table.rows)
        for (name, *_), text in zip(table.rows, table.picks, strict=True):
            pick = pick_from(text, sizes)
            if pick.kind in ("y", "cost"):
                target = f"y{names.neuron(sizes, len(sizes) - 1, pick.to)[1:]}" if pick.kind == "y" else name
                assert name == target
                assert pick.kind == "y" or name in ("C", "C(batch)")
                continue
            assert named[pick.kind](sizes, *pick[1:][: 3 if pick.kind == "w" else 2]) == name


def test_at_the_start_only_inputs_and_dials_have_numbers() -> None:
    neurons, goals, dials = tables_of(REPLAY.numbers(Lab(Recipe(data="and", hidden=(3,)))), 0)
    assert neurons.caption == "Neurons"
    assert [row for row in neurons.rows if any(row[1:])] == [
        ("x₁", "", "1", "", "", ""),
        ("x₂", "", "1", "", "", ""),
    ]
    assert (goals.caption, goals.rows) == ("Targets and cost", [("y", "1"), ("C", "")])
    assert dials.caption == "Dials"
    assert all(row[1] and not any(row[2:]) for row in dials.rows)


def test_in_a_batch_each_table_says_whose_numbers_it_has() -> None:
    neurons, goals, dials = tables_of(REPLAY.numbers(Lab(Recipe(data="and", hidden=(3,), batch=3), 10)), 1)
    assert (neurons.caption, goals.caption) == (
        "Neurons: example 2 alone",
        "Targets and cost: example 2 alone",
    )
    assert dials.caption == "Dials: ∂C/∂ is the mean over 3 examples"
    assert [name for name, _ in goals.rows] == ["y", "C", "C(batch)"]


def test_softmax_says_why_it_has_no_slope_of_one_neuron() -> None:
    recipe = Recipe(data="digits", hidden=(2,), output="softmax")
    last = len(moments_of(network_of(recipe))) - 1
    before, after = (tables_of(REPLAY.numbers(Lab(recipe, place)), 0)[0] for place in (0, last))
    assert before.note == ""
    assert "no slope of one neuron alone" in after.note
    assert [row[4] for row in after.rows][-10:] == ["–"] * 10
    assert tables_of(REPLAY.numbers(Lab(Recipe(data="and", hidden=(3,)), 10)), 0)[0].note == ""
