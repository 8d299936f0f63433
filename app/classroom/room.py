"""What a room is and what may be done in it: a state, and functions from one state to the next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.classroom.round import Round, begun
from app.lab.itinerary import Moment

LOST = 25  # seconds without a sign of a page, after which whoever it is of counts as away
CODES = 20  # that a room had before and is still found under
SHOWN = 2  # students’ networks that can be shown to all, side by side


class Refused(Exception):
    """Say that something cannot be done now: `why` is a key of story/classroom.py."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Room:
    """How a class works: its `mode`, "follow", "together" or "own"; whether all hands rest; whether the door
    is closed; up to which place of the run everybody may go together; whose networks are shown to all
    (members’ ids); the round, if one is on, and how many there have been; and the codes it had before, under
    which the open pages of its people still ask."""

    mode: str = "follow"
    paused: bool = False
    closed: bool = False
    allowed: int = 0
    shown: tuple[str, ...] = ()
    rounds: int = 0
    round: Round | None = None
    codes: tuple[str, ...] = ()

    @property
    def guessing(self) -> str:
        """Return the round and turn in which votes count now, "" where none do."""
        return f"{self.round.number}.{self.round.turn}" if self.round and self.round.phase == "guess" else ""

    @property
    def asking(self) -> bool:
        """Tell whether a round is on whose answer nobody may know yet."""
        return self.round is not None and self.round.phase != "reveal"

    def text(self) -> str:
        """Write the state down."""
        return json.dumps(asdict(self))


def room_from(text: str) -> Room:
    """Read a state that was written down.

    >>> room_from(Room(mode="own", shown=("x",)).text()) == Room(mode="own", shown=("x",))
    True
    """
    given: dict[str, Any] = json.loads(text)
    asked = given.pop("round")
    found = Round(**asked) if asked else None
    lists = {name: tuple(given.get(name, ())) for name in ("shown", "codes")}
    return Room(**{**given, **lists, "round": found})


def in_mode(room: Room, mode: str, place: int) -> Room:
    """Return the room in a mode; together everybody may go where the teacher is, `place`, or as far as
    before."""
    if mode == "together":
        return replace(room, mode=mode, allowed=max(room.allowed, place), shown=())
    return replace(room, mode=mode, shown=())


def let_on(room: Room, moments: Sequence[Moment], to: str, iterations: int = 1) -> Room:
    """Return the room with everybody allowed to go to the end of what comes next of a phase, or of so many
    iterations; `moments` are those of one iteration. Only together there is a limit: Refused."""
    if room.mode != "together":
        raise Refused("not_together")
    phase = "descent" if to == "iterations" else to
    ends = [at for at, moment in enumerate(moments) if moment.phase == phase]
    iteration, at = divmod(room.allowed, len(moments))
    reached = (iteration + (at >= ends[-1])) * len(moments) + ends[-1]
    more = (iterations - 1) * len(moments) if to == "iterations" else 0
    return replace(room, allowed=reached + more)


def asked(room: Room, **snapshot: Any) -> Room:
    """Return the room with a new round on, of a snapshot: see Round. One at a time: Refused."""
    if room.asking:
        raise Refused("round_is_on")
    new = Round(number=room.rounds + 1, **snapshot)
    return replace(room, round=new, rounds=new.number, shown=())


def advanced(room: Room, now: float, to: str = "") -> Room:
    """Return the room with its round in the next phase: see Round. Refused where there is none."""
    if room.round is None:
        raise Refused("no_round")
    next = room.round.next(to)
    if next is None:
        raise Refused("not_that_phase")
    if next == "":
        return replace(room, round=None)
    return replace(room, round=begun(room.round, next, now))


def shown(room: Room, id: str) -> Room:
    """Return the room with somebody's network shown to all, or no longer; of more than two the oldest
    goes."""
    if id in room.shown:
        return no_longer_shown(room, id)
    return replace(room, shown=(*room.shown, id)[-SHOWN:])


def alone(room: Room) -> bool:
    """Tell whether everybody in a room looks at a network of their own."""
    return room.round.own if room.round else room.mode != "follow"


def no_longer_shown(room: Room, id: str) -> Room:
    """Return the room with somebody's network not shown to all, whether it was or not."""
    return replace(room, shown=tuple(one for one in room.shown if one != id))


def held_back(room: Room, place: int, to: int) -> str:
    """Return why a student may not go from one place to another, a key of story/classroom.py, "" where they
    may."""
    if room.asking:
        return "asking"
    if room.paused:
        return "paused"
    if room.mode == "together" and to > max(room.allowed, place):
        return "not_further"
    return ""
