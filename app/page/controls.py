"""What a page is moved by: buttons, the phase track, the batch's examples, the layers, and menus' choices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.lab.itinerary import PACES, PHASES
from app.lab.lab import Lab
from app.limits import HIDDEN_LAYERS, NEURONS
from app.notation.language import tr
from app.page.links import Links
from app.picture.scene import LENSES
from app.story import labels, notices

MENU, SIDE_BY_SIDE = 30, 9  # examples
ID = 12  # letters of a lab's name; a place has fewer
PACE_CHOICES = [(pace, labels.PACE_NAMES[pace]) for pace in PACES]
LENS_CHOICES = [(lens, labels.LENS_NAMES[lens]) for lens in LENSES]
VOICE_CHOICES = list(labels.VOICE_NAMES.items())


@dataclass(frozen=True)
class Segment:
    """One part of the phase track: where it leads, and whether it is done, here or ahead."""

    name: str
    title: str
    place: int
    state: str
    phase: str


def track_of(lab: Lab) -> list[tuple[str, str, list[Segment]]]:
    """Return the phases of a lab's iteration as (phase, name, segments)."""
    length, last = len(lab.moments), lab.recipe.network.last
    begin, position = lab.place - lab.place % length, lab.place % length
    found: list[tuple[str, str, list[Segment]]] = [
        (phase, tr(labels.PHASE_NAMES[phase]), []) for phase in PHASES
    ]
    ends = {moment[:2]: at for at, moment in enumerate(lab.moments)}
    starts = {moment[:2]: at for at, moment in reversed(list(enumerate(lab.moments)))}
    for (phase, layer), end in ends.items():
        state = "ahead" if position < starts[phase, layer] else "here" if position <= end else "done"
        name, title = labels.track_name(last, layer, phase), labels.track_title(last, layer, phase)
        found[PHASES.index(phase)][2].append(
            Segment(name=name, title=title, place=begin + end, state=state, phase=phase)
        )
    return found


@dataclass(frozen=True)
class Undo:
    """What was just begun anew, in a sentence, and the address that takes it back: by a press that moves the
    lab, or by going to another lab."""

    words: str
    address: str
    moves: bool


def undo_of(links: Links) -> Undo | None:
    """Return how to take a new beginning back, None where there was none."""
    kept = links.view.undo
    if not kept or links.lab.place:
        return None
    if len(kept) < ID:
        return Undo(tr(notices.RESTARTED), links.url("go", to=kept), moves=True)
    return Undo(tr(notices.RESHAPED), replace(links, id=kept).look(undo=""), moves=False)


@dataclass(frozen=True)
class Drawn:
    """The examples of a batch, from 0, which column of it is drawn, from 1, and how many examples there are
    in all."""

    examples: list[int]
    column: int
    rows: int

    @property
    def few(self) -> bool:
        """Tell whether a menu can list all examples."""
        return self.rows <= MENU

    @property
    def many(self) -> bool:
        """Tell whether the batch is larger than the links that stand side by side."""
        return len(self.examples) > SIDE_BY_SIDE

    @property
    def near(self) -> list[tuple[int, int]]:
        """Return (column, example number), both from 1, of the columns nearest to the drawn one."""
        first = max(0, min(self.column - 1 - SIDE_BY_SIDE // 2, len(self.examples) - SIDE_BY_SIDE))
        last = first + SIDE_BY_SIDE
        return [(at, number + 1) for at, number in enumerate(self.examples[first:last], first + 1)]


@dataclass(frozen=True)
class Shape:
    """Hidden layers, and the sizes one button leads to, as form text; "" where there is no further."""

    hidden: tuple[int, ...]

    def steppers(self) -> list[tuple[int, str, str]]:
        """Return each layer's size, and all sizes with one neuron less and one more in it."""
        return [
            (size, self.resized(at, size - 1), self.resized(at, size + 1))
            for at, size in enumerate(self.hidden)
        ]

    def resized(self, at: int, size: int) -> str:
        """Return the sizes with another one in place."""
        sizes = (*self.hidden[:at], size, *self.hidden[at + 1 :])
        return ", ".join(map(str, sizes)) if 1 <= size <= NEURONS else ""

    @property
    def shallower(self) -> str:
        """Return the sizes without the last layer; "" is none at all."""
        return ", ".join(map(str, self.hidden[:-1]))

    @property
    def deeper(self) -> str:
        """Return the sizes with one layer more."""
        more = (*self.hidden, self.hidden[-1] if self.hidden else 3)
        return ", ".join(map(str, more)) if len(more) <= HIDDEN_LAYERS else ""
