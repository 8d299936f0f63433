"""Rows of numbers without brackets or names, as spreadsheets give them: all the matrices that they could
be."""

from __future__ import annotations

import pytest

from app.lab.dial_list import readings

# In turn, a neuron of three inputs takes four numbers, one of two inputs takes three.
FLAT = {"lines": ([[1, 2, 3], [5, 6, 7]], [[4], [8]])}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 2 3\n4 5 6\n7 8", {"rows-turns": ([[1, 2, 3], [4, 5, 6]], [[7], [8]])}),
        ("1\t2\n3\t4\n5\t6\n7\t8", {"columns-turns": ([[1, 3, 5], [2, 4, 6]], [[7], [8]])}),
        ("1 2\n3 4\n5 6\n7\n8", {"columns-turns": ([[1, 3, 5], [2, 4, 6]], [[7], [8]])}),
    ],
)
def test_a_matrix_is_read_by_rows_or_by_columns_as_it_fits(text: str, found: dict) -> None:
    ways = {one.way.key: (one.dials.w[1].tolist(), one.dials.b[1].tolist()) for one in readings(text, (3, 2))}
    assert ways == found | FLAT


def read(text: str, sizes: tuple[int, ...]) -> dict[str, tuple[list, list, list]]:
    """Return for each reading the weights of layer 1, those of layer 2, and the biases of layer 1."""
    return {
        one.way.key: (one.dials.w[1].tolist(), one.dials.w[2].tolist(), one.dials.b[1].ravel().tolist())
        for one in readings(text, sizes)
    }


def test_what_stands_between_two_matrices_is_biases_or_the_next_weights() -> None:
    w, lines = [[1, 2], [3, 4], [5, 6]], ([[1, 2], [4, 5], [7, 8]], [[10, 11, 12]], [3, 6, 9])
    assert read("1 2\n3 4\n5 6\n7 8 9\n10 11 12\n13", (2, 3, 1)) == {
        "rows-turns": (w, [[10, 11, 12]], [7, 8, 9]),
        "rows-after": (w, [[7, 8, 9]], [10, 11, 12]),
        "lines": lines,
    }
    assert read("1 2\n3 4\n5 6\n7 8 9\n10\n11\n12\n13", (2, 3, 1)) == {
        "rows-after": (w, [[7, 8, 9]], [10, 11, 12]),
        "lines": lines,
    }
    assert read("1 2\n3 4\n5 6\n7\n8\n9\n10 11 12\n13", (2, 3, 1)) == {
        "rows-turns": (w, [[10, 11, 12]], [7, 8, 9]),
        "lines": lines,
    }


def test_columns_of_two_layers_are_read_below_each_other() -> None:
    w, lines = [[1, 3, 5], [2, 4, 6]], ([[1, 2, 3], [5, 6, 7]], [[9, 10]], [4, 8])
    assert read("1 2\n3 4\n5 6\n7\n8\n9\n10\n11", (3, 2, 1)) == {
        "columns-turns": (w, [[9, 10]], [7, 8]),
        "columns-after": (w, [[7, 8]], [9, 10]),
        "lines": lines,
    }


def test_rows_that_fit_four_ways_are_read_four_ways() -> None:
    w, turned = [[1, 2], [3, 4]], [[1, 3], [2, 4]]
    assert read("1 2\n3 4\n5 6\n7\n8\n9", (2, 2, 1)) == {
        "columns-turns": (turned, [[7, 8]], [5, 6]),
        "rows-after": (w, [[5, 6]], [7, 8]),
        "columns-after": (turned, [[5, 6]], [7, 8]),
        "lines": ([[1, 2], [4, 5]], [[7, 8]], [3, 6]),
    }


def test_a_plain_column_of_numbers_is_a_list_neuron_by_neuron() -> None:
    (found,) = readings("1\n2\n3\n4", (1, 2))
    assert (found.dials.w[1].tolist(), found.dials.b[1].tolist()) == ([[1], [3]], [[2], [4]])
