"""The wires of a picture: how wide and of which side under each lens, and the numbers on them."""

from __future__ import annotations

import math
from dataclasses import replace

from app.analysis.fingers import side_of
from app.lab.dials import Dial
from app.notation import names
from app.notation.numbers import figure, percent
from app.picture.known import change_text, known, known_row
from app.picture.layout import Place
from app.picture.marks import Wire
from app.picture.stage import Stage
from app.picture.tint import width

WEIGHT_SCALE = 3.0  # the |w| and |w·a| drawn widest
FEW_WIRES = 30  # in one gap: more would make chevrons a smear
THICKET, KEPT = 40, 24  # of more wires in one gap only the strongest are drawn, and those that are asked for
MOVES = 1  # labels of the dials that moved most, in each gap


def wires_into(stage: Stage, layer: int) -> list[Wire]:
    """Return the wires into a layer; in a thicket only the strongest ones and those that are asked for."""
    n, below = stage.sizes[layer], stage.sizes[layer - 1]
    pairs = [(j, k) for k in range(1, below + 1) for j in range(1, n + 1)]
    found = [wire(stage, layer, j, k, few=n * below <= FEW_WIRES) for j, k in pairs]
    if len(found) > THICKET:
        weights = stage.numbers.parameters.w[layer]
        order = sorted(found, key=lambda w: (-float(w.width), -abs(weights[w.to - 1, w.source - 1])))
        kept = {(w.to, w.source) for w in order[:KEPT]}
        found = [w for w in found if (w.to, w.source) in kept or is_asked(stage, w)]
    if stage.numbers.after is not None and stage.lens == "gradient" and not stage.labels:
        return most_moved(stage, layer, found)
    return found


def is_asked(stage: Stage, wire: Wire) -> bool:
    """Tell whether a wire, or a neuron at one of its ends, is the mark that somebody looks at."""
    asked = stage.asked
    if asked is None:
        return False
    if asked.kind == "w":
        return is_picked(stage, wire.layer, wire.to, wire.source)
    ends = ((wire.layer, wire.to), (wire.layer - 1, wire.source))
    return asked.kind in ("n", "b") and (asked.layer, asked.to) in ends


def is_picked(stage: Stage, layer: int, j: int, k: int) -> bool:
    """Tell whether a wire is itself the mark that somebody looks at: it bears its number as long as it is."""
    asked = stage.asked
    return asked is not None and asked.kind == "w" and (asked.layer, asked.to, asked.source) == (layer, j, k)


def most_moved(stage: Stage, layer: int, wires: list[Wire]) -> list[Wire]:
    """Leave the labels of those dials of a gap that moved most, and of the one that is looked at."""
    after = stage.numbers.after
    assert after is not None
    moves = abs(after.w[layer] - stage.numbers.parameters.w[layer])
    order = sorted((w for w in wires if w.label), key=lambda w: -moves[w.to - 1, w.source - 1])
    kept = {(w.to, w.source) for w in order[:MOVES] if moves[w.to - 1, w.source - 1]}
    kept |= {(w.to, w.source) for w in wires if is_picked(stage, layer, w.to, w.source)}
    return [w if (w.to, w.source) in kept else replace(w, label=None) for w in wires]


def wire(stage: Stage, layer: int, j: int, k: int, *, few: bool) -> Wire:
    curve = stage.layout.wires[layer, j, k]
    weight = float(stage.numbers.parameters.w[layer][j - 1, k - 1])
    name = names.weight(stage.sizes, layer, j, k)
    plain = f"{name} {figure(weight)}"
    kind, strength, text = under_lens(stage, layer, j, k, weight, plain)
    ahead, back = stage.is_now("forward", layer, j), layer > 1 and stage.is_now("backward", layer - 1, k)
    passing = known(stage.a, layer - 1, k) if ahead else known(stage.delta, layer, j) if back else None
    chevron = (curve.ahead if ahead else curve.back) if few and passing and weight else None
    moved = stage.lens == "gradient" and stage.numbers.after is not None
    wanted = stage.labels or moved or is_picked(stage, layer, j, k)
    label = label_of(stage, curve.label, text) if curve.label and wanted else None
    weighed = f"{name} {change_text(stage.numbers, Dial('w', layer, j, k))}"
    said = f"w·δ {text}" if stage.lens == "error" else text
    ends = f"{stage.name(layer - 1, k)} → {stage.name(layer, j)} · {weighed}"
    facts = ends if text == plain or moved else f"{ends} · {said}"
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
    )


def gate(stage: Stage, layer: int, j: int) -> str | None:
    """Return the slope of a neuron that blame arrives at, as a share of the steepest there is."""
    activation = stage.network.activation(layer)
    if activation.couples:
        return None
    return f"{float(activation.slope(stage.z_of(layer, j))) / activation.steepest:.2f}"


def label_of(stage: Stage, place: Place, text: str) -> tuple[float, float, str, float] | None:
    """Return a label, without its first word where it would be too wide, or none."""
    x, y, room = place
    shown = next(
        (said for said in (text, text.split(" ", 1)[-1]) if stage.layout.label_width(said) <= room), None
    )
    return (x, y, shown, stage.layout.label_width(shown)) if shown else None


def under_lens(stage: Stage, layer: int, j: int, k: int, weight: float, plain: str) -> tuple[str, float, str]:
    """Return a wire's kind, width and label under the lens; quiet where its number does not exist yet."""
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
        text = f"∂{names.weight(stage.sizes, layer, j, k)} {figure(value)}"
        if stage.numbers.after is not None:
            text = change_text(stage.numbers, Dial("w", layer, j, k))
        return coloured(stage, value, text, crowd)
    delta = known(stage.delta, layer, j)
    if layer == 1 or known(stage.delta, layer - 1, k) is None or delta is None:
        return waiting
    if stage.lens == "error":
        return coloured(stage, weight * delta, figure(weight * delta), crowd)
    pointed = abs(stage.numbers.parameters.w[layer][j - 1] * delta)
    share = abs(weight * delta) / (pointed.sum() or 1.0)
    return coloured(stage, weight * delta, f"{percent(float(share))} blame", crowd, share)


def coloured(
    stage: Stage, value: float, text: str, crowd: int, strength: float | None = None
) -> tuple[str, float, str]:
    strength = math.sqrt(abs(value) / stage.miss) if strength is None else strength
    return (side_of(value) or "rest"), width(strength, 1.0, crowd), text
