"""What the network as a whole says where one of many outputs is right: which of them is the loudest, all over
two inputs."""

from __future__ import annotations

from dataclasses import dataclass

from app.page.responses import Responses
from app.picture import decision_regions
from app.picture.axes import SIZE

SHORT = 14  # letters of a class's name in the map


@dataclass(frozen=True)
class Loudest:
    """The outputs of a network and what each is the loudest in."""

    responses: Responses

    @property
    def outputs(self) -> list[tuple[int, str]]:
        """Return the outputs by number and name where there are several."""
        network = self.responses.numbers.network
        last, many = network.last, network.sizes[-1]
        return [(j, self.responses.name(last, j)) for j in range(1, many + 1)] if many > 1 else []

    @property
    def told(self) -> bool:
        """Tell whether there is a map of the loudest output: one of many is right."""
        return self.responses.data.one_hot and len(self.responses.inputs) > 1

    @property
    def classes(self) -> list[tuple[str, str]]:
        """Return the classes in the order of the outputs: each one's mark, and what it is called."""
        known = dict(enumerate(self.responses.data.called, 1))
        return [
            (decision_regions.shape(8, 8, 5.5, j - 1), f"{known[j]} ({name})" if j in known else name)
            for j, name in self.outputs
        ]

    @property
    def regions(self) -> list[tuple[str, float, float]]:
        """Return what stands in which region of the loudest output's map."""
        data, plane = self.responses.data, self.responses.plane
        names = [name[:SHORT] for name in data.called] or [name for _, name in self.outputs]
        (x, *_), (y, *_) = plane.axes
        reach = [[axis[-1] - axis[0]] for axis in plane.axes]
        taken = (data.x - [[x], [y]]) / reach
        last = plane.a[self.responses.numbers.network.last]
        return [(names[at], right, down) for at, right, down in decision_regions.names_at(last, taken, SIZE)]
