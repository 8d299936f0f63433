"""What there is to learn. To add a data set: write a `table` and put it into `DATASETS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray


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
        return self.x.shape[1]

    @property
    def targets(self) -> Array:
        """Return all targets, those held back too."""
        return self.y if self.y_test is None else np.hstack([self.y, self.y_test])

    @property
    def classes(self) -> bool:
        """Tell whether every target is 0 or 1."""
        return bool(np.isin(self.targets, (0, 1)).all())

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

        >>> DATASETS["xor"].batch(1, 3)
        [3, 0, 1]
        """
        return [(iteration * size + step) % self.rows for step in range(size)]


def table(key: str, name: str, sentence: str, rows: list[tuple[list, list]], **more: bool) -> Dataset:
    """Return a data set from (inputs, targets) pairs, its arrays read-only."""
    x, y = (np.array(columns, dtype=float).T.copy() for columns in zip(*rows, strict=True))
    x.setflags(write=False)
    y.setflags(write=False)
    return Dataset(key, name, sentence, x, y, **more)


# Which of the seven segments of a display are lit, clockwise from the top, the middle one last.
SEGMENTS = {
    8: "1111111",
    1: "0110000",
    4: "0110011",
    7: "1110000",
    0: "1111110",
    2: "1101101",
    5: "1011011",
    3: "1111001",
    6: "1011111",
    9: "1111011",
}

DATASETS: dict[str, Dataset] = {
    entry.key: entry
    for entry in (
        table(
            "and",
            "AND",
            "1 only when both inputs are 1; one straight line tells the two apart.",
            [([1, 1], [1]), ([0, 1], [0]), ([1, 0], [0]), ([0, 0], [0])],
        ),
        table(
            "or",
            "OR",
            "1 when at least one input is 1; one straight line is enough here too.",
            [([1, 0], [1]), ([0, 1], [1]), ([1, 1], [1]), ([0, 0], [0])],
        ),
        table(
            "xor",
            "XOR",
            "1 when exactly one input is 1; no straight line does it, so a hidden layer is needed.",
            [([0, 1], [1]), ([1, 1], [0]), ([1, 0], [1]), ([0, 0], [0])],
        ),
        table(
            "article",
            "Two inputs",
            "The two-input network of the story: a busy and a lazy input, and one answer to predict.",
            [([0.9, 0.3], [1]), ([0.2, 0.8], [0]), ([0.7, 0.1], [1]), ([0.4, 0.9], [0])],
        ),
        table(
            "half-adder",
            "Half adder",
            "Adds two bits: the first output is the sum's last digit, the second the carry.",
            [([1, 1], [0, 1]), ([0, 1], [1, 0]), ([1, 0], [1, 0]), ([0, 0], [0, 0])],
        ),
        table(
            "digits",
            "Digits",
            "Seven segments of a display in, one of the digits 0 to 9 out.",
            [
                ([int(lit) for lit in lights], [int(d == digit) for d in range(10)])
                for digit, lights in SEGMENTS.items()
            ],
            one_hot=True,
        ),
    )
}
