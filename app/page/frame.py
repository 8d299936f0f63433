"""The one object a template receives: a lab at its moment, ready to be written down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from app.analysis.goal import MOST
from app.analysis.history import History
from app.lab.dial_list import dial_lines
from app.lab.dials import pick_from
from app.lab.itinerary import Moment, doing, onward
from app.lab.lab import Lab
from app.lab.replay import Numbers, Replay
from app.notation.names import neuron
from app.page.gradient import Downhill
from app.page.links import Addresses
from app.page.model import Model
from app.page.rail import Rail
from app.page.run import Course
from app.page.side import Side
from app.page.surface import Hills
from app.page.view import Drawn, Segment, Shape, View, in_short, preset_of, track_of
from app.picture.marks import Words
from app.picture.scene import LENS_OF, Scene, scene_of
from app.picture.text_width import side_by_side
from app.story import labels
from app.story.formulas.maths_voice import in_maths
from app.story.narration import Narration, narrate
from app.story.tasks import task_of


@dataclass(frozen=True)
class Frame(Addresses):
    """A lab at its moment, for one viewer. `id` is empty for a lab that is not stored yet (the first
    visit)."""

    id: str
    lab: Lab
    numbers: Numbers
    view: View
    mine: bool = True
    notice: str | None = ""  # None: what was said before stays
    history: History | None = None
    replay: Replay | None = None
    origin: str = ""  # how the page was reached: "http://10.0.0.7:8000"
    wrong: dict[str, str] = field(default_factory=dict)  # a sentence for each field that could not be used
    typed: str = ""  # what stands in that field

    @cached_property
    def example(self) -> int:
        """Return the column of the batch that is drawn, from 0."""
        return min(self.view.example, len(self.numbers.examples)) - 1

    @property
    def drawn(self) -> Drawn:
        """Return which of the batch's examples can be drawn."""
        return Drawn(self.numbers.examples, self.example + 1, self.lab.recipe.dataset.rows)

    @cached_property
    def recent(self) -> tuple[Moment, ...]:
        """Return the moments of the last click."""
        return doing(self.lab.recipe.network, self.lab.place, self.view.pace)

    @cached_property
    def coming(self) -> tuple[Moment, ...]:
        """Return the moments of the next click, none at the end of the run."""
        if self.lab.coming is None:
            return ()
        length, network = len(self.lab.moments), self.lab.recipe.network
        stop = onward(network, self.lab.place, self.view.pace)
        return tuple(self.lab.moments[place % length] for place in range(self.lab.place + 1, stop + 1))

    @cached_property
    def lens(self) -> str:
        """Return the lens in use."""
        return self.view.lens or LENS_OF[self.lab.moment.phase]

    @cached_property
    def scene(self) -> Scene:
        """Return the picture."""
        return scene_of(
            self.numbers,
            self.lens,
            self.example,
            self.recent,
            words=Words(**labels.IN_PICTURE),
            hands=self.side.hands(self.lens),
            asked=pick_from(self.view.pick, self.numbers.network.sizes),
            labels=bool(self.view.lens or self.view.voice),
            tiles=self.view.maps == "beside" and self.model.mapped,
        )

    @cached_property
    def narration(self) -> Narration:
        """Return what has just happened and what comes next."""
        told = narrate(self.numbers, self.example, self.recent, self.coming)
        if self.view.voice == "maths":
            return replace(told, lines=in_maths(self.numbers, self.example, self.side.natural) or told.lines)
        return told

    @cached_property
    def side(self) -> Side:
        """Return what stands beside the picture."""
        return Side(self.numbers, self.example, self.recent, self.view)

    @cached_property
    def tab_stop(self) -> str:
        """Return the one neuron, target or cost of the picture that the tab key stops at."""
        pick = self.side.pick
        return f"n-{pick.layer}-{pick.to}" if pick.kind in ("w", "b") else pick.text

    @cached_property
    def rail(self) -> Rail:
        """Return what is to be learned, and how far it has been."""
        assert self.history is not None
        return Rail(self.numbers, self.history, self.example)

    @property
    def drawer(self) -> bool:
        """Tell whether the drawer beside the picture is open: on a panel, or on a mark that somebody picked."""
        return bool(self.id and (self.view.panel or self.view.pick))

    @property
    def preset(self) -> tuple[str, str] | None:
        """Return name and sentence of the preset this is, None where it is none."""
        return preset_of(self.lab.recipe)

    @property
    def task(self) -> tuple[str, str]:
        """Return what is learned, and as a task in words."""
        return task_of(self.lab.recipe.dataset)

    @property
    def able(self) -> bool:
        """Tell whether the lab can be moved on by who is looking."""
        return self.mine and bool(self.coming)

    @property
    def able_back(self) -> bool:
        """Tell whether the lab can be moved back by who is looking."""
        return self.mine and self.lab.place > 0

    @property
    def most(self) -> int:
        """Return how many iterations a run may take until it is learned."""
        return MOST

    @property
    def lens_name(self) -> str:
        """Return the name of the lens in use."""
        return labels.LENS_NAMES[self.lens]

    @property
    def phase(self) -> str:
        """Return the phase of what has just happened."""
        return self.lab.moment.phase

    @property
    def next_phase(self) -> str:
        """Return the phase of the next click, which colours the button."""
        return self.coming[-1].phase if self.coming else self.phase

    @property
    def next_name(self) -> str:
        """Return what the big button says."""
        coming, sizes = self.coming, self.numbers.network.sizes
        alone = len(coming) == 1 and coming[0].neuron and sizes[coming[0].layer] > 1
        name = (
            neuron(sizes, coming[0].layer, coming[0].neuron) if alone and self.view.pace == "neuron" else None
        )
        return labels.step_name(len(sizes) - 1, coming, name)

    def track(self) -> list[tuple[str, str, list[Segment]]]:
        """Return the phases of this iteration as (phase, name, segments)."""
        return track_of(self.lab)

    @cached_property
    def downhill(self) -> Downhill:
        """Return the gradient beside the picture."""
        return Downhill(self.numbers)

    @cached_property
    def course(self) -> Course:
        """Return the run beside the picture."""
        return Course(self.lab, self.history, self.view)

    @cached_property
    def hills(self) -> Hills:
        """Return the cost surface beside the picture."""
        return Hills(self.numbers, self.replay, self.view)

    @cached_property
    def model(self) -> Model:
        """Return what the network answers all over its inputs and to every example."""
        return Model(self.numbers, self.example, self.view)

    @property
    def dials(self) -> str:
        """Return all dials as a person may type them, as they stand after what has happened."""
        present = self.numbers.after or self.numbers.parameters
        return self.typed if "dials" in self.wrong else dial_lines(present, self.numbers.network.sizes)

    @property
    def next_place(self) -> int:
        """Return the place one click leads to."""
        return self.lab.place + len(self.coming)

    @property
    def choices(self) -> tuple[str, str]:
        """Return the recipe in two short lines for the head of the page."""
        return in_short(self.lab.recipe, self.numbers.eta, self.eta)

    @property
    def eta(self) -> float:
        """Return the learning rate that a new one would take the place of: this iteration's, after its
        descent the next's."""
        return self.lab.recipe.eta_at(self.lab.settable)

    @property
    def legend(self) -> tuple[str, str, str]:
        """Return how to read the lens in use: in general, and what its two signs mean."""
        return labels.LEGENDS[self.lens]

    @property
    def headings(self) -> list[tuple[float, str]]:
        """Return the names over the columns of the picture and where they stand: short ones where long ones
        would touch."""
        last, middles = self.numbers.network.last, (*self.scene.layout.columns, self.scene.target_x)
        names = labels.column_names(last, short=False)
        if not side_by_side(middles, names):
            names = labels.column_names(last, short=True)
        return list(zip(middles, names, strict=True))

    @property
    def layer_names(self) -> list[str]:
        """Return what the layers after the input are called."""
        return labels.column_names(self.numbers.network.last, short=False)[1:-1]

    @property
    def shape(self) -> Shape:
        """Return the hidden layers and what they can become by one button."""
        return Shape(self.lab.recipe.hidden)
