"""Pasted matrices: in whatever way a program writes them, the same dials come back, or all that they could
be."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.engine.initialisers import initial
from app.lab.dial_list import readings
from app.limits import Unusable
from tests.lab.array_writers import COLUMNS, JOINED, OPEN, ROWS, UNSAID, written

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4).map(tuple)
NUMBERS = st.integers(0, 10**6)
SAYING = {**ROWS, **COLUMNS}
WRITERS = {**OPEN, **SAYING, **UNSAID, **JOINED}


def read(name: str, sizes: tuple[int, ...], seed: int) -> tuple[list[bool], int]:
    """Write dials drawn by chance and read them again; return which readings are right, and how many numbers
    there were."""
    dials = initial("normal", sizes, seed)
    dials = dials.filled(dials.vector() + initial("normal", (len(dials), 1), seed).w[1].ravel())
    text = written(WRITERS[name], dials)
    found = readings(text, sizes)
    return [(one.dials.vector() == dials.vector()).all() for one in found], len(dials)


@settings(max_examples=15)
@given(SIZES, NUMBERS)
@example((1, 1, 1), 0)
@example((2, 3, 1), 0)
@example((3, 1, 3), 1)
def test_each_format_comes_back_as_the_same_dials(sizes: tuple[int, ...], seed: int) -> None:
    for name in WRITERS:
        right, _ = read(name, sizes, seed)
        assert any(right), name
        if name in SAYING:
            assert right == [True], name
        assert len(right) <= (4 if name in JOINED or 1 in sizes else 2), name


@settings(max_examples=15)
@given(st.integers(2, 5), st.integers(1, 3), NUMBERS)
def test_square_matrices_have_two_readings_unless_their_source_says_which(
    side: int, layers: int, seed: int
) -> None:
    for name in {**OPEN, **UNSAID}:
        right, _ = read(name, (side,) * (layers + 1), seed)
        assert sorted(right) == [False, True], name


EXERCISE = "[[.11 .12]\n [.13 .14]]\n[.15 .16]\n[[.21 .22]\n [.23 .24]]\n[.25 .26]"
W, T = [[0.11, 0.12], [0.13, 0.14]], [[0.11, 0.13], [0.12, 0.14]]


def test_a_square_matrix_is_asked_about_with_both_readings() -> None:
    found = {one.way.key: one.dials for one in readings(EXERCISE, (2, 2, 2))}
    assert {key: dials.w[1].tolist() for key, dials in found.items()} == {"rows-turns": W, "columns-turns": T}
    assert all(dials.b[2].tolist() == [[0.25], [0.26]] for dials in found.values())


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"),
    [
        ("b: 1\nw₁: 2\nw₂: 3", (2, 1), [2, 3, 1]),
        ("w2 = 3; w1 = 2; b = 1", (2, 1), [2, 3, 1]),
        ("w1=.15, w2=.2, theta=1", (2, 1), [0.15, 0.2, -1]),
        ('{"v": 3, "w": 1, "b": 2, "c": 4}', (1, 1, 1), [1, 2, 3, 4]),
        ("W = 1\nb = 2\nV = 3\nc = 4", (1, 1, 1), [1, 2, 3, 4]),
        ("h₁:\n1 2 3\nŷ:\n4 5", (2, 1, 1), [1, 2, 3, 4, 5]),
        ("In [1]: W.T\nOut[1]: array([[1], [2]])  # transposed 2x1\n>>> b\n3", (2, 1), [1, 2, 3]),
        ("W_{1} = [[1], [2]].T\nb^{(1)} = [3]", (2, 1), [1, 2, 3]),
        ("W1 = [1e-3; 2]'\nb1 = 1/4", (2, 1), [0.001, 2, 0.25]),
        (
            r"$W = \begin{bmatrix} 1 \\ 2 \end{bmatrix}^\top, b = \begin{bmatrix} 3 \end{bmatrix}$",
            (2, 1),
            [1, 2, 3],
        ),
        ("weights: [[np.float64(1.0), np.float64(2.0)]]\nbias: tensor(3.)", (2, 1), [1, 2, 3]),
        ("coef_ = [[np.float64(1.0), np.float64(2.0)]]\nbias: [3, np.float64(4.)]", (1, 2), [1, 2, 3, 4]),
        ("W1 = [[1, 2]], b1 = [3", (2, 1), [1, 2, 3]),
        ("0.weight torch.Size([1, 2])\ntensor([[1., 2.]])\n0.bias tensor([3.])", (2, 1), [1, 2, 3]),
    ],
)
def test_what_can_be_read_in_one_way_is(text: str, sizes: tuple[int, ...], wanted: list[float]) -> None:
    (found,) = readings(text, sizes)
    assert found.dials.vector().tolist() == wanted


@pytest.mark.parametrize("turn", ["'", ".T", r"^\top", r"^{T}"])
def test_a_square_matrix_is_first_read_as_it_is_said_to_be_turned(turn: str) -> None:
    for said, rows in (("", [[1, 2], [3, 4]]), (turn, [[1, 3], [2, 4]])):
        first, other = readings(f"W = [[1, 2], [3, 4]]{said}\nb = [5, 6]", (2, 2))
        assert first.dials.w[1].tolist() == rows
        assert other.dials.w[1].T.tolist() == rows


def test_a_caption_over_several_arrays_says_what_comes_first() -> None:
    text = "Weights:\n[[1 2]\n [3 4]]\n[[5 6]\n [7 8]]\nBiases:\n[1 2]\n[3 4]"
    assert [one.way.key for one in readings(text, (2, 2, 2))] == ["rows-after", "columns-after"]


def test_one_number_that_is_called_a_bias_is_everybodys() -> None:
    text = "W1 =\n .15 .2\n .25 .3\nb1 = .35\nW2 =\n .4 .45\n .5 .55\nb2 = .6"
    for one in readings(text, (2, 2, 2)):
        assert (one.dials.b[1].tolist(), one.dials.b[2].tolist()) == ([[0.35], [0.35]], [[0.6], [0.6]])


def test_lines_that_could_be_rows_of_matrices_are_read_both_ways() -> None:
    rows = "1 2\n3 4\n\n5\n6\n\n7 8\n9 8\n\n7 6"
    assert [one.way.key for one in readings(rows, (2, 2, 2))] == ["rows-turns", "columns-turns", "lines"]
    (wrapped,) = readings("1 2 3 4\n5\n6 7\n8 9", (2, 2, 1))
    assert wrapped.dials.b[1].tolist() == [[3], [6]]


THREE = ((1, 2), (2, 3), (3, 1))


def test_lists_that_could_be_neurons_or_arrays_are_read_both_ways() -> None:
    for text in ("[1, 2] [3, 4]", "1 2\n3 4"):
        found = {one.way.neurons: one.dials for one in readings(text, (1, 2))}
        assert found["rows"].vector().tolist() == [1, 2, 3, 4]
        assert found["lines"].vector().tolist() == [1, 3, 2, 4]


SHAPE = {"array": ("W1", 1, 3, 2), "layer": 1, "to": 2, "sources": 2, "neurons": "rows"}


@pytest.mark.parametrize(
    ("text", "why", "facts"),
    [
        ("W1 = [[1,2],[3,4],[5,6]]\nb1 = [1,2]\nW2 = [[1,2]]\nb2 = [1]", "dials-shape-w", SHAPE),
        (
            "[[1,2],[3,4]] [1,2,3] [[1,2]] [1]",
            "dials-shape-b",
            {"array": ("", 2, 1, 3), "layer": 1, "to": 2, "sources": 2, "neurons": "rows"},
        ),
        (
            "W1 = [[1,2,3],[3,4,5]]\nW2 = [[1,2]]",
            "dials-shape-joined",
            {"array": ("W2", 2, 1, 2), "layer": 2, "to": 1, "sources": 3, "neurons": "rows"},
        ),
        (
            "coefs_ = [[[1,2],[3,4]], [[1,2]]]\nintercepts_ = [[1,2], [1]]",
            "dials-shape-w",
            {"array": ("coefs_", 2, 1, 2), "layer": 2, "to": 1, "sources": 2, "neurons": "columns"},
        ),
        (
            "[[1,2],[3,4]] [1,2] [[1],[2]] [3,4]",  # columns but for the last, of which rows fit less
            "dials-shape-b",
            {"array": ("", 4, 1, 2), "layer": 2, "to": 1, "sources": 2, "neurons": "columns"},
        ),
        (
            "W1 = [[1,2],[3,4]]\nW2 = [[1,2]]\nb = [[1,2],[3,4]]",  # a row of biases for each layer
            "dials-shape-b",
            {"array": ("b", 0, 1, 2), "layer": 2, "to": 1, "sources": 2, "neurons": "rows"},
        ),
        ("W1 = [[1,2],[3,4]]", "dials-blocks", {"layers": 2, "arrays": [("W1", 1, 2, 2)]}),
        (
            "W1 = [[1,2],[3,4]]\nW2 = [[1,2]]\nb1 = [1,2]",
            "dials-blocks",
            {"layers": 2, "arrays": [("W1", 1, 2, 2), ("W2", 2, 1, 2), ("b1", 3, 1, 2)]},
        ),
        ("[1, 2] [3 4 5] [6]", "dials-blocks", {"layers": 2, "arrays": [("", n, 1, m) for n, m in THREE]}),
        ("[[1 2 ... 3]\n…", "dials-left-out", {"line": 1}),
        ("[1\n… 3]", "dials-left-out", {"line": 2}),
        ("[[1, 2],\n [3, nan]]", "dials-number", {"line": 2, "text": "nan"}),
        ("[[1, 2],\n [two, 4]]", "dials-number", {"line": 2, "text": "two"}),
        ("[[1, 2],\n [3 four]]", "dials-number", {"line": 2, "text": "four"}),
        ("[1, 1e9]", "dials-number", {"line": 1, "text": "1e9"}),
        ("[1, 1/0]", "dials-number", {"line": 1, "text": "1/0"}),
        ("[" * 13, "dials-number", {"line": 1, "text": "[" * 12}),
        ("W1 = [1 2; 3]", "dials-ragged", {"line": 1}),
        ("W1 = 2 * [1 2; 3 4]", "dials-sign", {"line": 1, "text": "*"}),
        ("W1 = [1 - 2; 3 4]", "dials-sign", {"line": 1, "text": "-"}),
        ("[ ]", "dials-count", {"wanted": 9, "found": 0}),
        ("w1: 1\nb1: 2\nw2: 3", "dials-name", {"text": "b1", "dial": "w₁₂"}),
    ],
)
def test_what_does_not_fit_is_told_block_by_block(text: str, why: str, facts: dict) -> None:
    with pytest.raises(Unusable) as caught:
        readings(text, (2, 2, 1))
    assert caught.value.problem == ("dials", why, facts)


@settings(max_examples=100)
@given(st.text(st.sampled_from("[](){};:=,. \n-*'1/e2WbxT#…²\\&^$"), max_size=60))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    with suppress(Unusable):
        assert all(one.dials.finite() for one in readings(text, (1, 1)))
