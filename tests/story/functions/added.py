"""Entries that are not ours, to be added to the registries: one nobody has prepared in each, and one that is
prepared."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.activations import ACTIVATIONS, Activation, sigmoid
from app.engine.costs import COSTS, Cost, Law
from app.engine.initialisers import INITIALISERS, Initialiser
from app.engine.optimisers import OPTIMISERS, Optimiser
from app.engine.regularisers import REGULARISERS, Regulariser
from app.lab.recipe import Recipe
from app.story.formulas.expression import Call, total
from app.story.functions import activations
from app.story.functions.activations import ONE, ToldActivation, sloped, valued

UNPREPARED: list[tuple[dict[str, Any], Any]] = [  # registries of the engine, and what is to be in them
    (ACTIVATIONS, Activation("softplus", lambda z: np.logaddexp(0.0, z), sigmoid, span=(0.0, float("inf")))),
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
            "softplus",
            "Softplus",
            "A ReLU with its corner rounded, so that nobody is ever quite silent.",
            formula="ln(1 + eᶻ)",
            slope_formula="σ(z)",
            value=lambda z: Call("ln", total(ONE, Call("exp", z))),
            slope=lambda a, z: Call("σ", z),
            numpy=valued("softplus", "np.logaddexp(0.0, z)") + sloped("softplus", "1.0 / (1.0 + np.exp(-z))"),
            torch="torch.nn.functional.softplus",
        ),
    ),
]
ALONE = {  # one choice that nobody has prepared, the others as they are
    "activation": Recipe(data="xor", hidden=(2,), activation="softplus"),
    "output": Recipe(data="and", hidden=(2,), output="softplus", cost="quadratic", batch=2),
    "cost": Recipe(data="half-adder", hidden=(2,), cost="log-cosh", batch=3),
    "cost of shares": Recipe(data="digits", hidden=(2,), output="softmax", cost="log-cosh"),
    "optimiser": Recipe(data="and", hidden=(2,), optimiser="sign-descent", eta=0.05),
    "regulariser": Recipe(data="and", hidden=(2,), regulariser="l4", decay=0.1, optimiser="adam"),
    "initialiser": Recipe(data="and", hidden=(2,), initialiser="uniform"),
}
ALL = Recipe(
    data="half-adder",
    hidden=(2, 2),
    activation="softplus",
    output="softplus",
    cost="log-cosh",
    optimiser="sign-descent",
    regulariser="l4",
    decay=0.1,
    eta=0.05,
    initialiser="uniform",
    batch=2,
)
