"""Short words: what layers, phases, moments and buttons are called."""

from __future__ import annotations

from app.story.functions import activations

PHASE_NAMES = {
    "input": "Input",
    "forward": "Forward",
    "cost": "Cost",
    "backward": "Backward",
    "descent": "Descent",
}

LENS_NAMES = {
    "activation": "Activation",
    "error": "Error",
    "blame": "Blame",
    "gradient": "Gradient",
    "weights": "Weights",
}

MANY_LAYERS = 4  # from here on the phase track has room for numbers only

PACE_NAMES = {"neuron": "Neuron", "layer": "Layer", "phase": "Phase", "iteration": "Iteration"}

VOICE_NAMES = {"": "Story", "maths": "Maths"}

IN_ALL = "in all"
BATCH, TRAINING, TEST, NO_PROMISE = "this batch", "all training examples", "the test examples", "–"

IN_PICTURE = {
    "more": "louder",
    "less": "quieter",
    "was": "was",
    "held": ", held still",
    "points": "{} points at {}",
}
POINTED = {  # why, by lens
    "activation": "most of what it hears comes through this wire, weight times signal.",
    "error": "most of the blame it passes back goes through this wire, weight times error.",
    "blame": "most of the blame it passes back goes through this wire, weight times error.",
    "gradient": "this weight’s part of the gradient is its largest, signal times error.",
}

# Each lens in one line: what discs and wires mean, then the two signs of blame where they show.
LEGENDS = {
    "activation": (
        "Fuller disc: louder. Hatched: below zero. Wider wire: more signal w·a; dashed: weight below zero.",
        "",
        "",
    ),
    "error": (
        "Thicker ring: more error δ, four times δ twice as thick. Wider wire: more blame passed back, w·δ.",
        "δ below 0, fire more",
        "δ above 0, fire less",
    ),
    "blame": ("Wire: its share of the blame |w·δ| its neuron passes back.", "fire more", "fire less"),
    "gradient": (
        "Wider wire: larger gradient ∂C/∂w.",
        "below 0: up lowers the cost",
        "above 0: down lowers the cost",
    ),
    "weights": ("Wider wire: larger weight; dashed: below zero.", "", ""),
}


def function_name(key: str) -> str:
    """Name an activation in a sentence.

    >>> function_name("tanh"), function_name("relu"), function_name("leaky-relu")
    ('tanh', 'ReLU', 'leaky ReLU')
    """
    words = activations.told(key).name.split()
    return " ".join(word.lower() if word.istitle() else word for word in words)


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
        return "input"
    if layer == last:
        return "output layer"
    return "hidden layer" if last == 2 else f"hidden layer {layer}"


def column_names(last: int, *, short: bool) -> list[str]:
    """Name the columns of the picture: the layers, then the target.

    >>> column_names(2, short=False)
    ['input', 'hidden layer', 'output layer', 'target']
    >>> column_names(3, short=True)
    ['input', 'hidden 1', 'hidden 2', 'output', 'target']
    """
    names = [layer_name(last, layer) for layer in range(last + 1)]
    return [*(name.replace(" layer", "") if short else name for name in names), "target"]


def track_name(last: int, layer: int, phase: str) -> str:
    """Name a segment of the phase track."""
    if phase == "input":
        return "example"
    if phase == "cost":
        return "compare"
    if phase == "descent":
        return "update"
    if layer == last:
        return "output" if last < MANY_LAYERS else "out"
    return "hidden" if last == 2 else f"hidden {layer}" if last < MANY_LAYERS else str(layer)


def track_title(last: int, layer: int, phase: str) -> str:
    """Name a segment of the phase track in full."""
    return track_name(last, layer, phase) if not layer else layer_name(last, layer)
