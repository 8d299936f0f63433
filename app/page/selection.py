"""What of the picture is looked at, and who points at whom there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.blame import pointing
from app.analysis.fingers import Finger, fingers_of, led_by, rows
from app.analysis.rounding import real, steps
from app.lab.dials import Pick, dials_of, pick_from
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.page.view import View

FINGER_OF = {"activation": "signal", "error": "passed", "blame": "passed"}


def natural_pick(numbers: Numbers, example: int, recent: tuple[Moment, ...]) -> Pick:
    """Return what to look at when nobody chose: of the neurons just computed the one with most to say, by its
    activation or its error; after a descent the dial that moved most."""
    phase, layer, _ = recent[-1]
    if phase in ("forward", "backward"):
        table = numbers.forward.a if phase == "forward" else real(numbers).delta
        sizes = abs(table[layer][:, example])
        chosen = [m.neuron for m in recent if m[:2] == (phase, layer)]
        if 0 in chosen:
            chosen = list(range(1, len(sizes) + 1))
        return Pick("n", layer, max(chosen, key=lambda j: sizes[j - 1]))
    if phase == "cost":
        return Pick("cost")
    if (moved := steps(numbers)) is not None:
        moves, dials = np.abs(moved.vector()), dials_of(numbers.network.sizes)
        farthest = [dials[at] for at in np.flatnonzero(moves == moves.max())]
        return Pick(*max(farthest, key=lambda dial: dial.kind))  # of equal ones a weight, and the first
    return Pick("n", 0, 1)


@dataclass(frozen=True)
class Selection:
    """The mark looked at, as a view or what has just happened chose it; `example` is the column of the batch
    that is drawn, `recent` are the moments of the last click."""

    numbers: Numbers
    example: int
    recent: tuple[Moment, ...]
    view: View
    worked: Pick | None = None  # what is worked out, while the numbers are those before it

    @cached_property
    def natural(self) -> Pick:
        """Return what was just computed."""
        return natural_pick(self.numbers, self.example, self.recent)

    @cached_property
    def chosen(self) -> Pick | None:
        """Return the mark that somebody chose, None without one."""
        return pick_from(self.view.pick, self.numbers.network.sizes)

    @cached_property
    def pick(self) -> Pick:
        """Return the mark that is looked at: the chosen one, or what was just computed."""
        return self.chosen or self.worked or self.natural

    @property
    def tab_stop(self) -> str:
        """Return the one neuron, target or cost of the picture that the tab key stops at."""
        return f"n-{self.pick.layer}-{self.pick.to}" if self.pick.dial else self.pick.text

    @cached_property
    def pointer(self) -> Pick | None:
        """Return the neuron whose fingers are shown: the chosen one, or who has just passed blame on."""
        (phase, layer, _), net = self.recent[-1], self.numbers.network
        if self.chosen is None and phase == "backward" and layer and layer < net.last:
            delta = real(self.numbers).delta
            if rows(delta, layer) == net.sizes[layer]:
                above = np.abs(delta[layer + 1][:, self.example])
                return Pick("n", layer + 1, int(above.argmax()) + 1)
        of_a_neuron = self.pick.kind in "nwb" and self.pick.layer
        return Pick("n", self.pick.layer, self.pick.to) if of_a_neuron else None

    @cached_property
    def fingers(self) -> list[Finger]:
        """Return the pointer's fingers."""
        if self.pointer is None:
            return []
        return fingers_of(self.numbers, self.example, self.pointer.layer, self.pointer.to)

    def hands(self, lens: str) -> tuple[tuple[int, int, int], ...]:
        """Return the wires on which a hand is drawn under a lens: the top ones of the neuron that somebody
        chose, as
        that lens draws them; else, when blame has just been passed back, one for each neuron that points."""
        if self.pointer is None:
            return ()
        at = self.pointer.layer, self.pointer.to
        if self.chosen is None:
            passed = self.recent[-1][:2] == ("backward", at[0] - 1) and lens in ("error", "blame")
            return pointing(self.numbers, self.example, at[0]) if passed else ()
        tops = next((one.tops for one in self.fingers if one.kind == FINGER_OF.get(lens)), [])
        return tuple((*at, k) for k in (led_by(self.numbers, *at) if lens == "gradient" else tops))
