"""What an exported script is made of: this iteration's arrays as far as they have happened, and the code that
fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.engine.parameters import Array
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.story.functions import activations, costs, optimisers, regularisers
from app.story.labels import PHASE_NAMES

Blocks = Mapping[int, Array]


def script(lab: Lab, numbers: Numbers, title: str) -> dict[str, Any]:
    """Return everything the script templates ask for; arrays are texts, ready to stand inside
    `np.array(…)`."""
    recipe, network = lab.recipe, numbers.network
    return {
        "title": title,
        "phase": PHASE_NAMES[lab.moment.phase].lower(),
        "iteration": lab.iteration + 1,
        "examples": ", ".join(str(number + 1) for number in numbers.examples),
        "m": len(numbers.examples),
        "last": network.last,
        "x": literal(numbers.x),
        "y": literal(numbers.y),
        "w": literals(numbers.parameters.w),
        "b": literals(numbers.parameters.b),
        "functions": {key: activations.told(key) for key in used(numbers)},
        "activations": {layer: network.activation(layer).key for layer in network.layers},
        "cost": None if numbers.costs is None else costs.law_of(network.cost, network.output),
        "forward": {layer: len(rows) for layer, rows in numbers.forward.z.items()},
        "backward": {layer: len(rows) for layer, rows in numbers.backward.delta.items()},
        "descended": numbers.after is not None,
        "optimiser": optimisers.told(recipe.optimiser),
        "memory": {
            "w": [literals(part.w) for part in numbers.start.memory],
            "b": [literals(part.b) for part in numbers.start.memory],
        },
        "held": [
            (dial.kind, dial.layer, *dial.place) for dial in dials_of(network.sizes) if recipe.is_held(dial)
        ],
        "eta": repr(numbers.eta),
        "decay": repr(recipe.decay),
        "pull": None if recipe.regulariser == "none" else regularisers.told(recipe.regulariser),
        "missing": missing(numbers),
        "beyond": not all(np.isfinite(rows).all() for rows in numbers.backward.received.values()),
        "told": told(numbers),
    }


def missing(numbers: Numbers) -> dict[str, list[str]]:
    """Return the names of the functions that a script of this moment would need and that nobody has written
    lines for: in NumPy, and in PyTorch. Where there is one, nothing is repeated."""
    recipe, network = numbers.recipe, numbers.network
    needed = [(one.name, one.numpy, one.torch) for one in map(activations.told, used(numbers))]
    if numbers.costs is not None:
        law = costs.law_of(network.cost, network.output)
        lines = (law.numpy, law.torch) if law else ("", "")
        needed.append((costs.told(recipe.cost).name, *lines))
    if numbers.after is not None:
        rule, price = optimisers.told(recipe.optimiser), regularisers.told(recipe.regulariser)
        needed.append((rule.name, rule.numpy, rule.torch))
        if recipe.regulariser != "none":
            needed.append((price.name, price.numpy, price.torch))
    return {
        "numpy": [name for name, numpy, _ in needed if not numpy],
        "torch": [name for name, _, torch in needed if not torch],
    }


def used(numbers: Numbers) -> list[str]:
    """Return the keys of the activations whose code is needed, once each."""
    network = numbers.network
    return list(dict.fromkeys(network.activation(layer).key for layer in network.layers))


def told(numbers: Numbers) -> dict[str, str]:
    """Return every array the page has reached, under the name it has in the scripts; what the outputs
    received only where all of it is a number."""
    groups: list[tuple[str, Blocks]] = [
        ("z", numbers.forward.z),
        ("a", numbers.forward.a),
        ("received", numbers.backward.received),
        ("delta", numbers.backward.delta),
        ("nabla_w", numbers.backward.nabla.w),
        ("nabla_b", numbers.backward.nabla.b),
    ]
    if numbers.after is not None:
        groups += [("after_w", numbers.after.w), ("after_b", numbers.after.b)]
    found = {
        f"{name}[{layer}]": literal(block)
        for name, blocks in groups
        for layer, block in blocks.items()
        if np.isfinite(block).all()
    }
    return found if numbers.costs is None else {**found, "costs": literal(numbers.costs)}


def literals(blocks: Blocks) -> dict[int, str]:
    """Return arrays keyed by layer as texts."""
    return {layer: literal(block) for layer, block in blocks.items()}


def literal(block: Array) -> str:
    """Return an array as nested brackets, a row to a line; every number reads back to the same float64.

    >>> import numpy as np
    >>> print(literal(np.array([[0.1], [-2.0]])))
    [
        [0.1],
        [-2.0],
    ]
    """
    rows = block.tolist()
    if block.ndim == 1 or len(rows) == 1:
        return repr(rows)
    return "[\n" + "".join(f"    {row!r},\n" for row in rows) + "]"
