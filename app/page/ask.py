"""What a teacher is shown of a round: what can be asked, how many have answered, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.classroom.ballots import Cast, Tally, changed_their_mind, tally
from app.classroom.round import Round
from app.lessons.question import Posed
from app.notation.numbers import given

MOST = 10  # different answers that are drawn; typed numbers can be many


class Bar(NamedTuple):
    """An answer and how many gave it: in the one vote that is broken down, or in the first and the second."""

    name: str
    right: bool
    first: int
    second: int | None
    key: str = ""  # of the answer


class Sure(NamedTuple):
    """How sure some were, from 1 to 5, how many of them were right, and how many they are."""

    sure: int
    right: int
    people: int


@dataclass(frozen=True)
class Ask:
    """The round that is on, None where there is none, and what can be asked now: (key, text)."""

    can: tuple[tuple[str, str], ...] = ()
    round: Round | None = None
    posed: Posed | None = None
    people: int = 0
    first: Tally | None = None
    second: Tally | None = None
    changed: int = 0

    @property
    def now(self) -> Tally | None:
        """Return the votes of the turn that is on."""
        return self.second if self.round and self.round.turn == 2 else self.first

    @property
    def answered(self) -> int:
        """Return how many have answered in this turn."""
        return self.now.votes if self.now else 0

    @property
    def few(self) -> bool:
        """Tell whether there are too few votes to break them down."""
        return self.now is None or self.now.right is None

    @property
    def broken_down(self) -> list[Tally]:
        """Return the votes that are broken down: none where those of this turn are too few."""
        return [] if self.few else [one for one in (self.first, self.second) if one and one.right is not None]

    @property
    def compared(self) -> bool:
        """Tell whether both votes are broken down."""
        return len(self.broken_down) > 1

    @property
    def bars(self) -> list[Bar]:
        """Return the answers with how many gave them; typed ones by how many did."""
        if self.posed is None or not self.broken_down:
            return []
        first, later = self.broken_down[0].counts, self.broken_down[-1].counts
        keys = [choice.key for choice in self.posed.choices]
        if not keys:
            keys = sorted({*first, *later}, key=lambda key: (-later.get(key, 0), -first.get(key, 0), key))
        told = not (self.round and self.round.own)
        name = self.posed.name if self.posed.value is None else lambda key: given(float(key))
        return [
            Bar(
                name(key),
                told and self.posed.is_right(key),
                first.get(key, 0),
                later.get(key, 0) if self.compared else None,
                key,
            )
            for key in keys[:MOST]
        ]

    @property
    def sure(self) -> list[Sure]:
        """Return how many were right of those who said how sure they were."""
        return [Sure(one, *found) for one, found in self.now.sure.items()] if self.now else []


def ask_of(round: Round, posed: Posed | None, votes: Sequence[Cast], people: int) -> Ask:
    """Return what a teacher is shown of a round, in which `votes` were cast by some of so many people."""
    second = tally(votes, 2) if round.turn == 2 else None
    answered = len({vote.member for vote in votes})  # whoever was taken out has answered all the same
    return Ask(
        round=round,
        posed=posed,
        people=max(people, answered),
        first=tally(votes, 1),
        second=second,
        changed=changed_their_mind(votes),
    )
