"""Votes are counted by turn; of few nothing is told but how many, and advice follows the right ones."""

from __future__ import annotations

import pytest

from app.classroom.ballots import FEW, Tally, changed_their_mind, tally
from app.store.ballots import Vote


def votes(right: int, wrong: int, turn: int = 1, sure: int = 0) -> list[Vote]:
    answers = ["n-1-1"] * right + ["n-1-2"] * wrong
    return [
        Vote(1, turn, f"m{at}", answer, sure, at < right, 1.0) for at, answer in enumerate(answers)
    ]  # fmt: skip


@pytest.mark.parametrize("right", range(FEW))
def test_of_few_votes_nobody_learns_who_gave_them(right: int) -> None:
    few = tally(votes(right, FEW - 1 - right, sure=3), 1)
    assert few == Tally(FEW - 1, None, {}, {})
    assert few.advice == ""


def test_votes_are_counted_by_answer_and_by_how_sure_they_were() -> None:
    others = [Vote(1, 1, "x", "n-1-2", 1, False, 1.0), Vote(1, 1, "y", "n-1-1", 0, True, 1.0)]
    given = [*votes(3, 2, sure=4), *others]
    found = tally(given + votes(0, 9, turn=2), 1)
    assert found == Tally(7, 4, {"n-1-1": 4, "n-1-2": 3}, {1: (0, 1), 4: (3, 5)})
    assert list(found.sure) == [1, 4]


@pytest.mark.parametrize(
    ("right", "wrong", "advice"),
    [
        (0, 10, "hint"),
        (2, 8, "hint"),
        (3, 7, "discuss"),
        (5, 5, "discuss"),
        (7, 3, "discuss"),
        (8, 2, "go_on"),
        (10, 0, "go_on"),
    ],
)
def test_advice_follows_the_share_of_right_answers(right: int, wrong: int, advice: str) -> None:
    assert tally(votes(right, wrong), 1).advice == advice


def test_only_who_answered_otherwise_has_changed_their_mind() -> None:
    first = [Vote(1, 1, name, "n-1-1", 0, True, 1.0) for name in ("ada", "bob")]
    second = [
        Vote(1, 2, "ada", "n-1-2", 0, False, 1.0),
        Vote(1, 2, "bob", "n-1-1", 0, True, 1.0),
        Vote(1, 2, "new", "n-1-2", 0, False, 1.0),
    ]
    assert changed_their_mind(first + second) == 1
    assert changed_their_mind(first) == changed_their_mind([]) == 0
