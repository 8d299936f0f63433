"""What each preset is called and what to look for in it, keyed as in `app/lab/presets.py`."""

from __future__ import annotations

from app.notation.language import N_

NAMES = {
    "and": "AND",
    "xor": "XOR",
    "article": N_("Two inputs"),
    "textbook": N_("Textbook page"),
    "half-adder": N_("Half adder"),
    "digits": N_("Digits"),
    "lazy": N_("The lazy one is guilty"),
    "reverse": N_("Reverse ranking"),
    "twins": N_("Twins"),
    "ear-muffs": N_("Ear-muffs"),
    "cancelling": N_("Cancelling batch"),
    "overshoot": N_("Overshoot"),
    "stuck": N_("Stuck XOR"),
    "vanishing": N_("Vanishing"),
    "dead": N_("Dead ReLU"),
    "circle": N_("Circle"),
    "overfit": N_("Overfitting"),
    "overfit-l2": N_("Held back by L2"),
}

SENTENCES = {
    "and": N_("The gentlest start: two hidden neurons learn AND in about a hundred iterations."),
    "xor": N_("No straight line will do: watch four hidden neurons share the work of XOR."),
    "article": N_("Two inputs, two hidden neurons, one output, all sigmoid: small enough to redo on paper."),
    "textbook": N_("Given dials and one example, as on Mazur’s well-known page: redo every line by hand."),
    "half-adder": N_("Two outputs, two errors: see how hidden neurons get blamed from both sides."),
    "digits": N_(
        "Seven segments in, ten shares out: a softmax layer, where one output’s gain is the others’ loss."
    ),
    "lazy": N_(
        "h₁ is three times as loud as h₂, so its wire is tweaked three times as much; yet most of "
        "the error goes to h₂."
    ),
    "reverse": N_("From h₁ to h₃ the neurons get quieter, and their errors get larger."),
    "twins": N_(
        "One says 0.1, the other 0.9, and both get the very same error: the slope is the same at both ends."
    ),
    "ear-muffs": N_(
        "h₂ receives the most blame of all and keeps almost none: it is saturated, so nothing gets through."
    ),
    "cancelling": N_(
        "Each of the four examples pulls hard at the output’s bias, and together they do not move it at all."
    ),
    "overshoot": N_(
        "A bowl with one bottom, and a learning rate so large that every step lands higher up "
        "on the other side."
    ),
    "stuck": N_(
        "Both hidden neurons begin alike, get the same blame, and never part: XOR stays out of reach."
    ),
    "vanishing": N_("Six sigmoid layers: on its way back the error shrinks some ten thousand times."),
    "dead": N_("All hidden sums are below zero, so every ReLU is silent, deaf to blame, and stays so."),
    "circle": N_(
        "A hundred dots, a hidden layer of four and one of two: they draw a closed line around the middle."
    ),
    "overfit": N_(
        "Twelve neurons, twenty noisy examples: their cost falls to nothing while the test cost "
        "rises. See Downhill."
    ),
    "overfit-l2": N_(
        "The same again with L2: the weights stay small, and the test cost stays as low as the training cost."
    ),
}
