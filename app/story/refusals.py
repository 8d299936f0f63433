"""Why something cannot be done, in a sentence that helps."""

from __future__ import annotations

from typing import Any

from app import limits
from app.lab.lab import OutOfTurn
from app.limits import Problem
from app.story import matrices
from app.story.functions import activations

SENTENCES = {
    "hidden-softmax": "Softmax makes the neurons of a layer share one whole, which only makes sense for "
    "the answer. "
    "Choose another activation for the hidden layers.",
    "activation-count": "{named} activations are named for {layers} hidden layers. Name one for all, or one "
    "for each.",
    "held-mark": "“{mark}” is no dial. Dials are called w-1-2-1 (layer, to, from) or b-1-2 (layer, neuron).",
    "no-biases": "This network has no biases, so all of them must be 0 here.",
    "softmax-alone": "{data} has one output, and softmax would give it the whole share, 1, whatever it "
    "hears. "
    "Sigmoid fits one output.",
    "softmax-not-one-hot": "Softmax outputs always add up to 1, but the targets of {data} do not. "
    "Sigmoid fits them.",
    "cost-needs-shares": "Cross-entropy takes the logarithm of the output, so the output must stay "
    "between 0 and 1: "
    "{output} does not. Choose sigmoid or softmax for the output, or the quadratic cost.",
    "cost-needs-small-targets": "Cross-entropy compares shares, so targets must lie between 0 and 1: "
    "those of {data} go from "
    "{low} to {high}. Choose the quadratic cost, and linear for the output.",
    "batch-too-large": "{data} has {rows} examples, so a batch can hold 1 to {rows}.",
    "batch-too-large-held": "{data} has {rows} examples to learn from, the others are kept for the test, "
    "so a batch can hold "
    "1 to {rows}.",
    "own-shape": 'Write {{"inputs": [[…], …], "targets": [[…], …]}}, with a row of numbers per example.',
    "own-note": f"A note is a text of up to {limits.NOTE} letters.",
    "own-classes": "“classes” is a list of names of up to {most} letters, one for each output.",
    "own-signs": "“{part}” holds a sign that cannot be shown, half of a letter or a control "
    "sign. Leave it out.",
    "own-columns": "“columns” is a list with a name of up to {most} letters for each of the {wanted} inputs "
    "and targets; “low” and “high”, if given, are numbers, low below high.",
    "own-counts": "There are {inputs} rows of inputs and {targets} rows of targets; every example needs "
    "one of each.",
    "own-rows": f"There can be 1 to {limits.ROWS} examples, and here are {{found}}.",
    "own-width": "The first row of {part} has {found} numbers; there can be 1 to {most}.",
    "own-ragged": "Row {row} of {part} has {found} numbers, and the first row has {wanted}.",
    "own-number": "Row {row} of {part} holds {value}, and takes only numbers between "
    f"−{limits.VALUE:,.0f} and {limits.VALUE:,.0f}.",
    "change-unknown": "There is nothing called “{what}” here that could take this value.",
    "exercise-layers": "Write the sizes of all layers, such as 2-2-1: inputs, up to 6 hidden layers, "
    "outputs, each 1 to 16.",
    "exercise-row": "Line {line}: {found} numbers. This network takes {inputs} inputs, then {targets} "
    "targets, such as 0.05 0.1 → 0.01.",
    "exercise-empty": "Write at least one example: its inputs, an arrow, its targets.",
    "dials-line": "Line {line}: {neuron} needs {wanted} numbers, its weights and then its bias, and this "
    "line has {found}.",
    "dials-count": "This network has {wanted} dials; there are {found} numbers here.",
    "dials-number": "Line {line}: “{text}” is no number from −1,000,000 to 1,000,000.",
    "dials-name": "“{text}” comes where {dial} is due. Name every dial as it is named here, or write them "
    "neuron by neuron: its weights, then its bias.",
    "dials-blocks": "This network has {layers} layers. It takes a matrix of weights and a list of biases for "
    "each, or for each one matrix with both in it. Here {are}: {arrays}.",
    "dials-shape-w": "{array}. The weights into layer {layer} must be {wanted}.",
    "dials-shape-b": "{array}. Layer {layer} needs a list of {to} biases.",
    "dials-shape-joined": "{array}. The weights into layer {layer}, with the biases in the same matrix, must "
    "be {wanted}.",
    "dials-left-out": "Line {line}: dots stand for numbers that were left out. Print all of them, in NumPy "
    "after np.set_printoptions(threshold=sys.maxsize).",
    "dials-ragged": "Line {line}: the rows of this matrix are not all of one length.",
    "dials-sign": "Line {line}: “{text}” asks for a calculation. Write the finished numbers.",
    "parameters-shape": "The dials do not fit the network {network}: {block} must have the shape {shape}.",
    "parameters": 'Write {"w": {"1": [[…]], …}, "b": {"1": [[…]], …}} with numbers between −1,000,000 '
    "and 1,000,000.",
    "changes": 'Write a list of [iteration, what, value], such as [[3, "eta", 0.1]].',
    "unknown-field": "There is no field of this name.",
    "missing": "This is needed.",
    "key": "Choose one of: {choices}.",
    "number": "This must be a number{between}.",
    "whole": "This must be a whole number{between}.",
    "at-least": "This must be {bound:,} or more.",
    "at-most": "This can be {bound:,} at most.",
    "hidden": f"Write the sizes of 0 to {limits.HIDDEN_LAYERS} hidden layers, each 1 to {limits.NEURONS} "
    "neurons, "
    "such as 3 or 4, 2.",
    "other": "This cannot be read.",
}


def sentence(problem: Problem) -> str:
    """Return a problem's sentence."""
    facts = dict(problem.facts)
    if problem.why.startswith(("dials-blocks", "dials-shape")):
        facts = matrices.told(facts)
    if "output" in facts:  # a problem knows keys; how they are called is said here
        facts["output"] = activations.told(facts["output"]).name
    return SENTENCES[problem.why].format(**facts)


def out_of_turn(problem: OutOfTurn) -> str:
    """Say what cannot happen now, and what can."""
    if problem.asked == "back":
        return "This is the very start; there is nothing to go back to."
    if problem.asked == "go":
        return "There is no such place in this run."
    if problem.expected is None:
        return f"The run ends here, after {limits.ITERATIONS:,} iterations. Go back, or start again."
    wanted = {
        "next": "a new example",
        "forward": "a forward step",
        "backward": "a backward step",
        "descent": "the descent",
    }
    return f"Not yet: {wanted[problem.expected]} comes next, so {wanted[problem.asked]} has to wait."


def diverged(iteration: int, blamed: str) -> str:
    """Say that the numbers ran away, and what is to blame."""
    return f"In iteration {iteration + 1} the numbers grow beyond what a computer can write down. {blamed}"


BETWEEN = {
    "eta": f" above 0, up to {limits.ETA:.0f}",
    "decay": f" from 0 to {limits.DECAY:.0f}",
    "seed": f" from 0 to {limits.SEED:,}",
    "batch": f" from 1 to {limits.ROWS}",
    "size": f" from {limits.DRAWN_ROWS} to {limits.ROWS}",
    "noise": f" from 0 to {limits.NOISE:.0f}",
    "data_seed": f" from 0 to {limits.SEED:,}",
    "test": f" from 0 to {limits.TEST}",
}
WHOLE = ("seed", "batch", "size", "data_seed")


def mistake(field: str, error: dict[str, Any], registries: dict[str, dict[str, Any]]) -> str:
    """Say what is wrong with one field; `error` is pydantic's, its `type` the name of it and its `ctx` the
    bound."""
    kind, facts = error["type"], error.get("ctx", {})
    if field in ("parameters", "changes"):  # whatever is wrong inside
        return SENTENCES[field]
    if kind == "extra_forbidden":
        return SENTENCES["unknown-field"]
    if kind == "missing":
        return SENTENCES["missing"]
    if field in registries:
        return SENTENCES["key"].format(choices=", ".join(registries[field]))
    if field in BETWEEN:
        return SENTENCES["whole" if field in WHOLE else "number"].format(between=BETWEEN[field])
    if kind in BOUNDS and field not in SENTENCES:
        word, bound = BOUNDS[kind]
        return SENTENCES[word].format(bound=facts[bound])
    return SENTENCES.get(field, SENTENCES["other"])


BOUNDS = {"greater_than_equal": ("at-least", "ge"), "less_than_equal": ("at-most", "le")}

OWN_GONE = (
    "There are no examples of this name here. They stay on the server they were brought to, and "
    "only as long as used."
)
NOT_JSON = "The body is not valid JSON."
HALF_A_LETTER = "The body holds half of a letter (\\ud800 to \\udfff alone), which no text can have."


ABOVE_ZERO = " above 0"
DIAL_RANGE = " from −1,000,000 to 1,000,000; a decimal comma or a fraction such as 1/3 will do"
NOT_YOURS = "You are watching somebody else’s lab. Make your own copy to step through it."
GONE = "There is no lab at this address. It may have been swept away after a long rest."

FOREIGN = "This request came from another site, so nothing was changed. Reload the page and try again."
TOO_LARGE = f"That is too much at once: up to {limits.BODY_BYTES // 1024} KB are taken."
TABLE_TOO_LARGE = (
    f"That is too much at once: up to {limits.TABLE_BYTES // 1024 // 1024} MB are taken. "
    "Go back in your browser: the form and what you typed into it are there."
)
FILE_TOO_LARGE = f"That file is too large: up to {limits.FILE_BYTES // 1024 // 1024} MB are taken."
ADDRESS_TOO_LONG = "This address is longer than any that is used here."
TOO_MANY_FIELDS = f"There are too many fields: up to {limits.FIELDS} are taken."
BUSY = "Too many large files are on their way just now; nothing was changed. Try again in a moment."
ON_THE_WIRE = {  # said before a request is known
    400: "This is not a request that can be read; nothing was changed.\n",
    408: "The request did not arrive in time; nothing was changed.\n",
    413: "The body is too large; nothing was changed.\n",
    414: ADDRESS_TOO_LONG + "\n",
    431: f"The headers are too long: up to {limits.HEAD_BYTES // 1024} KB are taken.\n",
    503: "Too many people are connected just now. Try again in a moment.\n",
}
FAILED = (
    "Something went wrong on our side; nothing was lost. Reload the page. If it happens again, "
    "quote number {number}."
)
PANEL_FAILED = (
    "Something went wrong on our side with what was to stand beside the picture; the lab is as it was. "
    "If it happens again, quote number {number}."
)
TOO_MANY_LABS = "That many labs at once are more than one person needs. Go on in {seconds} s."
UNAVAILABLE = (
    "The place where labs are kept does not answer just now; nothing was changed. Try again in a moment."
)
DAMAGED = (
    "What was kept of this lab is damaged, so it cannot be shown. All other labs are untouched; begin a new "
    "one."
)
NO_PAGE = "There is no page at this address."
NOT_ALLOWED = "This address cannot be used that way."
TOO_MANY_CHANGES = f"A run takes up to {limits.CHANGES} changes. Start a new one to go on changing."
NO_FILE = "Choose a file, or paste its text."
NOT_A_FILE = "This is not a moment kept by Blame Game, which is a JSON text that names a recipe and a place."
NEWER_FILE = "This file was kept by a newer version of Blame Game; open it with that one."
WRONG_PLACE = "The place in this file must be a whole number, 0 or more."
WRONG_EPSILON = "ε must be a number from 1e-15 to 1000 in size, above or below zero; 1e-4 is a good start."
NEWER = "This lab was kept by a newer version of Blame Game; open it with that one."
