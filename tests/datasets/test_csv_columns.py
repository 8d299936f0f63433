"""What becomes of a pasted table's columns: numbers, words, classes, and what is left out and why."""

from __future__ import annotations

from typing import Any

import pytest

from app.datasets.csv_examples import Reading, Wishes, read_sheet
from app.datasets.dataset import Column
from app.limits import ROWS, Unusable


def read(text: str, **wishes: Any) -> Reading:
    return read_sheet(text, Wishes(**{"scale": True, "skip": True, **wishes}))


def names(found: Reading) -> list[str]:
    return [unit.name for unit in found.units]


def test_one_row_of_a_textbook_stays_as_it_is() -> None:
    found = read("0.05 0.10 0.01")
    assert (found.inputs, found.targets) == ([[0.05, 0.1]], [[0.01]])
    assert not any(unit.scaled for unit in found.units)
    assert read("1200 3 5\n1300 4 6").inputs == [[1200, 3], [1300, 4]]


def test_only_columns_beyond_minus_one_to_one_are_scaled_and_a_constant_one_stays_alive() -> None:
    found = read("a,b,c,d,y\n0.5,5,-7,10,1\n-1,5,-7,20,0\n1,5,-7,40,1")
    assert found.inputs == [[0.5, 1, -1, -1], [-1, 1, -1, pytest.approx(-1 / 3)], [1, 1, -1, 1]]
    scaled = [Column("b", -5, 5), Column("c", -7, 7), Column("d", 10, 40)]
    assert found.units == [Column("a"), *scaled, Column("y")]
    assert [unit.original(x) for unit, x in zip(found.units, found.inputs[1], strict=False)] == [
        -1,
        5,
        -7,
        20,
    ]


def test_numbers_of_any_size_can_be_scaled_and_others_cannot_be_used() -> None:
    text = "a,b\n3e9,1\n4e9,2\n5e9,3\n1e16,4"
    assert [one.line for one in read(text).bad] == [5]
    assert read(text).inputs == [[-1], [0], [1]]
    with pytest.raises(Unusable, match="sheet-none"):
        read(text, scale=False, skip=False)
    with pytest.raises(Unusable, match="sheet-none"):
        read("3e9,1\n4e9,2", skip=False)


def test_words_are_inputs_and_keep_their_names() -> None:
    text = "age,sex,smokes,port,risk\n20,male,yes,Q,1\n30,female,no,S,3\n40,female,yes,C,2.5\n50,male,no,S,2"
    found = read(text)
    assert names(found) == ["age", "sex = male", "smokes = yes", "port = C", "port = Q", "port = S", "risk"]
    assert [row[1:] for row in found.inputs] == [
        [1, 1, 0, 1, 0],
        [0, 0, 0, 0, 1],
        [0, 1, 1, 0, 0],
        [1, 0, 0, 0, 1],
    ]
    assert found.whole_table
    bare = read("1,a,2\n3,b,4\n5,a,6")
    assert names(bare) == ["", "b", ""]
    assert names(read("x,c,y\n1,a,2\n3,a,4\n?,b,6", inputs="1-2")) == ["x", "c = a", "y"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (",a,b\n0,5,1\n1,3,2\n2,9,3", [(1, "", "index")]),
        ("Id,a,b\n7,5,1\n8,3,2\n9,9,3", [(1, "Id", "index")]),
        ("rownames,a,b\nx,5,1\ny,3,2", [(1, "rownames", "index")]),
        ("id,a,b\n7,5,1\n8,3,2\n7,9,3", []),
        ("1,5,1\n2,3,2\n3,9,4", []),
        ("name,a,b\nAnn,5,1\nBob,3,2\nCid,9,3", [(1, "name", "words")]),
        ("day,a,b\n2024-01-01,5,1\n2024-01-02,3,2\n2024-01-03,9,3", [(1, "day", "neither")]),
        ("c,a,b\nx,5,1\nx,3,2\nx,9,3", [(1, "c", "same")]),
        ("c,a,b\n,5,1\nNA,3,2\n4,9,3", [(1, "c", "gaps")]),
    ],
)
def test_what_cannot_be_an_input_is_left_out_with_its_reason(text: str, left: list[tuple]) -> None:
    found = read(text)
    assert found.left == left
    assert len(found.inputs) == len(text.splitlines()) - (not text.startswith("1"))
    assert found.whole_table == all(why == "index" for *_, why in left)


def test_what_has_no_room_is_left_out_numbers_last() -> None:
    wide = ",".join(f"n{at}" for at in range(15)) + ",c,d,y\n"
    rows = [",".join(["1"] * 15) + f",{c},{d},{y}" for c, d, y in ("xp1", "yq2", "zp3", "xq4")]
    found = read(wide + "\n".join(rows))
    assert (len(found.inputs[0]), found.left) == (16, [(16, "c", "room")])
    assert names(found)[-2:] == ["d = q", "y"]


@pytest.mark.parametrize(
    ("inputs", "why"), [("c", "sheet-words"), ("1", "sheet-overlap"), ("day", "sheet-inputless")]
)
def test_wishes_that_cannot_be_are_told(inputs: str, why: str) -> None:
    rows = [f"2024-01-{at:02},n{at},{at}" for at in range(1, 12)]
    if why == "sheet-inputless":
        with pytest.raises(Unusable, match=why):
            read("day,y\n" + "\n".join(row.replace(f",n{at},", ",") for at, row in enumerate(rows, 1)))
        return
    with pytest.raises(Unusable, match=why):
        read("day,c,y\n" + "\n".join(rows), inputs=inputs, target="1" if why == "sheet-overlap" else "")


def test_the_last_column_that_can_be_a_target_is_one() -> None:
    text = "len,kind,day\n" + "\n".join(f"{at},{'ab'[at % 2]},2024-01-{at:02}" for at in range(1, 13))
    found = read(text)
    assert (found.aims[0].name, found.classes, found.left) == ("kind", ["a", "b"], [(3, "day", "neither")])
    assert read(text, inputs="len").aims[0].name == "kind"
    with pytest.raises(Unusable, match="sheet-inputless"):
        read("y,day\n" + "\n".join(f"{at},2024-01-{at:02}" for at in range(1, 13)))


@pytest.mark.parametrize("nothing", ["", "NA", "NaN", "?", "null", "-"])
def test_lines_in_which_something_is_missing_are_named(nothing: str) -> None:
    text = f"a,c,y\n1,u,2\n{nothing},u,4\n5,{nothing},6\n7,v,{nothing}\n8,v,9\n9,v,9\n9,v,8"
    found = read(text)
    assert [(bad.line, bad.why) for bad in found.bad] == [(3, "empty"), (4, "empty"), (5, "empty")]
    assert len(found.inputs) == 4
    assert not found.whole_table


def test_a_minus_beside_a_plus_is_a_class() -> None:
    assert read("1,+\n2,-\n3,+\n4,-").classes == ["+", "-"]


@pytest.mark.parametrize(
    ("labels", "asked", "classes"),
    [
        ("012", ["0", "1", "2"], ["0", "1", "2"]),
        ("123", ["1", "2", "3"], ["1", "2", "3"]),
        ("12", ["1", "2"], ["1", "2"]),
        ("357", ["3", "5", "7"], []),
        ("01", [], []),
    ],
)
def test_a_few_whole_numbers_may_be_classes_and_that_is_asked(
    labels: str, asked: list[str], classes: list[str]
) -> None:
    text = "x,y\n" + "\n".join(f"{at},{labels[at % len(labels)]}" for at in range(12))
    found = read(text)
    assert (found.whole, found.classes, found.asks) == (asked, classes, bool(asked))
    for kind in ("classes", "numbers"):
        told = read(text, kind=kind)
        assert (told.asks, bool(told.classes)) == (False, kind == "classes")


def test_numbers_that_can_be_read_in_two_ways_are_asked_about() -> None:
    text = 'a,b,c\n"1,234","250,000",850\n"2,000","99,500",900\n"3,100","7,000",950'
    found = read(text, scale=False)
    assert found.inputs == [[1234, 250000], [2000, 99500], [3100, 7000]]
    assert [(one.key, one.samples[0]) for one in found.readers] == [
        ("point", ("1,234", 1234)),
        ("comma", ("1,234", 1.234)),
    ]
    other = read(text, scale=False, numbers="comma")
    assert (other.inputs[0], other.readers) == ([1.234, 250], [])
    german = read("1.234;2,5\n5.678;3,5", scale=False)
    assert (german.inputs, [one.key for one in german.readers]) == ([[1234], [5678]], ["comma", "mixed"])
    plain = read("1,234.5;1\n2,000;2", scale=False)
    assert (plain.inputs, plain.readers) == ([[1234.5], [2000]], [])


def test_of_more_rows_a_sample_is_drawn_always_alike() -> None:
    text = "x,y\n" + "\n".join(f"{at},{at % 3 / 2}" for at in range(900))
    found, again, mixed = read(text), read(text), read(text, shuffle=True)
    assert (len(found.inputs), found.usable, found.whole_table) == (ROWS, 900, False)
    assert found.inputs == again.inputs == sorted(found.inputs) == sorted(mixed.inputs) != mixed.inputs


def test_names_are_what_can_be_printed_on_one_line() -> None:
    found = read('"two\nlines","so\x07rt",y\n1,"a\x01b",2\n3,c,4\n5,c,6')
    assert names(found) == ["two lines", "sort = c", "y"]
    assert read("x,y\n1,a\x01\n2,b").units[1] == Column("y", words=("a", "b"))


def test_a_heading_with_a_comma_or_quotes_names_its_column() -> None:
    found = read("'a','b, c','d'\n1;2;3".replace(";", ",").replace("'b, c'", '"b, c"'), target="b, c")
    assert [found.aims[0].name, *(one.name for one in found.columns)] == ["b, c", "a", "d"]
