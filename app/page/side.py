"""What stands beside the picture: the inspected mark, its fingers, the nudge, the tables, the race."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.blame import pointing
from app.analysis.fingers import Finger, Score, fingers_of, led_by, rows, score_of
from app.analysis.nudge import Nudge, curve_of, nudge, slope_of
from app.analysis.race import Race, race
from app.lab.dials import Pick, pick_from
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation.numbers import typed_number
from app.page.selection import natural_pick
from app.page.view import View
from app.picture.charts import growth_lines
from app.picture.curves import Curve, activation_curve, curve
from app.picture.tint import locked
from app.story.fingers import score_words
from app.story.inspector import Inspection, Turning, inspect, turnings
from app.story.nudge import nudge_words
from app.story.refusals import WRONG_EPSILON
from app.story.tables import Table, tables_of

FINGER_OF = {"activation": "signal", "error": "passed", "blame": "passed"}
SMALLEST, LARGEST = 1e-15, 1e3  # of ε


@dataclass(frozen=True)
class Side:
    """The side of one frame."""

    numbers: Numbers
    example: int
    recent: tuple[Moment, ...]
    view: View

    @cached_property
    def natural(self) -> Pick:
        """Return what was just computed."""
        return natural_pick(self.numbers, self.example, self.recent)

    @cached_property
    def pick(self) -> Pick:
        """Return the mark that is looked at: the chosen one, or what was just computed."""
        return pick_from(self.view.pick, self.numbers.network.sizes) or self.natural

    @cached_property
    def pointer(self) -> Pick | None:
        """Return the neuron whose fingers are shown: the chosen one, or who has just passed blame on."""
        chosen = pick_from(self.view.pick, self.numbers.network.sizes)
        net, (phase, layer, _) = self.numbers.network, self.recent[-1]
        passed_on = phase == "backward" and layer < net.last
        if chosen is None and passed_on and rows(self.numbers.backward.delta, layer) == net.sizes[layer]:
            above = np.abs(self.numbers.backward.delta[layer + 1][:, self.example])
            return Pick("n", layer + 1, int(above.argmax()) + 1)
        return (
            Pick("n", self.pick.layer, self.pick.to) if self.pick.kind in "nwb" and self.pick.layer else None
        )

    @cached_property
    def fingers(self) -> list[Finger]:
        """Return the pointer's fingers."""
        if self.pointer is None:
            return []
        return fingers_of(self.numbers, self.example, self.pointer.layer, self.pointer.to)

    def hands(self, lens: str) -> tuple[tuple[int, int, int], ...]:
        """Return the wires on which a hand is drawn under a lens: the pointer's top ones, as that lens draws
        them."""
        chosen = pick_from(self.view.pick, self.numbers.network.sizes)
        if self.pointer is None:
            return ()
        at = self.pointer.layer, self.pointer.to
        if chosen is None and self.recent[-1].phase == "backward":
            return pointing(self.numbers, self.example, at[0]) if lens in ("error", "blame") else ()
        if chosen is None:
            return ()
        tops = next((one.tops for one in self.fingers if one.kind == FINGER_OF.get(lens)), [])
        return tuple((*at, k) for k in (led_by(self.numbers, *at) if lens == "gradient" else tops))

    @cached_property
    def inspection(self) -> Inspection:
        """Return the words and equations of the pick, and of the pointer's fingers."""
        return inspect(self.numbers, self.example, self.pick, self.locked, self.pointer, self.fingers)

    @cached_property
    def turnings(self) -> tuple[list[Turning], list[Turning]]:
        """Return the dials of a neuron that somebody picked: the first few, and the others."""
        pick = pick_from(self.view.pick, self.numbers.network.sizes)
        if pick is None or pick.kind != "n" or not pick.layer:
            return [], []
        return turnings(self.numbers, self.example, pick.layer, pick.to)

    @property
    def dial(self) -> float:
        """Return the picked dial's value as it stands after what has happened."""
        present = self.numbers.after or self.numbers.parameters
        return float(
            getattr(present, self.pick.kind)[self.pick.layer][self.pick.to - 1, max(self.pick.source, 1) - 1]
        )

    @cached_property
    def z(self) -> float | None:
        """Return the picked neuron's z, None where it has none."""
        pick, table = self.pick, self.numbers.forward.z
        known = pick.kind == "n" and rows(table, pick.layer) >= pick.to
        return float(table[pick.layer][pick.to - 1, self.example]) if known else None

    @property
    def locked(self) -> bool:
        """Tell whether the picked neuron is saturated."""
        activation = self.numbers.network.activation(self.pick.layer)
        if self.z is None or activation.couples:
            return False
        return locked(float(activation.slope(np.float64(self.z))), activation)

    @cached_property
    def curve(self) -> Curve | None:
        """Return the picked neuron's activation curve with its point and tangent."""
        activation = self.numbers.network.activation(self.pick.layer)
        return None if self.z is None or activation.couples else activation_curve(activation, self.z)

    @property
    def nudgeable(self) -> bool:
        """Tell whether a slope is known that a nudge could check."""
        return slope_of(self.numbers, self.example, self.pick) is not None

    @cached_property
    def epsilon(self) -> float | None:
        """Return the chosen ε, None where it is no usable number."""
        try:
            found = typed_number(self.view.epsilon)
        except ValueError:
            return None
        return found if SMALLEST <= abs(found) <= LARGEST else None

    @property
    def wrong_epsilon(self) -> str:
        """Say what is wrong with the chosen ε; "" when nothing is."""
        return WRONG_EPSILON if self.view.epsilon and self.epsilon is None else ""

    @cached_property
    def nudge(self) -> Nudge | None:
        """Return the nudge, once an ε was chosen."""
        return nudge(self.numbers, self.example, self.pick, self.epsilon) if self.epsilon else None

    @property
    def nudged(self) -> tuple[str, str]:
        """Return what the nudge did and what to make of it, in words."""
        return nudge_words(self.nudge, self.inspection.nudged)

    @property
    def nudge_curve(self) -> Curve:
        """Return the cost around the nudged value, with the tangent that backpropagation found."""
        reach = max(2 * abs(self.nudge.epsilon), 0.5)
        found, points = self.nudge, curve_of(self.numbers, self.example, self.pick, reach)
        return curve(
            points, found.value, found.before, found.slope, (found.value + found.epsilon, found.after)
        )

    @property
    def score(self) -> Score:
        """Return this iteration's running score."""
        return score_of(self.numbers, self.example)

    @cached_property
    def score_words(self) -> list[str]:
        """Return the running score in words."""
        return score_words(self.score)

    @property
    def tables(self) -> list[Table]:
        """Return the moment's numbers as tables."""
        return tables_of(self.numbers, self.example)

    @cached_property
    def race(self) -> Race:
        """Return the race for this network, timed here and now."""
        return race(self.numbers)

    @property
    def race_lines(self) -> list[str]:
        """Return the growth of both ways as lines."""
        growth = self.race.growth
        return growth_lines([[(dials, way[at]) for dials, *way in growth] for at in (0, 1)])
