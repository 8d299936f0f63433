"""The next click in words: what the big button says, and what the narration announces."""

from __future__ import annotations

from app.lab.itinerary import Moment
from app.notation import names
from app.notation.language import N_, _, tr
from app.notation.names import Sizes
from app.story.labels import layer_name

ON_TO = {
    "forward": N_("On to forward"),
    "cost": N_("On to cost"),
    "backward": N_("On to backward"),
    "descent": N_("Whole iteration"),
}
LAYER = {"forward": N_("Forward: {layer}"), "backward": N_("Backward: {layer}")}
LAYERS = {"forward": N_("Forward: all layers"), "backward": N_("Backward: all layers")}
NEURON = {"forward": N_("Forward: neuron {neuron}"), "backward": N_("Backward: neuron {neuron}")}
ALONE = {"input": N_("Next example"), "cost": N_("Cost: compare"), "descent": N_("Descent")}


def step_name(last: int, coming: tuple[Moment, ...], neuron: str | None) -> str:
    """Name the next click after what it will do; `coming` are its moments, `neuron` its only neuron."""
    if not coming:
        return _("End of the run")
    phase, layer = coming[-1].phase, coming[-1].layer
    if phase == "input":
        return tr(ALONE[phase])
    if len({moment.phase for moment in coming}) > 1:
        return tr(ON_TO[phase])
    if phase in ALONE:
        return tr(ALONE[phase])
    if neuron:
        return tr(NEURON[phase], neuron=neuron)
    if len({moment.layer for moment in coming}) > 1:
        return tr(LAYERS[phase])
    return tr(LAYER[phase], layer=layer_name(last, layer))


NEXT = {
    "input": N_("Next: another example."),
    "cost": N_("Next: compare the output with its target."),
    "descent": N_("Next: every dial moves a little against its gradient."),
}
MOVES_ON = {  # by what comes: all layers, one neuron, the output layer, the only hidden one, one of several
    "all": N_("Next: the signal moves on to the output."),
    "neuron": N_("Next: the signal moves on to {neuron}."),
    "output": N_("Next: the signal moves on to the output layer."),
    "hidden": N_("Next: the signal moves on to the hidden layer."),
    "layer": N_("Next: the signal moves on to hidden layer {number}."),
}
MOVES_BACK = {
    "all": N_("Next: the error moves back to the first hidden layer."),
    "neuron": N_("Next: the error moves back to {neuron}."),
    "output": N_("Next: the error moves back to the output layer."),
    "hidden": N_("Next: the error moves back to the hidden layer."),
    "layer": N_("Next: the error moves back to hidden layer {number}."),
}


def announce(sizes: Sizes, coming: tuple[Moment, ...]) -> str:
    """Say what the next click will do."""
    if not coming:
        return _("This is the longest run there is; go back, or start again.")
    first, final = coming[0], coming[-1]
    if (first.phase, final.phase) == ("input", "descent"):
        return _("Next: the whole next iteration, from another example to the descent.")
    if first.phase != final.phase:
        on_to_descent = final.phase == "descent"
        return _("Next: on to the descent.") if on_to_descent else _("Next: the following phase.")
    if final.phase in NEXT:
        return tr(NEXT[final.phase])
    moves = MOVES_ON if final.phase == "forward" else MOVES_BACK
    if first.layer != final.layer:
        return tr(moves["all"])
    if len(coming) == 1 and final.neuron:
        return tr(moves["neuron"], neuron=names.neuron(sizes, final.layer, final.neuron))
    last = len(sizes) - 1
    which = "output" if final.layer == last else "hidden" if last == 2 else "layer"
    return tr(moves[which], number=final.layer)
