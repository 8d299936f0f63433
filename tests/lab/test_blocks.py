"""Arrays in a text: what is an array and what only stands beside one, and what is told of the rest."""

from __future__ import annotations

import pytest

from app.lab.blocks import Block, blocks_of
from app.limits import Unusable

ROW, BIAS = ((1.0, 2.0),), ((3.0,),)
LONG = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- [[1, 2]]\n- [3]", ["", ""]),
        ("- W: [[1, 2]]\n- b: [3]", ["W", "b"]),
        ("W - hidden [[1, 2]], b - hidden [3]", ["W hidden", "b hidden"]),
        ("(hidden) W = [[1, 2]], b = [3]", ["W", "b"]),
        ("{layer-1: [[1, 2]], b: [3]}", ["layer 1", "b"]),
        ("{net: {layer-1: [[1, 2]], b: [3]}}", ["net layer 1", "net b"]),
        ("W = [[1, 2]], b = [3]\n(units", ["W", "b"]),
    ],
)
def test_words_and_dashes_beside_arrays_are_names_or_nothing(text: str, names: list[str]) -> None:
    found = blocks_of(text)
    assert [block.name for block in found] == names
    assert [block.rows for block in found] == [ROW, BIAS]


def test_a_list_that_is_turned_is_a_column_and_no_longer_a_list() -> None:
    assert blocks_of("[1 2]'") == (Block("", ((1.0,), (2.0,)), flat=False, line=1),)


def test_what_is_turned_twice_stands_as_it_did() -> None:
    assert blocks_of("[1 2; 3 4]' ]'")[0].rows == ((1.0, 2.0), (3.0, 4.0))


def test_twelve_brackets_within_each_other_are_read() -> None:
    assert blocks_of("[" * 12 + "1 2" + "]" * 12)[0].rows == ROW


def test_the_largest_dials_are_read() -> None:
    assert blocks_of("[1000000, -1000000]")[0].rows == ((1e6, -1e6),)


@pytest.mark.parametrize(
    ("text", "why", "facts"),
    [
        ("\n[1 … 2]", "dials-left-out", {"line": 2}),
        ("[x]", "dials-number", {"line": 1, "text": "x"}),
        ("[[x 1\n]]", "dials-number", {"line": 1, "text": "x"}),
        ("(x 1)", "dials-number", {"line": 1, "text": "x"}),
        ("(1 2; x)", "dials-number", {"line": 1, "text": "x"}),
        (f"[{LONG} 1]", "dials-number", {"line": 1, "text": "abcdefghijklmnopqrst"}),
        (f"[1 {LONG}]", "dials-number", {"line": 1, "text": "abcdefghijklmnopqrst"}),
        ("[1234567890123456789012345]", "dials-number", {"line": 1, "text": "12345678901234567890"}),
    ],
)
def test_what_is_no_number_is_told_with_its_line_and_its_first_letters(
    text: str, why: str, facts: dict
) -> None:
    with pytest.raises(Unusable) as caught:
        blocks_of(text)
    assert caught.value.problem == ("dials", why, facts)
