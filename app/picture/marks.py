"""The marks a picture is made of: what a template needs to draw one disc, one wire, one target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.lab.dials import Dial
from app.picture.layout import TARGET_X, Layout


class Wording(NamedTuple):
    """The few words that stand in the picture, as the story has them; `points` names who points at whom,
    `pointed` says why, `share` names a share of blame."""

    more: str = ""
    less: str = ""
    was: str = ""
    held: str = ""
    points: str = "{pointer} → {whom}"
    share: str = "{share}"
    pointed: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand on a wire: who points at whom and why in words, and its label: the middle, the text and the
    width."""

    tip: str
    x: float
    y: float
    text: str
    width: float
    side: str
    icon: bool = False


class Disc(NamedTuple):
    """A neuron. `ink` and `ring` are None where nothing has happened yet; `side` is "more" or "less"."""

    layer: int
    number: int
    x: float
    y: float
    name: str
    facts: str
    text: str | None = None
    size: float | None = None
    ink: str | None = None
    light: bool = False
    negative: bool = False
    now: bool = False
    locked: bool = False
    held: bool = False  # its bias keeps its value
    ring: str | None = None
    ring_radius: str | None = None
    side: str = ""
    below: tuple[tuple[str, str, float], ...] = ()  # (kind, text, y)

    @property
    def bias(self) -> str:
        """Return the mark of the neuron's bias."""
        return Dial("b", self.layer, self.number).mark


class Wire(NamedTuple):
    """A weight, with its mark as in addresses. `kind`: rest, ink, more or less; `chevron` points the way the
    wave has just gone."""

    layer: int
    to: int
    source: int
    mark: str
    path: str
    facts: str
    width: str
    kind: str
    dashed: bool
    now: bool
    gate: str | None = None  # where blame has just passed: what share of it the slope at its end lets through
    chevron: str | None = None
    label: tuple[float, float, str, float] | None = None  # x, y, text, width
    held: tuple[float, float] | None = None  # where the padlock hangs of a weight that keeps its value


@dataclass(frozen=True, slots=True)
class Target:
    """What an output should have been, drawn beside it; `told`: the same as somebody brought it, if known."""

    y: float
    value: str
    name: str
    size: float
    told: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole stage; `discs[l]` and `wires[l]` are lists per layer, l from 0 and from 1."""

    layout: Layout
    lens: str
    discs: list[list[Disc]]
    wires: dict[int, list[Wire]]
    targets: list[Target]
    hands: list[Hand]
    shrunk: list[tuple[float, str]]  # x, and by how much less error is in a column than in the next: "÷ 8.7"
    cost: str | None
    cost_half: int  # of its box’s width
    cost_short: str | None  # as it fits into its box
    target_x: float = TARGET_X
