"""Second witnesses, where PyTorch and scikit-learn are installed: a notebook's network and the lab that shows
it have the same cost and the same gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.web.notebook import fetched, served

DRAW = np.random.RandomState(0)
X, SHARES, LABELS = DRAW.rand(7, 3), DRAW.rand(7, 2), [0, 1, 1, 0, 1, 0, 0]


@pytest.fixture(scope="module")
def blame_game(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The file, from a server that listens as long as these tests take."""
    folder = tmp_path_factory.mktemp("notebook")
    with served(folder) as address:
        yield fetched(address, folder)


def compare(lab: Any, cost: float, gradients: list[tuple[Any, Any]]) -> None:
    """Find a network's own cost and gradients, weights by (neuron, source), in the lab."""
    known = lab.numbers("backward")
    assert known["cost"] == pytest.approx(cost, abs=1e-10)
    for layer, (w, b) in enumerate(gradients, 1):
        assert known["nabla"]["w"][layer] == pytest.approx(w, abs=1e-10)
        assert known["nabla"]["b"][layer].ravel() == pytest.approx(b, abs=1e-10)


def by_torch(blame_game: ModuleType, torch: Any, hidden: str, last: str, cost: str) -> None:
    """Compare with a sequence of PyTorch's."""
    nn, functional = torch.nn, torch.nn.functional
    losses: dict[str, tuple[Any, Callable[[Any, Any], Any]]] = {
        "half the squared distance": (SHARES, lambda p, y: ((p - y) ** 2).sum() / 14),
        "MSELoss of one output": (SHARES[:, 0], lambda p, y: nn.MSELoss()(p[:, 0], y) / 2),
        "BCELoss": (SHARES.round(), lambda p, y: nn.BCELoss(reduction="sum")(p, y) / 7),
        "BCEWithLogitsLoss": (SHARES[:, 0].round(), lambda p, y: nn.BCEWithLogitsLoss()(p[:, 0], y)),
        "CrossEntropyLoss": (LABELS, nn.CrossEntropyLoss()),
        "NLLLoss": (LABELS, nn.NLLLoss()),
        "NLLLoss of shares": (LABELS, lambda p, y: functional.nll_loss(p.log(), y)),
    }
    targets, loss = losses[cost]
    outputs = 1 if cost in ("MSELoss of one output", "BCEWithLogitsLoss") else 2
    torch.manual_seed(1)
    layers = [nn.Linear(3, 4), getattr(nn, hidden)(), nn.Linear(4, outputs)]
    ends = {"Sigmoid": nn.Sigmoid, "Softmax": lambda: nn.Softmax(1), "LogSoftmax": lambda: nn.LogSoftmax(1)}
    model = nn.Sequential(*layers, *([ends[last]()] if last else [])).double()
    x, y = torch.tensor(X), torch.tensor(targets)
    logits = {"cost": "cross-entropy"} if cost in ("CrossEntropyLoss", "BCEWithLogitsLoss") else {}
    price = loss(model(x), y)
    price.backward()
    lab = blame_game.show(model, x, y, browser=False, **logits)
    compare(lab, price.item(), [(one.weight.grad.numpy(), one.bias.grad.numpy()) for one in layers[::2]])


@pytest.mark.parametrize(
    ("hidden", "last", "cost"),
    [
        ("Tanh", "", "half the squared distance"),
        ("LeakyReLU", "", "MSELoss of one output"),
        ("Sigmoid", "Sigmoid", "BCELoss"),
        ("ReLU", "", "BCEWithLogitsLoss"),
        ("Tanh", "", "CrossEntropyLoss"),
        ("Sigmoid", "LogSoftmax", "NLLLoss"),
        ("Identity", "Softmax", "NLLLoss of shares"),
    ],
)
def test_pytorch_has_the_same_gradients(blame_game: ModuleType, hidden: str, last: str, cost: str) -> None:
    by_torch(blame_game, pytest.importorskip("torch"), hidden, last, cost)


@pytest.mark.filterwarnings("ignore")  # three iterations are too few, scikit-learn says
@pytest.mark.parametrize("activation", ["logistic", "tanh", "relu", "identity"])
@pytest.mark.parametrize("kind", ["three classes", "two classes", "regression"])
def test_scikit_learn_has_the_same_gradients(blame_game: ModuleType, kind: str, activation: str) -> None:
    networks = pytest.importorskip("sklearn.neural_network")
    y = {"three classes": [*"abcabca"], "two classes": [*"ababbab"], "regression": SHARES[:, 0]}[kind]
    make = networks.MLPRegressor if kind == "regression" else networks.MLPClassifier
    model = make(hidden_layer_sizes=(4, 3), activation=activation, alpha=0, max_iter=3, random_state=0).fit(
        X, y
    )
    targets = (
        np.array(y)[:, None] if kind == "regression" else model._label_binarizer.transform(y).astype(float)
    )
    w, b = ([np.empty_like(block) for block in blocks] for blocks in (model.coefs_, model.intercepts_))
    cost, w, b = model._backprop(X, targets, None, [X, None, None, None], [None] * 3, w, b)
    lab = blame_game.show(model, X, y, browser=False)
    compare(lab, cost, [(one.T, other) for one, other in zip(w, b, strict=True)])
