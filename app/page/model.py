"""The model beside the picture: what each neuron answers all over the inputs, and what the whole says to
every example.

It is the model of this moment: of the dials this iteration began with, and once the descent has happened of
the new ones. The examples of this iteration's batch are told only as far as its own passes have come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from app.analysis.predictions import Answers, answers_of, held_back, middle_of
from app.engine.parameters import Array
from app.notation.numbers import figure
from app.page.loudest import Winner
from app.picture import decision_regions, response_map
from app.picture.axes import SIZE, Edges, edges_of
from app.picture.response_map import Map, Mark, Range
from app.story.predictions import Row, rows_of


@dataclass(frozen=True)
class Model(Winner):
    """The model at one moment, and how somebody looks at it."""

    @property
    def title(self) -> str:
        """Return the name of the neuron drawn large."""
        return self.name(self.shown.layer, self.shown.to)

    @property
    def output(self) -> int:
        """Return the output whose targets are marked, from 0: the one drawn large, the first under a hidden
        neuron."""
        return self.shown.to - 1 if self.whole else 0

    @property
    def answerer(self) -> str:
        """Return the name of the output whose targets are marked."""
        return self.name(self.numbers.network.last, self.output + 1)

    @property
    def middle(self) -> float:
        """Return what lies halfway between the lowest and the highest target."""
        return middle_of(self.data, self.output)

    @property
    def halfway(self) -> str:
        """Return what lies halfway between the targets, as text."""
        return figure(self.middle)

    @cached_property
    def drawing(self) -> Map:
        """Return the large map or curve."""
        layer, row = self.shown.layer, self.shown.to - 1
        activation, values = self.numbers.network.activation(layer), self.plane.a[layer][row]
        if len(self.plane.axes) == 1:
            return response_map.curve_map(values, SIZE, self.reach)
        if self.winning:
            all_values = self.plane.a[layer]
            drawn = response_map.map_of(all_values.max(axis=0), activation, response_map.FINE, SIZE)
            return replace(drawn, half=decision_regions.borders(all_values, SIZE))
        half = values - self.middle if self.whole else self.plane.z[layer][row]
        return response_map.map_of(values, activation, response_map.FINE, SIZE, half)

    @cached_property
    def reach(self) -> Range:
        """Return the range of the upward axis: of the second input, or of what a curve shows."""
        if len(self.plane.axes) > 1:
            return float(self.plane.axes[1][0]), float(self.plane.axes[1][-1])
        layer, row = self.shown.layer, self.shown.to - 1
        shown = [self.plane.a[layer][row], *([self.data.targets[self.output]] if self.whole else [])]
        return response_map.reach_of(self.numbers.network.activation(layer), *shown)

    @property
    def ends(self) -> list[tuple[str, str, str]]:
        """Return for both axes their name and their ends."""
        across = self.plane.axes[0]
        up = self.inputs[1] if len(self.plane.axes) > 1 else self.title
        return [
            (self.inputs[0], figure(float(across[0])), figure(float(across[-1]))),
            (up, *map(figure, self.reach)),
        ]

    @property
    def edges(self) -> Edges:
        """Return the room around the drawing."""
        return edges_of(list(self.ends[1]), 10.0)

    def places(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return where examples stand, across and up."""
        return (x[0], x[1]) if len(x) > 1 else (x[0], y[self.shown.to - 1])

    @cached_property
    def place(self) -> Callable[[float, float], tuple[float, float]]:
        """Return the function from the axes to places in the drawing."""
        across = self.plane.axes[0]
        return response_map.placed((float(across[0]), float(across[-1])), self.reach, SIZE)

    @property
    def marked(self) -> bool:
        """Tell whether examples are marked; on a hidden neuron's curve none are, for it has no targets."""
        return self.whole or len(self.plane.axes) > 1

    @property
    def marks(self) -> list[Mark]:
        """Return the examples' marks, those held back below the others."""
        if not self.marked:
            return []
        held = [] if self.data.x_test is None else [(self.data.x_test, self.data.y_test, True)]
        return [
            mark
            for x, y, test in (*held, (self.data.x, self.data.y, False))
            for mark in self.marks_of(x, y, test)
        ]

    def marks_of(self, x: Array, y: Array, test: bool) -> list[Mark]:
        """Return the marks of some examples."""
        if self.winning:
            return decision_regions.class_marks(x, y.argmax(axis=0).tolist(), self.place, self.size, test)
        targets, all_targets = (
            y[self.output] if len(self.plane.axes) > 1 else None,
            self.data.targets[self.output],
        )
        ends = float(all_targets.min()), float(all_targets.max())
        return response_map.marks_of(*self.places(x, y), targets, self.place, self.size, ends, test)

    @property
    def dense(self) -> bool:
        """Tell whether there are so many examples that their marks are drawn finer."""
        return self.size < response_map.FINER

    @property
    def size(self) -> float:
        """Return half of a mark's width."""
        return response_map.size_of(self.data.targets.shape[1])

    @property
    def here(self) -> tuple[float, float, float] | None:
        """Return where the drawn example stands and how wide its ring is."""
        if not self.marked:
            return None
        across, up = self.places(self.numbers.x, self.numbers.y)
        x, y = self.place(float(across[self.example]), float(up[self.example]))
        return x, y, self.size + response_map.RING

    @cached_property
    def answers(self) -> Answers:
        """Return what the network says to every example to learn from."""
        return answers_of(self.numbers)

    @cached_property
    def held(self) -> Answers | None:
        """Return what the network says to the examples held back."""
        return held_back(self.numbers)

    @property
    def scores(self) -> list[tuple[bool, int, int]]:
        """Return for the examples to learn from and those held back (held back, right, all), where it is
        known."""
        found = [(test, part.right) for test, part in ((False, self.answers), (True, self.held)) if part]
        return [(test, sum(right), len(right)) for test, right in found if right and None not in right]

    @property
    def rows(self) -> list[Row]:
        """Return all examples as rows of a table."""
        held = [] if self.held is None else rows_of(self.numbers, self.held, None)
        return rows_of(self.numbers, self.answers, self.example) + held
