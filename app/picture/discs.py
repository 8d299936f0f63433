"""The neurons of a picture: how full, which ring, and what stands in and below each disc."""

from __future__ import annotations

from typing import Any

from app.analysis.fingers import side_of
from app.analysis.rounding import ROUNDING
from app.lab.dials import Dial
from app.notation import names
from app.notation.numbers import apart, fewer, figure
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
        before = known(stage.a, layer, j)
        most = None if before is None else apart(before, a)
        text, size = stage.layout.number_inside(a, most)
        more |= {"ink": f"{strength:.3f}", "light": strength > 0.52}
        more["negative"] = a < 0 and strength > ROUNDING
        more |= {"text": text, "size": size}
    if delta is not None and activation is not None:
        slope = float(activation.slope(stage.z_of(layer, j))) if not activation.couples else None
        more["locked"] = slope is not None and locked(slope, activation)
        blame = known(stage.blame, layer, j) or 0.0
        thickness = ring(blame, stage.miss, stage.layout.radius)
        if thickness and stage.lens in ("error", "blame"):
            more["ring"] = f"{thickness:.1f}"
            more["ring_radius"] = f"{stage.layout.radius + RING_GAP + thickness / 2:.1f}"
        more["side"] = side_of(blame)
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
    """Return the lines below a disc as (kind, text): its number where something happens, by wish its bias."""
    delta, a, texts = known(stage.delta, layer, j), known(stage.said, layer, j), []
    name = names.bias(stage.sizes, layer, j)
    if delta is not None and stage.lens in ("error", "blame"):
        texts.append(signed(stage, "", delta, known(stage.blame, layer, j) or 0.0))
    gradient = known_row(stage.numbers.backward.nabla.b, layer, j)
    if stage.lens == "gradient" and gradient is not None and stage.numbers.after is None:
        texts.append(
            signed(stage, f"∂{name} ", float(gradient[0]), float(stage.real.nabla.b[layer][j - 1, 0]))
        )
    if a is not None and stage.lens == "activation" and not stage.layout.number_inside(a)[0]:
        texts.append(("calm", stage.layout.fitting_below(*(figure(a, n) for n in fewer()), bold=False)))
    before = known(stage.a, layer, j)
    if (
        stage.numbers.after is not None
        and layer == stage.network.last
        and a is not None
        and before is not None
    ):
        shorter = (f"{stage.words.was} {figure(before, n)}" for n in range(apart(before, a), 0, -1))
        texts.append(("calm", stage.layout.fitting_below(*shorter, bold=False)))
    if stage.labels:
        now = stage.numbers.after or stage.numbers.parameters
        way, value = "→ " if stage.numbers.after else "", Dial("b", layer, j).of(now)
        shorter = (f"{name} {way}{figure(value, digits)}" for digits in fewer())
        texts.append(("dial", stage.layout.fitting_below(*shorter, bold=False)))
    return [(kind, text) for kind, text in texts if text]


def signed(stage: Stage, name: str, value: float, blame: float) -> tuple[str, str]:
    """Return kind and text of a value; for want of room it loses digits, then its word, never its glyph.
    `blame` is the same, or 0 where it is only rounding and has no side."""
    side = side_of(blame)
    glyph, word = GLYPHS[side], {"more": stage.words.more, "less": stage.words.less, "": ""}[side]
    short = [f"{name}{figure(value, digits)} {glyph}".rstrip() for digits in fewer()]
    worded = [f"{text} {word}".rstrip() for text in short]
    return side or "calm", stage.layout.fitting_below(*worded, *short, glyph, bold=True)
