"""Names say whose weights are whose, whether biases are there or not, and whatever stands first."""

from __future__ import annotations

import pytest

from app.lab.dial_list import readings
from app.limits import Unusable
from app.notation.names import Sizes

ROWS_OR_COLUMNS = {"rows": [1, 2, 3, 4], "columns": [1, 3, 2, 4]}


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"),
    [
        ("w₂: 5\nw₁: 3", (2, 1), {"lines": [3, 5]}),
        ("5\n3", (2, 1), {"lines": [5, 3]}),
        ("w1 = 3, w2 = 5", (2, 1), {"lines": [3, 5]}),
        ("w1 = [3]\nw2 = [5]", (2, 1), {"lines": [3, 5]}),
        ("Weights\n1 2", (2, 1), {"rows": [1, 2]}),
        ("[1, 2]", (2, 1), {"rows": [1, 2]}),
        ("Weights\n1 2\nBiases\n0", (2, 1), {"rows": [1, 2]}),
        ("W1 =\n1 2\n3 4", (2, 2), ROWS_OR_COLUMNS),
        ("[[1, 2], [3, 4]]", (2, 2), ROWS_OR_COLUMNS),
        ("0.weight: tensor([[1, 2], [3, 4]])", (2, 2), {"rows": [1, 2, 3, 4]}),
        ("kernel = [[1, 2], [3, 4]]", (2, 2), {"columns": [1, 3, 2, 4]}),
        ("W2 = [[4, 5]]\nW1 = [[2], [3]]", (1, 2, 1), {"rows": [2, 3, 4, 5]}),
        ("V = [[4, 5]]\nW = [[2], [3]]", (1, 2, 1), {"columns": [4, 5, 2, 3], "rows-letters": [2, 3, 4, 5]}),
    ],
)
def test_weights_without_biases(text: str, sizes: Sizes, wanted: dict[str, list[float]]) -> None:
    found = {one.way.key: one.dials for one in readings(text, sizes, biases=False)}
    weights = {
        key: [number for layer in sorted(dials.w) for number in dials.w[layer].ravel().tolist()]
        for key, dials in found.items()
    }
    assert weights == wanted
    assert not any(dials.b[layer].any() for dials in found.values() for layer in dials.b)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1\n2\nθ: 3", {"lines": [1, 2, -3]}),
        ("1 2\nθ: 3", {"rows-turns": [1, 2, -3]}),
        ("x: 1 2\nthreshold: 3", {"rows-turns": [1, 2, -3]}),
        ("1\n2\nb: 3", {"lines": [1, 2, 3]}),
        ("Exercise 4, part b: 1\n2\n3", {"lines": [1, 2, 3]}),
    ],
)
def test_a_name_on_one_line_alone_is_heard(text: str, wanted: dict[str, list[float]]) -> None:
    assert {one.way.key: one.dials.vector().tolist() for one in readings(text, (2, 1))} == wanted


@pytest.mark.parametrize(
    ("text", "named", "dial"),
    [
        ("b: 3\n1\n2", "b", "w₁"),
        ("1\n2\nw: 3", "w", "b"),
        ("1\nθ: 3\n2", "θ", "w₂"),
        ("threshold_of_the_output: 3\n1\n2", "threshold_of_the_out", "w₁"),
    ],
)
def test_a_bias_where_a_weight_should_be_is_told(text: str, named: str, dial: str) -> None:
    with pytest.raises(Unusable) as caught:
        readings(text, (2, 1))
    assert caught.value.problem == ("dials", "dials-name", {"text": named, "dial": dial})


def test_a_name_leaves_the_readings_in_which_it_is_true() -> None:
    ways = {one.way.key: one.dials.vector().tolist() for one in readings("1 2\n4\nb: 3\n5", (2, 1, 1))}
    assert ways == {"rows-after": [1, 2, 3, 4, 5]}
    ways = {one.way.key: one.dials.vector().tolist() for one in readings("1 2\n4\n3\n5", (2, 1, 1))}
    assert ways == {"rows-turns": [1, 2, 4, 3, 5], "rows-after": [1, 2, 3, 4, 5]}


# Of a network with one hidden layer the picture calls the weights w and v, the biases b and c.
BY_KEYS = '{"V": [[4, 5], [6, 7]], "W": [[1, 2], [3, 8]], "b": [10, 20], "c": [30, 40]}'
IN_TURN = "V = [[4, 5], [6, 7]]\nc = [30, 40]\nW = [[1, 2], [3, 8]]\nb = [10, 20]"


@pytest.mark.parametrize(("text", "first"), [(BY_KEYS, [10, 20]), (IN_TURN, [30, 40])])
def test_w_and_v_may_be_meant_as_in_the_picture_whatever_stands_first(text: str, first: list[float]) -> None:
    found = {one.way.key: one.dials for one in readings(text, (2, 2, 2))}
    assert found.keys() == {"rows", "columns", "rows-letters", "columns-letters"}
    letters, order = found["rows-letters"], found["rows"]
    assert [letters.w[1].tolist(), letters.w[2].tolist()] == [[[1, 2], [3, 8]], [[4, 5], [6, 7]]]
    assert [letters.b[1].ravel().tolist(), letters.b[2].ravel().tolist()] == [[10, 20], [30, 40]]
    assert order.w[1].tolist() == [[4, 5], [6, 7]]
    assert order.b[1].ravel().tolist() == first


def test_where_shapes_tell_w_and_v_apart_nobody_is_asked() -> None:
    (found,) = readings('{"V": [[4, 5]], "W": [[1, 2], [3, 8]], "b": [10, 20], "c": [30]}', (2, 2, 1))
    assert found.dials.vector().tolist() == [1, 2, 3, 8, 10, 20, 4, 5, 30]


def test_of_two_arrays_alike_the_one_that_does_not_fit_is_told() -> None:
    with pytest.raises(Unusable) as caught:
        readings("[[1,2],[3,4]] [1,2] [[5, 6]] [1,2]", (2, 2, 1))
    assert caught.value.problem.facts["array"] == ("", 4, 1, 2)
