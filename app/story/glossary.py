"""The one table that joins the book's symbols to plain words. To add one: an entry in
`GLOSSARY`; without a symbol, one in `app/story/plain_words.py`."""

from __future__ import annotations

from app.story.plain_words import PLAIN_WORDS, Entry

GLOSSARY: dict[str, Entry] = {
    entry.key: entry
    for entry in (
        Entry("x", "x", "input", "What the network is shown.", "(n₀, m)"),
        Entry("y", "y", "target", "What the output should have been.", "(n_L, m)"),
        Entry(
            "neuron",
            "x, h, ŷ",
            "neuron",
            "x is an input, h a hidden neuron, ŷ an output; the number below says which, a raised one in "
            "which layer.",
        ),
        Entry(
            "w",
            "w, v",
            "weight",
            "How strongly one neuron listens to another; drawn as a wire. With one hidden layer those "
            "into the output are v.",
            "(n_l, n_l₋₁)",
        ),
        Entry(
            "b",
            "b, c",
            "bias",
            "What a neuron adds to all it hears, whoever speaks. With one hidden layer an output’s is c.",
            "(n_l, 1)",
        ),
        Entry("z", "z", "weighted input", "The bias plus every signal times its weight.", "(n_l, m)"),
        Entry(
            "a",
            "a",
            "activation",
            "What the neuron says: its function of z. Also called its signal.",
            "(n_l, m)",
        ),
        Entry("sigmoid", "σ", "sigmoid", "1 / (1 + e⁻ᶻ): it squeezes any sum between 0 and 1."),
        Entry(
            "powers",
            "S",
            "sum of powers",
            "Softmax adds up eᶻ of all outputs; an output’s share is its own eᶻ divided by S.",
        ),
        Entry("cost", "C", "cost", "How wrong the output is, as one number.", "one number"),
        Entry(
            "slope",
            "f′(z)",
            "slope",
            "How much the activation moves when z moves; it gates the blame.",
            "(n_l, m)",
        ),
        Entry(
            "received",
            "∂C/∂a",
            "blame received",
            "How much the cost would grow if this neuron said a little more; arrives through its "
            "outgoing wires.",
            "(n_l, m)",
        ),
        Entry(
            "average",
            "R",
            "average blame",
            "What softmax’s outputs received on average, each by its share ŷ; only what one received "
            "beyond R moves its share.",
        ),
        Entry(
            "delta",
            "δ",
            "error",
            "∂C/∂z, the blame a neuron keeps: received times slope. Below zero: fire more; above: fire less.",
            "(n_l, m)",
        ),
        Entry(
            "nabla",
            "∇",
            "gradient",
            "∂C/∂w and ∂C/∂b for every dial: how much the cost would grow if that dial grew. Mean over "
            "the batch.",
            "as w, b",
        ),
        Entry("eta", "η", "learning rate", "How far each dial moves against its gradient.", "one number"),
        Entry(
            "decay",
            "λ",
            "weight decay",
            "How strongly a regulariser pulls every weight towards zero.",
            "one number",
        ),
        Entry(
            "price",
            "P",
            "price of large weights",
            "What the regulariser asks for all weights, times λ. It pulls beside the step (decoupled): no "
            "gradient and no cost has it in; the worked steps of the cost show it beside.",
            "one number",
        ),
        Entry(
            "memory",
            "velocity, mean, square",
            "running average",
            "What an optimiser keeps of the gradients so far: momentum a velocity, RMSProp the mean of the "
            "squares, Adam a mean and that of the squares, both corrected for their start at zero.",
            "as w, b",
        ),
        Entry("epsilon", "ε", "nudge", "A small push of one dial, to see what the cost does.", "one number"),
        Entry("dial", "w, b", "dial", "A weight or a bias: a number that descent may turn."),
        Entry(
            "batch",
            "m",
            "batch",
            "The examples of one iteration; the gradient is the mean over them. "
            "They come in turn, in the same order every epoch; a batch that does not divide them runs on.",
        ),
        Entry(
            "example",
            "⁽¹⁾",
            "of one example",
            "Raised and in brackets: which example of the data this number belongs to.",
        ),
        Entry(
            "ln",
            "ln",
            "natural logarithm",
            "ln a asks: e to which power is a? ln 1 is 0; near 0 it falls without end.",
        ),
        Entry(
            "partial",
            "∂",
            "partial derivative",
            "∂C/∂w is how steeply C rises when w alone grows a little and every other dial keeps still.",
        ),
        Entry("prime", "′", "prime", "f′ is the slope of a neuron’s function: how steep its curve is at z."),
        *PLAIN_WORDS,
    )
}
