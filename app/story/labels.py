"""Short words: what layers, phases, moments and buttons are called."""

from __future__ import annotations

from app.notation.language import N_, SOURCE, _, spoken, tr
from app.story.functions import activations

PHASE_NAMES = {
    "input": N_("Input"),
    "forward": N_("Forward"),
    "cost": N_("Cost"),
    "backward": N_("Backward"),
    "descent": N_("Descent"),
}

LENS_NAMES = {
    "activation": N_("Activation"),
    "error": N_("Error"),
    "blame": N_("Blame"),
    "gradient": N_("Gradient"),
    "weights": N_("Weights"),
}

MANY_LAYERS = 4  # from here on the phase track has room for numbers only

PACE_NAMES = {
    "neuron": N_("Neuron"),
    "layer": N_("Layer"),
    "phase": N_("Phase"),
    "iteration": N_("Iteration"),
}

VOICE_NAMES = {"": N_("Story"), "maths": N_("Maths")}

IN_ALL = N_("in all")
BATCH, TRAINING, TEST = N_("this batch"), N_("all training examples"), N_("the test examples")
NO_PROMISE = "–"

IN_PICTURE = {
    "more": N_("louder"),
    "less": N_("quieter"),
    "was": N_("was"),
    "held": N_(", held still"),
    "points": N_("{pointer} points at {whom}"),
    "share": N_("{share} blame"),
}
POINTED = {  # why, by lens
    "activation": N_("most of what it hears comes through this wire, weight times signal."),
    "error": N_("most of the blame it passes back goes through this wire, weight times error."),
    "blame": N_("most of the blame it passes back goes through this wire, weight times error."),
    "gradient": N_("this weight’s part of the gradient is its largest, signal times error."),
}

# Each lens in one line: what discs and wires mean, then the two signs of blame where they show.
LEGENDS = {
    "activation": (
        N_(
            "Fuller disc: louder. Hatched: below zero. "
            "Wider wire: more signal w·a; dashed: weight below zero."
        ),
        "",
        "",
    ),
    "error": (
        N_(
            "Thicker ring: more error δ, four times δ twice as thick. "
            "Wider wire: more blame passed back, w·δ."
        ),
        N_("δ below 0, fire more"),
        N_("δ above 0, fire less"),
    ),
    "blame": (
        N_("Wire: its share of the blame |w·δ| its neuron passes back."),
        N_("fire more"),
        N_("fire less"),
    ),
    "gradient": (
        N_("Wider wire: larger gradient ∂C/∂w."),
        N_("below 0: up lowers the cost"),
        N_("above 0: down lowers the cost"),
    ),
    "weights": (N_("Wider wire: larger weight; dashed: below zero."), "", ""),
}


def function_name(key: str) -> str:
    """Name an activation in a sentence.

    >>> function_name("tanh"), function_name("relu"), function_name("leaky-relu")
    ('tanh', 'ReLU', 'leaky ReLU')
    """
    words = tr(activations.told(key).name).split()
    return " ".join(lowered(word) if word.istitle() else word for word in words)


def lowered(name: str) -> str:
    """Write a name as it stands in a sentence: in English small, in another language as it is.

    >>> lowered("Cross-entropy")
    'cross-entropy'
    """
    return name.lower() if spoken() == SOURCE else name


def functions_named(keys: tuple[str, ...]) -> str:
    """Name the activations of layers, one for all or each in its turn.

    >>> functions_named(("tanh", "tanh")), functions_named(("tanh", "relu"))
    ('tanh', 'tanh, ReLU')
    """
    return ", ".join(map(function_name, keys if len(set(keys)) > 1 else keys[:1]))


def layer_name(last: int, layer: int) -> str:
    """Name a layer in a sentence.

    >>> layer_name(2, 0), layer_name(2, 1), layer_name(3, 2), layer_name(2, 2)
    ('input', 'hidden layer', 'hidden layer 2', 'output layer')
    """
    if layer == 0:
        return _("input")
    if layer == last:
        return _("output layer")
    return _("hidden layer") if last == 2 else _("hidden layer {number}", number=layer)


def short_name(last: int, layer: int) -> str:
    """Name a layer where room is short.

    >>> short_name(2, 0), short_name(2, 1), short_name(3, 2), short_name(2, 2)
    ('input', 'hidden', 'hidden 2', 'output')
    """
    if layer == 0:
        return _("input")
    if layer == last:
        return _("output")
    return _("hidden") if last == 2 else _("hidden {number}", number=layer)


def column_names(last: int, *, short: bool) -> list[str]:
    """Name the columns of the picture: the layers, then the target.

    >>> column_names(2, short=False)
    ['input', 'hidden layer', 'output layer', 'target']
    >>> column_names(3, short=True)
    ['input', 'hidden 1', 'hidden 2', 'output', 'target']
    """
    name = short_name if short else layer_name
    return [*(name(last, layer) for layer in range(last + 1)), _("target")]


def track_name(last: int, layer: int, phase: str) -> str:
    """Name a segment of the phase track."""
    if phase == "input":
        return _("example")
    if phase == "cost":
        return _("compare")
    if phase == "descent":
        return _("update")
    if last >= MANY_LAYERS:
        return _("out") if layer == last else str(layer)
    return short_name(last, layer)


def track_title(last: int, layer: int, phase: str) -> str:
    """Name a segment of the phase track in full."""
    return track_name(last, layer, phase) if not layer else layer_name(last, layer)
