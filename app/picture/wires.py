"""The wires of a picture: how wide and of which side under each lens, and the numbers on them."""

from __future__ import annotations

import math

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


def wires_into(stage: Stage, layer: int) -> list[Wire]:
    n, below = stage.sizes[layer], stage.sizes[layer - 1]
    few = n * below <= FEW_WIRES
    return [wire(stage, layer, j, k, few) for k in range(1, below + 1) for j in range(1, n + 1)]


def wire(stage: Stage, layer: int, j: int, k: int, few: bool) -> Wire:
    curve = stage.layout.wires[layer, j, k]
    weight = float(stage.numbers.parameters.w[layer][j - 1, k - 1])
    name = names.weight(stage.sizes, layer, j, k)
    plain = f"{name} {figure(weight)}"
    kind, strength, text = under_lens(stage, layer, j, k, weight, plain)
    ahead, back = stage.is_now("forward", layer, j), layer > 1 and stage.is_now("backward", layer - 1, k)
    passing = known(stage.a, layer - 1, k) if ahead else known(stage.delta, layer, j) if back else None
    chevron = (curve.ahead if ahead else curve.back) if few and passing and weight else None
    label = label_of(stage, curve.label, text) if curve.label else None
    weighed = f"{name} {change_text(stage.numbers, Dial('w', layer, j, k))}"
    said = f"w·δ {text}" if stage.lens == "error" else text
    told = text == plain or (stage.lens == "gradient" and stage.numbers.after is not None)
    facts = weighed if told else f"{weighed} · {said}"
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
        chevron=chevron,
        label=label,
    )


def label_of(stage: Stage, place: Place, text: str) -> tuple[float, float, str, float] | None:
    """Return a label, without its first word where it would be too wide, or none."""
    x, y, room = place
    shown = next(
        (said for said in (text, text.split(" ", 1)[-1]) if stage.layout.label_width(said) <= room), None
    )
    return (x, y, shown, stage.layout.label_width(shown)) if shown else None


def under_lens(stage: Stage, layer: int, j: int, k: int, weight: float, plain: str) -> tuple[str, float, str]:
    """Return a wire's kind, width and label under the lens; quiet where its number does not exist yet."""
    waiting, crowd = ("rest", 1.2, plain), stage.sizes[layer] * stage.sizes[layer - 1]
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
