"""What a round should be, on half a page: what real ones are compared with."""

from __future__ import annotations

from dataclasses import dataclass, field

NEXT = {
    ("open", 1): ["guess"],
    ("guess", 1): ["hold"],
    ("hold", 1): ["reveal", "discuss"],
    ("discuss", 1): ["guess"],
    ("guess", 2): ["reveal"],
    ("reveal", 1): [""],
    ("reveal", 2): [""],
}


@dataclass
class Model:
    """What should be so: the round, who is in the room, and what counts."""

    phase: str = ""
    turn: int = 0
    rounds: int = 0
    revision: int = 1
    people: list[int] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    votes: dict[tuple[int, int, int], tuple[str, int]] = field(default_factory=dict)

    def advance(self, to: str) -> bool:
        """Take the round on, if it may."""
        ways = NEXT.get((self.phase, self.turn), [])
        if not ways or to not in ("", "drop", *ways):
            return False
        next = "" if to == "drop" else to or ways[0]
        self.turn = 0 if not next else 2 if self.phase == "discuss" else self.turn
        self.phase = next
        self.revision += 1
        return True
