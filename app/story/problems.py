"""What is wrong with a recipe, with dials or with examples: a sentence for each problem, by its key."""

from __future__ import annotations

from app import limits
from app.notation.language import N_

SENTENCES = {
    "hidden-softmax": N_(
        "Softmax makes the neurons of a layer share one whole, which only makes sense for the "
        "answer. Choose another activation for the hidden layers."
    ),
    "activation-count": N_(
        "{named} activations are named for {layers} hidden layers. Name one for all, or one for each."
    ),
    "held-mark": N_(
        "“{mark}” is no dial. Dials are called w-1-2-1 (layer, to, from) or b-1-2 (layer, neuron)."
    ),
    "no-biases": N_("This network has no biases, so all of them must be 0 here."),
    "softmax-alone": N_(
        "{data} has one output, and softmax would give it the whole share, 1, whatever it hears. "
        "Sigmoid fits one output."
    ),
    "softmax-not-one-hot": N_(
        "Softmax outputs always add up to 1, but the targets of {data} do not. Sigmoid fits them."
    ),
    "cost-needs-shares": N_(
        "Cross-entropy takes the logarithm of the output, so the output must stay between 0 and 1: "
        "{output} does not. Choose sigmoid or softmax for the output, or the quadratic cost."
    ),
    "cost-needs-small-targets": N_(
        "Cross-entropy compares shares, so targets must lie between 0 and 1: those of {data} go "
        "from {low} to {high}. Choose the quadratic cost, and linear for the output."
    ),
    "batch-too-large": N_("{data} has {rows} examples, so a batch can hold 1 to {rows}."),
    "batch-too-large-held": N_(
        "{data} has {rows} examples to learn from, the others are kept for the test, so a batch "
        "can hold 1 to {rows}."
    ),
    "own-shape": N_('Write {"inputs": [[…], …], "targets": [[…], …]}, with a row of numbers per example.'),
    "own-note": N_("A note is a text of up to {limit} letters."),
    "own-classes": N_("“classes” is a list of names of up to {most} letters, one for each output."),
    "own-signs": N_(
        "“{part}” holds a sign that cannot be shown, half of a letter or a control sign. Leave it out."
    ),
    "own-columns": N_(
        "“columns” is a list with a name of up to {most} letters for each of the {wanted} inputs "
        "and targets; “low” and “high”, if given, are numbers, low below high."
    ),
    "own-counts": N_(
        "There are {inputs} rows of inputs and {targets} rows of targets; every example needs one of each."
    ),
    "own-rows": N_("There can be 1 to {limit} examples, and here are {found}."),
    "own-width": N_("The first row of {part} has {found} numbers; there can be 1 to {most}."),
    "own-ragged": N_("Row {row} of {part} has {found} numbers, and the first row has {wanted}."),
    "own-number": N_(
        "Row {row} of {part} holds {value}, and takes only numbers between −{limit} and {limit}."
    ),
    "change-unknown": N_("There is nothing called “{what}” here that could take this value."),
    "exercise-layers": N_(
        "Write the sizes of all layers, such as 2-2-1: inputs, up to 6 hidden layers, outputs, each 1 to 16."
    ),
    "exercise-row": N_(
        "Line {line}: {found} numbers. This network takes {inputs} inputs, then {targets} targets, "
        "such as 0.05 0.1 → 0.01."
    ),
    "exercise-empty": N_("Write at least one example: its inputs, an arrow, its targets."),
    "dials-line": N_(
        "Line {line}: {neuron} needs {wanted} numbers, its weights and then its bias, and this "
        "line has {found}."
    ),
    "dials-count": N_("This network has {wanted} dials; there are {found} numbers here."),
    "dials-number": N_("Line {line}: “{text}” is no number from −1,000,000 to 1,000,000."),
    "dials-name": N_(
        "“{text}” comes where {dial} is due. Name every dial as it is named here, or write them "
        "neuron by neuron: its weights, then its bias."
    ),
    "dials-blocks": N_(
        "This network has {layers} layers. It takes a matrix of weights and a list of biases for "
        "each, or for each one matrix with both in it. Here {are}: {arrays}."
    ),
    "dials-shape-w": N_("{array}. The weights into layer {layer} must be {wanted}."),
    "dials-shape-b": N_("{array}. Layer {layer} needs a list of {to} biases."),
    "dials-shape-joined": N_(
        "{array}. The weights into layer {layer}, with the biases in the same matrix, must be {wanted}."
    ),
    "dials-left-out": N_(
        "Line {line}: dots stand for numbers that were left out. Print all of them, in NumPy after "
        "np.set_printoptions(threshold=sys.maxsize)."
    ),
    "dials-ragged": N_("Line {line}: the rows of this matrix are not all of one length."),
    "dials-sign": N_("Line {line}: “{text}” asks for a calculation. Write the finished numbers."),
    "parameters-shape": N_(
        "The dials do not fit the network {network}: {block} must have the shape {shape}."
    ),
    "parameters": N_(
        'Write {"w": {"1": [[…]], …}, "b": {"1": [[…]], …}} with numbers between −1,000,000 and 1,000,000.'
    ),
    "changes": N_('Write a list of [iteration, what, value], such as [[3, "eta", 0.1]].'),
    "unknown-field": N_("There is no field of this name."),
    "missing": N_("This is needed."),
    "key": N_("Choose one of: {choices}."),
    "at-least": N_("This must be {bound} or more."),
    "at-most": N_("This can be {bound} at most."),
    "hidden": N_(
        "Write the sizes of 0 to {layers} hidden layers, each 1 to {neurons} neurons, such as 3 or 4, 2."
    ),
    "other": N_("This cannot be read."),
}
LIMITS = {  # numbers that stand in a sentence whatever the problem
    "own-note": {"limit": limits.NOTE},
    "own-rows": {"limit": limits.ROWS},
    "own-number": {"limit": int(limits.VALUE)},
    "hidden": {"layers": limits.HIDDEN_LAYERS, "neurons": limits.NEURONS},
}
