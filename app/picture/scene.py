"""The stage at one moment: one mark per neuron and wire, with its strengths and its numbers as text."""

from __future__ import annotations

from app.analysis.fingers import side_of
from app.lab.dials import Pick
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure
from app.picture.discs import disc
from app.picture.known import known
from app.picture.layout import RING, RING_GAP, fitting_cost, layout_of
from app.picture.marks import Hand, Scene, Target, Wording
from app.picture.stage import Stage
from app.picture.wires import wires_into

LENSES = ("activation", "error", "blame", "gradient", "weights")
LENS_OF = {
    "input": "activation",
    "forward": "activation",
    "cost": "activation",
    "backward": "error",
    "descent": "gradient",
}
DEEP = 3  # layers with dials: from here on one sees how the error shrinks
HAND_ICON = 18.0
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
    return Scene(
        layout=layout,
        lens=lens,
        discs=[[disc(stage, layer, j) for j in range(1, n + 1)] for layer, n in enumerate(stage.sizes)],
        wires={layer: wires_into(stage, layer) for layer in numbers.network.layers},
        targets=targets(stage),
        hands=[hand(stage, *wire, alone=len(hands) == 1) for wire in hands],
        shrunk=shrunk(stage),
        cost=None if numbers.costs is None else fitting_cost(float(numbers.costs[example])),
    )


def hand(stage: Stage, layer: int, to: int, source: int, *, alone: bool) -> Hand:
    """Return the hand by which a neuron points at an upstream one; a lone one says so where there is room."""
    curve = stage.layout.wires[layer, to, source]
    weight = float(stage.numbers.parameters.w[layer][to - 1, source - 1])
    side = side_of(weight * (known(stage.blame, layer, to) or 0.0))
    owner, whom = stage.name(layer, to), stage.name(layer - 1, source)
    said = stage.words.points.format(owner, whom)
    wide = stage.layout.label_width(said)
    begin = stage.layout.spots[layer - 1, source][0] + stage.layout.radius * (1 + RING) + 2 * RING_GAP
    if (
        alone
        and begin + wide < stage.layout.spots[layer, to][0] - stage.layout.radius * (1 + RING) - RING_GAP
    ):
        return Hand(owner, whom, round(begin + wide / 2, 1), curve.hand[1], said, wide, side)
    wide = stage.layout.label_width(owner) + HAND_ICON
    return Hand(owner, whom, round(begin + wide / 2, 1), curve.hand[1], owner, wide, side, icon=True)


def shrunk(stage: Stage) -> list[tuple[float, str]]:
    """Return by how much the error shrank on its way into each column of a deep network."""
    if stage.lens not in ("error", "blame") or stage.network.last < DEEP:
        return []
    means = {
        layer: sum(map(abs, values)) / len(values)
        for layer, values in stage.blame.items()
        if len(values) == stage.sizes[layer]
    }
    return [
        (stage.layout.columns[layer], f"÷ {figure(means[layer + 1] / means[layer])}")
        for layer in sorted(means)
        if layer + 1 in means and means[layer]
    ]


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
