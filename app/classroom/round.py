"""A round: a question about a frozen moment, guessed once or twice, and what comes of it.

    open → guess → hold ─┬→ reveal
                         └→ discuss → guess → reveal

In every phase before the last it can be dropped; after the last it is over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class Round:
    """A question about the step from a snapshot, which is a recipe (as text), a place, and how it is looked
    at (a query string); `own`: everybody is asked of their own network. `began` is when the phase did, in
    steady seconds."""

    number: int
    question: str
    recipe: str
    place: int
    view: str = ""
    own: bool = False
    phase: str = "open"
    turn: int = 1
    began: float = 0.0

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the phases that may come next, the usual one first; "" is the end."""
        match self.phase:
            case "open" | "discuss":
                return ("guess",)
            case "guess":
                return ("hold",) if self.turn == 1 else ("reveal",)
            case "hold":
                return ("reveal", "discuss")
            case _:
                return ("",)

    def next(self, to: str = "") -> str | None:
        """Return the phase that comes next, or `to` if that may, None where it may not.

        >>> one = Round(number=1, question="side", recipe="{}", place=0, phase="hold")
        >>> one.next(), one.next("discuss"), one.next("drop"), one.next("guess")
        ('reveal', 'discuss', '', None)
        """
        if to == DROP:
            return ""
        if not to:
            return self.ways[0]
        return to if to in self.ways else None


def begun(round: Round, phase: str, now: float) -> Round:
    """Return the round with a phase begun."""
    return replace(round, phase=phase, turn=2 if round.phase == "discuss" else round.turn, began=now)
