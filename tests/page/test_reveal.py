"""What a class guessed is counted where it guessed it, and of few votes nothing is."""

from __future__ import annotations

from app.classroom.round import Round
from app.lessons.question import Choice, Posed
from app.page.ask import Ask, ask_of
from app.page.reveal import LONGEST, counts_of
from app.picture.layout import layout_of
from app.store.ballots import Vote

LAYOUT = layout_of((2, 2, 1))
CHOICES = (Choice("n-1-1", "h₁"), Choice("w-2-1-2", "v₂"), Choice("same", "the same"))


def guessed(first: str, second: str = "") -> Ask:
    """What came of votes: a letter each, h, v or s."""
    keys = {"h": "n-1-1", "v": "w-2-1-2", "s": "same"}
    votes = [
        Vote(1, turn, f"member-{at}", keys[one], 0, one == "h", 1.0)
        for turn, given in ((1, first), (2, second))
        for at, one in enumerate(given)
    ]
    posed = Posed(text="Which?", choices=CHOICES, right=frozenset({"n-1-1"}), why="Because.")
    turn = 2 if second else 1
    round = Round(number=1, question="blamed", recipe="{}", place=3, phase="reveal", turn=turn)
    return ask_of(round, posed, votes, 9)


def test_counts_stand_left_of_a_neuron_and_on_a_wire() -> None:
    counts = {one.bar.key: one for one in counts_of(guessed("hhhvvs", "hhhhvs"), LAYOUT)}
    assert counts.keys() == {"n-1-1", "w-2-1-2"}
    neuron, wire = counts["n-1-1"], counts["w-2-1-2"]
    assert (neuron.bar.first, neuron.bar.second, neuron.bar.right) == (3, 4, True)
    assert (neuron.first, neuron.second) == (LONGEST * 3 / 4, LONGEST)
    assert neuron.x + LONGEST < LAYOUT.spots[1, 1][0] - LAYOUT.radius
    assert LAYOUT.spots[1, 2][0] < wire.x + LONGEST / 2 < LAYOUT.spots[2, 1][0]


def test_where_there_was_one_vote_there_is_one_bar() -> None:
    assert {one.second for one in counts_of(guessed("hhhvv"), LAYOUT)} == {None}


def test_few_votes_are_not_drawn_and_answers_that_are_no_marks_neither() -> None:
    assert counts_of(guessed("hhvv"), LAYOUT) == []
    assert [one.bar.first for one in counts_of(guessed("sssss"), LAYOUT)] == [0, 0]
