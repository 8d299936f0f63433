"""The order of events, written out, and how far one click goes at every pace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lab.itinerary import PACES, PHASES, Moment, backward_from, doing, itinerary, onward, stops
from app.lab.recipe import Recipe
from tests.lab.recipes import recipes

PLAIN = Recipe(data="and", hidden=(3,)).network  # 2-3-1
SHARES = Recipe(data="digits", hidden=(2,), output="softmax").network  # 7-2-10

PLAIN_MOMENTS = (
    ("input", 0, 0),
    ("forward", 1, 1),
    ("forward", 1, 2),
    ("forward", 1, 3),
    ("forward", 2, 1),
    ("cost", 0, 0),
    ("backward", 2, 1),
    ("backward", 1, 1),
    ("backward", 1, 2),
    ("backward", 1, 3),
    ("descent", 0, 0),
)
places = st.integers(0, 200)
paces = st.sampled_from(PACES)


def test_an_iteration_of_a_2_3_1_network_neuron_by_neuron():
    assert itinerary(PLAIN) == PLAIN_MOMENTS


def test_a_softmax_layer_is_one_moment_without_a_neuron_on_both_ways():
    assert itinerary(SHARES) == (
        ("input", 0, 0),
        ("forward", 1, 1),
        ("forward", 1, 2),
        ("forward", 2, 0),
        ("cost", 0, 0),
        ("backward", 2, 0),
        ("backward", 1, 1),
        ("backward", 1, 2),
        ("descent", 0, 0),
    )


def test_without_a_hidden_layer_the_way_is_short():
    phases = [moment.phase for moment in itinerary(Recipe(hidden=()).network)]
    assert phases == ["input", "forward", "cost", "backward", "descent"] == list(PHASES)


def test_a_moment_names_its_phase_layer_and_neuron():
    moment = itinerary(PLAIN)[2]
    assert (moment.phase, moment.layer, moment.neuron) == ("forward", 1, 2)
    assert Moment("cost") == ("cost", 0, 0)


@given(recipe=recipes())
def test_every_neuron_has_one_moment_on_each_way_unless_its_layer_speaks_as_one(recipe):
    network = recipe.network
    voices = sum(1 if network.coupled(layer) else network.sizes[layer] for layer in network.layers)
    moments = itinerary(network)
    assert len(moments) == len(set(moments)) == 2 * voices + 3
    ahead = [moment[1:] for moment in moments if moment.phase == "forward"]
    astern = [moment[1:] for moment in moments if moment.phase == "backward"]
    assert sorted(ahead, key=str) == sorted(astern, key=str)
    assert ahead == sorted(ahead, key=lambda where: (where[0], where[1] or 0))
    assert astern == sorted(astern, key=lambda where: (-where[0], where[1] or 0))


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        ("neuron", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        ("layer", (0, 3, 4, 5, 6, 9, 10)),
        ("phase", (0, 4, 5, 9, 10)),
        ("iteration", (10,)),
    ],
)
def test_where_every_pace_comes_to_rest(pace, expected):
    assert stops(PLAIN, pace) == expected


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        ("neuron", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("layer", [3, 3, 3, 4, 5, 6, 9, 9, 9, 10, 11, 14]),
        ("phase", [4, 4, 4, 4, 5, 9, 9, 9, 9, 10, 11, 15]),
        ("iteration", [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 21, 21]),
    ],
)
def test_one_click_from_every_place_of_the_first_iteration(pace, expected):
    assert [onward(PLAIN, place, pace) for place in range(12)] == expected


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        ("neuron", [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("layer", [0, 0, 0, 0, 3, 4, 5, 6, 6, 6, 9, 10, 11]),
        ("phase", [0, 0, 0, 0, 0, 4, 5, 5, 5, 5, 9, 10, 11]),
        ("iteration", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 10]),
    ],
)
def test_one_click_back_from_every_place_also_across_a_descent(pace, expected):
    assert [backward_from(PLAIN, place, pace) for place in range(13)] == expected


@given(recipe=recipes(), place=places, pace=paces)
def test_one_click_on_and_one_back_end_where_one_stood_or_at_the_rest_before(recipe, place, pace):
    network = recipe.network
    ahead = onward(network, place, pace)
    returned = backward_from(network, ahead, pace)
    assert returned <= place < ahead
    if place % len(itinerary(network)) in stops(network, pace) or place == 0:
        assert returned == place


@given(recipe=recipes(), pace=paces)
def test_what_the_clicks_of_a_walk_do_adds_up_to_every_moment_in_order(recipe, pace):
    network, place, done = recipe.network, 0, list(doing(recipe.network, 0, pace))
    while place < 3 * len(itinerary(network)) - 1:
        place = onward(network, place, pace)
        done += doing(network, place, pace)
    assert done == 3 * list(itinerary(network))


@given(recipe=recipes(), place=places, pace=paces)
def test_what_a_click_does_ends_with_what_has_just_happened(recipe, place, pace):
    moments = itinerary(recipe.network)
    found = doing(recipe.network, place, pace)
    assert found[-1] == moments[place % len(moments)]
    assert found == moments[place % len(moments) - len(found) + 1 :][: len(found)]
