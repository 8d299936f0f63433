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
    name = stage.name(layer, j)
    activation = stage.network.activation(layer) if layer else None
    a, delta = known(stage.said, layer, j), known(stage.delta, layer, j)
    more: dict[str, Any] = {}
    if a is not None:
        strength = ink(a, activation, stage.largest)
        text, size = stage.layout.number_inside(a)
        more |= {"ink": f"{strength:.3f}", "light": strength > 0.52, "negative": a < 0}
        more |= {"text": text, "size": size}
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
    ringed = stage.layout.radius
    if stage.lens in ("error", "blame"):
        ringed = ringed * (1 + RING) + RING_GAP
    texts = told_below(stage, layer, j)[: stage.layout.lines]
    return tuple(
        (kind, text, round(y + ringed + LINE * (row + 1) - 3, 1)) for row, (kind, text) in enumerate(texts)
    )


def told_below(stage: Stage, layer: int, j: int) -> list[tuple[str, str]]:
    """Return the lines below a disc as (kind, text): its number where something happens, by wish its bias,
    which comes first where it is itself looked at."""
    delta, a, texts = known(stage.delta, layer, j), known(stage.said, layer, j), []
    name = names.bias(stage.sizes, layer, j)
    if delta is not None and stage.lens in ("error", "blame"):
        texts.append(signed(stage, "", delta))
    gradient = known_row(stage.numbers.backward.nabla.b, layer, j)
    if stage.lens == "gradient" and gradient is not None and stage.numbers.after is None:
        texts.append(signed(stage, f"∂{name} ", float(gradient[0])))
    if a is not None and stage.lens == "activation" and not stage.layout.number_inside(a)[0]:
        texts.append(("calm", figure(a)))
    before = known(stage.a, layer, j)
    if (
        stage.numbers.after is not None
        and layer == stage.network.last
        and a is not None
        and before is not None
    ):
        texts.append(("calm", stage.layout.fitting_below(f"{stage.words.was} {figure(before)}", bold=False)))
    asked = stage.asked
    picked = asked is not None and asked.kind == "b" and (asked.layer, asked.to) == (layer, j)
    if stage.labels or picked:
        now = stage.numbers.after or stage.numbers.parameters
        dial = ("→ " if stage.numbers.after else "") + figure(Dial("b", layer, j).of(now))
        told = "dial", stage.layout.fitting_below(f"{name} {dial}", dial, bold=False)
        texts.insert(0 if picked else len(texts), told)
    return [(kind, text) for kind, text in texts if text]


def signed(stage: Stage, name: str, value: float) -> tuple[str, str]:
    """Return kind and text of a blame; for want of room it loses digits, then its word, never its glyph."""
    side = side_of(value)
    glyph, word = GLYPHS[side], {"more": stage.words.more, "less": stage.words.less, "": ""}[side]
    short = [f"{name}{figure(value, digits)} {glyph}".rstrip() for digits in (3, 2, 1)]
    worded = [f"{text} {word}".rstrip() for text in short]
    return side or "calm", stage.layout.fitting_below(*worded, *short, glyph, bold=True)
