"""A nudge in the inspector: what becomes of the cost when the picked dial or neuron is moved a little."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.nudge import curve_of, nudge, slope_of
from app.notation.language import tr
from app.notation.numbers import typed_number
from app.page.selection import Selection
from app.picture.curves import Curve, curve
from app.story.nudge import nudge_words
from app.story.refusals import WRONG_EPSILON

SMALLEST, LARGEST = 1e-15, 1e3  # of ε


@dataclass(frozen=True)
class Nudge:
    """A slope that may be doubted: what would be nudged, what is wrong with the ε that was typed, and with a
    good one what the nudge did, what to make of it, and the cost around the nudged value."""

    name: str
    wrong: str = ""
    done: str = ""
    verdict: str = ""
    curve: Curve | None = None


def epsilon_of(typed: str) -> float | None:
    """Read an ε, None where it is no usable number."""
    try:
        found = typed_number(typed)
    except ValueError:
        return None
    return found if SMALLEST <= abs(found) <= LARGEST else None


def nudge_of(selection: Selection, name: str) -> Nudge | None:
    """Nudge what is picked by the view's ε, "" not yet; None where no slope is known that it could check."""
    numbers, example, pick = selection.numbers, selection.example, selection.pick
    typed = selection.view.epsilon
    if slope_of(numbers, example, pick) is None:
        return None
    epsilon = epsilon_of(typed)
    found = nudge(numbers, example, pick, epsilon) if epsilon else None
    if found is None:
        return Nudge(name, wrong=tr(WRONG_EPSILON) if typed else "")
    points = curve_of(numbers, example, pick, max(2 * abs(found.epsilon), 0.5))
    nudged = found.value + found.epsilon, found.after
    done, verdict = nudge_words(found, name)
    drawn = curve(points, found.value, found.before, found.slope, nudged)
    return Nudge(name, done=done, verdict=verdict, curve=drawn)
