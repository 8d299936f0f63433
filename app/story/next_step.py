"""The next click in words: what the big button says, and what the narration announces."""

from __future__ import annotations

from app.lab.itinerary import Moment
from app.notation import names
from app.notation.names import Sizes
from app.story.labels import PHASE_NAMES, layer_name


def step_name(last: int, coming: tuple[Moment, ...], neuron: str | None) -> str:
    """Name the next click after what it will do; `coming` are its moments, `neuron` its only neuron."""
    if not coming:
        return "End of the run"
    phase, layer = coming[-1].phase, coming[-1].layer
    if phase == "input":
        return "Next example"
    if len({moment.phase for moment in coming}) > 1:
        return "Whole iteration" if phase == "descent" else f"On to {PHASE_NAMES[phase].lower()}"
    if phase == "cost":
        return "Cost: compare"
    if phase == "descent":
        return "Descent"
    if neuron:
        return f"{PHASE_NAMES[phase]}: neuron {neuron}"
    if len({moment.layer for moment in coming}) > 1:
        return f"{PHASE_NAMES[phase]}: all layers"
    return f"{PHASE_NAMES[phase]}: {layer_name(last, layer)}"


def announce(sizes: Sizes, coming: tuple[Moment, ...]) -> str:
    """Say what the next click will do."""
    if not coming:
        return "This is the longest run there is; go back, or start again."
    first, final = coming[0], coming[-1]
    if (first.phase, final.phase) == ("input", "descent"):
        return "Next: the whole next iteration, from another example to the descent."
    if first.phase != final.phase:
        return "Next: on to the descent." if final.phase == "descent" else "Next: the following phase."
    if final.phase in ("forward", "backward"):
        where = layer_name(len(sizes) - 1, final.layer)
        if len(coming) == 1 and final.neuron:
            where = names.neuron(sizes, final.layer, final.neuron)
        if first.layer != final.layer:
            where = "the output" if final.phase == "forward" else "the first hidden layer"
        verb = "the signal moves on to" if final.phase == "forward" else "the error moves back to"
        the = "the " if where.endswith("layer") and not where.startswith("the ") else ""
        return f"Next: {verb} {the}{where}."
    return {
        "input": "Next: another example.",
        "cost": "Next: compare the output with its target.",
        "descent": "Next: every dial moves a little against its gradient.",
    }[final.phase]
