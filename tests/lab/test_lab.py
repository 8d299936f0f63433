"""The moves of a lab: which verb is legal where, and what a change in mid-run does to the recipe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lab.itinerary import PACES, Moment
from app.lab.lab import Lab, OutOfTurn
from app.lab.recipe import Change, Recipe
from tests.lab.recipes import recipes

SMALL = Recipe(data="and", hidden=(3,))  # 2-3-1: eleven moments, 0 … 10
END = 20_000 * 11 - 1


def test_a_lab_begins_with_its_input():
    lab = Lab(SMALL)
    assert (lab.place, lab.iteration, lab.moment) == (0, 0, Moment("input"))
    assert lab.coming == Moment("forward", 1, 1)


def test_the_one_legal_verb_at_every_place_of_an_iteration():
    verbs = [Lab(SMALL, place).next for place in range(12)]
    assert verbs == ["forward"] * 5 + ["backward"] * 4 + ["descent", "next", "forward"]


@pytest.mark.parametrize("place", range(11))
@pytest.mark.parametrize("verb", ["forward", "backward", "descent"])
def test_only_what_comes_next_can_be_asked_for(place, verb):
    lab = Lab(SMALL, place)
    if verb == lab.next:
        assert lab.step(verb, "neuron").place == place + 1
        return
    with pytest.raises(OutOfTurn) as caught:
        lab.step(verb)
    assert (caught.value.asked, caught.value.expected) == (verb, lab.next)
    assert str(caught.value) == f"{verb} asked, {lab.next} comes next"


@given(recipe=recipes(), place=st.integers(0, 300), pace=st.sampled_from(PACES))
def test_next_always_does_whatever_comes_next(recipe, place, pace):
    lab = Lab(recipe, place)
    assert lab.step("next", pace) == lab.step(lab.next, pace)


def test_a_step_is_a_layer_unless_another_pace_is_asked_for():
    assert Lab(SMALL).step("next").place == 3
    assert Lab(SMALL, 9).back().place == 6
    assert Lab(SMALL).step("next", "phase").place == 4
    assert Lab(SMALL, 21).back("iteration").place == 10


def test_at_the_start_there_is_nothing_to_go_back_to():
    with pytest.raises(OutOfTurn) as caught:
        Lab(SMALL).back()
    assert (caught.value.asked, caught.value.expected) == ("back", "forward")


def test_a_step_back_crosses_a_descent():
    lab = Lab(SMALL, 11).back("neuron")
    assert (lab.iteration, lab.moment) == (0, Moment("descent"))


def test_the_longest_run_ends_after_its_last_descent():
    lab = Lab(SMALL, END)
    assert lab.last_place == END
    assert (lab.iteration, lab.moment) == (19_999, Moment("descent"))
    assert lab.coming is None
    assert lab.next is None
    for verb in ("next", "forward"):
        with pytest.raises(OutOfTurn) as caught:
            lab.step(verb)
        assert caught.value.expected is None


@pytest.mark.parametrize("pace", PACES)
def test_no_pace_steps_over_the_end(pace):
    assert Lab(SMALL, END - 1).step("descent", pace).place == END


@pytest.mark.parametrize("place", [0, 1, 5000, END])
def test_one_can_go_to_any_place_of_the_run(place):
    assert Lab(SMALL, 7).go(place) == Lab(SMALL, place)


@pytest.mark.parametrize("place", [-1, END + 1, 10**12])
def test_there_is_no_place_outside_the_run(place):
    with pytest.raises(OutOfTurn) as caught:
        Lab(SMALL, 7).go(place)
    assert caught.value.asked == "go"


@pytest.mark.parametrize(("iteration", "place"), [(0, 4), (1, 15), (3, 37), (19_999, END - 6)])
def test_the_outputs_have_answered_before_the_cost_of_their_iteration(iteration, place):
    lab = Lab(SMALL, 7).answered(iteration)
    assert lab == Lab(SMALL, place)
    assert (lab.iteration, lab.moment, lab.coming) == (iteration, Moment("forward", 2, 1), Moment("cost"))


@pytest.mark.parametrize("iteration", [-1, 20_000])
def test_no_outputs_answer_outside_the_run(iteration):
    with pytest.raises(OutOfTurn) as caught:
        Lab(SMALL, 7).answered(iteration)
    assert (caught.value.asked, caught.value.expected) == ("go", "backward")


@pytest.mark.parametrize("position", range(10))
def test_a_change_before_the_descent_belongs_to_this_iteration_and_one_stays_where_one_is(position):
    lab = Lab(SMALL, 22 + position).change("eta", 0.5)
    assert lab == Lab(Recipe(data="and", hidden=(3,), changes=(Change(2, "eta", 0.5),)), 22 + position)


def test_a_change_after_the_descent_belongs_to_the_next_iteration():
    assert Lab(SMALL, 10).change("w-1-1-2", 2.0).recipe.changes == (Change(1, "w-1-1-2", 2.0),)


def test_a_change_after_the_last_descent_belongs_nowhere():
    assert Lab(SMALL, END - 1).change("eta", 0.5).recipe.changes == (Change(19_999, "eta", 0.5),)
    with pytest.raises(OutOfTurn) as caught:
        Lab(SMALL, END).change("eta", 0.5)
    assert caught.value.expected is None


def test_the_same_thing_changed_again_in_one_iteration_is_one_change():
    lab = Lab(SMALL, 3).change("eta", 0.5).change("b-1-2", 1.0).change("eta", 0.7)
    assert lab.recipe.changes == (Change(0, "b-1-2", 1.0), Change(0, "eta", 0.7))


def test_the_same_thing_changed_in_a_later_iteration_is_a_second_change():
    lab = Lab(SMALL).change("eta", 0.5).go(33).change("eta", 0.7)
    assert lab.recipe.changes == (Change(0, "eta", 0.5), Change(3, "eta", 0.7))


def test_a_later_change_is_dropped_when_an_earlier_one_is_made():
    lab = Lab(SMALL, 55).change("eta", 0.5).change("example", 2.0)
    assert len(lab.recipe.changes) == 2
    assert lab.go(33).change("b-2-1", 1.0).recipe.changes == (Change(3, "b-2-1", 1.0),)
    assert lab.go(55).change("b-2-1", 1.0).recipe.changes == (*lab.recipe.changes, Change(5, "b-2-1", 1.0))


def test_going_back_and_on_drops_no_change():
    lab = Lab(SMALL, 55).change("eta", 0.5)
    assert lab.go(0).step("next").go(55) == lab


def test_no_move_alters_the_lab_it_starts_from():
    lab = Lab(SMALL, 5)
    lab.step("next")
    lab.back()
    lab.change("eta", 0.9)
    assert lab == Lab(Recipe(data="and", hidden=(3,)), 5)


def test_all_dials_cannot_be_set_at_the_end_of_the_run():
    dials = SMALL.first_parameters()
    with pytest.raises(OutOfTurn) as caught:
        Lab(SMALL, END).with_dials(dials, dials)
    assert (caught.value.asked, caught.value.expected) == ("change", None)


def test_dials_set_in_a_later_iteration_are_changes_of_those_that_differ():
    dials = SMALL.first_parameters()
    wanted = dials.map(lambda block: block + (block.shape == (3, 1)))
    lab = Lab(SMALL, 11).with_dials(dials, wanted)
    assert [change[:2] for change in lab.recipe.changes] == [(1, "b-1-1"), (1, "b-1-2"), (1, "b-1-3")]
    assert lab.recipe.with_typed_dials(dials, 1).vector().tolist() == wanted.vector().tolist()
    assert Lab(SMALL, 10).with_dials(dials, wanted).recipe == lab.recipe


def test_dials_set_at_the_very_start_leave_what_else_was_set_there():
    dials = SMALL.first_parameters()
    wanted = dials.map(lambda block: block + 1)
    recipe = Lab(SMALL).change("eta", 0.7).change("b-1-1", 5.0).with_dials(dials, wanted).recipe
    assert recipe.changes == (Change(0, "eta", 0.7),)
    assert recipe.parameters == tuple(wanted.vector().tolist())
