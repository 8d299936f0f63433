"""The neurons of a picture: how full, which ring, and what stands in and below each disc."""

from __future__ import annotations

from typing import Any

from app.analysis.fingers import side_of
from app.lab.dials import Dial
from app.notation import names
from app.notation.numbers import figure
from app.picture.known import change_text, known, known_row
from app.picture.layout import LINE, RING, RING_GAP
from app.picture.marks import Disc
from app.picture.stage import Stage
from app.picture.tint import ink, locked, ring

GLYPHS = {"more": "▲", "less": "▼", "": ""}


def disc(stage: Stage, layer: int, j: int) -> Disc:
    x, y = stage.layout.spots[layer, j]
    name = names.neuron(stage.sizes, layer, j)
    activation = stage.network.activation(layer) if layer else None
    a, delta = known(stage.a, layer, j), known(stage.delta, layer, j)
    more: dict[str, Any] = {}
    if a is not None:
        strength = ink(a, activation, stage.largest)
        text = figure(a)
        size = stage.layout.text_size(text)
        more |= {"ink": f"{strength:.3f}", "light": strength > 0.52, "negative": a < 0}
        more |= {"text": text if size else None, "size": size}
    if delta is not None and activation is not None:
        slope = float(activation.slope(stage.z_of(layer, j))) if not activation.couples else None
        more["locked"] = slope is not None and locked(slope, activation)
        thickness = ring(delta, stage.miss, stage.layout.radius)
        if thickness and stage.lens in ("error", "blame"):
            more["ring"] = f"{thickness:.1f}"
            more["ring_radius"] = f"{stage.layout.radius + RING_GAP + thickness / 2:.1f}"
        more["side"] = side_of(delta)
    more["now"] = stage.is_now("forward", layer, j) or stage.is_now("backward", layer, j)
    more["now"] = more["now"] or (layer == 0 and ("input", 0, 0) in stage.recent)
    facts, below = facts_of(stage, layer, j, name), lines_below(stage, layer, j, y)
    return Disc(layer=layer, number=j, x=x, y=y, name=name, facts=facts, below=below, **more)


def facts_of(stage: Stage, layer: int, j: int, name: str) -> str:
    rows = (("z", stage.z), ("a", stage.a), ("∂C/∂a", stage.received), ("δ", stage.delta))
    parts = [name] if layer == 0 else [name, f"{names.bias(stage.sizes, layer, j)} {bias(stage, layer, j)}"]
    parts += [
        f"{word} {figure(value)}" for word, table in rows if (value := known(table, layer, j)) is not None
    ]
    return " · ".join(parts)


def bias(stage: Stage, layer: int, j: int) -> str:
    return change_text(stage.numbers, Dial("b", layer, j))


def lines_below(stage: Stage, layer: int, j: int, y: float) -> tuple[tuple[str, str, float], ...]:
    if not layer or not stage.layout.lines:
        return ()
    delta, a, texts = known(stage.delta, layer, j), known(stage.a, layer, j), []
    name = names.bias(stage.sizes, layer, j)
    if delta is not None and stage.lens in ("error", "blame"):
        texts.append(signed(stage, "δ", delta))
    gradient = known_row(stage.numbers.backward.nabla.b, layer, j)
    if stage.lens == "gradient" and gradient is not None and stage.numbers.after is None:
        texts.append(signed(stage, f"∂{name}", float(gradient[0])))
    if a is not None and stage.lens == "activation" and not stage.layout.text_size(figure(a)):
        texts.append(("calm", figure(a)))
    now = stage.numbers.after or stage.numbers.parameters
    dial = ("→ " if stage.numbers.after else "") + figure(float(now.b[layer][j - 1, 0]))
    texts.append(("dial", stage.layout.fitting_below(f"{name} {dial}", dial, bold=False)))
    ringed = stage.layout.radius
    if stage.lens in ("error", "blame"):
        ringed = ringed * (1 + RING) + RING_GAP
    base, rows = y + ringed + LINE - 3, enumerate(texts[: stage.layout.lines])
    return tuple((kind, text, round(base + LINE * row, 1)) for row, (kind, text) in rows)


def signed(stage: Stage, name: str, value: float) -> tuple[str, str]:
    """Return the kind and the text of a blame, as much of it as fits below a disc."""
    side, number = side_of(value), figure(value)
    marked = f"{number} {GLYPHS[side]}".rstrip()
    return side or "calm", stage.layout.fitting_below(f"{name} {marked}", marked, number, bold=True)
