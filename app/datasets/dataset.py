"""A data set: examples to learn from, and those that are held back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from app.engine.parameters import Array

WHOLE = 1e-9  # by how much shares may miss their sum, 1
Numbers = NDArray[np.intp]  # of examples, from 0


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples in a lively order: x has shape (n_0, N), y has shape (n_L, N), one column per example.

    `one_hot`: exactly one output of each example is 1, so that softmax fits. `kind`: "table", "cloud",
    "curve" or "own". `x_test`, `y_test`: examples held back, which no dial ever learns from; None where there
    are none. `note`: what whoever brought the examples along says about them; `called`: what the outputs
    stand for, where that is known.
    """

    key: str
    name: str
    sentence: str
    x: Array
    y: Array
    one_hot: bool = False
    kind: str = "table"
    x_test: Array | None = None
    y_test: Array | None = None
    note: str = ""
    called: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Count the examples to learn from."""
        return int(self.x.shape[1])

    @property
    def targets(self) -> Array:
        """Return all targets, those held back too."""
        return self.y if self.y_test is None else np.hstack([self.y, self.y_test])

    @property
    def classes(self) -> bool:
        """Tell whether every target is 0 or 1."""
        return bool(np.isin(self.targets, (0, 1)).all())

    @property
    def shares(self) -> bool:
        """Tell whether the targets of each example are shares of one whole, so that softmax fits."""
        whole = np.abs(self.targets.sum(axis=0) - 1) <= WHOLE
        return len(self.y) > 1 and bool(whole.all() and (self.targets >= 0).all())

    def as_rows(self) -> dict[str, Any]:
        """Return the examples as plain rows, {"inputs": [[…]], "targets": [[…]]}, with "note" and "classes"
        if any."""
        rows = {"inputs": self.x.T.tolist(), "targets": self.y.T.tolist()}
        return (
            rows
            | ({"note": self.note} if self.note else {})
            | ({"classes": list(self.called)} if self.called else {})
        )

    def batch(self, iteration: int, size: int) -> list[int]:
        """Return the numbers, from 0, of the examples of an iteration: `size` of them in turn, round and
        round.

        >>> four = np.zeros((1, 4))
        >>> Dataset("four", "Four", "Four examples.", four, four).batch(1, 3)
        [3, 0, 1]
        """
        return [(iteration * size + step) % self.rows for step in range(size)]


def held_back(size: int, test: float) -> int:
    """Return how many of some examples are held back for a test: of a share above 0 at least one, and never
    all."""
    return min(max(1, round(test * size)), size - 1) if test else 0


def parted(data: Dataset, train: Numbers, test: Numbers) -> Dataset:
    """Return a data set whose examples `test` are held back and `train` are learned from, its arrays
    read-only."""
    parts = [array[:, chosen] for chosen in (train, test) for array in (data.x, data.y)]
    for part in parts:
        part.setflags(write=False)
    x, y, *held = parts
    x_test, y_test = held if len(test) else (None, None)
    return replace(data, x=x, y=y, x_test=x_test, y_test=y_test)


@lru_cache(maxsize=64)
def divided(data: Dataset, seed: int, test: float) -> Dataset:
    """Return given examples in their order without a share `test` of them, drawn by `seed`, which is held
    back."""
    held = RandomState(seed).permutation(data.rows)[: held_back(data.rows, test)]
    return parted(data, np.setdiff1d(np.arange(data.rows), held), np.sort(held))
