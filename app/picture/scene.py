"""The stage at one moment: one mark per neuron and wire, with its strengths and its numbers as text."""

from __future__ import annotations

from collections.abc import Set

from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure
from app.picture.discs import disc
from app.picture.layout import layout_of
from app.picture.marks import Scene, Target
from app.picture.stage import Stage
from app.picture.wires import wires_into

Hand = tuple[int, int, int]

LENSES = ("activation", "error", "blame", "gradient", "weights")
LENS_OF = {
    "input": "activation",
    "forward": "activation",
    "cost": "activation",
    "backward": "error",
    "descent": "gradient",
}


def scene_of(
    numbers: Numbers,
    lens: str,
    example: int,
    *,
    recent: tuple[Moment, ...],
    hands: Set[Hand] = frozenset(),
    tiles: bool = False,
) -> Scene:
    """Draw what is known of column `example` of the batch; `recent` are the moments of the last click,
    `hands` the wires (layer, to, source) a hand points along; `tiles` leaves room for the neurons' own
    maps."""
    layout = layout_of(numbers.network.sizes, tiles)
    stage = Stage(numbers, lens, example, recent=recent, layout=layout)
    return Scene(
        layout=stage.layout,
        lens=lens,
        discs=[[disc(stage, layer, j) for j in range(1, n + 1)] for layer, n in enumerate(stage.sizes)],
        wires={layer: wires_into(stage, layer) for layer in numbers.network.layers},
        targets=targets(stage),
        hands=[stage.layout.wires[hand].hand for hand in sorted(hands)],
        cost=None if numbers.costs is None else figure(float(numbers.costs[example])),
        middle=(stage.layout.spots[0, 1][1] + stage.layout.spots[0, numbers.network.sizes[0]][1]) / 2,
    )


def targets(stage: Stage) -> list[Target]:
    found = []
    for j in range(1, stage.sizes[-1] + 1):
        value = float(stage.numbers.y[j - 1, stage.example])
        strength = min(1.0, abs(value))
        name = "y" + names.neuron(stage.sizes, stage.network.last, j)[1:]
        y = stage.layout.spots[stage.network.last, j][1]
        drawn, light = f"{strength:.3f}", strength > 0.52
        found.append(Target(y=y, value=figure(value), name=name, ink=drawn, light=light))
    return found
