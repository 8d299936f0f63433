"""The same training by other libraries, each as its own manual writes it, on one thread and in float64."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise

from app.engine.parameters import Array

Trainer = Callable[[], int]  # trains for a moment and returns how many examples it learned from
ETA = 0.03


def sklearn_trainer(sizes: tuple[int, ...], batch: int, x: Array, y: Array) -> Trainer:
    """Return scikit-learn's `partial_fit`: all examples a call, which spares it most of a call's checks."""
    from sklearn.neural_network import MLPClassifier

    inputs, targets = x.T.copy(), y[0].astype(int)
    model = MLPClassifier(
        sizes[1:-1],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=batch,
        learning_rate_init=ETA,
        momentum=0.0,
        shuffle=False,
        random_state=0,
    )
    model.partial_fit(inputs, targets, classes=[0, 1])

    def train() -> int:
        model.partial_fit(inputs, targets)
        return len(inputs)

    return train


def torch_trainer(sizes: tuple[int, ...], batch: int, x: Array, y: Array) -> Trainer:
    """Return PyTorch, eager: a `Sequential`, its cost from logits, and `SGD`."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    layers: list[torch.nn.Module] = []
    for below, above in pairwise(sizes):
        layers += [torch.nn.Linear(below, above, dtype=torch.float64), torch.nn.Tanh()]
    model, cost = torch.nn.Sequential(*layers[:-1]), torch.nn.BCEWithLogitsLoss()
    down = torch.optim.SGD(model.parameters(), lr=ETA)
    inputs, targets = torch.from_numpy(x.T.copy()), torch.from_numpy(y.T.copy())
    batches = [(inputs[at : at + batch], targets[at : at + batch]) for at in range(0, len(inputs), batch)]

    def train() -> int:
        for given, wanted in batches:
            down.zero_grad()
            cost(model(given), wanted).backward()
            down.step()
        return len(inputs)

    return train


def rate(train: Trainer, seconds: float) -> float:
    """Return examples per second of processor time, which other people's work does not make longer."""
    train()
    done, begin = 0, time.process_time()
    while time.process_time() < begin + seconds:
        done += train()
    return done / (time.process_time() - begin)


def peers() -> dict[str, Callable[..., Trainer]]:
    """Return those whose library is there, by its name."""
    warnings.filterwarnings("ignore", module="sklearn")
    return {name: trainer for name, trainer in PEERS.items() if usable(name)}


def usable(name: str) -> bool:
    """Tell whether a library can be imported: PyTorch's large build wants more than itself."""
    try:
        import_module(name)
    except (ImportError, OSError):
        return False
    return True


PEERS: dict[str, Callable[..., Trainer]] = {"torch": torch_trainer, "sklearn": sklearn_trainer}
