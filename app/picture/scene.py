"""The stage at one moment: one mark per neuron and wire, with its strengths and its numbers as text."""

from __future__ import annotations

import math
from collections.abc import Set

from app.analysis.fingers import side_of
from app.engine.parameters import Array
from app.lab.dials import Dial
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure, percent
from app.picture.known import change_text, column, known, known_row
from app.picture.layout import LINE, RING, RING_GAP, Layout, Place, layout_of
from app.picture.marks import Disc, Scene, Target, Wire
from app.picture.tint import ink, locked, ring, width

Hand = tuple[int, int, int]

LENSES = ("activation", "error", "blame", "gradient", "weights")
LENS_OF = {
    "input": "activation",
    "forward": "activation",
    "cost": "activation",
    "backward": "error",
    "descent": "gradient",
}
WEIGHT_SCALE = 3.0  # the |w| and |w·a| drawn widest
GLYPHS = {"more": "▲", "less": "▼", "": ""}
FEW_WIRES = 30  # in one gap: more would make chevrons a smear


def scene_of(
    numbers: Numbers,
    lens: str,
    example: int,
    *,
    recent: tuple[Moment, ...],
    hands: Set[Hand] = frozenset(),
    tiles: bool = False,
) -> Scene:
    """Draw what is known of column `example` of the batch; `recent` are the moments of the last click,
    `hands` the wires (layer, to, source) a hand points along; `tiles` leaves room for the neurons' own
    maps."""
    layout = layout_of(numbers.network.sizes, tiles)
    stage = _Stage(numbers, lens, example, recent=recent, layout=layout)
    return Scene(
        layout=stage.layout,
        lens=lens,
        discs=[[stage.disc(layer, j) for j in range(1, n + 1)] for layer, n in enumerate(stage.sizes)],
        wires={layer: stage.wires_into(layer) for layer in numbers.network.layers},
        targets=stage.targets(),
        hands=[stage.layout.wires[hand].hand for hand in sorted(hands)],
        cost=None if numbers.costs is None else figure(float(numbers.costs[example])),
        middle=(stage.layout.spots[0, 1][1] + stage.layout.spots[0, numbers.network.sizes[0]][1]) / 2,
    )


class _Stage:
    """Look up one example's numbers and turn them into marks."""

    def __init__(
        self, numbers: Numbers, lens: str, example: int, *, recent: tuple[Moment, ...], layout: Layout
    ) -> None:
        self.numbers, self.lens, self.example = numbers, lens, example
        self.network, self.sizes = numbers.network, numbers.network.sizes
        self.layout = layout
        self.z = {layer: column(rows, example) for layer, rows in numbers.forward.z.items()}
        self.a = {layer: column(rows, example) for layer, rows in numbers.forward.a.items()}
        self.received = {layer: column(rows, example) for layer, rows in numbers.backward.received.items()}
        self.delta = {layer: column(rows, example) for layer, rows in numbers.backward.delta.items()}
        self.largest = float(abs(numbers.recipe.dataset.x).max()) or 1.0
        self.miss = 1.0
        if numbers.costs is not None:
            self.miss = float(abs(numbers.forward.a[self.network.last] - numbers.y)[:, example].max()) or 1.0
        self.recent = {(m.phase, m.layer, m.neuron) for m in recent}

    def is_now(self, phase: str, layer: int, neuron: int) -> bool:
        return (phase, layer, neuron) in self.recent or (phase, layer, 0) in self.recent

    def disc(self, layer: int, j: int) -> Disc:
        x, y = self.layout.spots[layer, j]
        name = names.neuron(self.sizes, layer, j)
        activation = self.network.activation(layer) if layer else None
        a, delta = known(self.a, layer, j), known(self.delta, layer, j)
        more: dict = {}
        if a is not None:
            strength = ink(a, activation, self.largest)
            text = figure(a)
            size = self.layout.text_size(text)
            more |= {"ink": f"{strength:.3f}", "light": strength > 0.52, "negative": a < 0}
            more |= {"text": text if size else None, "size": size}
        if delta is not None:
            slope = float(activation.slope(self.z_of(layer, j))) if not activation.couples else None
            more["locked"] = slope is not None and locked(slope, activation)
            thickness = ring(delta, self.miss, self.layout.radius)
            if thickness and self.lens in ("error", "blame"):
                more["ring"] = f"{thickness:.1f}"
                more["ring_radius"] = f"{self.layout.radius + RING_GAP + thickness / 2:.1f}"
            more["side"] = side_of(delta)
        more["now"] = self.is_now("forward", layer, j) or self.is_now("backward", layer, j)
        more["now"] = more["now"] or (layer == 0 and ("input", 0, 0) in self.recent)
        facts, below = self.facts(layer, j, name), self.below(layer, j, y)
        return Disc(layer=layer, number=j, x=x, y=y, name=name, facts=facts, below=below, **more)

    def z_of(self, layer: int, j: int) -> Array:
        return self.numbers.forward.z[layer][j - 1, self.example]

    def facts(self, layer: int, j: int, name: str) -> str:
        rows = (("z", self.z), ("a", self.a), ("∂C/∂a", self.received), ("δ", self.delta))
        parts = [name] if layer == 0 else [name, f"{names.bias(self.sizes, layer, j)} {self.bias(layer, j)}"]
        parts += [
            f"{word} {figure(value)}" for word, table in rows if (value := known(table, layer, j)) is not None
        ]
        return " · ".join(parts)

    def bias(self, layer: int, j: int) -> str:
        return change_text(self.numbers, Dial("b", layer, j))

    def below(self, layer: int, j: int, y: float) -> tuple[tuple[str, str, float], ...]:
        if not layer or not self.layout.lines:
            return ()
        delta, a, texts = known(self.delta, layer, j), known(self.a, layer, j), []
        name = names.bias(self.sizes, layer, j)
        if delta is not None and self.lens in ("error", "blame"):
            texts.append(self.signed("δ", delta))
        gradient = known_row(self.numbers.backward.nabla.b, layer, j)
        if self.lens == "gradient" and gradient is not None and self.numbers.after is None:
            texts.append(self.signed(f"∂{name}", float(gradient[0])))
        if a is not None and self.lens == "activation" and not self.layout.text_size(figure(a)):
            texts.append(("calm", figure(a)))
        now = self.numbers.after or self.numbers.parameters
        dial = ("→ " if self.numbers.after else "") + figure(float(now.b[layer][j - 1, 0]))
        texts.append(("dial", self.layout.fitting_below(f"{name} {dial}", dial, bold=False)))
        ringed = self.layout.radius
        if self.lens in ("error", "blame"):
            ringed = ringed * (1 + RING) + RING_GAP
        base, rows = y + ringed + LINE - 3, enumerate(texts[: self.layout.lines])
        return tuple((kind, text, round(base + LINE * row, 1)) for row, (kind, text) in rows)

    def signed(self, name: str, value: float) -> tuple[str, str]:
        """Return the kind and the text of a blame, as much of it as fits below a disc."""
        side, number = side_of(value), figure(value)
        marked = f"{number} {GLYPHS[side]}".rstrip()
        return side or "calm", self.layout.fitting_below(f"{name} {marked}", marked, number, bold=True)

    def wires_into(self, layer: int) -> list[Wire]:
        n, below = self.sizes[layer], self.sizes[layer - 1]
        few = n * below <= FEW_WIRES
        return [self.wire(layer, j, k, few) for k in range(1, below + 1) for j in range(1, n + 1)]

    def wire(self, layer: int, j: int, k: int, few: bool) -> Wire:
        curve = self.layout.wires[layer, j, k]
        weight = float(self.numbers.parameters.w[layer][j - 1, k - 1])
        name = names.weight(self.sizes, layer, j, k)
        plain = f"{name} {figure(weight)}"
        kind, strength, text = self.under_lens(layer, j, k, weight, plain)
        ahead, back = self.is_now("forward", layer, j), layer > 1 and self.is_now("backward", layer - 1, k)
        passing = known(self.a, layer - 1, k) if ahead else known(self.delta, layer, j) if back else None
        chevron = (curve.ahead if ahead else curve.back) if few and passing and weight else None
        label = self.label(curve.label, text) if curve.label else None
        weighed = f"{name} {change_text(self.numbers, Dial('w', layer, j, k))}"
        said = f"w·δ {text}" if self.lens == "error" else text
        told = text == plain or (self.lens == "gradient" and self.numbers.after is not None)
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

    def label(self, place: Place, text: str) -> tuple[float, float, str, float] | None:
        """Return a label, without its first word where it would be too wide, or none."""
        x, y, room = place
        shown = next(
            (said for said in (text, text.split(" ", 1)[-1]) if self.layout.label_width(said) <= room), None
        )
        return (x, y, shown, self.layout.label_width(shown)) if shown else None

    def under_lens(self, layer: int, j: int, k: int, weight: float, plain: str) -> tuple[str, float, str]:
        """Return a wire's kind, width and label under the lens; quiet where its number does not exist yet."""
        waiting, crowd = ("rest", 1.2, plain), self.sizes[layer] * self.sizes[layer - 1]
        if self.lens == "weights":
            return "ink", width(weight, WEIGHT_SCALE, crowd), plain
        if self.lens == "activation":
            if known(self.a, layer, j) is None:
                return waiting
            return "ink", width(weight * known(self.a, layer - 1, k), WEIGHT_SCALE, crowd), plain
        if self.lens == "gradient":
            row = known_row(self.numbers.backward.nabla.w, layer, j)
            if row is None:
                return waiting
            value = float(row[k - 1])
            text = f"∂{names.weight(self.sizes, layer, j, k)} {figure(value)}"
            if self.numbers.after is not None:
                text = change_text(self.numbers, Dial("w", layer, j, k))
            return self.coloured(value, text, crowd)
        if layer == 1 or known(self.delta, layer - 1, k) is None:
            return waiting
        delta = known(self.delta, layer, j)
        if self.lens == "error":
            return self.coloured(weight * delta, figure(weight * delta), crowd)
        pointed = abs(self.numbers.parameters.w[layer][j - 1] * delta)
        share = abs(weight * delta) / (pointed.sum() or 1.0)
        return self.coloured(weight * delta, f"{percent(float(share))} blame", crowd, share)

    def coloured(
        self, value: float, text: str, crowd: int, strength: float | None = None
    ) -> tuple[str, float, str]:
        strength = math.sqrt(abs(value) / self.miss) if strength is None else strength
        return (side_of(value) or "rest"), width(strength, 1.0, crowd), text

    def targets(self) -> list[Target]:
        found = []
        for j in range(1, self.sizes[-1] + 1):
            value = float(self.numbers.y[j - 1, self.example])
            strength = min(1.0, abs(value))
            name = "y" + names.neuron(self.sizes, self.network.last, j)[1:]
            y = self.layout.spots[self.network.last, j][1]
            drawn, light = f"{strength:.3f}", strength > 0.52
            found.append(Target(y=y, value=figure(value), name=name, ink=drawn, light=light))
        return found
