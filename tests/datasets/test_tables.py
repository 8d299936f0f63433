"""Data sets: the truth tables by arithmetic, the digits by their segments, and whose turn it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets.tables import DATASETS, SEGMENTS, table

TRUTH = {
    "and": lambda p, q: [p and q],
    "or": lambda p, q: [p or q],
    "xor": lambda p, q: [p != q],
    "half-adder": lambda p, q: [(p + q) % 2, (p + q) // 2],
}
# A seven-segment display drawn as text: top, upper right, lower right, bottom, lower left, upper left,
# middle.
DRAWN = """
 _       _   _       _   _   _   _   _
| |   |  _|  _| |_| |_  |_    | |_| |_|
|_|   | |_   _|   |  _| |_|   | |_|  _|
"""


def lit(digit: int) -> str:
    """Read a digit's segments from the drawing."""
    rows = [row.ljust(40)[4 * digit : 4 * digit + 3] for row in DRAWN.strip("\n").split("\n")]
    spots = ((0, 1), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (1, 1))
    return "".join("0" if rows[row][column] == " " else "1" for row, column in spots)


@pytest.mark.parametrize("key", TRUTH)
def test_a_truth_table_holds_all_four_rows_and_each_is_true(key):
    data = DATASETS[key]
    assert {tuple(row) for row in data.x.T} == {(0, 0), (0, 1), (1, 0), (1, 1)}
    for inputs, targets in zip(data.x.T, data.y.T, strict=True):
        assert targets.tolist() == TRUTH[key](*map(int, inputs))


def test_every_digit_is_lit_as_it_is_drawn():
    data = DATASETS["digits"]
    assert sorted(SEGMENTS) == list(range(10))
    for lights, shares in zip(data.x.T, data.y.T, strict=True):
        assert "".join(str(int(light)) for light in lights) == lit(int(shares.argmax()))
    assert (data.x.shape, data.y.shape) == ((7, 10), (10, 10))
    assert sorted(data.y.argmax(axis=0)) == list(range(10))


def test_the_story_starts_with_a_busy_and_a_lazy_input():
    assert DATASETS["article"].x.T.tolist() == [[0.9, 0.3], [0.2, 0.8], [0.7, 0.1], [0.4, 0.9]]
    assert DATASETS["article"].y.T.tolist() == [[1.0], [0.0], [1.0], [0.0]]


@pytest.mark.parametrize("key", DATASETS)
def test_one_column_per_example_and_targets_within_what_every_cost_can_judge(key):
    data = DATASETS[key]
    assert data.x.shape[1] == data.y.shape[1] == data.rows
    assert data.x.dtype == data.y.dtype == float
    assert ((data.y >= 0) & (data.y <= 1)).all()


@pytest.mark.parametrize("key", DATASETS)
def test_one_hot_is_said_where_it_holds_and_only_there(key):
    y = DATASETS[key].y
    exactly_one = (y.sum(axis=0) == 1) & (y.max(axis=0) == 1)
    assert DATASETS[key].one_hot == (len(y) > 1 and bool(exactly_one.all()))


@pytest.mark.parametrize("key", DATASETS)
def test_the_first_example_is_never_all_zeros_where_no_first_weight_would_learn(key):
    assert DATASETS[key].x[:, 0].any()


@pytest.mark.parametrize("key", DATASETS)
def test_nobody_can_write_into_the_examples(key):
    for array in (DATASETS[key].x, DATASETS[key].y):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 5.0


@given(size=st.integers(1, 10), iterations=st.integers(1, 25))
def test_batches_take_turns_so_that_nobody_is_left_out(size, iterations):
    data = DATASETS["digits"]
    turns = [number for iteration in range(iterations) for number in data.batch(iteration, size)]
    assert turns == [step % 10 for step in range(iterations * size)]


def test_a_table_with_a_row_too_long_is_refused():
    with pytest.raises(ValueError, match="inhomogeneous"):
        table("key", "Name", "Sentence.", [([0, 1], [0]), ([0, 1, 1], [0])])
