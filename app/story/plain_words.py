"""The words of the glossary that stand for themselves, without a symbol. To add one: an entry here."""

from __future__ import annotations

from dataclasses import dataclass

from app.notation.language import N_


@dataclass(frozen=True)
class Entry:
    """A symbol as the engine and the JSON have it, as the page writes it, its word, its sentence, its
    shape."""

    key: str
    symbol: str
    word: str
    sentence: str
    shape: str = ""


PLAIN_WORDS = (
    Entry("moment", "", N_("moment"), N_("One event of an iteration: what has just happened.")),
    Entry("iteration", "", N_("iteration"), N_("Forward, cost, backward, descent: one move of all dials.")),
    Entry(
        "layer",
        "",
        N_("layer"),
        N_(
            "A column of neurons that all hear the column before. The inputs are layer 0; the last is the "
            "output."
        ),
    ),
    Entry(
        "hidden",
        "",
        N_("hidden"),
        N_(
            "Between inputs and output. No target says what a hidden neuron should answer; its error comes "
            "from those that listen to it."
        ),
    ),
    Entry(
        "fire",
        "",
        N_("fire"),
        N_(
            "To give an answer. A neuron that should fire more should have a larger activation; fire less, a "
            "smaller one."
        ),
    ),
    Entry(
        "tanh",
        "",
        "tanh",
        N_("(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ): it squeezes any sum between −1 and 1. Short for hyperbolic tangent."),
    ),
    Entry(
        "crossentropy",
        "",
        N_("cross-entropy"),
        N_(
            "A cost that is large when the output was sure and wrong. For yes or no: −ln ŷ where y is 1, "
            "−ln(1 − ŷ) where y is 0; with softmax −ln ŷ of the right output."
        ),
    ),
    Entry(
        "hand",
        "",
        N_("hand"),
        N_(
            "It goes from a neuron that passes blame back to the one it blames most, by w·δ. Who has "
            "little blame, or blames two alike, lifts none. Of a neuron that you pick it points by what "
            "the lens shows."
        ),
    ),
    Entry(
        "lens",
        "",
        N_("lens"),
        N_(
            "What the picture shows of the same numbers: activation, error, blame, gradient or weights. "
            "Changing it changes no number."
        ),
    ),
    Entry(
        "epoch",
        "",
        N_("epoch"),
        N_("One round of the training examples: as many of them have had their turn as there are."),
    ),
    Entry(
        "place",
        "",
        N_("place"),
        N_("How many moments a run has come from its start; a step is one place on or several."),
    ),
    Entry(
        "seed",
        "",
        N_("seed"),
        N_(
            "A whole number from which all chance is made: the same seed draws the same weights or examples "
            "again."
        ),
    ),
    Entry(
        "optimiser",
        "",
        N_("optimiser"),
        N_(
            "The rule by which dials move on the gradient. Gradient descent takes η times the gradient; "
            "others also remember earlier ones."
        ),
    ),
    Entry(
        "training",
        "",
        N_("training cost"),
        N_("The mean cost over all examples that the network learns from."),
    ),
    Entry(
        "test",
        "",
        N_("test cost"),
        N_("The mean cost over examples that were held back: the network never learns from them."),
    ),
    Entry(
        "overfitting",
        "",
        N_("overfitting"),
        N_(
            "Learning the training examples by heart, their chance included: the training cost falls on, the "
            "test cost rises."
        ),
    ),
)
