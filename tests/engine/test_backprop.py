"""The two passes: they stop where they are told, and every column of a batch is an example of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.backprop import Backward, Forward, backward, costs_of, forward
from app.engine.parameters import Parameters
from tests.engine.networks import HIDDEN, PAIRS, Case, batches, network, seeded_case, seeds, shapes

ALMOST = 1e-14  # relative to the size of what was summed: part of a layer may be summed in another order


@st.composite
def cases(draw: st.DrawFn) -> Case:
    output, cost = draw(st.sampled_from(PAIRS))
    plan = network(draw(shapes), draw(st.sampled_from(HIDDEN)), output, cost)
    return seeded_case(plan, draw(batches), draw(seeds))


def cursors(case: Case, layer: int) -> list:
    """Return all cursors within a layer, each with the rows that it leaves."""
    size = case.network.sizes[layer]
    if case.network.coupled(layer):
        return [((layer, None), size)]
    return [((layer, rows), rows) for rows in range(1, size + 1)]


def begins_with(part: np.ndarray, whole: np.ndarray, rows: int) -> bool:
    """Tell whether an array has so many rows and they are the first ones of the whole."""
    scale = ALMOST * (1.0 + np.abs(whole).max())
    return part.shape == (rows, *whole.shape[1:]) and np.allclose(part, whole[:rows], rtol=0, atol=scale)


@settings(deadline=None)
@given(case=cases())
def test_a_forward_pass_goes_as_far_as_its_cursor_and_nothing_more_exists(case):
    whole = case.forward()
    for layer in case.network.layers:
        for cursor, rows in cursors(case, layer):
            part = forward(case.network, case.parameters, case.x, cursor)
            assert list(part.z) == list(range(1, layer + 1))
            assert list(part.a) == list(range(layer + 1))
            for below in range(1, layer):
                assert np.array_equal(part.z[below], whole.z[below])
                assert np.array_equal(part.a[below], whole.a[below])
            assert begins_with(part.z[layer], whole.z[layer], rows)
            assert begins_with(part.a[layer], whole.a[layer], rows)


@settings(deadline=None)
@given(case=cases())
def test_a_backward_pass_goes_as_far_as_its_cursor_and_nothing_more_exists(case):
    reached, whole = case.forward(), case.backward()
    last = case.network.last
    for layer in case.network.layers:
        for cursor, rows in cursors(case, layer):
            part = backward(case.network, case.parameters, reached, case.y, cursor)
            pairs = [(part.received, whole.received), (part.delta, whole.delta)]
            pairs += [(part.nabla.w, whole.nabla.w), (part.nabla.b, whole.nabla.b)]
            for mine, full in pairs:
                assert sorted(mine) == list(range(layer, last + 1))
                assert all(np.array_equal(mine[above], full[above]) for above in range(layer + 1, last + 1))
                assert begins_with(mine[layer], full[layer], rows)


def test_a_forward_pass_that_ends_at_the_input_has_nothing_but_the_input():
    case = seeded_case(network((2, 3, 1), "tanh", "sigmoid", "quadratic"), 2, 1)
    part = forward(case.network, case.parameters, case.x, (0, 0))
    assert part.z == {}
    assert list(part.a) == [0]
    assert part.a[0] is case.x


def test_a_pass_that_has_not_begun_holds_nothing():
    assert (Forward().z, Forward().a) == ({}, {})
    nothing = Backward()
    assert (nothing.received, nothing.delta, nothing.nabla) == ({}, {}, Parameters({}, {}))


@settings(deadline=None)
@given(case=cases())
def test_every_column_of_a_batch_is_what_its_example_alone_would_give(case):
    whole, blamed, costs = case.forward(), case.backward(), costs_of(case.network, case.forward(), case.y)
    gradients = []
    for column in range(case.x.shape[1]):
        one = [column]
        alone = Case(case.network, case.parameters, case.x[:, one], case.y[:, one])
        for layer in case.network.layers:
            assert begins_with(alone.forward().a[layer], whole.a[layer][:, one], case.network.sizes[layer])
            for mine, full in (
                (alone.backward().received, blamed.received),
                (alone.backward().delta, blamed.delta),
            ):
                assert begins_with(mine[layer], full[layer][:, one], case.network.sizes[layer])
        assert costs_of(case.network, alone.forward(), alone.y) == pytest.approx(costs[column], rel=1e-12)
        gradients.append(alone.backward().nabla.vector())
    # the gradient of the batch is the mean of the gradients of its examples
    assert begins_with(np.mean(gradients, axis=0), blamed.nabla.vector(), len(blamed.nabla))


@pytest.mark.parametrize(("output", "cost"), PAIRS)
@settings(deadline=None, max_examples=20)
@given(seed=seeds, hidden=st.sampled_from([key for key in HIDDEN if "relu" not in key]))
def test_received_is_the_slope_of_the_cost_against_an_activation_and_delta_against_its_sum(
    output, cost, hidden, seed
):
    case = seeded_case(network((2, 3, 4, 2), hidden, output, cost), 1, seed)
    reached, blamed = case.forward(), case.backward()

    def cost_with(layer: int, a: np.ndarray) -> float:
        """Return the cost if that layer said a."""
        rest = network(case.network.sizes[layer:], hidden, output, cost)
        dials = Parameters(
            w={above - layer: case.parameters.w[above] for above in range(layer + 1, 4)},
            b={above - layer: case.parameters.b[above] for above in range(layer + 1, 4)},
        )
        return float(costs_of(rest, forward(rest, dials, a), case.y)[0])

    for layer in (1, 2):
        answer = case.network.activation(layer).value
        for neuron in range(case.network.sizes[layer]):
            nudge = np.zeros_like(reached.a[layer])
            nudge[neuron] = 1e-5
            z, a = reached.z[layer], reached.a[layer]
            by_signal = (cost_with(layer, a + nudge) - cost_with(layer, a - nudge)) / 2e-5
            by_sum = (cost_with(layer, answer(z + nudge)) - cost_with(layer, answer(z - nudge))) / 2e-5
            assert blamed.received[layer][neuron, 0] == pytest.approx(by_signal, rel=1e-6, abs=1e-8)
            assert blamed.delta[layer][neuron, 0] == pytest.approx(by_sum, rel=1e-6, abs=1e-8)


def test_what_a_pass_has_reached_cannot_be_exchanged():
    for reached, name in ((Forward(), "z"), (Backward(), "delta")):
        with pytest.raises(AttributeError):
            setattr(reached, name, {})
