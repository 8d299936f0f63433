"""What stands above a student's page: who they are in their class, how it works now, and who is away."""

from __future__ import annotations

from dataclasses import dataclass

from app.classroom.room import LOST, Room
from app.lab.itinerary import Moment
from app.notation.language import _, tr
from app.story.classroom import how
from app.story.labels import PHASE_NAMES
from app.story.nicknames import in_words


@dataclass(frozen=True)
class Now:
    """How a class works now, in words; what a student looks at ("own", "ours", or
    a round’s question about their own network); how long ago
    the teacher was last there, in seconds; and whether all hands rest."""

    how: str
    scene: str
    heard: float
    held: bool = False

    @property
    def teacher(self) -> str:
        """Say when the teacher was last heard of."""
        if self.heard < LOST:
            return _("Your teacher is there.")
        minutes = int(self.heard // 60)
        if minutes < 1:
            return _("Your teacher has not been heard of for {n} s.", n=int(self.heard))
        return _("Your teacher has not been heard of for {n} min.", n=minutes)


def now_of(room: Room, moments: tuple[Moment, ...], heard: float, scene: str) -> Now:
    """Return how a class works now; `moments` are those of one iteration of its network."""
    iteration, at = divmod(room.allowed, len(moments))
    phase = room.round.phase if room.round else "shown" if room.shown else ""
    said = how(room.mode, phase, paused=room.paused)
    said = said.format(n=iteration + 1, phase=tr(PHASE_NAMES[moments[at].phase]))
    return Now(said, scene, max(0.0, heard), room.paused)


@dataclass(frozen=True)
class Strip:
    """The strip of one student: their drawn name, the class's code and address, how it works now under which
    mark, and their own lab, "" as long as there is none."""

    name: str
    code: str
    now: Now
    mark: str
    lab: str = ""

    @property
    def said(self) -> str:
        """Say who they are."""
        return in_words(self.name)
