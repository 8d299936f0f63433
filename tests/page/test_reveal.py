"""What a class guessed is counted where it guessed it, and of few votes nothing is."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from app.classroom.round import Round
from app.lessons.question import Choice, Posed
from app.page.ask import Ask, ask_of
from app.page.reveal import BEFORE, HALF, LONGEST, SIZE, counts_of
from app.picture.layout import Layout, layout_of
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


def of_many(keys: list[str]) -> Ask:
    """What came of two votes of 23 for these answers."""
    posed = Posed(
        text="Which?",
        choices=tuple(Choice(key, key) for key in keys),
        right=frozenset(keys[:1]),
        why="Because.",
    )
    votes = [
        Vote(1, turn, f"member-{at}", keys[at * turn % len(keys)], 0, False, 1.0)
        for turn in (1, 2)
        for at in range(23)
    ]
    round = Round(number=1, question="blamed", recipe="{}", place=3, phase="reveal", turn=2)
    return ask_of(round, posed, votes, 23)


def marks(kind: str, layer: int, sizes: tuple[int, ...]) -> list[str]:
    """The neurons of a layer, or the wires into its first neuron."""
    if kind == "n":
        return [f"n-{layer}-{j}" for j in range(1, sizes[layer] + 1)]
    return [f"w-{layer}-1-{k}" for k in range(1, sizes[layer - 1] + 1)]


def covered_by(ask: Ask, layout: Layout) -> tuple[list[object], list[object]]:
    """Which discs the counts cover, and which counts each other."""
    digit = SIZE * 0.6
    boxes = [
        (one.x - BEFORE - digit, one.y - HALF, one.x + max(one.first, one.second or 0), one.y + HALF)
        for one in counts_of(ask, layout)
    ]
    r = layout.radius
    discs = [(x - r, y - r, x + r, y + r) for x, y in layout.spots.values()]

    def touch(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    on_discs = [pair for pair in product(boxes, discs) if touch(*pair)]
    return [*on_discs], [pair for pair in combinations(boxes, 2) if touch(*pair)]


DRAWN = [
    ("n", 1, (2, 2, 1)),
    ("n", 3, (2, 4, 4, 4, 1)),
    ("n", 3, (2, 8, 8, 8, 1)),
    ("w", 2, (2, 8, 1)),
    ("w", 3, (2, 4, 4, 2)),
]
CROWDED = [("n", 4, (2, 3, 3, 3, 3, 1)), ("w", 3, (2, 3, 2, 1)), ("w", 4, (2, 4, 4, 4, 1))]


@pytest.mark.parametrize(("kind", "layer", "sizes"), [*DRAWN, *CROWDED])
def test_counts_cover_no_disc_and_not_each_other(kind: str, layer: int, sizes: tuple[int, ...]) -> None:
    ask = of_many(marks(kind, layer, sizes))
    assert covered_by(ask, layout_of(sizes)) == ([], [])
    assert len(counts_of(ask, layout_of(sizes))) == ((kind, layer, sizes) in DRAWN) * len(ask.bars)
