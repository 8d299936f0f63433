"""The board of a class: who is in it and where each one stands, drawn small, and how the class is paced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from app.classroom.room import LOST, Room
from app.lab.itinerary import Moment, doing
from app.lab.replay import Numbers
from app.notation.language import tr
from app.page.share import leads_home
from app.picture.marks import Scene, Wire
from app.picture.qr_code import Code, code_of
from app.picture.scene import LENS_OF, cost_of, scene_of
from app.story import labels

PICTURES, SMALL = 120, 25  # networks that are drawn at all, and in full size
IDLE = 120  # seconds without a move
EDGE = 8.0  # around a small picture
THICK = 2.5  # wires of a small picture, beside those of a large one
MODES = ("together", "follow", "own")


@dataclass(frozen=True)
class Sight:
    """How a teacher looks at the board: whether with names, and whose network large."""

    names: bool = False
    look: str = ""

    def query(self, **changes: bool | str) -> str:
        """Return this sight as a query string, with changes, what is usual left out.

        >>> Sight(names=True).query(look="x"), Sight(names=True).query(names=False)
        ('names=1&look=x', '')
        """
        found = {"names": self.names, "look": self.look, **changes}
        return urlencode({name: int(one) if one is True else one for name, one in found.items() if one})


def sight_in(query: str) -> Sight:
    """Return how a board is looked at, from an address's query string."""
    found = parse_qs(query)
    return Sight(found.get("names", [""])[-1] == "1", found.get("look", [""])[-1][:20])


class Sketch(NamedTuple):
    """Where a network stands, in small."""

    iteration: int
    phase: str
    cost: float | None
    scene: Scene

    @property
    def wires(self) -> list[tuple[Wire, float]]:
        """Return the wires, each as thick as can be seen from afar."""
        found = (wire for into in self.scene.wires.values() for wire in into)
        return [(one, round(THICK * float(one.width), 1)) for one in found]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the box of the network without what stands beside it: left, top, width, height."""
        layout = self.scene.layout
        room = layout.radius + EDGE
        xs, ys = zip(*layout.spots.values(), strict=True)
        left, top = min(xs) - room, min(ys) - room
        return left, top, max(xs) + room - left, max(ys) + room - top


def sketch_of(numbers: Numbers) -> Sketch:
    """Draw a network in small; on its way back its wires have the colours of blame."""
    phase, network = numbers.moment.phase, numbers.network
    recent = doing(network, numbers.place, "phase")
    scene = scene_of(numbers, LENS_OF[phase], 0, recent=recent)
    return Sketch(numbers.iteration + 1, phase, cost_of(numbers, 0), scene)


class Person(NamedTuple):
    """Somebody in the room: how many seconds ago their page was heard and their network moved (None: they
    have none), where it stands, its picture, and how many of their answers were right of those told."""

    id: str
    name: str
    heard: float
    moved: float | None = None
    place: int = 0
    iteration: int = 1
    phase: str = "input"
    cost: float | None = None
    picture: str = ""
    right: int = 0


class Tile(NamedTuple):
    """Somebody on the board: `state` is awake, idle or lost; `shown`: to all."""

    person: Person
    number: int
    state: str
    shown: bool

    @property
    def phase(self) -> str:
        """Return the name of the phase."""
        return tr(labels.PHASE_NAMES[self.person.phase])


def state_of(room: Room, person: Person) -> str:
    """Return the quiet sign of somebody; whoever may not move is not idle."""
    if person.heard > LOST:
        return "lost"
    resting = person.moved is not None and person.moved > IDLE
    at_limit = room.mode == "together" and person.place >= room.allowed
    held = room.paused or room.asking or room.mode == "follow" or at_limit
    return "idle" if resting and not held else "awake"


@dataclass(frozen=True)
class Address:
    """Where people come in: the address as they type it, as a QR code, and whether it leads to the machine it
    is opened on, whoever opens it."""

    short: str
    code: Code | None
    here_only: bool


def address_of(origin: str, code: str) -> Address:
    """Return the address of a code, on the server that was reached at `origin`.

    >>> address_of("http://blame.local:8000", "KX7FRW").short
    'blame.local:8000/KX7FRW'
    """
    address = f"{origin}/{code}"
    return Address(address.partition("://")[2], code_of(address), leads_home(address))


@dataclass(frozen=True)
class Way:
    """A way to work: its key, and whether the class works that way now."""

    key: str
    now: bool


@dataclass(frozen=True)
class Pace:
    """How the class is paced: the ways to work; together, the phase and iteration up to which they go, and
    the phase that they may be let on to."""

    ways: tuple[Way, ...]
    reached: str
    iteration: int
    to: str
    paused: bool

    @property
    def up_to(self) -> str:
        """Return the name of the phase up to which they go."""
        return tr(labels.PHASE_NAMES[self.reached])

    @property
    def next(self) -> str:
        """Return the name of the phase that comes next."""
        return tr(labels.PHASE_NAMES[self.to])


def pace_of(room: Room, moments: Sequence[Moment]) -> Pace:
    """Return how a class is paced; `moments` are those of one iteration."""
    iteration, at = divmod(room.allowed, len(moments))
    after = moments[(at + 1) % len(moments)].phase
    return Pace(
        ways=tuple(Way(mode, mode == room.mode) for mode in MODES),
        reached=moments[at].phase,
        iteration=iteration + 1,
        to="forward" if after == "input" else after,
        paused=room.paused,
    )


class Hosting(NamedTuple):
    """What a teacher's lab says of their class: its code, how many are in it, and the id of this lab where
    the class works on another one."""

    code: str
    people: int
    elsewhere: str


@dataclass(frozen=True)
class Board:
    """A class as its teacher sees it."""

    code: str
    room: Room
    sight: Sight
    tiles: tuple[Tile, ...]
    pace: Pace

    @property
    def here(self) -> int:
        """Return how many have come in."""
        return len(self.tiles)

    @property
    def awake(self) -> int:
        """Return how many of them are neither idle nor lost."""
        return sum(tile.state == "awake" for tile in self.tiles)

    @property
    def size(self) -> str:
        """Return how large the tiles are."""
        return "line" if self.here > PICTURES else "small" if self.here > SMALL else "full"

    @property
    def large(self) -> tuple[Tile, ...]:
        """Return whose networks are looked at large: those shown to all, and the one that was opened."""
        wanted = {*self.room.shown, self.sight.look}
        return tuple(tile for tile in self.tiles if tile.person.id in wanted)

    def at(self, **changes: bool | str) -> str:
        """Return the address of the board seen another way."""
        return self.to("", **changes)

    def to(self, verb: str, **changes: bool | str) -> str:
        """Return the address of something to do in this room, from which one comes back to this sight."""
        query = self.sight.query(**changes)
        return f"/rooms/{self.code}" + (f"/{verb}" if verb else "") + (f"?{query}" if query else "")


def board_of(
    code: str, room: Room, sight: Sight, people: Sequence[Person], moments: Sequence[Moment]
) -> Board:
    """Put a board together."""
    tiles = tuple(
        Tile(one, number, state_of(room, one), one.id in room.shown) for number, one in enumerate(people, 1)
    )
    return Board(code, room, sight, tiles, pace_of(room, moments))
