"""The cost surface beside the picture: which two dials, how wide, and the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.predictions import dials_now
from app.analysis.surface import NARROWEST, WIDEST
from app.analysis.surface import Surface as Costs
from app.analysis.surface import surface as costs_over
from app.lab.dials import Dial, dial_from, dials_of
from app.lab.replay import Numbers
from app.notation.numbers import figure
from app.page.frame import Frame
from app.page.view import View
from app.picture.axes import Edges, edges_of
from app.picture.contours import Contours, contours_of


@dataclass(frozen=True)
class Surface:
    """The costs over two dials at one moment, and their drawing."""

    numbers: Numbers
    view: View
    axes: tuple[Dial, Dial]
    surface: Costs
    drawing: Contours

    @property
    def dials(self) -> list[tuple[str, str]]:
        """Return every dial as (mark, name)."""
        return [
            (dial.mark, dial.name(self.numbers.network.sizes))
            for dial in dials_of(self.numbers.network.sizes)
        ]

    @property
    def labels(self) -> list[tuple[str, str, str, str]]:
        """Return for both axes the dial's name, its value now, and the ends of the range."""
        ranges = (self.surface.xs, self.surface.ys)
        return [
            (
                dial.name(self.numbers.network.sizes),
                figure(dial.of(dials_now(self.numbers))),
                figure(float(r[0])),
                figure(float(r[-1])),
            )
            for dial, r in zip(self.axes, ranges, strict=True)
        ]

    @property
    def edges(self) -> Edges:
        """Return the room around the drawing."""
        name, _, *ends = self.labels[1]
        return edges_of([name, *ends], 4.0)

    @property
    def batch(self) -> tuple[int, int]:
        """Return how many examples the gradient is of, and how many the surface."""
        return len(self.numbers.examples), self.numbers.recipe.dataset.rows

    @property
    def held_back(self) -> bool:
        """Tell whether some examples are held back from learning."""
        return self.numbers.recipe.dataset.x_test is not None

    @property
    def grounded(self) -> bool:
        """Tell whether there is ground to draw: costs that tell nothing ahead of time."""
        return self.surface.costs is not None

    @property
    def costs(self) -> tuple[str, str]:
        """Return the lowest and the highest cost drawn."""
        return figure(self.drawing.low), figure(self.drawing.high)

    @property
    def zooms(self) -> tuple[int, int]:
        """Return the zoom one step nearer and one step farther, as far as it goes."""
        return max(NARROWEST, self.view.zoom - 1), min(WIDEST, self.view.zoom + 1)


def axes_of(numbers: Numbers, view: View) -> tuple[Dial, Dial]:
    """Return the two dials: the chosen ones, else the first weight and the bias of the output layer."""
    sizes, last = numbers.network.sizes, numbers.network.last
    usual = (Dial("w", last, 1, 1), Dial("b", last, 1))
    across, up = dial_from(view.across, sizes) or usual[0], dial_from(view.up, sizes) or usual[1]
    return (across, up) if across != up else (across, usual[1] if across != usual[1] else usual[0])


def build(frame: Frame) -> Surface:
    """Work out and draw the surface."""
    numbers, view = frame.numbers, frame.view
    axes = axes_of(numbers, view)
    found = costs_over(frame.history.replay, numbers, axes[0], axes[1], view.zoom)
    return Surface(numbers=numbers, view=view, axes=axes, surface=found, drawing=contours_of(found))
