"""The one object a template receives: a lab at its moment, ready to be written down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from app.analysis.goal import MOST
from app.analysis.history import History
from app.lab.itinerary import Moment, doing
from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.lessons.working import COVERED, Working
from app.notation.language import _, tr
from app.notation.names import neuron
from app.page.ask import Ask
from app.page.controls import Drawn, Segment, Shape, Undo, track_of, undo_of
from app.page.lesson import Guide, guide_of
from app.page.links import Links
from app.page.question import Asking, coming_of
from app.page.rail import Rail
from app.page.responses import Responses
from app.page.selection import Selection
from app.page.summary import in_short
from app.page.view import View
from app.page.viewer import Viewer
from app.picture.marks import Scene, Wording
from app.picture.response_map import Map
from app.picture.scene import LENS_OF, scene_of
from app.picture.text_width import side_by_side
from app.story import labels
from app.story.formulas.maths_voice import in_maths
from app.story.narration import Narration, narrate
from app.story.next_step import step_name
from app.story.tasks import Task, task_of


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A lab at its moment, for one viewer. `id` is empty for a lab that is not stored yet (the first
    visit)."""

    id: str
    lab: Lab
    numbers: Numbers
    view: View
    history: History
    viewer: Viewer = field(default_factory=Viewer)
    notice: str | None = ""  # None: what was said before stays
    remedy: tuple[str, str] | None = None  # beside the notice, what a press would make better: words, address
    page: str = ""  # by which what has changed since can be asked for; "" where it will not be the same again
    again: tuple[int, str] | None = None  # how far what was asked for is worked out, and where to ask again
    wrong: dict[str, str] = field(default_factory=dict)  # a sentence for each field that could not be used
    votes: Ask | None = None  # what a class guessed, where it is told
    ours: bool = False  # what a class looks at together, shown to a student
    own: bool = False  # a class is asked, each of their own network
    voted: str | None = ""  # how whoever looks has answered it; None: what stands there stays
    ballot: str = ""  # the round and turn of that answer
    vote: str = ""  # where an answer goes that is a class's vote
    work: Working | None = None  # the steps of what is looked at, where they are to be worked out
    short: str = ""  # the code of the short link to this moment, seen this way
    typed: str = ""  # what stands in that field, or what is asked about before it is used

    @cached_property
    def links(self) -> Links:
        """Return the addresses of the lab, seen this way."""
        return Links(self.id, self.lab, self.view)

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
        return doing(self.lab.recipe.network, self.numbers.place, self.view.pace)

    @cached_property
    def coming(self) -> tuple[Moment, ...]:
        """Return the moments of the next click, none at the end of the run."""
        return coming_of(self.lab, self.view.pace)

    @cached_property
    def lens(self) -> str:
        """Return the lens in use, one that tells nothing of an open question."""
        lens = self.view.lens or LENS_OF[self.numbers.moment.phase]
        return "activation" if self.asking.closes(f"lens-{lens}") else lens

    @cached_property
    def asking(self) -> Asking:
        """Return the question that is open or answered; both wait while a result is to be worked out."""
        waits = self.work is not None and self.work.open is not None
        view = replace(self.view, ask=0, asked="") if waits else self.view
        return Asking(self.numbers, view, self.coming, self.example, self.history.replay)

    @cached_property
    def selection(self) -> Selection:
        """Return what of the picture is looked at."""
        worked = self.work.pick if self.work else None
        return Selection(
            numbers=self.numbers, example=self.example, recent=self.recent, view=self.view, worked=worked
        )

    @cached_property
    def responses(self) -> Responses:
        """Return what each neuron answers all over the inputs."""
        return Responses(self.numbers, self.example)

    @cached_property
    def scene(self) -> Scene:
        """Return the picture."""
        return scene_of(
            self.numbers,
            self.lens,
            self.example,
            recent=self.recent,
            words=wording(self.lens),
            hands=self.selection.hands(self.lens),
            asked=self.selection.chosen,
            labels=bool(self.view.lens or self.view.voice),
            tiles=self.maps == "beside",
        )

    @cached_property
    def inside(self) -> dict[tuple[int, int], Map]:
        """Return the neurons' own maps by (layer, number) where they fill the discs of the picture."""
        return self.responses.smalls if self.maps == "inside" else {}

    @property
    def maps(self) -> str:
        """Return where the neurons' maps are, "" where there are none or they would tell an answer."""
        shown = self.responses.mapped and not self.asking.closes("maps")
        return self.view.maps if shown else ""

    @cached_property
    def beside(self) -> dict[tuple[int, int], Map]:
        """Return the same where they stand beside the discs."""
        return self.responses.smalls if self.scene.layout.tile else {}

    @cached_property
    def narration(self) -> Narration:
        """Return what has just happened and what comes next."""
        told = narrate(self.numbers, self.example, self.recent, self.coming)
        if self.work and self.work.open:
            return replace(told, lines=[tr(COVERED)])
        if self.view.voice == "maths":
            lines = in_maths(self.numbers, self.example, self.selection.natural)
            return replace(told, lines=lines or told.lines)
        return told

    @cached_property
    def rail(self) -> Rail:
        """Return what is to be learned, and how far it has been."""
        return Rail(self.numbers, self.history, self.example)

    @property
    def drawer(self) -> str:
        """Return the key of the panel beside the picture, "" where the drawer is closed: nobody asked for
        one."""
        return (self.view.panel or ("inspect" if self.view.pick else "")) if self.id else ""

    @cached_property
    def lesson(self) -> Guide | None:
        """Return the card of a lesson that stands beside the picture, None outside of lessons."""
        if not (self.id and self.view.lesson):
            return None
        working = self.work is not None and self.work.open is not None
        return guide_of(self.links, self.history.replay, working=working)

    @property
    def with_drawer(self) -> bool:
        """Tell whether something stands beside the picture: a panel, a question or a lesson's card."""
        return bool(self.drawer or self.asks or self.lesson)

    @property
    def asks(self) -> bool:
        """Tell whether questions are asked, or what became of the last one is told; a lesson asks its own
        and is silent between them."""
        asked = self.asking.open or self.asking.told or (self.votes and self.ours)
        return bool(self.id and (asked or (self.asking.view.ask and not self.lesson)))

    @property
    def task(self) -> Task:
        """Return what is learned, and as a task in words."""
        return task_of(self.lab.recipe.dataset)

    @property
    def undo(self) -> Undo | None:
        """Return how who is looking takes a new beginning back, None where there was none."""
        return undo_of(self.links) if self.viewer.may else None

    @property
    def able(self) -> bool:
        """Tell whether who is looking can move the lab on."""
        return self.viewer.may and bool(self.coming)

    @property
    def able_back(self) -> bool:
        """Tell whether who is looking can move the lab back."""
        return self.viewer.may and self.lab.place > 0

    @property
    def most(self) -> int:
        """Return how many iterations a run takes at most until it is learned."""
        return MOST

    @property
    def lens_name(self) -> str:
        """Return the name of the lens in use."""
        return tr(labels.LENS_NAMES[self.lens])

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
        if self.asking.open:
            return _("Show me")
        coming, sizes = self.coming, self.numbers.network.sizes
        alone = self.view.pace == "neuron" and len(coming) == 1
        layer, number = (coming[0].layer, coming[0].neuron) if alone else (None, None)
        name = neuron(sizes, layer, number) if layer and number and sizes[layer] > 1 else None
        return step_name(len(sizes) - 1, coming, name)

    def track(self) -> list[tuple[str, str, list[Segment]]]:
        """Return the phases of this iteration as (phase, name, segments)."""
        return track_of(self.lab)

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
        general, below, above = labels.LEGENDS[self.lens]
        return tr(general), below and tr(below), above and tr(above)

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
    def shape(self) -> Shape:
        """Return the hidden layers and what they can become by one button."""
        return Shape(self.lab.recipe.hidden)


def wording(lens: str) -> Wording:
    """Return the words of the picture under a lens."""
    said = {name: tr(word) for name, word in labels.IN_PICTURE.items()}
    return Wording(**said, pointed=tr(labels.POINTED[lens]) if lens in labels.POINTED else "")
