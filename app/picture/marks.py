"""The marks a picture is made of: what a template needs to draw one disc, one wire, one target."""

from __future__ import annotations

from dataclasses import dataclass

from app.picture.layout import TARGET_X, Layout


@dataclass(frozen=True, slots=True)
class Disc:
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
    ring: str | None = None
    ring_radius: str | None = None
    side: str = ""
    below: tuple[tuple[str, str, float], ...] = ()  # (kind, text, y)


@dataclass(frozen=True, slots=True)
class Wire:
    """A weight. `kind`: rest, ink, more or less; `chevron` points the way the wave has just gone."""

    layer: int
    to: int
    source: int
    path: str
    facts: str
    width: str
    kind: str
    dashed: bool
    now: bool
    chevron: str | None = None
    label: tuple[float, float, str, float] | None = None  # x, y, text, width


@dataclass(frozen=True, slots=True)
class Target:
    """What an output should have been, drawn beside it."""

    y: float
    value: str
    name: str
    ink: str
    light: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole stage; `discs[l]` and `wires[l]` are lists per layer, l from 0 and from 1."""

    layout: Layout
    lens: str
    discs: list[list[Disc]]
    wires: dict[int, list[Wire]]
    targets: list[Target]
    cost: str | None
    hands: list[tuple[float, float]]
    middle: float
    target_x: float = TARGET_X
