"""The wires of a picture: how wide and of which side under each lens, and the numbers on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from app.analysis.fingers import side_of
from app.lab.dials import Dial
from app.notation import names
from app.notation.numbers import fewer, figure, moved, percents
from app.picture.known import change_text, known, known_row
from app.picture.label_places import LABEL_HEIGHT, Place
from app.picture.marks import Hand, Wire
from app.picture.stage import Stage
from app.picture.tint import width

WEIGHT_SCALE = 3.0  # the |w| and |w·a| drawn widest
FEW_WIRES = 30  # in one gap: more would make chevrons a smear
THICKET, KEPT = 40, 24  # of more wires in one gap only the strongest are drawn, and those that are asked for
ROOM = 3.0  # around a chevron, to the next label
MOVES = 1  # labels of the dials that moved most, in each gap


def wires_into(stage: Stage, layer: int, hands: list[Hand]) -> list[Wire]:
    """Return the wires into a layer; in a thicket only the strongest ones and those that are asked for.

    Where not every label has room, none is there. No chevron is under a label or a hand.
    """
    n, below = stage.sizes[layer], stage.sizes[layer - 1]
    pairs = [(j, k) for k in range(1, below + 1) for j in range(1, n + 1)]
    if len(pairs) > THICKET:
        kept = set(strongest(stage, layer, pairs)[:KEPT])
        pairs = [(j, k) for j, k in pairs if (j, k) in kept or is_asked(stage, layer, j, k)]
    found = [wire(stage, layer, j, k, few=n * below <= FEW_WIRES) for j, k in pairs]
    if stage.numbers.after is not None and stage.lens == "gradient" and not stage.labels:
        found = most_moved(stage, layer, found)
    elif stage.labels and not all(one.label for one in found):
        found = [
            one if is_picked(stage, layer, one.to, one.source) else replace(one, label=None) for one in found
        ]
    labels = [one.label for one in found if one.label] + [(h.x, h.y, h.text, h.width) for h in hands]
    return [kept_clear(stage, one, labels) for one in found]


def strongest(stage: Stage, layer: int, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return wires into a layer, (to, source), in the order of their width as drawn, then of their weight."""
    weights = stage.numbers.parameters.w[layer].tolist()

    def rank(pair: tuple[int, int]) -> tuple[float, float]:
        weight = weights[pair[0] - 1][pair[1] - 1]
        return -round(under_lens(stage, layer, *pair, weight, iter(()))[1], 1), -abs(weight)

    return sorted(pairs, key=rank)


def kept_clear(stage: Stage, wire: Wire, labels: list[tuple[float, float, str, float]]) -> Wire:
    """Move a wire's chevron to where no label covers it, or leave it out where there is no such place."""
    if wire.chevron is None:
        return wire
    way = 1 if stage.is_now("forward", wire.layer, wire.to) else -1
    places = stage.layout.chevrons(wire.layer, wire.to, wire.source, way)
    free = (one for one in places if not any(covers(label, one) for label in labels))
    return replace(wire, chevron=next(free, None))


def covers(label: tuple[float, float, str, float], chevron: str) -> bool:
    """Tell whether a label, (x, y, text, width), covers a part of a chevron.

    >>> covers((50, 50, "0.5", 40), "M60 45L67 50L60 55"), covers((50, 50, "0.5", 40), "M80 45L87 50L80 55")
    (True, False)
    """
    x, y, _, wide = label
    corners = [tuple(map(float, corner.split())) for corner in chevron[1:].split("L")]
    across, down = ([corner[axis] for corner in corners] for axis in (0, 1))
    beside = max(across) < x - wide / 2 - ROOM or min(across) > x + wide / 2 + ROOM
    return not (beside or max(down) < y - LABEL_HEIGHT / 2 - ROOM or min(down) > y + LABEL_HEIGHT / 2 + ROOM)


def is_asked(stage: Stage, layer: int, j: int, k: int) -> bool:
    """Tell whether a wire, or a neuron at one of its ends, is the mark that somebody looks at."""
    asked = stage.asked
    if asked is None:
        return False
    if asked.kind == "w":
        return is_picked(stage, layer, j, k)
    ends = ((layer, j), (layer - 1, k))
    return asked.kind in ("n", "b") and (asked.layer, asked.to) in ends


def is_picked(stage: Stage, layer: int, j: int, k: int) -> bool:
    """Tell whether a wire is itself the mark that somebody looks at: it bears its number as long as it is."""
    asked = stage.asked
    return asked is not None and asked.kind == "w" and (asked.layer, asked.to, asked.source) == (layer, j, k)


def most_moved(stage: Stage, layer: int, wires: list[Wire]) -> list[Wire]:
    """Leave the labels of those dials of a gap that moved most, and of the one that is looked at."""
    assert stage.steps is not None
    moves = abs(stage.steps.w[layer])
    order = sorted(wires, key=lambda w: -moves[w.to - 1, w.source - 1])
    kept = {(w.to, w.source) for w in order[:MOVES] if moves[w.to - 1, w.source - 1]}
    kept |= {(w.to, w.source) for w in wires if is_picked(stage, layer, w.to, w.source)}
    return [w if (w.to, w.source) in kept else replace(w, label=None) for w in wires]


def wire(stage: Stage, layer: int, j: int, k: int, *, few: bool) -> Wire:
    curve = stage.layout.wires[layer, j, k]
    weight = float(stage.numbers.parameters.w[layer][j - 1, k - 1])
    name = names.weight(stage.sizes, layer, j, k)
    kind, strength, texts = under_lens(stage, layer, j, k, weight, plain := named(name, weight))
    text = next(texts)
    ahead, back = stage.is_now("forward", layer, j), layer > 1 and stage.is_now("backward", layer - 1, k)
    passing = known(stage.a, layer - 1, k) if ahead else known(stage.blame, layer, j) if back else None
    chevron = (curve.ahead if ahead else curve.back) if few and passing and weight else None
    descended = stage.lens == "gradient" and stage.numbers.after is not None
    wanted = stage.labels or descended or is_picked(stage, layer, j, k)
    label = label_of(stage, curve.label, chain([text], texts)) if curve.label and wanted else None
    recipe, dial = stage.numbers.recipe, Dial("w", layer, j, k)
    weighed = f"{name} {change_text(stage.numbers, dial)}{stage.words.held if recipe.is_held(dial) else ''}"
    said = f"w·δ {text}" if stage.lens == "error" else text
    ends = f"{stage.name(layer - 1, k)} → {stage.name(layer, j)} · {weighed}"
    facts = ends if texts is plain or descended else f"{ends} · {said}"
    return Wire(
        layer=layer,
        to=j,
        source=k,
        path=curve.path,
        facts=facts,
        width=f"{strength:.1f}",
        kind=kind,
        dashed=weight < 0,
        now=ahead or back,
        gate=gate(stage, layer - 1, k) if back else None,
        chevron=chevron,
        label=label,
        held=stage.layout.lock(layer, j, k) if recipe.is_held(dial) else None,
    )


def gate(stage: Stage, layer: int, j: int) -> str:
    """Return the slope of a hidden neuron that blame arrives at, as a share of the steepest there is."""
    activation = stage.network.activation(layer)
    return f"{abs(float(activation.slope(stage.z_of(layer, j)))) / activation.steepest:.2f}"


def label_of(stage: Stage, place: Place, texts: Iterable[str]) -> tuple[float, float, str, float] | None:
    """Return the first of a label's texts that has room, or none."""
    x, y, room = place
    shown = next((text for text in texts if stage.layout.label_width(text) <= room), None)
    return (x, y, shown, stage.layout.label_width(shown)) if shown else None


def named(name: str, value: float) -> Iterator[str]:
    """Write a number behind a name, then with fewer digits; never without the name."""
    return (f"{name} {figure(value, digits)}" for digits in fewer())


def move_texts(stage: Stage, dial: Dial) -> Iterator[str]:
    """Write a dial's move, then with fewer digits, two at least, then only where it led."""
    name, after = dial.name(stage.sizes), stage.numbers.after
    assert after is not None
    old, new = dial.of(stage.numbers.parameters), dial.of(after)
    yield from (f"{name} {moved(old, new, digits)}" for digits in fewer()[:-1])
    yield from named(f"{name} →", new)


def under_lens(
    stage: Stage, layer: int, j: int, k: int, weight: float, plain: Iterator[str]
) -> tuple[str, float, Iterator[str]]:
    """Return a wire's kind, width and label under the lens, the label also in shorter ways; quiet where its
    number does not exist yet."""
    crowd = stage.sizes[layer] * stage.sizes[layer - 1]
    waiting = ("rest", width(weight, WEIGHT_SCALE, crowd), plain)
    if stage.lens == "weights":
        return "ink", width(weight, WEIGHT_SCALE, crowd), plain
    if stage.lens == "activation":
        heard = known(stage.a, layer - 1, k)
        if known(stage.a, layer, j) is None or heard is None:
            return waiting
        return "ink", width(weight * heard, WEIGHT_SCALE, crowd), plain
    if stage.lens == "gradient":
        row = known_row(stage.numbers.backward.nabla.w, layer, j)
        if row is None:
            return waiting
        value = float(row[k - 1])
        texts = named(f"∂{names.weight(stage.sizes, layer, j, k)}", value)
        if stage.numbers.after is not None:
            texts = move_texts(stage, Dial("w", layer, j, k))
        return coloured(stage, float(stage.real.nabla.w[layer][j - 1, k - 1]), texts, crowd)
    delta = known(stage.delta, layer, j)
    if layer == 1 or known(stage.delta, layer - 1, k) is None or delta is None:
        return waiting
    blame = weight * (known(stage.blame, layer, j) or 0.0)
    if stage.lens == "error":
        return coloured(stage, blame, (figure(weight * delta, n) for n in fewer()), crowd)
    pointed = abs(stage.numbers.parameters.w[layer][j - 1]) * bool(blame)
    shares = (pointed / (pointed.sum() or 1.0)).tolist()
    share = percents(shares)[k - 1]
    said = iter([f"{share} blame", share])
    return coloured(stage, blame, said, crowd, shares[k - 1])


def coloured(
    stage: Stage, value: float, texts: Iterator[str], crowd: int, strength: float | None = None
) -> tuple[str, float, Iterator[str]]:
    strength = math.sqrt(abs(value) / stage.miss) if strength is None else strength
    return (side_of(value) or "rest"), width(strength, 1.0, crowd), texts
