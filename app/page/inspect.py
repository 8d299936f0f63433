"""The inspector beside the picture: the picked mark, the fingers of the neuron that points, and a nudge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.fingers import rows, score_of
from app.analysis.predictions import dials_now
from app.lab.dials import Dial
from app.lab.lab import Lab
from app.page.frame import Frame
from app.page.nudge import Nudge, nudge_of
from app.page.selection import Selection
from app.picture.curves import Curve, activation_curve
from app.picture.tint import locked
from app.story.fingers import score_told
from app.story.inspector import Inspection, Turning, inspect, turnings


@dataclass(frozen=True)
class Inspect:
    """What is said of one mark.

    `dial`: the value, after what has happened, of the dial that is picked. `curve`: of the picked neuron's
    activation. `few`, `others`: the dials of a neuron that somebody picked. `hold`: of the picked dial,
    whether it is held still, and the address that begins the run anew with it the other way; None where there
    is none.
    """

    found: Inspection
    dial: float | None
    curve: Curve | None
    few: list[Turning]
    others: list[Turning]
    score: str
    nudge: Nudge | None
    hold: tuple[bool, str] | None


def build(frame: Frame) -> Inspect:
    """Explain the picked mark as far as it has happened."""
    selection, numbers, example = frame.selection, frame.numbers, frame.example
    pick, chosen = selection.pick, selection.chosen
    activation, z = numbers.network.activation(pick.layer or numbers.network.last), z_of(selection)
    alone = None if activation.couples else z
    shut = alone is not None and locked(float(activation.slope(np.array(alone))), activation)
    found = inspect(numbers, example, pick, shut, selection.pointer, selection.fingers)
    picked = chosen if chosen and chosen.kind == "n" and chosen.layer else None
    few, others = turnings(numbers, example, picked.layer, picked.to) if picked else ([], [])
    return Inspect(
        found=found,
        dial=pick.dial.of(dials_now(numbers)) if pick.dial else None,
        curve=None if alone is None else activation_curve(activation, alone),
        few=few,
        others=others,
        score=score_told(score_of(numbers, example), found.alone) if found.pointings else "",
        nudge=nudge_of(selection, found.nudged),
        hold=hold_of(frame, pick.dial) if pick.dial and chosen else None,
    )


def hold_of(frame: Frame, dial: Dial) -> tuple[bool, str] | None:
    """Return whether a dial is held, and the address of the same run from its start with it the other way."""
    recipe = frame.lab.recipe
    if dial.kind == "b" and not recipe.biases:
        return None
    held = dial.mark in recipe.held
    marks = tuple(mark for mark in recipe.held if mark != dial.mark) if held else (*recipe.held, dial.mark)
    other = replace(frame.links, id="", lab=Lab(replace(recipe, held=marks)))
    return held, other.look()


def z_of(selection: Selection) -> float | None:
    """Return the picked neuron's z, None where it has none."""
    pick, table = selection.pick, selection.numbers.forward.z
    known = pick.kind == "n" and rows(table, pick.layer) >= pick.to
    return float(table[pick.layer][pick.to - 1, selection.example]) if known else None
