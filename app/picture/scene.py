"""The stage at one moment: one mark per neuron and wire, with its strengths and its numbers as text."""

from __future__ import annotations

import numpy as np

from app.analysis.blame import mean_errors
from app.analysis.fingers import side_of
from app.lab.dials import Pick
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure, shrinking
from app.picture.discs import discs_of
from app.picture.known import known
from app.picture.layout import DEEP, HAND, RING, RING_GAP, TARGET_HALF, cost_box, layout_of
from app.picture.marks import Hand, Scene, Target, Wording
from app.picture.stage import Stage
from app.picture.text_width import BOLD, breadth
from app.picture.wires import wires_into

LENSES = ("activation", "error", "blame", "gradient", "weights")
LENS_OF = {
    "input": "activation",
    "forward": "activation",
    "cost": "activation",
    "backward": "error",
    "descent": "gradient",
}
HAND_ICON = 18.0
LARGE = 18.0  # size of a target
NO_WORDS = Wording()


def scene_of(
    numbers: Numbers,
    lens: str,
    example: int,
    *,
    recent: tuple[Moment, ...],
    words: Wording = NO_WORDS,
    hands: tuple[tuple[int, int, int], ...] = (),
    asked: Pick | None = None,
    labels: bool = False,
    tiles: bool = False,
) -> Scene:
    """Draw what is known of column `example` of the batch; `recent` are the moments of the last click.

    `hands` are the wires (layer, to, source) a hand points along, `asked` is the mark somebody looks at,
    `labels` tells whether every number is wanted, `tiles` leaves room for the neurons' own maps.
    """
    layout = layout_of(numbers.network.sizes, tiles)
    stage = Stage(
        numbers, lens, example, recent=recent, layout=layout, words=words, asked=asked, labels=labels
    )
    cost, pointing = cost_of(numbers, example), hands_of(stage, hands)
    half, short = cost_box(cost)
    with np.errstate(over="ignore"):  # what is beyond all numbers is as wide as can be
        wires = {layer: wires_into(stage, layer, pointing) for layer in numbers.network.layers}
    return Scene(
        layout=layout,
        lens=lens,
        discs=[discs_of(stage, layer) for layer in range(len(stage.sizes))],
        wires=wires,
        targets=targets(stage),
        hands=pointing,
        shrunk=shrunk(stage),
        cost=None if cost is None else figure(cost),
        cost_half=half,
        cost_short=short,
    )


def cost_of(numbers: Numbers, example: int) -> float | None:
    """Return the example's cost, that of the newest answer; None before there is one."""
    costs = numbers.costs if numbers.costs_after is None else numbers.costs_after
    return None if costs is None else float(costs[example])


def hands_of(stage: Stage, wires: tuple[tuple[int, int, int], ...]) -> list[Hand]:
    """Return the hands along some wires (layer, to, source): one for each neuron that is pointed at."""
    owners: dict[tuple[int, int], list[int]] = {}
    for layer, to, source in wires:
        owners.setdefault((layer, source), []).append(to)
    return [hand(stage, layer, tos, source, len(wires) == 1) for (layer, source), tos in owners.items()]


def hand(stage: Stage, layer: int, tos: list[int], source: int, alone: bool) -> Hand:
    """Return the hand by which neurons of a layer point at an upstream one; a lone one says so where there is
    room, and where there is hardly any it stands above."""
    first = stage.layout.wires[layer, tos[0], source]
    blame = stage.numbers.parameters.w[layer][tos[0] - 1, source - 1] * (
        known(stage.blame, layer, tos[0]) or 0.0
    )
    owners, whom = ", ".join(stage.name(layer, to) for to in tos), stage.name(layer - 1, source)
    said = ", ".join(stage.words.points.format(pointer=stage.name(layer, to), whom=whom) for to in tos)
    tip, side = f"{said}: {stage.words.pointed}", side_of(float(blame))
    ringed = stage.layout.radius * (1 + RING) + RING_GAP
    x, y = stage.layout.spots[layer - 1, source]
    room = stage.layout.spots[layer, tos[0]][0] - x - 2 * ringed - RING_GAP
    for text, wide, icon in (
        *(((said, stage.layout.label_width(said, bold=True), False),) if alone else ()),
        (owners, stage.layout.label_width(owners, bold=True) + HAND_ICON, True),
    ):
        middle = round(x + ringed + RING_GAP + wide / 2, 1)
        if wide < room:
            return Hand(tip=tip, x=middle, y=first.hand[1], text=text, width=wide, side=side, icon=icon)
    return Hand(
        tip=tip, x=middle - ringed, y=round(y - ringed - HAND, 1), text=text, width=wide, side=side, icon=icon
    )


def shrunk(stage: Stage) -> list[tuple[float, str]]:
    """Return by how much the error shrank on its way into each column of a deep network."""
    if stage.lens not in ("error", "blame") or stage.network.last < DEEP:
        return []
    means = mean_errors(stage.blame, stage.sizes)
    return [
        (stage.layout.columns[layer], shrinking(means[layer + 1], means[layer]))
        for layer in sorted(means)
        if layer + 1 in means and means[layer]
    ]


def targets(stage: Stage) -> list[Target]:
    found, aims = [], stage.data.aims
    for j in range(1, stage.sizes[-1] + 1):
        target = float(stage.numbers.y[j - 1, stage.example])
        value, y = figure(target), stage.layout.spots[stage.network.last, j][1]
        name = "y" + names.neuron(stage.sizes, stage.network.last, j)[1:]
        size = round(min(LARGE, (2 * TARGET_HALF - 6) / breadth(value) / BOLD), 1)
        found.append(Target(y=y, value=value, name=name, size=size, told=aims[j - 1].label(target)))
    return found
