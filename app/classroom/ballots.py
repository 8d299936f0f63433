"""What came of votes: how many for what, how many right, and what a teacher may do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

FEW = 5  # votes below which nothing is broken down: one would know who gave them
HINT, GO_ON = 0.3, 0.7  # shares of right answers below and above which talking to each other helps little


class Cast(Protocol):
    """A vote, as far as it is counted here."""

    @property
    def turn(self) -> int: ...
    @property
    def member(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def sure(self) -> int: ...
    @property
    def right(self) -> bool: ...


@dataclass(frozen=True)
class Tally:
    """The votes of one turn: how many, how many right, how many for each answer, and of each share of
    confidence how many right (sure: right, all). Of few votes no more than how many."""

    votes: int
    right: int | None
    counts: dict[str, int]
    sure: dict[int, tuple[int, int]]

    @property
    def advice(self) -> str:
        """Return what may help now: "hint", "discuss" or "go_on"; "" where there are few votes."""
        if self.right is None:
            return ""
        share = self.right / self.votes
        return "hint" if share < HINT else "go_on" if share > GO_ON else "discuss"


def tally(votes: Sequence[Cast], turn: int) -> Tally:
    """Count the votes of a turn."""
    mine = [vote for vote in votes if vote.turn == turn]
    if len(mine) < FEW:
        return Tally(len(mine), None, {}, {})
    sure: dict[int, tuple[int, int]] = {}
    for vote in mine:
        if vote.sure:
            right, everybody = sure.get(vote.sure, (0, 0))
            sure[vote.sure] = (right + vote.right, everybody + 1)
    counts = Counter(vote.answer for vote in mine)
    return Tally(len(mine), sum(vote.right for vote in mine), dict(counts), dict(sorted(sure.items())))


def changed_their_mind(votes: Sequence[Cast]) -> int:
    """Return how many answered otherwise the second time."""
    first = {vote.member: vote.answer for vote in votes if vote.turn == 1}
    return sum(vote.turn == 2 and first.get(vote.member, vote.answer) != vote.answer for vote in votes)
