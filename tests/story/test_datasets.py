"""What is said about a person's own examples: every reason has its sentence, and a note tells what the
numbers stand for."""

from __future__ import annotations

import pytest

from app.datasets.csv_examples import Wishes, read_sheet
from app.datasets.own import own_from
from app.datasets.points import points_from
from app.limits import NOTE, Problem
from app.story import datasets as words
from app.story import points, sheets
from tests.datasets.test_csv_examples import FLOWERS, WRONG, refused


@pytest.mark.parametrize(("text", "wishes", "field", "why", "facts"), WRONG)
def test_every_refusal_has_a_sentence_with_its_facts(
    text: str, wishes: dict, field: str, why: str, facts: dict
) -> None:
    said = sheets.sheet_sentence(refused(text, **wishes))
    assert said.endswith(".")
    assert all(str(fact) in said for fact in facts.values())
    assert "{" not in said


def test_bad_lines_are_told_one_by_one_until_they_are_too_many() -> None:
    few = refused("a,b\n1,2\n3\n,5\nx,6\n7,2e6\n9,9")
    assert sheets.bad_lines(few.facts["bad"]) == [
        "Line 3 has 1 cells, and the first line has 2.",
        "Line 4 has nothing in column 1.",
        "Line 5 has “x” in column 1, which is no number.",
        "Line 6 has 2e6 in column 2, and numbers go up to a million.",
    ]
    assert sheets.sheet_sentence(few).startswith("4 of the lines cannot be read")
    many = sheets.bad_lines(refused("1,2\n" * 20 + "x,3\n" * 15).facts["bad"])
    assert (len(many), many[-1]) == (sheets.SHOWN + 1, "And 3 more.")
    assert sheets.bad_lines(()) == []


@pytest.mark.parametrize(
    ("text", "wishes", "note"),
    [
        (FLOWERS, Wishes(), "From a table. Inputs: len and wid. Target: kind, 1 for b and 0 for a."),
        (
            FLOWERS + "1,2,c\n3\n4",
            Wishes(scale=True, skip=True),
            "From a table. Inputs: len (1 to 7) and wid (2 to 3.5), each scaled to −1 … 1. Target: kind; "
            "the outputs stand for a, b and "
            "c. 2 bad lines were left out.",
        ),
        ("1,2\n3,4", Wishes(), "From a table. Inputs: column 1. Target: column 2."),
        (
            "1,2,3\n4,5,6",
            Wishes(target="2,3"),
            "From a table. Inputs: column 1. Target: column 2 and column 3.",
        ),
    ],
)
def test_a_note_tells_what_the_numbers_stand_for(text: str, wishes: Wishes, note: str) -> None:
    assert words.note_of(read_sheet(text, wishes)) == note


LARGE = "Results of May\nId,name,c,a,y\n" + "\n".join(f"{at},n{at},z,{at / 2},{at % 3}" for at in range(600))


def test_a_note_and_what_was_understood_say_what_was_left_out_and_why() -> None:
    found = read_sheet(LARGE, Wishes(scale=True, skip=True))
    said = words.understanding(found)
    assert said.left == [
        "A sample: 500 of 600 lines, drawn by chance (seed 0).",
        "The line “Results of May” above the table was left out.",
        "Left out: Id, which only counts or names the lines.",
        "Left out: name, which holds too many different words.",
        "Left out: c, which says the same in every line.",
    ]
    assert words.note_of(found).endswith(" ".join(said.left))
    assert said.said == "500 examples with one input; the network is to say which of three classes it is."
    assert said.columns[0] == ("Id", "left out: only counts or names the lines", ["0", "1", "2"])
    assert said.columns[4] == ("y", "target, an output for each class: 0, 1 and 2", ["0", "1", "2"])
    assert said.columns[3].becomes.startswith("input: 0 to 29")
    assert said.questions == {
        "kind": [("classes", "a class: 0, 1 and 2 are only names"), ("numbers", "a number: 2 is more than 0")]
    }
    numbers = words.understanding(
        read_sheet("\n".join(f"{at},{2 + at % 3 * 2}" for at in range(12)), Wishes())
    )
    assert [key for key, _ in numbers.questions["kind"]] == ["numbers", "classes"]
    assert numbers.said == "12 examples with one input; the network is to say one number."
    assert numbers.left == []
    bits = words.understanding(read_sheet("1,0\n2,1\n3,0", Wishes()))
    assert bits.said == "3 examples with one input; the network is to say 0 or 1."


def test_words_are_told_as_what_they_become() -> None:
    text = "x,sex,port,y,z\n1,male,Q,yes,2\n3,female,S,no,4\n5,male,C,yes,6\n7,male,C,no,7"
    found = read_sheet(text, Wishes(scale=True, target="y", inputs="1-3"))
    assert [column.becomes for column in words.understanding(found).columns] == [
        "input: 1 to 7 scaled to −1 … 1",
        "input: 1 for sex = male, else 0",
        "3 inputs, each 0 or 1: port = C, port = Q, port = S",
        "target: 1 for yes, 0 for no",
    ]
    assert words.note_of(found) == (
        "From a table. Inputs: x (1 to 7), sex = male and port (3 words), those with a range scaled to "
        "−1 … 1. Target: y, 1 for yes and 0 for no."
    )
    found = read_sheet(text, Wishes(scale=True, target="x, z", inputs="sex"))
    assert words.note_of(found).endswith("Target: x (1 to 7) and z (2 to 7), each scaled to −1 … 1.")
    assert words.understanding(found).said.endswith("the network is to say two numbers.")


def test_numbers_of_two_meanings_are_shown_under_both() -> None:
    found = read_sheet("1,234;5\n2,500;6", Wishes())
    assert words.understanding(found).questions["numbers"] == [
        ("point", "“1,234” is 1234, “2,500” is 2500"),
        ("comma", "“1,234” is 1.234, “2,500” is 2.5"),
    ]


def test_of_much_that_was_left_out_the_first_is_named() -> None:
    wide = ",".join(f"a{at}" for at in range(30))
    above = "Made in May\nby hand\nof paper\n"
    rows = "\n".join(",".join(str(at * row) for at in range(30)) for row in range(1, 4))
    left = words.understanding(read_sheet(f"{above}{wide}\n{rows}", Wishes())).left
    assert left == [
        "3 lines above the table were left out, from “Made in May” on.",
        "Left out: a16, a17, a18, a19, a20 and 8 more, each of which has no room: there can be 16 inputs.",
    ]
    heads = ",".join(f"{'n' * 38}{at}" for at in range(30)) + ",d1,d2,d3,y\n"
    lines = "\n".join(",".join(["1"] * 30) + f",w{at},2024-1-{at},,{at}" for at in range(1, 20))
    note = words.note_of(read_sheet(f"{'t' * 90}\n{heads}{lines}", Wishes(skip=True)))
    assert (len(note) <= NOTE, note[-1]) == (True, "…")


def test_what_leaves_no_input_is_told_with_its_reason() -> None:
    text = "name,y\n" + "\n".join(f"n{at},{at}" for at in range(20))
    assert sheets.sheet_sentence(refused(text)) == (
        "No column is left to be an input. Column 1, with “n0”, holds too many different words. Add a column "
        "of numbers or of a few words."
    )
    kind = Problem("file", "file-kind", {"kind": "picture"})
    assert sheets.sheet_sentence(kind).startswith("This is no table but a picture. Copy the numbers")


def test_a_note_about_endless_headings_is_cut() -> None:
    found = read_sheet(f"{'a' * 3000},b\n1,2\nx,y\n", Wishes(skip=True))
    note = words.note_of(found)
    assert len(note) == NOTE
    assert note.endswith("a. 1 bad line was left out.")
    own_from({"inputs": found.inputs, "targets": found.targets, "note": note})


def test_examples_are_counted_with_what_was_noted() -> None:
    own = own_from({"inputs": [[1, 2]], "targets": [[3]]})
    assert words.told(own) == "1 example with 2 inputs and 1 target."
    other = own_from({"inputs": [[1], [2]], "targets": [[3, 4], [5, 6]], "note": "Mine."})
    assert words.told(other) == "2 examples with 1 input and 2 targets. Mine."


def test_points_are_counted_and_what_was_done_is_told() -> None:
    assert points.count_of(points_from("1_0_0 0_1_1 0_0_1")) == "3 points: 2 of class 0, 1 of class 1."
    assert points.at(points.ADDED[1], 0.25, -0.5) == "Set at (0.25, −0.5): a filled point, class 1."
    assert points.at(points.NONE_NEAR, 0.0, 1.0) == "There is no point near (0, 1)."


def test_an_error_of_any_kind_has_its_own_words() -> None:
    assert (
        sheets.sheet_sentence(Problem("text", "own-rows", {"found": 0}))
        == "There can be 1 to 500 examples, and here are 0."
    )
