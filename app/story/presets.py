"""What to look for in each preset: one sentence, keyed as in `app/lab/presets.py`."""

SENTENCES = {
    "and": "The gentlest start: three hidden neurons learn AND in some fifty iterations.",
    "xor": "No straight line will do: watch four hidden neurons share the work of XOR.",
    "article": "Two inputs, two hidden neurons, one output, all sigmoid: small enough to redo on paper.",
    "half-adder": "Two outputs, two errors: see how hidden neurons get blamed from both sides.",
    "digits": "Seven segments in, ten shares out: a softmax layer, where one output’s gain is the others’ loss.",
}
