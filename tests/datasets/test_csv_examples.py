"""A pasted table: cut where it should be, read as it was meant, and every line that cannot be read told with
its number."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets.csv_cells import best_cut, has_header, rows_in
from app.datasets.csv_examples import Bad, Reading, Wishes, read_sheet
from app.datasets.csv_numbers import number_in
from app.datasets.dataset import Column
from app.datasets.own import own_from
from app.limits import Problem, Unusable

FLOWERS = "len,wid,kind\n5.1,3.5,b\n4.9,3.0,a\n7.0,3.2,b\n6.4,3.1,a\n"


def used(found: Reading) -> tuple[list, list]:
    """Return number and heading of each input column and of each target column."""
    return [one[:2] for one in found.columns], [one[:2] for one in found.aims]


def refused(text: str, **wishes: Any) -> Problem:
    with pytest.raises(Unusable) as caught:
        read_sheet(text, Wishes(**wishes))
    return caught.value.problem


@pytest.mark.parametrize(
    "text",
    [
        "1.5,2,0\n-3,4e0,1",
        "1.5;2;0\n-3;4;1",
        "1,5;2;0\n−3;4,0;1",
        "1.5\t2\t0\r\n-3\t4\t1\r\n",
        "1.5 2 0\n-3 4 1",
        " 1,5   2  0 \n\n -3   4 1\n",
        "1.5, 2, 0\n-3, 4, 1",
        '"1.5","2","0"\n"-3",4,1',
        "3/2,2,0\n-3,8/2,1",
        "1.5;2;0\r-3;4;1",
        "a;b;c\n1,5;2;0\n-3;4;1",
        "1.5,2,0,\n-3,4,1,",
        "a;b;c\n1,5;2;0;\n-3;4;1;",
        "# from the lab\n# today\na,b,c\n1.5,2,0\n-3,4,1",
    ],
)
def test_the_same_numbers_are_read_however_they_are_written(text: str) -> None:
    found = read_sheet(text, Wishes())
    assert (found.inputs, found.targets, found.classes) == ([[1.5, 2.0], [-3.0, 4.0]], [[0.0], [1.0]], [])


@pytest.mark.parametrize(("separator", "cells"), [("semicolon", 2), ("comma", 3)])
def test_a_separator_that_was_named_is_the_one_that_counts(separator: str, cells: int) -> None:
    found = read_sheet("1,2;3,4\n5,6;7,8", Wishes(separator="semicolon"))
    assert (found.inputs, found.targets) == ([[1.2], [5.6]], [[3.4], [7.8]])
    found = read_sheet("1,2;3,4\n5,6;7,8", Wishes(separator="comma"))
    assert (found.inputs, found.targets) == ([[1], [5]], [[4], [8]])
    assert found.left == [(2, "", "neither")]


def test_lines_keep_their_numbers_also_behind_empty_ones_and_inside_quotes() -> None:
    rows = rows_in('a,b\n\n"x\ny",2\n3,4', ",")
    assert [(row.line, row.cells[0]) for row in rows] == [(1, "a"), (3, "x\ny"), (5, "3")]
    assert best_cut("").rows == best_cut(" \n \n").rows == []


@pytest.mark.parametrize(
    ("text", "headed"),
    [
        ("a,b\n1,2", True),
        ("1,2\n3,4", False),
        ("a,2\n3,4", False),
        ("a,b\nc,d", False),
        ("x,kind\n1,a\n2,b", True),
        ("a,b", False),
        ("a,b\n1", True),
    ],
)
def test_headings_are_found_where_the_first_line_has_no_number_and_others_have(
    text: str, headed: bool
) -> None:
    assert has_header(rows_in(text, ",")) == headed


def test_a_heading_may_begin_with_a_hash_and_a_remark_keeps_its_line() -> None:
    assert used(read_sheet("#a,b,c\n1,2,0\n3,4,1", Wishes()))[0] == [(1, "#a"), (2, "b")]
    assert refused("# a remark\n1,2,0\n3,x,1").facts["bad"][0].line == 3
    assert best_cut("1,2,\n3,4,5").rows[0].cells == ["1", "2", ""]


def test_headings_can_be_insisted_on_and_denied() -> None:
    assert used(read_sheet("2019,2020\n1,2\n3,4", Wishes(header="yes")))[0] == [(1, "2019")]
    assert len(read_sheet("2019,2020\n1,2\n3,4", Wishes(header="auto")).inputs) == 3
    assert refused("a,b\n1,2", header="no").facts["bad"] == (Bad(1, "number", {"column": 1, "cell": "a"}),)


def test_two_names_are_one_output_and_more_are_one_each() -> None:
    two = read_sheet(FLOWERS, Wishes())
    assert (two.classes, two.targets) == (["a", "b"], [[1], [0], [1], [0]])
    assert used(two) == ([(1, "len"), (2, "wid")], [(3, "kind")])
    three = read_sheet(FLOWERS + "1,1,c\n", Wishes())
    assert (three.classes, three.targets[0], three.targets[4]) == (["a", "b", "c"], [0, 1, 0], [0, 0, 1])
    assert own_from({"inputs": three.inputs, "targets": three.targets}).one_hot


def test_numbers_can_be_classes_too_and_come_in_their_order() -> None:
    found = read_sheet("0,10\n0,9\n0,2\n0,9", Wishes(kind="classes"))
    assert (found.classes, found.targets) == (["2", "9", "10"], [[0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 0]])
    assert read_sheet("0,10\n0,9", Wishes()).targets == [[10], [9]]
    assert refused("0,a\n0,b", kind="numbers").why == "sheet-none"


def test_one_typing_error_among_numbers_is_no_class() -> None:
    assert refused("1,2\n3,4x\n5,6").facts["bad"] == (Bad(2, "number", {"column": 2, "cell": "4x"}),)


@pytest.mark.parametrize(
    ("inputs", "target", "columns", "aims"),
    [
        ("", "", [1, 2, 3], [4]),
        ("", "b", [1, 3, 4], [2]),
        ("a", "", [1], [4]),
        ("1; 3", "2", [1, 3], [2]),
        ("2-3", "A", [2, 3], [1]),
        ("c, b ,b", "4", [3, 2], [4]),
        ("1 – 2", "3,4", [1, 2], [3, 4]),
        ("", "1-2", [3, 4], [1, 2]),
    ],
)
def test_columns_are_picked_by_heading_number_or_range(
    inputs: str, target: str, columns: list[int], aims: list[int]
) -> None:
    found = read_sheet("a,b,c,d\n1,2,3,4\n5,6,7,8", Wishes(inputs=inputs, target=target))
    assert ([one.number for one in found.columns], [one.number for one in found.aims]) == (columns, aims)
    assert found.inputs[1] == [at + 4.0 for at in columns]
    assert found.targets[1] == [at + 4.0 for at in aims]


def test_scaled_inputs_reach_from_minus_one_to_one_and_their_ranges_are_known() -> None:
    found = read_sheet("a,b,c\n1,5,7\n2,5,8\n4,5,9", Wishes(scale=True))
    assert found.inputs == [[-1.0, 1.0], [pytest.approx(-1 / 3), 1.0], [1.0, 1.0]]
    assert found.targets == [[-1], [0], [1]]
    assert found.units == [Column("a", 1, 4), Column("b", -5, 5), Column("c", 7, 9)]
    assert [unit.scaled for unit in read_sheet("1,5\n2,5\n4,5", Wishes()).units] == [False, False]


def test_mixing_keeps_lines_together_and_always_mixes_alike() -> None:
    text = "\n".join(f"{number},{number % 2}" for number in range(40))
    one, again = (read_sheet(text, Wishes(shuffle=True)) for _ in range(2))
    assert one == again
    assert one.inputs != sorted(one.inputs) == read_sheet(text, Wishes()).inputs
    assert [[x % 2] for (x,) in one.inputs] == one.targets


def test_every_bad_line_is_told_and_they_can_be_left_out() -> None:
    text = "a,b\n1,2\n3\n4,,\n,5\nx,6\n7,2e6\n8,9"
    bad = refused(text).facts["bad"]
    assert [(one.line, one.why) for one in bad] == [
        (3, "cells"),
        (4, "cells"),
        (5, "empty"),
        (6, "number"),
        (7, "size"),
    ]
    found = read_sheet(text, Wishes(skip=True))
    assert (found.inputs, found.targets, len(found.bad)) == ([[1], [8]], [[2], [9]], 5)


WIDE = ",".join("1" * 20)
WRONG = [
    ("", {}, "text", "sheet-empty", {}),
    (" \n ", {}, "text", "sheet-empty", {}),
    ("1\n2", {}, "separator", "sheet-narrow", {}),
    ("1,2", {"separator": "tab"}, "separator", "sheet-narrow", {}),
    (",,,", {}, "separator", "sheet-narrow", {}),
    ("1,2", {"inputs": "x"}, "inputs", "sheet-column", {"name": "x", "columns": 2}),
    ("1,2", {"target": "3"}, "target", "sheet-column", {"name": "3", "columns": 2}),
    ("1,2", {"target": "0"}, "target", "sheet-column", {"name": "0", "columns": 2}),
    ("1,2", {"inputs": "2-1"}, "inputs", "sheet-column", {"name": "2-1", "columns": 2}),
    ("1,2", {"inputs": "2"}, "inputs", "sheet-overlap", {}),
    ("1,2", {"target": "1-2"}, "inputs", "sheet-overlap", {}),
    (WIDE, {"inputs": "1-19"}, "inputs", "sheet-inputs", {"found": 19, "most": 16}),
    (WIDE, {"inputs": "1", "target": "2-20"}, "target", "sheet-targets", {"found": 19, "most": 10}),
    ("\n".join(f"1,n{at}" for at in range(11)), {}, "target", "sheet-classes", {"found": 11, "most": 10}),
    ("1,a\n2,a", {}, "target", "sheet-classes", {"found": 1, "most": 10}),
    ("a,b\n", {"header": "yes"}, "text", "own-rows", {"found": 0}),
    ("a,b\nx,y", {"skip": True, "kind": "numbers"}, "text", "own-rows", {"found": 0}),
]


@pytest.mark.parametrize(("text", "wishes", "field", "why", "facts"), WRONG)
def test_what_cannot_be_read_is_told_at_its_field(
    text: str, wishes: dict, field: str, why: str, facts: dict
) -> None:
    assert refused(text, **wishes) == (field, why, facts)


CELLS = st.sampled_from(
    ["1", "-2.5", "1,5", "x", "", '"', "a b", "\t", ";", "\x00", "é", "nan", "1/0", "9" * 400, "\ud800", "²"]
)
WISHES = st.builds(
    Wishes,
    separator=st.sampled_from(["auto", "semicolon", "tab", "comma", "space"]),
    header=st.sampled_from(["auto", "yes", "no"]),
    inputs=st.sampled_from(["", "1", "1-2", "²", "x"]),
    target=st.sampled_from(["", "2", "1,2"]),
    kind=st.sampled_from(["auto", "classes", "numbers"]),
    scale=st.booleans(),
    shuffle=st.booleans(),
    skip=st.booleans(),
)


@given(text=st.text(max_size=40) | st.lists(CELLS | st.just("\n"), max_size=40).map(",".join), wishes=WISHES)
def test_any_text_is_examples_or_refused_in_order(text: str, wishes: Wishes) -> None:
    try:
        found = read_sheet(text, wishes)
    except Unusable as error:
        where = error.problem.field
    else:
        where = ""
        assert own_from({"inputs": found.inputs, "targets": found.targets}).rows == len(found.inputs)
    assert where in ("", "text", "separator", "inputs", "target")


def test_a_number_is_one_and_anything_else_is_none() -> None:
    assert [number_in(cell) for cell in ("1,5", "−2", "1/4", "", "x", "nan")] == [
        1.5,
        -2.0,
        0.25,
        None,
        None,
        None,
    ]
