"""The model beside the picture: what each neuron answers all over the inputs, and what the whole says to
every example.

It is the model of this moment: of the dials this iteration began with, and once the descent has happened of
the new ones. The examples of this iteration's batch are told only as far as its own passes have come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from app.analysis.predictions import Answers, answers_of, confusion, held_back, middle_of, unasked
from app.analysis.rounding import beyond
from app.datasets.dataset import Column
from app.engine.parameters import Array
from app.lab.dials import Pick
from app.notation.language import tr
from app.page.frame import Frame
from app.page.loudest import Loudest
from app.page.responses import Responses
from app.picture import decision_regions, response_map
from app.picture.axes import SIZE, Edges, edges_of
from app.picture.response_map import Map, Mark, Range
from app.story import labels
from app.story.predictions import UNCLEAR, Row, class_names, rows_of


@dataclass(frozen=True)
class Large:
    """The neuron that is drawn large, or as its output `winning` the loudest of all, and where things stand
    in its drawing."""

    responses: Responses
    neuron: Pick
    winning: bool

    @property
    def whole(self) -> bool:
        """Tell whether an output is drawn large: what the network as a whole says."""
        return self.neuron.layer == self.responses.numbers.network.last

    @property
    def title(self) -> str:
        """Return the neuron's name."""
        return self.responses.name(self.neuron.layer, self.neuron.to)

    @property
    def output(self) -> int:
        """Return the output whose targets are marked, from 0: the one drawn large, the first under a hidden
        neuron."""
        return self.neuron.to - 1 if self.whole else 0

    @property
    def answerer(self) -> str:
        """Return the name of the output whose targets are marked."""
        return self.responses.name(self.responses.numbers.network.last, self.output + 1)

    @property
    def middle(self) -> float:
        """Return what lies halfway between the lowest and the highest target."""
        return middle_of(self.responses.data, self.output)

    @property
    def halfway(self) -> str:
        """Return what lies halfway between the targets, as text."""
        return self.responses.data.aims[self.output].answered(self.middle)

    @property
    def flat(self) -> bool:
        """Tell whether it is a map over two inputs, no curve over one."""
        return len(self.responses.inputs) > 1

    @cached_property
    def reach(self) -> Range:
        """Return the range of the upward axis: of the second input, or of what a curve shows."""
        plane, data = self.responses.plane, self.responses.data
        if self.flat:
            return float(plane.axes[1][0]), float(plane.axes[1][-1])
        layer, row = self.neuron.layer, self.neuron.to - 1
        shown = [plane.a[layer][row], *([data.targets[self.output]] if self.whole else [])]
        return response_map.reach_of(self.responses.numbers.network.activation(layer), *shown)

    @property
    def across(self) -> Range:
        """Return the range of the first input."""
        axis = self.responses.plane.axes[0]
        return float(axis[0]), float(axis[-1])

    @property
    def ends(self) -> list[tuple[str, str, str]]:
        """Return for both axes their name and their ends."""
        names, data = self.responses.inputs, self.responses.data
        upward = data.inputs[1] if self.flat else data.aims[self.output] if self.whole else Column()
        up = names[1] if self.flat else self.title
        axes = (names[0], data.inputs[0], self.across), (up, upward, self.reach)
        return [(name, unit.answered(low), unit.answered(high)) for name, unit, (low, high) in axes]

    @property
    def edges(self) -> Edges:
        """Return the room around the drawing."""
        return edges_of(list(self.ends[1]), 10.0)

    @property
    def marked(self) -> bool:
        """Tell whether examples are marked; on a hidden neuron's curve none are, for it has no targets."""
        return self.whole or self.flat

    @property
    def size(self) -> float:
        """Return half of a mark's width."""
        return response_map.size_of(self.responses.data.targets.shape[1])

    @property
    def dense(self) -> bool:
        """Tell whether there are so many examples that their marks are drawn finer."""
        return self.size < response_map.FINER

    @cached_property
    def place(self) -> Callable[[float, float], tuple[float, float]]:
        """Return the function from the axes to places in the drawing."""
        return response_map.placed(self.across, self.reach, SIZE)

    def places(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return where examples stand, across and up."""
        return (x[0], x[1]) if self.flat else (x[0], y[self.neuron.to - 1])

    @property
    def here(self) -> tuple[float, float, float] | None:
        """Return where the drawn example stands and how wide its ring is."""
        if not self.marked:
            return None
        numbers, example = self.responses.numbers, self.responses.example
        across, up = self.places(numbers.x, numbers.y)
        x, y = self.place(float(across[example]), float(up[example]))
        return x, y, self.size + response_map.RING

    def drawing(self) -> Map:
        """Draw the map or the curve."""
        layer, row, plane = self.neuron.layer, self.neuron.to - 1, self.responses.plane
        activation, values = self.responses.numbers.network.activation(layer), plane.a[layer][row]
        if not self.flat:
            return response_map.curve_map(values, SIZE, self.reach)
        if self.winning:
            loudest = plane.a[layer].max(axis=0)
            drawn = response_map.map_of(loudest, activation, response_map.FINE, SIZE)
            return replace(drawn, half=decision_regions.borders(plane.a[layer], SIZE))
        half = beyond(values, self.middle) if self.whole else plane.z[layer][row]
        return response_map.map_of(values, activation, response_map.FINE, SIZE, half)

    def marks(self, x: Array, y: Array, test: bool) -> list[Mark]:
        """Draw the marks of some examples, small ones for the test."""
        if not self.marked:
            return []
        if self.winning:
            return decision_regions.class_marks(x, y.argmax(axis=0).tolist(), self.place, self.size, test)
        targets = y[self.output] if self.flat else None
        all_targets = self.responses.data.targets[self.output]
        ends = float(all_targets.min()), float(all_targets.max())
        across, up = self.places(x, y)
        return response_map.marks_of(across, up, targets, self.place, self.size, ends=ends, test=test)


class Confusion(NamedTuple):
    """Which classes are taken for which: of examples held back or not, what the network says, and for each
    class how many it says it of."""

    test: bool
    heads: list[str]
    rows: list[tuple[str, list[int]]]


@dataclass(frozen=True)
class Model:
    """The model at one moment: its neurons, and what the whole says to the examples to learn from and to
    those held back.

    `large`, `drawing`, `marks` and the neurons' own `maps` by (layer, number): only where there are few
    enough inputs for maps; the marks of examples held back come first, so that they lie below.
    """

    responses: Responses
    loudest: Loudest
    layer_names: list[str]
    answers: Answers
    held: Answers | None
    rows: list[Row]
    large: Large | None = None
    drawing: Map | None = None
    marks: list[Mark] = field(default_factory=list)
    maps: dict[tuple[int, int], Map] = field(default_factory=dict)

    @property
    def confusions(self) -> list[Confusion]:
        """Return for the examples to learn from and those held back how many of each class are taken for
        which, where somebody's own examples are classes."""
        data, found = self.responses.data, []
        for test, part in ((False, self.answers), (True, self.held)):
            counts = confusion(data, part) if part and data.columns else []
            heads, unclear = class_names(data), [*class_names(data), tr(UNCLEAR)]
            if any(row[-1] for row in counts):
                found.append(Confusion(test, unclear, list(zip(heads, counts, strict=True))))
            elif counts:
                rows = [(name, row[:-1]) for name, row in zip(heads, counts, strict=True)]
                found.append(Confusion(test, heads, rows))
        return found

    @property
    def scores(self) -> list[tuple[bool, int, int]]:
        """Return for the examples to learn from and those held back (held back, right, all), where it is
        known."""
        found = [(test, part.right) for test, part in ((False, self.answers), (True, self.held)) if part]
        return [(test, right.count(True), len(right)) for test, right in found if right and None not in right]


def build(frame: Frame) -> Model:
    """Draw the model, and ask it every example."""
    numbers, responses = frame.numbers, frame.responses
    loudest, network, chosen = Loudest(responses), frame.numbers.network, frame.selection.chosen
    answers, held = answers_of(numbers), held_back(numbers)
    model = Model(
        responses=responses,
        loudest=loudest,
        layer_names=labels.column_names(network.last, short=False)[1:-1],
        answers=answers,
        held=held,
        rows=rows_of(numbers, unasked(numbers, answers), frame.example)
        + (rows_of(numbers, held, None) if held else []),
    )
    if not responses.mapped:
        return model
    picked = chosen if chosen and chosen.kind in "nwby" and chosen.layer else None
    neuron = Pick("n", picked.layer, picked.to) if picked else Pick("n", network.last, 1)
    large = Large(responses, neuron, winning=loudest.told and picked is None)
    below = large.marks(held.x, held.y, test=True) if held else []
    return replace(
        model,
        large=large,
        drawing=large.drawing(),
        marks=[*below, *large.marks(answers.x, answers.y, test=False)],
        maps=responses.smalls,
    )
