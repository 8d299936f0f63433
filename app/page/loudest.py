"""What the network as a whole says where one of many outputs is right: which of them is the loudest, all over
two inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.lab.dials import Pick, pick_from
from app.page.responses import Responses
from app.page.view import View
from app.picture import decision_regions
from app.picture.axes import SIZE
from app.picture.response_map import Map

SHORT = 14  # letters of a class's name in the map


@dataclass(frozen=True)
class Winner(Responses):
    """Which neuron somebody looks at, or the loudest output."""

    view: View

    @cached_property
    def shown(self) -> Pick:
        """Return the neuron drawn large: the picked one, else the first output."""
        sizes = self.numbers.network.sizes
        pick = pick_from(self.view.pick, sizes)
        if pick and pick.kind in "nwby" and pick.layer:
            return Pick("n", pick.layer, pick.to)
        return Pick("n", len(sizes) - 1, 1)

    @property
    def whole(self) -> bool:
        """Tell whether an output is drawn large: what the network as a whole says."""
        return self.shown.layer == self.numbers.network.last

    @property
    def inside(self) -> dict[tuple[int, int], Map]:
        """Return the neurons' own maps by (layer, number) where they fill the discs of the picture."""
        return self.smalls if self.view.maps == "inside" and self.mapped else {}

    @property
    def outputs(self) -> list[tuple[int, str]]:
        """Return the outputs by number and name where there are several."""
        last, sizes = self.numbers.network.last, self.numbers.network.sizes
        return [(j, self.name(last, j)) for j in range(1, sizes[last] + 1)] if sizes[last] > 1 else []

    @property
    def winning(self) -> bool:
        """Tell whether the map of the loudest output is drawn: one of many is right, and none of them was
        picked."""
        chosen = pick_from(self.view.pick, self.numbers.network.sizes)
        picked = chosen and chosen.layer and chosen.kind in "nwby"
        return not picked and self.data.one_hot and len(self.plane.axes) > 1

    @property
    def classes(self) -> list[tuple[str, str]]:
        """Return the classes in the order of the outputs: each one's mark, and what it is called."""
        known = dict(enumerate(self.data.called, 1))
        return [
            (decision_regions.shape(8, 8, 5.5, j - 1), f"{known[j]} ({name})" if j in known else name)
            for j, name in self.outputs
        ]

    @property
    def regions(self) -> list[tuple[str, float, float]]:
        """Return what stands in which region of the loudest output's map."""
        names = [name[:SHORT] for name in self.data.called] or [name for _, name in self.outputs]
        (x, *_), (y, *_) = axes = self.plane.axes
        reach = [[axis[-1] - axis[0]] for axis in axes]
        taken = (self.data.x - [[x], [y]]) / reach
        return [
            (names[at], *spot)
            for at, *spot in decision_regions.names_at(self.plane.a[self.numbers.network.last], taken, SIZE)
        ]
