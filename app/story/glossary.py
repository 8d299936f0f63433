"""The one table that joins the book's symbols to plain words. To add a word: an entry in `GLOSSARY`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A symbol as the engine and the JSON have it, as the page writes it, its word, its sentence, its shape."""

    key: str
    symbol: str
    word: str
    sentence: str
    shape: str = ""


GLOSSARY: dict[str, Entry] = {
    entry.key: entry
    for entry in (
        Entry("x", "x", "input", "What the network is shown.", "(n₀, m)"),
        Entry("y", "y", "target", "What the output should have been.", "(n_L, m)"),
        Entry("w", "w", "weight", "How strongly one neuron listens to another; drawn as a wire.", "(n_l, n_l₋₁)"),
        Entry("b", "b", "bias", "What a neuron adds to all it hears, whoever speaks.", "(n_l, 1)"),
        Entry("z", "z", "weighted input", "The bias plus every signal times its weight.", "(n_l, m)"),
        Entry("a", "a", "activation", "What the neuron says: its function of z. Also called its signal.", "(n_l, m)"),
        Entry("cost", "C", "cost", "How wrong the output is, as one number.", "one number"),
        Entry("slope", "f′(z)", "slope", "How much the activation moves when z moves; it gates the blame.", "(n_l, m)"),
        Entry(
            "received", "∂C/∂a", "blame received",
            "How much the cost would grow if this neuron said a little more; arrives through its outgoing wires.",
            "(n_l, m)",
        ),
        Entry(
            "delta", "δ", "error",
            "∂C/∂z, the blame a neuron keeps: received times slope. Below zero: fire more; above: fire less.",
            "(n_l, m)",
        ),
        Entry(
            "nabla", "∇", "gradient",
            "∂C/∂w and ∂C/∂b for every dial: how much the cost would grow if that dial grew. Mean over the batch.",
            "as w, b",
        ),
        Entry("eta", "η", "learning rate", "How far each dial moves against its gradient.", "one number"),
        Entry("dial", "w, b", "dial", "A weight or a bias: a number that descent may turn."),
        Entry("moment", "", "moment", "One event of an iteration: what has just happened."),
        Entry("batch", "m", "batch", "The examples of one iteration; the gradient is the mean over them."),
        Entry("iteration", "", "iteration", "Forward, cost, backward, descent: one move of all dials."),
    )
}  # fmt: skip
