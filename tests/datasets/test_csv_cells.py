"""The cells of a pasted table: cut where a person would cut them, without what stands around the table, and
of a large one a sample."""

from __future__ import annotations

import csv

import pytest

from app.datasets import csv_cells
from app.datasets.csv_cells import LINES, best_cut, has_header, rows_in, thinned
from app.limits import COLUMNS, TABLE_BYTES, Unusable


def cells(text: str, separator: str = "") -> list[list[str]]:
    return [row.cells for row in best_cut(text, separator).rows]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("0,05, 0,10, 0,01, 0,99", [["0,05", "0,10", "0,01", "0,99"]]),
        ("0,05, 1, 0,01\n2, 0,5, 1,5\n", [["0,05", "1", "0,01"], ["2", "0,5", "1,5"]]),
        ("1, 2,3\n4, 5,6", [["1", "2", "3"], ["4", "5", "6"]]),
        ("sep=;\n1,5;2\n3;4", [["1,5", "2"], ["3", "4"]]),
        ("SEP=,\r\n1;5,2\r\n3,4", [["1;5", "2"], ["3", "4"]]),
        ("a\tb  c\n1\t2 3\n4 5\t6", [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]),
        ('"a" "b"\n"x" 1 2\n"y" 3 4', [["", "a", "b"], ["x", "1", "2"], ["y", "3", "4"]]),
        ("a,b,\n1,2\n3,4\n5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
    ],
)
def test_lines_are_cut_as_they_are_meant(text: str, cut: list[list[str]]) -> None:
    assert cells(text) == cut


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        ("Measurements of 1935\n", ["Measurements of 1935"]),
        ("Measurements,,\n", ["Measurements"]),
        ("Series,id,x\nAge: 16\n\n", ["Series, id, x", "Age: 16"]),
        ("# a remark\n# another\n", []),
        ("3,2,yes,no\n", ["3, 2, yes, no"]),
    ],
)
def test_lines_above_a_table_are_left_out_and_remembered(above: str, titles: list[str]) -> None:
    wide = "a,b,c,d,e\n1,2,3,4,5\n5,6,7,8,9\n8,9,10,11,12"
    text = "1,2,9\n3,4,9\n5,6,9" if above.startswith("3,2") else wide
    found = best_cut(above.replace(",,", ",,,,") + text)
    assert found.titles == titles
    assert [row.cells for row in found.rows] == [line.split(",") for line in text.splitlines()]


def test_a_line_is_no_title_that_is_as_full_as_the_others_or_holds_a_number() -> None:
    for text in ("a,b\n1", "1,2,0\n3,4,1", "7\n1,2\n3,4", "a,b\n1,2\n3,4"):
        assert best_cut(text).titles == []


@pytest.mark.parametrize(
    ("text", "headed"),
    [
        ("sex,smokes\nmale,yes\nmale,no\nfemale,no", True),
        ("male,yes\nmale,no\nfemale,no", False),
        ("sex,smokes\nmale,yes", False),
        ("name,2019\nx,1\ny,2", False),
        ("a,b,2019\n1,2,3\n4,5,6", True),
        ("a,b\nNA,NA\nNA,1", True),
    ],
)
def test_headings_are_found_over_words_too(text: str, headed: bool) -> None:
    assert has_header(rows_in(text, ",")) == headed


def test_a_quote_that_never_ends_and_a_line_without_end_stop_nobody() -> None:
    long = "1" * (csv.field_size_limit() + 2)
    assert rows_in(f'a,"{long}\n1,2', ",") == []
    assert len(rows_in('a,"b\n1,2' + ",3" * csv.field_size_limit(), ",")) == 2
    assert rows_in(long, ",") == []


def test_of_a_large_table_a_sample_is_kept_which_says_of_how_many() -> None:
    lines = [f"{at},{at % 7},{'x' * 20}" for at in range(20_000)]
    text = "sep=,\nMy table\na,b,c\n" + "\n".join(lines)
    small = thinned(text)
    head = small.splitlines()[:4]
    assert head == ["sep=,", f"# {LINES} of 20000 lines", "My table", "a,b,c"]
    found = best_cut(small)
    assert (len(found.rows), found.lines, found.titles) == (LINES + 1, 20_000, ["My table"])
    assert {",".join(row.cells) for row in found.rows[1:]} <= {*lines}
    assert thinned(text) == small == thinned(small) == thinned(small.replace("\n", "\r\n")).replace("\r", "")
    assert thinned("1,2\n" * 10) == "1,2\n" * 10
    wide = "1,2\n" + "\n".join("9" * 60_000 + ",2" for _ in range(5))
    assert thinned(wide) == wide


def test_what_a_quote_holds_together_stays_together_in_a_sample() -> None:
    found = best_cut(thinned('1,"two\nlines ""here""",3\n' * 20_000))
    assert found.lines == 20_000
    assert {tuple(row.cells) for row in found.rows} == {("1", 'two\nlines "here"', "3")}
    assert best_cut(thinned('1,5" pipe\n' + "1,2\n" * 60_000)).lines == 60_001


def test_a_table_that_is_too_large_is_refused() -> None:
    with pytest.raises(Unusable, match="sheet-large"):
        thinned("1,2\n" * (TABLE_BYTES // 4 + 1))


@pytest.mark.parametrize("separator", [",", ";", "\t", " "])
def test_a_line_of_far_too_many_columns_is_refused_before_it_is_cut(
    separator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cells, "rows_in", lambda *_: pytest.fail("It was cut"))
    with pytest.raises(Unusable) as refused:
        thinned(separator.join(["1"] * 200_000))
    assert refused.value.problem == ("text", "sheet-wide", {"found": 200_000, "most": COLUMNS})
