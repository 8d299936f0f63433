"""Recipes worth opening. To add one: an entry in `PRESETS`; its words go into `app/story/presets.py`."""

from __future__ import annotations

from dataclasses import replace

from app.lab.recipe import Change, Recipe

DEFAULT = "and"

Rows = list[list[float]]


def given(*layers: tuple[Rows, list[float]]) -> tuple[float, ...]:
    """Return exact first dials as a recipe holds them, from (weights, biases) per layer.

    >>> given(([[1, 2]], [3]))
    (1.0, 2.0, 3.0)
    """
    flat: list[float] = []
    for weights, biases in layers:
        flat += [float(value) for row in weights for value in row] + [float(value) for value in biases]
    return tuple(flat)


PAPER = Recipe(data="xor", activation="sigmoid", cost="quadratic", eta=0.8)  # begins with x = (0, 1), y = 1


def on_paper(*layers: tuple[Rows, list[float]]) -> Recipe:
    """Return a small all-sigmoid network on XOR with given dials; its first example is x = (0, 1), y = 1."""
    hidden = tuple(len(biases) for _, biases in layers[:-1])
    return Recipe(**{**vars(PAPER), "hidden": hidden, "parameters": given(*layers)})


# So few and so noisy examples that many neurons learn the noise by heart.
OVERFIT = Recipe(
    data="moons", size=40, noise=0.3, test=0.5, hidden=(12,), batch=20, optimiser="adam", eta=0.05
)

PRESETS: dict[str, Recipe] = {
    "and": Recipe(
        hidden=(2,),
        activation="sigmoid",
        cost="quadratic",
        eta=3.0,
        seed=47,
        changes=(Change(0, "example", 3.0),),  # x = (1, 0), whose first update lowers the cost of all four
    ),
    "xor": Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1),
    "article": Recipe(data="article", hidden=(2,), activation="sigmoid", cost="quadratic", eta=0.8, seed=1),
    "textbook": Recipe(  # M. Mazur, A Step by Step Backpropagation Example, 2015
        data="textbook",
        hidden=(2,),
        activation="sigmoid",
        output="sigmoid",
        cost="quadratic",
        eta=0.5,
        parameters=given(
            ([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35]), ([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60])
        ),
        held=("b-1-1", "b-1-2", "b-2-1", "b-2-2"),  # that page leaves the biases alone
    ),
    "half-adder": Recipe(data="half-adder", hidden=(4,), optimiser="momentum", eta=0.1),
    "digits": Recipe(data="digits", hidden=(8,), output="softmax", optimiser="adam", eta=0.05),
    "circle": Recipe(data="circle", noise=0.05, hidden=(4, 2), batch=10, seed=2),
    "lazy": on_paper(([[1.5, 2.2], [-1, -0.85]], [0, 0]), ([[0.2, -1.5]], [0])),
    "reverse": on_paper(([[0, 2.2], [0, 0.4], [0, -0.85]], [0, 0, 0]), ([[0.2, -0.9, 1.8]], [0])),
    "twins": on_paper(([[1, -2.2], [-1, 2.2]], [0, 0]), ([[0.7, 0.7]], [0])),
    "ear-muffs": Recipe(
        hidden=(3,),
        activation="sigmoid",
        parameters=given(([[0.5, -0.4], [4, 4.5], [0.3, 0.6]], [0, 0, 0]), ([[-0.8, -2, 0.9]], [0])),
    ),
    "cancelling": Recipe(
        data="xor",
        hidden=(2,),
        batch=4,
        eta=0.5,
        parameters=given(([[1, -1], [0.6, 0.8]], [0, 0]), ([[0, 0]], [0])),
    ),
    "overshoot": Recipe(  # two dials and no more, so that its surface is all there is, and never changes
        data="line",
        size=20,
        test=0.0,
        data_seed=2,
        hidden=(),
        output="linear",
        cost="quadratic",
        batch=20,
        eta=2.0,
        parameters=(0.8, 0.4),
    ),
    "stuck": Recipe(data="xor", hidden=(2,), initialiser="equal"),
    "vanishing": Recipe(data="xor", hidden=(3, 3, 3, 3, 3, 3), activation="sigmoid"),
    "dead": Recipe(
        hidden=(3,),
        activation="relu",
        parameters=given(([[0.5, 0.8], [-0.4, 0.6], [0.7, -0.2]], [-3, -3, -3]), ([[1, -1, 0.5]], [0])),
    ),
    "overfit": OVERFIT,
    "overfit-l2": replace(OVERFIT, regulariser="l2", decay=1.0),
}
