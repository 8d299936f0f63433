"""A network's shape: which layers there are and which function each one has."""

from __future__ import annotations

import pytest

from app.engine.activations import ACTIVATIONS
from tests.engine.networks import network


@pytest.mark.parametrize(("sizes", "last"), [((2, 1), 1), ((2, 3, 1), 2), ((4, 1, 1, 1, 1, 1, 1, 9), 7)])
def test_layers_are_counted_from_one_to_the_last(sizes, last):
    plan = network(sizes, "tanh", "sigmoid", "quadratic")
    assert plan.last == last
    assert list(plan.layers) == list(range(1, last + 1))


def test_the_last_layer_has_the_outputs_function_and_all_others_the_hidden_one():
    plan = network((2, 3, 3, 2), "relu", "softmax", "cross-entropy")
    assert [plan.activation(layer).key for layer in plan.layers] == ["relu", "relu", "softmax"]
    assert [plan.coupled(layer) for layer in plan.layers] == [False, False, True]


def test_without_a_hidden_layer_the_only_layer_is_the_output():
    plan = network((2, 2), "relu", "softmax", "cross-entropy")
    assert plan.activation(1) is ACTIVATIONS["softmax"]
    assert plan.coupled(1)


def test_networks_of_the_same_parts_are_one_key_of_a_cache():
    one, other = (network((2, 3, 1), "tanh", "sigmoid", "quadratic") for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != network((2, 3, 1), "tanh", "linear", "quadratic")


def test_hidden_layers_may_have_functions_of_their_own():
    plan = network((2, 3, 3, 3, 2), ["relu", "tanh", "sine"], "sigmoid", "quadratic")
    assert [plan.activation(layer).key for layer in plan.layers] == ["relu", "tanh", "sine", "sigmoid"]
