"""The neurons of a picture: how full, which ring, and what stands in and below each disc."""

from __future__ import annotations

from typing import Any, NamedTuple

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


class Line(NamedTuple):
    """A line below a disc: what it tells, its kind for the style sheet, and its text, "" for want of room."""

    what: str
    kind: str
    text: str


def discs_of(stage: Stage, layer: int) -> list[Disc]:
    """Return the discs of a layer; what has no room below one of them is left out below all of them."""
    everybody = range(1, stage.sizes[layer] + 1)
    lines = told_below if layer else unit_below
    told = {j: lines(stage, layer, j) if stage.layout.lines else [] for j in everybody}
    cramped = {line.what for lines in told.values() for line in lines if not line.text}
    return [disc(stage, layer, j, [line for line in told[j] if line.what not in cramped]) for j in everybody]


def disc(stage: Stage, layer: int, j: int, told: list[Line]) -> Disc:
    x, y = stage.layout.spots[layer, j]
    a, delta, name = known(stage.said, layer, j), known(stage.delta, layer, j), stage.name(layer, j)
    filled = {} if a is None else filling(stage, layer, j, a)
    ringed = {} if delta is None else blamed(stage, layer, j)
    now = stage.is_now("forward", layer, j) or stage.is_now("backward", layer, j)
    return Disc(
        layer=layer,
        number=j,
        x=x,
        y=y,
        name=name,
        facts=facts_of(stage, layer, j, name),
        below=placed_below(stage, told, y),
        now=now or (layer == 0 and ("input", 0, 0) in stage.recent),
        held=layer > 0 and stage.numbers.recipe.biases and is_held(stage, layer, j),
        **filled,
        **ringed,
    )


def filling(stage: Stage, layer: int, j: int, a: float) -> dict[str, Any]:
    """Return how full a disc is, and its number."""
    strength = ink(a, stage.network.activation(layer) if layer else None, stage.largest)
    before = known(stage.a, layer, j)
    most = None if before is None else apart(before, a)
    text, size = stage.layout.number_inside(a, most)
    negative = a < 0 and strength > ROUNDING
    return {
        "ink": f"{strength:.3f}",
        "light": strength > 0.52,
        "negative": negative,
        "text": text,
        "size": size,
    }


def blamed(stage: Stage, layer: int, j: int) -> dict[str, Any]:
    """Return the ring around a disc whose error is known, which way it pulls, and whether it is locked."""
    activation, blame = stage.network.activation(layer), stage.blame[layer][j - 1]
    found: dict[str, Any] = {"side": side_of(blame)}
    found["locked"] = not activation.couples and locked(stage.slope(layer, j), activation)
    thickness = ring(blame, stage.miss, stage.layout.radius)
    if thickness and stage.lens in ("error", "blame"):
        found["ring"] = f"{thickness:.1f}"
        found["ring_radius"] = f"{stage.layout.radius + RING_GAP + thickness / 2:.1f}"
    return found


def is_held(stage: Stage, layer: int, j: int) -> bool:
    return stage.numbers.recipe.is_held(Dial("b", layer, j))


def facts_of(stage: Stage, layer: int, j: int, name: str) -> str:
    parts = [name]
    if layer and stage.numbers.recipe.biases:
        held = stage.words.held if is_held(stage, layer, j) else ""
        parts.append(f"{names.bias(stage.sizes, layer, j)} {bias(stage, layer, j)}{held}")
    for word, table in (("z", stage.z), ("a", stage.a), ("∂C/∂a", stage.received), ("δ", stage.delta)):
        value = known(table, layer, j)
        if value is not None:
            parts.append(f"{word} {figure(value)}")
    unit = unit_of(stage, layer, j)
    return " · ".join([*parts, unit] if unit else parts)


def bias(stage: Stage, layer: int, j: int) -> str:
    own, after = Dial("b", layer, j), stage.numbers.after
    return change_text(own.of(stage.numbers.parameters), None if after is None else own.of(after))


def placed_below(stage: Stage, told: list[Line], y: float) -> tuple[tuple[str, str, float], ...]:
    """Return as many lines as have room below a disc at height y, as (kind, text, y)."""
    ringed = stage.layout.radius
    if stage.lens in ("error", "blame"):
        ringed = ringed * (1 + RING) + RING_GAP
    return tuple(
        (line.kind, line.text, round(y + ringed + LINE * (row + 1) - 3, 1))
        for row, line in enumerate(told[: stage.layout.lines])
    )


def told_below(stage: Stage, layer: int, j: int) -> list[Line]:
    """Return the lines below a disc: its number where something happens, by wish its bias, first where it is
    itself looked at."""
    delta, a = known(stage.delta, layer, j), known(stage.said, layer, j)
    name, recipe = names.bias(stage.sizes, layer, j), stage.numbers.recipe
    fitting, found = stage.layout.fitting_below, []
    if delta is not None and stage.lens in ("error", "blame"):
        found.append(signed(stage, "", delta, stage.blame[layer][j - 1]))
    if stage.lens == "gradient" and not stage.descended:
        gradient = known_row(stage.numbers.backward.nabla.b, layer, j)
        if gradient is not None:
            real = float(stage.real.nabla.b[layer][j - 1, 0])
            found.append(signed(stage, f"∂{name} ", float(gradient[0]), real))
    if a is not None and stage.lens == "activation" and not stage.layout.number_inside(a)[0]:
        found.append(Line("answer", "calm", fitting(*(figure(a, n) for n in fewer()), bold=False)))
    if stage.after is not None and layer == stage.network.last and a is not None:
        before = stage.a[layer][j - 1]
        shorter = (f"{stage.words.was} {figure(before, n)}" for n in range(apart(before, a), 0, -1))
        found.append(Line("was", "calm", fitting(*shorter, bold=False)))
    asked = stage.asked == ("b", layer, j, 0)
    if recipe.biases and (stage.labels or asked):
        way, now = (
            ("", stage.numbers.parameters) if stage.numbers.after is None else ("→ ", stage.numbers.after)
        )
        value = Dial("b", layer, j).of(now)
        shorter = (f"{name} {way}{figure(value, digits)}" for digits in fewer())
        told = Line("dial", "dial", fitting(*shorter, bold=False))
        found.insert(0 if asked else len(found), told)
    return found


def unit_below(stage: Stage, layer: int, j: int) -> list[Line]:
    """Return the line below an input of somebody's own table: its column's name and the original number."""
    unit = unit_of(stage, layer, j)
    if not unit:
        return []
    name, _, value = unit.rpartition(" ")
    shorter = (f"{name[:letters]}… {value}" for letters in range(len(name) - 1, 2, -1))
    return [Line("unit", "unit", stage.layout.fitting_below(unit, *shorter, value, bold=False))]


def unit_of(stage: Stage, layer: int, j: int) -> str:
    """Return the name and the original number of an input, or of an output that is a number; "" for none."""
    data, value = stage.data, known(stage.said, layer, j)
    if value is None or layer not in (0, stage.network.last):
        return ""
    if not layer:
        return data.inputs[j - 1].label(value)
    column = data.aims[j - 1]
    return f"{column.name} {column.answered(value)}".strip() if column.scaled else ""


def signed(stage: Stage, name: str, value: float, blame: float) -> Line:
    """Return the line of a value; for want of room it loses digits, then its word, never its name, its sign
    or its glyph. `blame` is the same, or 0 where it is only rounding and has no side."""
    side = side_of(blame)
    glyph, word = GLYPHS[side], {"more": stage.words.more, "less": stage.words.less, "": ""}[side]
    short = [f"{name}{figure(value, digits)} {glyph}".rstrip() for digits in fewer()]
    worded = [f"{text} {word}".rstrip() for text in short[:-1]]  # a word is not worth all digits but one
    return Line("blame", side or "calm", stage.layout.fitting_below(*worded, *short, bold=True))
