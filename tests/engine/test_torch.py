"""A second witness, where PyTorch is installed: its gradients and its optimisers say the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.costs import COSTS
from app.engine.descent import descend, first_memory
from app.engine.gradcheck import mean_cost
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS
from tests.engine.networks import HIDDEN, PAIRS, Case, batches, network, seeded_case, seeds, shapes

torch = pytest.importorskip("torch")
functional = torch.nn.functional

ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky-relu": lambda z: functional.leaky_relu(z, 0.01),
    "softplus": lambda z: torch.logaddexp(torch.zeros_like(z), z),
    "sine": torch.sin,
    "step": lambda z: (z > 0).to(z.dtype) + 0.0 * z,
    "linear": lambda z: z,
    "softmax": lambda z: torch.softmax(z, dim=0),
}
SQUARES = {
    "quadratic": lambda a, y: 0.5 * functional.mse_loss(a, y, reduction="sum"),
    "squared-error": lambda a, y: functional.mse_loss(a, y, reduction="sum"),
    "mean-squared-error": lambda a, y: functional.mse_loss(a, y) * y.shape[1],
}
PRICES = {"none": lambda w: 0.0, "l1": lambda w: w.abs().sum(), "l2": lambda w: 0.5 * (w * w).sum()}
OTHERS = {
    "descent": lambda dials, eta: torch.optim.SGD(dials, lr=eta),
    "momentum": lambda dials, eta: torch.optim.SGD(dials, lr=eta, momentum=0.9),
    "rmsprop": lambda dials, eta: torch.optim.RMSprop(dials, lr=eta, alpha=0.9),
    "adam": lambda dials, eta: torch.optim.Adam(dials, lr=eta),
}


def tensors(parameters: Parameters) -> list:
    """Return the dials as leaves of a PyTorch graph, in the order of `blocks`."""
    return [torch.tensor(block, requires_grad=True) for block in parameters.blocks()]


def their_cost(case: Case, dials: list):
    """Return the batch's mean cost as a tensor."""
    a, z, y = torch.tensor(case.x), None, torch.tensor(case.y)
    for layer in case.network.layers:
        w, b = dials[2 * layer - 2], dials[2 * layer - 1]
        z = w @ a + b
        a = ACTIVATIONS[case.network.activation(layer).key](z)
    m = y.shape[1]
    if case.network.cost.key in SQUARES:
        return SQUARES[case.network.cost.key](a, y) / m
    if case.network.output.key == "softmax":
        return -(y * torch.log_softmax(z, dim=0)).sum() / m
    return functional.binary_cross_entropy_with_logits(z, y, reduction="sum") / m


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "cost"), PAIRS)
@settings(max_examples=5, deadline=None)
@given(sizes=shapes, m=batches, seed=seeds, regulariser=st.sampled_from(sorted(REGULARISERS)))
def test_autograd_says_the_same_gradient_and_the_same_cost(hidden, output, cost, sizes, m, seed, regulariser):
    case = seeded_case(network(sizes, hidden, output, cost), m, seed)
    dials = tensors(case.parameters)
    theirs = their_cost(case, dials)
    assert mean_cost(case.network, case.parameters, case.x, case.y) == pytest.approx(theirs.item(), rel=1e-12)
    total = theirs + 0.01 * sum(PRICES[regulariser](w) for w in dials[::2])
    total.backward()
    ours = case.backward().nabla + REGULARISERS[regulariser].gradient(case.parameters, 0.01)
    for mine, dial in zip(ours.blocks(), dials, strict=True):
        np.testing.assert_allclose(mine, dial.grad.numpy(), rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("key", OPTIMISERS)
@settings(max_examples=5, deadline=None)
@given(seed=seeds, eta=st.floats(0.001, 1.0))
def test_thirty_steps_end_at_the_same_dials(key, seed, eta):
    case = seeded_case(network((2, 3, 2), "tanh", "sigmoid", "cross-entropy"), 4, seed)
    mine, memory = case.parameters, first_memory(key, case.parameters)
    theirs = tensors(mine)
    optimiser = OTHERS[key](theirs, eta)
    stream = np.random.RandomState(seed % 2**32)
    for t in range(1, 31):
        nabla = mine.filled(stream.standard_normal(len(mine)))
        mine, memory = descend(mine, nabla, memory, optimiser=key, eta=eta, t=t)
        for dial, slope in zip(theirs, nabla.blocks(), strict=True):
            dial.grad = torch.tensor(slope)
        optimiser.step()
    for block, dial in zip(mine.blocks(), theirs, strict=True):
        np.testing.assert_allclose(block, dial.detach().numpy(), rtol=1e-9, atol=1e-10)


def test_everything_that_can_be_chosen_has_a_counterpart_here():
    assert set(ACTIVATIONS) == {*HIDDEN, "softmax"}
    assert set(PRICES) == set(REGULARISERS)
    assert set(OTHERS) == set(OPTIMISERS)
    assert set(COSTS) == {*SQUARES, "cross-entropy"}
