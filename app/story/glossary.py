"""The one table that joins the book's symbols to plain words. To add one: an entry in
`GLOSSARY`; without a symbol, one in `app/story/plain_words.py`."""

from __future__ import annotations

from app.notation.language import N_
from app.story.plain_words import PLAIN_WORDS, Entry

GLOSSARY: dict[str, Entry] = {
    entry.key: entry
    for entry in (
        Entry("x", "x", N_("input"), N_("What the network is shown."), "(n₀, m)"),
        Entry("y", "y", N_("target"), N_("What the output should have been."), "(n_L, m)"),
        Entry(
            "neuron",
            "x, h, ŷ",
            N_("neuron"),
            N_(
                "x is an input, h a hidden neuron, ŷ an output; the number below says which, a raised one in "
                "which layer."
            ),
        ),
        Entry(
            "w",
            "w, v",
            N_("weight"),
            N_(
                "How strongly one neuron listens to another; drawn as a wire. With one hidden layer those "
                "into the output are v."
            ),
            "(n_l, n_l₋₁)",
        ),
        Entry(
            "b",
            "b, c",
            N_("bias"),
            N_("What a neuron adds to all it hears, whoever speaks. With one hidden layer an output’s is c."),
            "(n_l, 1)",
        ),
        Entry("z", "z", N_("weighted input"), N_("The bias plus every signal times its weight."), "(n_l, m)"),
        Entry(
            "a",
            "a",
            N_("activation"),
            N_("What the neuron says: its function of z. Also called its signal."),
            "(n_l, m)",
        ),
        Entry("sigmoid", "σ", N_("sigmoid"), N_("1 / (1 + e⁻ᶻ): it squeezes any sum between 0 and 1.")),
        Entry(
            "powers",
            "S",
            N_("sum of powers"),
            N_("Softmax adds up eᶻ of all outputs; an output’s share is its own eᶻ divided by S."),
        ),
        Entry("cost", "C", N_("cost"), N_("How wrong the output is, as one number."), N_("one number")),
        Entry(
            "slope",
            "f′(z)",
            N_("slope"),
            N_("How much the activation moves when z moves; it gates the blame."),
            "(n_l, m)",
        ),
        Entry(
            "received",
            "∂C/∂a",
            N_("blame received"),
            N_(
                "How much the cost would grow if this neuron said a little more; arrives through its "
                "outgoing wires."
            ),
            "(n_l, m)",
        ),
        Entry(
            "average",
            "R",
            N_("average blame"),
            N_(
                "What softmax’s outputs received on average, each by its share ŷ; only what one received "
                "beyond R moves its share."
            ),
        ),
        Entry(
            "delta",
            "δ",
            N_("error"),
            N_(
                "∂C/∂z, the blame a neuron keeps: received times slope. Below zero: fire more; "
                "above: fire less."
            ),
            "(n_l, m)",
        ),
        Entry(
            "nabla",
            "∇",
            N_("gradient"),
            N_(
                "∂C/∂w and ∂C/∂b for every dial: how much the cost would grow if that dial grew. Mean over "
                "the batch."
            ),
            N_("as w, b"),
        ),
        Entry(
            "eta",
            "η",
            N_("learning rate"),
            N_("How far each dial moves against its gradient."),
            N_("one number"),
        ),
        Entry(
            "decay",
            "λ",
            N_("weight decay"),
            N_("How strongly a regulariser pulls every weight towards zero."),
            N_("one number"),
        ),
        Entry(
            "price",
            "P",
            N_("price of large weights"),
            N_(
                "What the regulariser asks for all weights, times λ. It pulls beside the step (decoupled): "
                "no gradient and no cost has it in; the worked steps of the cost show it beside."
            ),
            N_("one number"),
        ),
        Entry(
            "memory",
            N_("velocity, mean, square"),
            N_("running average"),
            N_(
                "What an optimiser keeps of the gradients so far: momentum a velocity, RMSProp the mean of "
                "the squares, Adam a mean and that of the squares, both corrected for their start at zero."
            ),
            N_("as w, b"),
        ),
        Entry(
            "epsilon",
            "ε",
            N_("nudge"),
            N_("A small push of one dial, to see what the cost does."),
            N_("one number"),
        ),
        Entry("dial", "w, b", N_("dial"), N_("A weight or a bias: a number that descent may turn.")),
        Entry(
            "batch",
            "m",
            N_("batch"),
            N_(
                "The examples of one iteration; the gradient is the mean over them. "
                "They come in turn, in the same order every epoch; a batch that does not divide them runs on."
            ),
        ),
        Entry(
            "example",
            "⁽¹⁾",
            N_("of one example"),
            N_("Raised and in brackets: which example of the data this number belongs to."),
        ),
        Entry(
            "ln",
            "ln",
            N_("natural logarithm"),
            N_("ln a asks: e to which power is a? ln 1 is 0; near 0 it falls without end."),
        ),
        Entry(
            "partial",
            "∂",
            N_("partial derivative"),
            N_("∂C/∂w is how steeply C rises when w alone grows a little and every other dial keeps still."),
        ),
        Entry(
            "prime",
            "′",
            N_("prime"),
            N_("f′ is the slope of a neuron’s function: how steep its curve is at z."),
        ),
        *PLAIN_WORDS,
    )
}
