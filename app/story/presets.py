"""What each preset is called and what to look for in it, keyed as in `app/lab/presets.py`."""

NAMES = {
    "and": "AND",
    "xor": "XOR",
    "article": "Two inputs",
    "textbook": "Textbook page",
    "half-adder": "Half adder",
    "digits": "Digits",
    "lazy": "The lazy one is guilty",
    "reverse": "Reverse ranking",
    "twins": "Twins",
    "ear-muffs": "Ear-muffs",
    "cancelling": "Cancelling batch",
    "overshoot": "Overshoot",
    "stuck": "Stuck XOR",
    "vanishing": "Vanishing",
    "dead": "Dead ReLU",
    "circle": "Circle",
    "overfit": "Overfitting",
    "overfit-l2": "Held back by L2",
}

SENTENCES = {
    "and": "The gentlest start: two hidden neurons learn AND in about a hundred iterations.",
    "xor": "No straight line will do: watch four hidden neurons share the work of XOR.",
    "article": "Two inputs, two hidden neurons, one output, all sigmoid: small enough to redo on paper.",
    "textbook": "Given dials and one example, as on Mazur’s well-known page: redo every line by hand.",
    "half-adder": "Two outputs, two errors: see how hidden neurons get blamed from both sides.",
    "digits": "Seven segments in, ten shares out: a softmax layer, where one output’s gain is the "
    "others’ loss.",
    "lazy": "h₁ is three times as loud as h₂, so its wire is tweaked three times as much; yet most of "
    "the error goes to h₂.",
    "reverse": "From h₁ to h₃ the neurons get quieter, and their errors get larger.",
    "twins": "One says 0.1, the other 0.9, and both get the very same error: the slope is the same at "
    "both ends.",
    "ear-muffs": "h₂ receives the most blame of all and keeps almost none: it is saturated, so nothing "
    "gets through.",
    "cancelling": "Each of the four examples pulls hard at the output’s bias, and together they do not "
    "move it at all.",
    "overshoot": "A bowl with one bottom, and a learning rate so large that every step lands higher up "
    "on the other side.",
    "stuck": "Both hidden neurons begin alike, get the same blame, and never part: XOR stays out of reach.",
    "vanishing": "Six sigmoid layers: on its way back the error shrinks some ten thousand times.",
    "dead": "All hidden sums are below zero, so every ReLU is silent, deaf to blame, and stays so.",
    "circle": "A hundred dots, a hidden layer of four and one of two: they draw a closed line around the "
    "middle.",
    "overfit": "Twelve neurons, twenty noisy examples: their cost falls to nothing while the test cost "
    "rises. See Downhill.",
    "overfit-l2": "The same again with L2: the weights stay small, and the test cost stays as low as the "
    "training cost.",
}
