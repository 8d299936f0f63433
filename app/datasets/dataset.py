"""A data set: examples to learn from, and those that are held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from app.engine.parameters import Array
from app.notation.numbers import figure, given

WHOLE = 1e-9  # by how much shares may miss their sum, 1
Numbers = NDArray[np.intp]  # of examples, from 0


class Column(NamedTuple):
    """What a row of x or y stands for: its name ("" without one), the original numbers that −1 and 1 stand
    for, and where it is one of two words, what 0 and 1 are.

    >>> Column("height", 150, 190).told(0.5), Column("sex", words=("female", "male")).told(1.0)
    ('180', 'male')
    """

    name: str = ""
    low: float = -1.0
    high: float = 1.0
    words: tuple[str, ...] = ()

    @property
    def scaled(self) -> bool:
        """Tell whether the numbers are other ones than somebody brought."""
        return (self.low, self.high) != (-1.0, 1.0)

    @property
    def half(self) -> float:
        """Return how many original units are a step of 1."""
        return (self.high - self.low) / 2

    def original(self, value: float) -> float:
        """Return the number that somebody brought, free of what only rounding has left."""
        return float(f"{self.low + (value + 1) * self.half:.12g}") if self.scaled else value

    def told(self, value: float) -> str:
        """Write a value as somebody brought it: its word, or its number in original units."""
        if self.words and value in (0, 1):
            return self.words[int(value)]
        return given(self.original(value))

    def label(self, value: float) -> str:
        """Write its name and a value as somebody brought it, "" where both are nothing new."""
        return f"{self.name} {self.told(value)}".strip() if self.name or self.scaled else ""

    def answered(self, value: float) -> str:
        """Write what a network says in original units."""
        return figure(self.original(value))


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples in a lively order: x has shape (n_0, N), y has shape (n_L, N), one column per example.

    `one_hot`: exactly one output of each example is 1, so that softmax fits. `kind`: "table", "cloud",
    "curve" or "own". `x_test`, `y_test`: examples held back, which no dial ever learns from; None where there
    are none. `note`: what whoever brought the examples along says about them; `called`: what the outputs
    stand for, where that is known; `columns`: what each row of x, then of y, stands for, () where nobody
    said.
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
    columns: tuple[Column, ...] = ()

    @property
    def rows(self) -> int:
        """Count the examples to learn from."""
        return int(self.x.shape[1])

    @cached_property
    def targets(self) -> Array:
        """Return all targets, those held back too."""
        return self.y if self.y_test is None else np.hstack([self.y, self.y_test])

    @cached_property
    def classes(self) -> bool:
        """Tell whether every target is 0 or 1."""
        return bool(np.isin(self.targets, (0, 1)).all())

    @property
    def shares(self) -> bool:
        """Tell whether the targets of each example are shares of one whole, so that softmax fits."""
        whole = np.abs(self.targets.sum(axis=0) - 1) <= WHOLE
        return len(self.y) > 1 and bool(whole.all() and (self.targets >= 0).all())

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """Return what each input stands for, as it is where nobody said."""
        return self.columns[: len(self.x)] or (Column(),) * len(self.x)

    @cached_property
    def aims(self) -> tuple[Column, ...]:
        """Return what each target stands for, as it is where nobody said."""
        return self.columns[len(self.x) :] or (Column(),) * len(self.y)

    def inputs_told(self, x: Sequence[float]) -> list[str]:
        """Write an example's inputs as somebody brought them."""
        if not self.columns:
            return list(map(figure, x))
        return [column.told(value) for column, value in zip(self.inputs, x, strict=True)]

    def targets_told(self, y: Sequence[float]) -> list[str]:
        """Write an example's targets as somebody brought them: of one of many its name."""
        if not self.columns:
            return list(map(figure, y))
        if self.one_hot and self.called:
            return [self.called[list(y).index(1)]]
        return [column.told(value) for column, value in zip(self.aims, y, strict=True)]

    def as_rows(self) -> dict[str, Any]:
        """Return the examples as plain rows, {"inputs": [[…]], "targets": [[…]]}, with "note", "classes" and
        "columns" if any."""
        rows = {"inputs": self.x.T.tolist(), "targets": self.y.T.tolist()}
        return (
            rows
            | ({"note": self.note} if self.note else {})
            | ({"classes": list(self.called)} if self.called else {})
            | ({"columns": [plain(column) for column in self.columns]} if self.columns else {})
        )

    def batch(self, iteration: int, size: int) -> list[int]:
        """Return the numbers, from 0, of the examples of an iteration: `size` of them in turn, round and
        round.

        >>> four = np.zeros((1, 4))
        >>> Dataset("four", "Four", "Four examples.", four, four).batch(1, 3)
        [3, 0, 1]
        """
        return [(iteration * size + step) % self.rows for step in range(size)]


def plain(column: Column) -> dict[str, Any]:
    """Return what a column stands for as JSON, without what goes without saying.

    >>> plain(Column("age", 2.0, 74.0)), plain(Column("x"))
    ({'name': 'age', 'low': 2.0, 'high': 74.0}, {'name': 'x'})
    """
    return (
        {"name": column.name}
        | ({"low": column.low, "high": column.high} if column.scaled else {})
        | ({"words": list(column.words)} if column.words else {})
    )


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
