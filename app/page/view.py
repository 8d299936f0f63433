"""How somebody looks at a lab, and the small parts a page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from app.engine.costs import COSTS
from app.lab.itinerary import PACES, PHASES
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.limits import HIDDEN_LAYERS, NEURONS
from app.notation.numbers import figure
from app.picture.scene import LENSES
from app.story import labels, presets

SPEEDS = {1: 1600, 2: 800, 3: 250}  # milliseconds between two clicks of the player

KEYS = {recipe: key for key, recipe in PRESETS.items()}
MENU, SIDE_BY_SIDE = 30, 9  # examples


@dataclass(frozen=True)
class View:
    """How somebody looks at a lab; it lives in the address and nowhere else.

    lens "" follows the phase; `far` is the farthest iteration visited, from 0; `other_…` is what a run is
    compared with.
    """

    lens: str = ""
    pace: str = "layer"
    example: int = 1
    play: int = 0
    speed: int = 2
    pick: str = ""
    panel: str = ""
    voice: str = ""
    epsilon: str = ""
    below: str = ""
    run: int = 0
    across: str = ""
    up: str = ""
    zoom: int = 0
    far: int = 0
    log: int = 0
    other_eta: str = ""
    other_optimiser: str = ""
    other_seed: str = ""
    maps: str = ""
    digits: int = 3
    goal: str = ""

    @property
    def delay(self) -> int:
        """Return the player's pause in milliseconds."""
        return SPEEDS[self.speed]

    @cached_property
    def unusual(self) -> dict[str, str | int]:
        """Return the fields that are not as usual."""
        return {name: value for name, value in vars(self).items() if value != USUAL_FIELDS[name]}

    @cached_property
    def still(self) -> str:
        """Return the query string of this view with player and run at rest."""
        return self.query(play=0, run=0)

    def query(self, **changes: str | int) -> str:
        """Return the query string of this view with changes, what is usual left out."""
        found = {**self.unusual, **changes}
        return "&".join(
            f"{name}={quoted(str(value))}" for name, value in found.items() if value != USUAL_FIELDS[name]
        )


USUAL_FIELDS = dict(vars(View()))
quoted = lru_cache(maxsize=1024)(quote_plus)


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
    found: list[tuple[str, str, list[Segment]]] = [(phase, labels.PHASE_NAMES[phase], []) for phase in PHASES]
    ends = {moment[:2]: at for at, moment in enumerate(lab.moments)}
    starts = {moment[:2]: at for at, moment in reversed(list(enumerate(lab.moments)))}
    for (phase, layer), end in ends.items():
        state = "ahead" if position < starts[phase, layer] else "here" if position <= end else "done"
        name, title = labels.track_name(last, layer, phase), labels.track_title(last, layer, phase)
        found[PHASES.index(phase)][2].append(Segment(name, title, begin + end, state, phase))
    return found


def shape_of(recipe: Recipe) -> str:
    """Return a network's layers and what its hidden neurons, or without any its outputs, make of their
    sums."""
    return (
        f"{' → '.join(map(str, recipe.sizes))} · "
        f"{labels.function_name(recipe.activation if recipe.hidden else recipe.output)}"
    )


def preset_of(recipe: Recipe) -> tuple[str, str] | None:
    """Return name and sentence of the preset that a recipe is, None where it is none."""
    key = KEYS.get(recipe)
    return (presets.NAMES[key], presets.SENTENCES[key]) if key else None


def in_short(recipe: Recipe, eta: float, coming: float) -> tuple[str, str]:
    """Return a recipe in two short lines, with η as it is and, where it was set anew, as it will be."""
    first = f"{recipe.dataset.name} · {shape_of(recipe)}"
    cost = COSTS[recipe.cost].name.lower()
    then = f" → {figure(coming)}" if coming != eta else ""
    return first, f"η {figure(eta)}{then} · batch {recipe.batch} · {cost} · {recipe.optimiser}"


@dataclass(frozen=True)
class Button:
    """One button: what it says, its key, where it posts, and whether it can be pressed now."""

    id: str
    label: str
    key: str
    url: str
    able: bool
    title: str = ""


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


PACE_CHOICES = [(pace, labels.PACE_NAMES[pace]) for pace in PACES]
LENS_CHOICES = [(lens, labels.LENS_NAMES[lens]) for lens in LENSES]
from types import SimpleNamespace

PANEL_CHOICES = [
    SimpleNamespace(key=k, word=n, letter=l)
    for (k, n), l in zip(labels.PANEL_NAMES.items(), "iDumterg s".lower().replace(" ", ""), strict=True)
]
VOICE_CHOICES = list(labels.VOICE_NAMES.items())
