"""One network as each library has it: classes of the same names and shapes stand in for the libraries'."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

W = [[[0.5, -1.0], [2.0, 0.25], [1.0, 1.5]], [[1.0, -0.5, 0.75]]]
B = [[0.1, 0.2, -0.3], [0.4]]
X, Y = [[0.0, 1.0], [1.0, 0.5], [-1.0, 2.0], [0.5, 0.5]], [1, 0, 0, 1]
LISTS = list(zip(W, B, strict=True))


def module(kind: str, **own: Any) -> Any:
    """Return something of a class of this name."""
    return type(kind, (), own)()


class Sequential(list):
    """A sequence of layers, as PyTorch has it."""


class Tensor:
    """Numbers that must be taken off their graph before they are a list."""

    def __init__(self, numbers: Any) -> None:
        self.numbers = numbers

    def detach(self) -> np.ndarray:
        return np.array(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


def torch_like(*more: Any) -> Sequential:
    first, second = (module("Linear", weight=Tensor(w), bias=Tensor(b)) for w, b in LISTS)
    return Sequential([module("Flatten"), Sequential([first, module("Tanh")]), second, *more])


def keras_like(last: str = "linear", *more: Any) -> Any:
    def function(name: str) -> Any:
        return SimpleNamespace(__name__=name)

    def dense(at: int, name: str) -> Any:
        arrays = [np.array(W[at]).T, np.array(B[at])]
        return module("Dense", get_weights=lambda _: arrays, activation=function(name))

    layers = [
        module("InputLayer"),
        dense(0, "linear"),
        module("Activation", activation=function("tanh")),
        dense(1, last),
        *more,
    ]
    return SimpleNamespace(layers=layers)


def sklearn_like(out: str = "logistic", **own: Any) -> Any:
    arrays = {"coefs_": [np.array(w).T for w in W], "intercepts_": [np.array(b) for b in B]}
    return SimpleNamespace(activation="tanh", out_activation_=out, **arrays, **own)
