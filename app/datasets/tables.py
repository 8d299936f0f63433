"""What there is to learn. To add a data set: write a `table` and put it into `DATASETS`."""

from __future__ import annotations

import numpy as np

from app.datasets.dataset import Dataset
from app.notation.language import N_

Rows = list[tuple[list[float], list[float]]]


def table(
    key: str, name: str, sentence: str, rows: Rows, *, one_hot: bool = False, called: tuple[str, ...] = ()
) -> Dataset:
    """Return a data set from (inputs, targets) pairs, its arrays read-only."""
    x, y = (np.array(columns, dtype=float).T.copy() for columns in zip(*rows, strict=True))
    x.setflags(write=False)
    y.setflags(write=False)
    return Dataset(key, name, sentence, x, y, one_hot, called=called)


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
            N_("1 only when both inputs are 1; one straight line tells the two apart."),
            [([1, 1], [1]), ([0, 1], [0]), ([1, 0], [0]), ([0, 0], [0])],
        ),
        table(
            "or",
            "OR",
            N_("1 when at least one input is 1; one straight line is enough here too."),
            [([1, 0], [1]), ([0, 1], [1]), ([1, 1], [1]), ([0, 0], [0])],
        ),
        table(
            "xor",
            "XOR",
            N_("1 when exactly one input is 1; no straight line does it, so a hidden layer is needed."),
            [([0, 1], [1]), ([1, 1], [0]), ([1, 0], [1]), ([0, 0], [0])],
        ),
        table(
            "article",
            N_("Two inputs"),
            N_("The two-input network of the story: a busy and a lazy input, and one answer to predict."),
            [([0.9, 0.3], [1]), ([0.2, 0.8], [0]), ([0.7, 0.1], [1]), ([0.4, 0.9], [0])],
        ),
        table(
            "textbook",
            N_("Textbook example"),
            N_("One example with two targets, to be worked out line by line."),
            [([0.05, 0.10], [0.01, 0.99])],
        ),
        table(
            "half-adder",
            N_("Half adder"),
            N_("Adds two bits: the first output is the sum's last digit, the second the carry."),
            [([1, 1], [0, 1]), ([0, 1], [1, 0]), ([1, 0], [1, 0]), ([0, 0], [0, 0])],
        ),
        table(
            "digits",
            N_("Digits"),
            N_("Seven segments of a display in, one of the digits 0 to 9 out."),
            [
                ([int(lit) for lit in lights], [int(d == digit) for d in range(10)])
                for digit, lights in SEGMENTS.items()
            ],
            one_hot=True,
            called=tuple(map(str, range(10))),
        ),
    )
}
