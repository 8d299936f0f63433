"""The JSON that a moment must be, written from what is known: rows not reached are null, layers not reached
absent."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from app.engine.parameters import Parameters
from tests.web.checker import NotTrue
from tests.web.oracle import Known, moments_of

VERBS = {
    "input": "next",
    "forward": "forward",
    "cost": "forward",
    "backward": "backward",
    "descent": "descent",
}


def document_of(known: Known) -> dict[str, Any]:
    """Return all of a moment's JSON that its numbers decide."""
    moments, network = moments_of(known.network), known.network
    position = moments.index((known.phase, known.layer, known.neuron))
    coming = moments[(position + 1) % len(moments)][0]
    nabla = known.backward.nabla
    return {
        "schema": 2,
        "place": known.iteration * len(moments) + position,
        "iteration": known.iteration,
        "moment": {"phase": known.phase, "layer": known.layer, "neuron": known.neuron},
        "next": VERBS[coming],
        "network": {
            "sizes": list(known.sizes),
            "activations": [one.key for one in network.hidden],
            "output": network.output.key,
            "cost": network.cost.key,
        },
        "eta": known.eta,
        "examples": known.examples,
        "x": known.x.tolist(),
        "y": known.y.tolist(),
        "parameters": dials(known.before),
        "z": layers(known.forward.z, known.sizes),
        "a": layers(known.forward.a, known.sizes),
        "cost": None if known.costs is None else float(known.costs.mean()),
        "received": layers(known.backward.received, known.sizes),
        "delta": layers(known.backward.delta, known.sizes),
        "nabla": {"w": layers(nabla.w, known.sizes), "b": layers(nabla.b, known.sizes)},
        "after": None if known.after is None else dials(known.after),
    }


def dials(parameters: Parameters) -> dict[str, Any]:
    """Return all dials, keyed by layer number as text."""
    blocks = {"w": parameters.w, "b": parameters.b}
    return {
        kind: {str(layer): block.tolist() for layer, block in found.items()} for kind, found in blocks.items()
    }


def layers(blocks: dict[int, np.ndarray], sizes: tuple[int, ...]) -> dict[str, Any]:
    """Return arrays keyed by layer number as text, filled up with rows of null."""
    found = {}
    for layer, block in blocks.items():
        missing = [[None] * block.shape[1] for _ in range(sizes[layer] - len(block))]
        found[str(layer)] = block.tolist() + missing
    return found


def check_document(text: str, known: Known) -> None:
    """See that a JSON answer says what is known: to the last bit, and not a word more."""
    found, true = json.loads(text), document_of(known)
    extra = set(found) - set(true) - {"id", "recipe"}
    if extra:
        raise NotTrue(f"JSON has more than it should: {extra}")
    for name, value in true.items():
        if json.dumps(found[name], sort_keys=True) != json.dumps(value, sort_keys=True):
            raise NotTrue(f"JSON, {name}: {found[name]} instead of {value}")
