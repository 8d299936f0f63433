"""The wires of a picture, as a lens shows them, and the numbers on them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import itemgetter

import numpy as np

from app.lab.dials import Pick
from app.picture.known import change_text
from app.picture.label_places import LABEL_HEIGHT, Place
from app.picture.lenses import SPEAKING, Looks, looks_of, named, said
from app.picture.marks import Hand, Wire
from app.picture.stage import Stage

FEW_WIRES = 30  # in one gap: more would make chevrons a smear
THICKET, KEPT = 40, 24  # of more wires in one gap only the strongest are drawn, and those that are asked for
ROOM = 3.0  # around a chevron, to the next label
MOVES = 1  # labels of the dials that moved most, in each gap

Pair = tuple[int, int]  # a wire into a layer: to which of its neurons, and from which below, from 1


def wires_into(stage: Stage, layer: int, hands: list[Hand]) -> list[Wire]:
    """Return the wires into a layer; in a thicket only the strongest ones and those that are asked for.

    Where not every label has room, none is there. No chevron is under a label or a hand.
    """
    looks, crowd = looks_of(stage, layer), stage.sizes[layer] * stage.sizes[layer - 1]
    pairs = pairs_of(stage, layer, looks)
    picked = {(j, k) for j, k in pairs if is_picked(stage, layer, j, k)}
    labelled = set(pairs) if stage.labels else picked
    if stage.descended and not stage.labels:
        labelled = most_moved(stage, layer, pairs) | picked
    few = crowd <= FEW_WIRES
    found = [wire(stage, layer, pair, looks, labelled=pair in labelled, few=few) for pair in pairs]
    if stage.labels and not all(one.label for one in found):
        found = [one if (one.to, one.source) in picked else one._replace(label=None) for one in found]
    labels = [one.label for one in found if one.label] + [(h.x, h.y, h.text, h.width) for h in hands]
    return [kept_clear(stage, one, labels) for one in found] if labels else found


def pairs_of(stage: Stage, layer: int, looks: Looks) -> list[Pair]:
    """Return the wires into a layer that are drawn, those from one neuron together."""
    n, below = stage.sizes[layer], stage.sizes[layer - 1]
    pairs = [(j, k) for k in range(1, below + 1) for j in range(1, n + 1)]
    if len(pairs) <= THICKET:
        return pairs
    kept = set(strongest(stage, layer, looks))
    if (asked := stage.asked) is not None:
        kept |= {(j, k) for j, k in pairs if is_asked(asked, layer, j, k)}
    return sorted(kept, key=itemgetter(1, 0))


def strongest(stage: Stage, layer: int, looks: Looks) -> list[Pair]:
    """Return the strongest wires into a layer, by their width as drawn, then by their weight."""
    widths, weights = looks.widths.round(1), abs(stage.numbers.parameters.w[layer])
    order = np.lexsort((-weights.T.ravel(), -widths.T.ravel()))[:KEPT]
    return [(at % stage.sizes[layer] + 1, at // stage.sizes[layer] + 1) for at in order.tolist()]


def kept_clear(stage: Stage, wire: Wire, labels: list[tuple[float, float, str, float]]) -> Wire:
    """Move a wire's chevron to where no label covers it, or leave it out where there is no such place."""
    if wire.chevron is None or not any(covers(label, wire.chevron) for label in labels):
        return wire
    way = 1 if stage.is_now("forward", wire.layer, wire.to) else -1
    places = stage.layout.chevrons(wire.layer, wire.to, wire.source, way)
    free = (one for one in places if not any(covers(label, one) for label in labels))
    return wire._replace(chevron=next(free, None))


def covers(label: tuple[float, float, str, float], chevron: str) -> bool:
    """Tell whether a label, (x, y, text, width), covers a part of a chevron.

    >>> covers((50, 50, "0.5", 40), "M60 45L67 50L60 55"), covers((50, 50, "0.5", 40), "M80 45L87 50L80 55")
    (True, False)
    """
    x, y, _, wide = label
    left, right, top, bottom = edges(chevron)
    beside = right < x - wide / 2 - ROOM or left > x + wide / 2 + ROOM
    return not (beside or bottom < y - LABEL_HEIGHT / 2 - ROOM or top > y + LABEL_HEIGHT / 2 + ROOM)


@lru_cache(maxsize=4096)
def edges(chevron: str) -> tuple[float, float, float, float]:
    """Return how far a chevron reaches to the left, to the right, up and down."""
    corners = [corner.split() for corner in chevron[1:].split("L")]
    across, down = ([float(corner[axis]) for corner in corners] for axis in (0, 1))
    return min(across), max(across), min(down), max(down)


def is_asked(asked: Pick, layer: int, j: int, k: int) -> bool:
    """Tell whether a wire, or a neuron at one of its ends, is the mark that somebody looks at."""
    if asked.kind == "w":
        return (asked.layer, asked.to, asked.source) == (layer, j, k)
    ends = ((layer, j), (layer - 1, k))
    return asked.kind in ("n", "b") and (asked.layer, asked.to) in ends


def is_picked(stage: Stage, layer: int, j: int, k: int) -> bool:
    """Tell whether a wire is itself the mark that somebody looks at: it bears its number as long as it is."""
    asked = stage.asked
    return asked is not None and asked.kind == "w" and (asked.layer, asked.to, asked.source) == (layer, j, k)


def most_moved(stage: Stage, layer: int, pairs: list[Pair]) -> set[Pair]:
    """Return the wires, (to, source), whose dials moved most of a gap, none where nothing moved."""
    assert stage.steps is not None
    moves = abs(stage.steps.w[layer]).tolist()
    order = sorted(pairs, key=lambda pair: -moves[pair[0] - 1][pair[1] - 1])
    return {(j, k) for j, k in order[:MOVES] if moves[j - 1][k - 1]}


def wire(stage: Stage, layer: int, pair: Pair, looks: Looks, *, labelled: bool, few: bool) -> Wire:
    """Draw a wire: with its number where it is `labelled`, with a chevron where it is one of a `few`."""
    j, k = pair
    speaks = stage.lens in SPEAKING and j <= looks.rows and k <= looks.sources
    curve, weight = stage.layout.wires[layer, j, k], stage.weights[layer][j - 1][k - 1]
    ahead, back = stage.is_now("forward", layer, j), layer > 1 and stage.is_now("backward", layer - 1, k)
    passing = stage.a[layer - 1][k - 1] if ahead else stage.blame[layer][j - 1] if back else None
    chevron = (curve.ahead if ahead else curve.back) if few and passing and weight else None
    held = curve.mark in stage.numbers.recipe.held
    change = change_text(weight, None if stage.after is None else stage.after[layer][j - 1][k - 1])
    facts = f"{stage.name(layer - 1, k)} → {stage.name(layer, j)} · {curve.name} {change}"
    facts += stage.words.held if held else ""
    texts = said(stage, layer, j, k) if speaks else named(curve.name, weight)
    if speaks and not stage.descended:
        text = next(texts)
        facts += f" · w·δ {text}" if stage.lens == "error" else f" · {text}"
        texts = chain([text], texts)
    return Wire(
        layer=layer,
        to=j,
        source=k,
        mark=curve.mark,
        path=curve.path,
        facts=facts,
        width=f"{looks.widths.item(j - 1, k - 1):.1f}",
        kind=looks.kinds[j - 1][k - 1],
        dashed=weight < 0,
        now=ahead or back,
        gate=gate(stage, layer - 1, k) if back else None,
        chevron=chevron,
        label=label_of(stage, curve.label, texts) if curve.label and labelled else None,
        held=stage.layout.lock(layer, j, k) if held else None,
    )


def gate(stage: Stage, layer: int, j: int) -> str:
    """Return the slope of a hidden neuron that blame arrives at, as a share of the steepest there is."""
    return f"{abs(stage.slope(layer, j)) / stage.network.activation(layer).steepest:.2f}"


def label_of(stage: Stage, place: Place, texts: Iterable[str]) -> tuple[float, float, str, float] | None:
    """Return the first of a label's texts that has room, or none."""
    x, y, room = place
    shown = next((text for text in texts if stage.layout.label_width(text) <= room), None)
    return (x, y, shown, stage.layout.label_width(shown)) if shown else None
