"""Entries that are not ours, to be added to the registries: one nobody has prepared in each, and one that is
prepared."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.activations import ACTIVATIONS, Activation
from app.engine.costs import COSTS, Cost, Law
from app.engine.initialisers import INITIALISERS, Initialiser
from app.engine.optimisers import OPTIMISERS, Optimiser
from app.engine.regularisers import REGULARISERS, Regulariser
from app.lab.recipe import Recipe
from app.story.formulas.expression import Call, Ratio, Square, total
from app.story.functions import activations
from app.story.functions.activations import ONE, ToldActivation, sloped, valued

UNPREPARED: list[tuple[dict[str, Any], Any]] = [  # registries of the engine, and what is to be in them
    (
        ACTIVATIONS,
        Activation("softsign", lambda z: z / (1 + abs(z)), lambda z: (1 + abs(z)) ** -2.0, span=(-1, 1)),
    ),
    (COSTS, Cost("log-cosh", Law(lambda z, a, y: np.log(np.cosh(a - y)), lambda z, a, y: np.tanh(a - y)))),
    (OPTIMISERS, Optimiser("sign-descent", lambda memory, nabla, t: (nabla.map(np.sign), memory))),
    (REGULARISERS, Regulariser("l4", lambda w: 0.25 * (w**4).sum(), lambda w: w**3)),
    (INITIALISERS, Initialiser("uniform", lambda stream, n_out, n_in: stream.uniform(-1, 1, (n_out, n_in)))),
]
PREPARED: list[tuple[dict[str, Any], Any]] = [  # one activation as the README says: two entries
    UNPREPARED[0],
    (
        activations.ACTIVATIONS,
        ToldActivation(
            "softsign",
            "Softsign",
            "A tanh that comes to its ends more slowly, so that some blame still gets through.",
            formula="z / (1 + |z|)",
            slope_formula="1 / (1 + |z|)²",
            value=lambda z: Ratio(z, total(ONE, Call("abs", z))),
            slope=lambda a, z: Square(Ratio(ONE, total(ONE, Call("abs", z)))),
            numpy=valued("softsign", "z / (1 + np.abs(z))") + sloped("softsign", "(1 + np.abs(z)) ** -2.0"),
            torch="torch.nn.functional.softsign",
        ),
    ),
]
ALONE = {  # one choice that nobody has prepared, the others as they are
    "activation": Recipe(data="xor", hidden=(2,), activation="softsign"),
    "output": Recipe(data="and", hidden=(2,), output="softsign", cost="quadratic", batch=2),
    "cost": Recipe(data="half-adder", hidden=(2,), cost="log-cosh", batch=3),
    "cost of shares": Recipe(data="digits", hidden=(2,), output="softmax", cost="log-cosh"),
    "optimiser": Recipe(data="and", hidden=(2,), optimiser="sign-descent", eta=0.05),
    "regulariser": Recipe(data="and", hidden=(2,), regulariser="l4", decay=0.1, optimiser="adam"),
    "initialiser": Recipe(data="and", hidden=(2,), initialiser="uniform"),
}
ALL = Recipe(
    data="half-adder",
    hidden=(2, 2),
    activation="softsign",
    output="softsign",
    cost="log-cosh",
    optimiser="sign-descent",
    regulariser="l4",
    decay=0.1,
    eta=0.05,
    initialiser="uniform",
    batch=2,
)
