"""What an exported script is made of: this iteration's arrays as far as they have happened, and the code that
fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.parameters import Array
from app.export import snippets
from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.story.labels import PHASE_NAMES

Blocks = Mapping[int, Array]


def script(lab: Lab, numbers: Numbers, title: str) -> dict[str, Any]:
    """Return everything the script templates ask for; arrays are texts, ready to stand inside
    `np.array(…)`."""
    recipe, network = lab.recipe, numbers.network
    coupled = network.output.couples and network.cost.categorical
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
        "functions": {key: snippets.ACTIVATIONS[key] for key in used(numbers)},
        "activations": {layer: network.activation(layer).key for layer in network.layers},
        "cost": None
        if numbers.costs is None
        else snippets.COSTS["categorical" if coupled else network.cost.key],
        "forward": {layer: len(rows) for layer, rows in numbers.forward.z.items()},
        "backward": {layer: len(rows) for layer, rows in numbers.backward.delta.items()},
        "descended": numbers.after is not None,
        "optimiser": snippets.OPTIMISERS[recipe.optimiser],
        "memory": {
            "w": [literals(part.w) for part in numbers.start.memory],
            "b": [literals(part.b) for part in numbers.start.memory],
        },
        "eta": repr(numbers.eta),
        "decay": repr(recipe.decay),
        "pull": snippets.REGULARISERS[recipe.regulariser],
        "told": told(numbers),
    }


def used(numbers: Numbers) -> list[str]:
    """Return the keys of the activations whose code is needed, once each."""
    network = numbers.network
    return list(dict.fromkeys(network.activation(layer).key for layer in network.layers))


def told(numbers: Numbers) -> dict[str, str]:
    """Return every array the page has reached, under the name it has in the scripts."""
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
    found = {f"{name}[{layer}]": literal(block) for name, blocks in groups for layer, block in blocks.items()}
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
