"""The narration's other voice: the same moment as equations, with their numbers."""

from __future__ import annotations

from app.lab.dials import Dial, Pick
from app.lab.replay import Numbers
from app.story.formulas.worked import Worker


def in_maths(numbers: Numbers, example: int, pick: Pick) -> list[str]:
    """Return the equations of what was just computed, a line each; none where nothing was."""
    worker, phase = Worker(numbers, example), numbers.moment.phase
    if pick.kind == "cost":
        found = worker.cost()
    elif pick.dial:
        found = worker.dial(pick.dial)
    else:
        found = worker.neuron(pick.layer, pick.to)
        if phase == "backward":
            found = worker.blame(pick.layer, pick.to) + worker.dial(Dial("b", pick.layer, pick.to))
            found += worker.dial(Dial("w", pick.layer, pick.to, 1))
    return [equation.spoken() for equation in found]
