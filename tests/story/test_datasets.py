"""What is said about a person's own examples: every reason has its sentence, and a note tells what the
numbers stand for."""

from __future__ import annotations

import pytest

from app.datasets.csv_examples import Wishes, read_sheet
from app.datasets.own import own_from
from app.datasets.points import points_from
from app.limits import NOTE, Problem
from app.story import datasets as words
from tests.datasets.test_csv_examples import FLOWERS, WRONG, refused


@pytest.mark.parametrize(("text", "wishes", "field", "why", "facts"), WRONG)
def test_every_refusal_has_a_sentence_with_its_facts(
    text: str, wishes: dict, field: str, why: str, facts: dict
) -> None:
    said = words.sheet_sentence(refused(text, **wishes))
    assert said.endswith(".")
    assert all(str(fact) in said for fact in facts.values())
    assert "{" not in said


def test_bad_lines_are_told_one_by_one_until_they_are_too_many() -> None:
    few = refused("a,b\n1,2\n3\n,5\nx,6\n7,2e6\n9,9")
    assert words.bad_lines(few.facts["bad"]) == [
        "Line 3 has 1 cells, and the first line has 2.",
        "Line 4 has nothing in column 1.",
        "Line 5 has “x” in column 1, which is no number.",
        "Line 6 has 2e6 in column 2, and numbers go up to a million.",
    ]
    assert words.sheet_sentence(few).startswith("4 of the lines cannot be read")
    many = words.bad_lines(refused("1,2\n" * 20 + "x,3\n" * 15).facts["bad"])
    assert (len(many), many[-1]) == (words.SHOWN + 1, "And 3 more.")
    assert words.bad_lines(()) == []


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
    assert words.count_of(points_from("1_0_0 0_1_1 0_0_1")) == "3 points: 2 of class 0, 1 of class 1."
    assert words.at(words.ADDED, 0.25, -0.5, 1) == "Set at (0.25, −0.5): a filled point, class 1."
    assert words.at(words.NONE_NEAR, 0.0, 1.0) == "There is no point near (0, 1)."


def test_an_error_of_any_kind_has_its_own_words() -> None:
    assert (
        words.sheet_sentence(Problem("text", "own-rows", {"found": 0}))
        == "There can be 1 to 500 examples, and here are 0."
    )
