"""A moment for programs: every array that is known, and nothing that is not."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from pydantic import BaseModel, Field

from app.engine.parameters import Array, Parameters
from app.lab.lab import Lab
from app.lab.recipe import parameters_as_json
from app.lab.replay import Numbers

SCHEMA = 2
Rows = list[list[float | None]]
Layers = dict[str, Rows]


class MomentPart(BaseModel):
    """What has just happened."""

    phase: str = Field(description="input, forward, cost, backward or descent")
    layer: int | None = Field(description="layer number, the output is the last; null where none is meant")
    neuron: int | None = Field(
        description="neuron number in its layer, from 1; null for a whole softmax layer"
    )


class NetworkPart(BaseModel):
    """The network's shape and functions."""

    sizes: list[int] = Field(description="n_0 … n_L, inputs first")
    activations: list[str] = Field(description="activation of each hidden layer")
    output: str = Field(description="activation of the output layer")
    cost: str = Field(description="cost function")


class Dials(BaseModel):
    """One number per dial, keyed by layer number as text, from "1"."""

    w: Layers = Field(description='w["l"][j][k]: shape (n_l, n_{l−1})')
    b: Layers = Field(description='b["l"][j][0]: shape (n_l, 1)')


class MomentJSON(BaseModel):
    """A lab at its moment. m is the batch size; columns are examples; rows not reached yet hold null, layers
    not reached yet are absent. Numbers carry no unit. Floats read back to the same float64."""

    id: str = Field(description="the lab, as in its address")
    schema_: int = Field(alias="schema", description="version of this layout")
    recipe: dict[str, Any] = Field(description="the fields to post to /labs for the same run")
    place: int = Field(description="moments since the start; `at` of the next step")
    iteration: int = Field(description="iterations finished before this one")
    moment: MomentPart = Field(description="what has just happened")
    next: str | None = Field(
        description="the verb that is legal now: forward, backward, descent or next; null at the end"
    )
    network: NetworkPart = Field(description="shape and functions")
    eta: float = Field(description="learning rate in force")
    examples: list[int] = Field(description="numbers of the batch's examples, from 1")
    x: Rows = Field(description="inputs, (n_0, m)")
    y: Rows = Field(description="targets, (n_L, m)")
    parameters: Dials = Field(description="the dials this iteration's signal goes through")
    z: Layers = Field(description="weighted inputs, (n_l, m)")
    a: Layers = Field(description='activations, (n_l, m); "0" is x')
    cost: float | None = Field(description="mean over the batch; null before the cost moment")
    received: Layers = Field(
        description="∂C/∂a, (n_l, m), each column for its own example's cost; null where beyond all numbers"
    )
    delta: Layers = Field(description="∂C/∂z, (n_l, m), each column for its own example's cost")
    nabla: Dials = Field(description="∂C/∂w and ∂C/∂b, mean over the batch")
    after: Dials | None = Field(description="the dials after the descent; null before it")


class ProblemJSON(BaseModel):
    """Why something could not be done."""

    detail: str = Field(description="the reason, in words")
    place: int | None = Field(None, description="where the lab still stands")
    next: str | None = Field(None, description="the verb that is legal now")
    fields: dict[str, str] | None = Field(None, description="what is wrong with each field, in words")


def moment_json(id: str, lab: Lab, numbers: Numbers, *, closed: bool = False) -> dict[str, Any]:
    """Return the moment as plain lists and numbers, without the gradient while that is closed."""
    sizes, network = numbers.network.sizes, numbers.network
    nabla = Parameters({}, {}) if closed else numbers.backward.nabla
    return {
        "id": id,
        "schema": SCHEMA,
        "recipe": lab.recipe.as_json(),
        "place": lab.place,
        "iteration": lab.iteration,
        "moment": {name: value or None for name, value in lab.moment._asdict().items()},
        "next": lab.next,
        "network": {
            "sizes": list(sizes),
            "activations": [activation.key for activation in network.hidden],
            "output": network.output.key,
            "cost": network.cost.key,
        },
        "eta": numbers.eta,
        "examples": [number + 1 for number in numbers.examples],
        "x": numbers.x.tolist(),
        "y": numbers.y.tolist(),
        "parameters": parameters_as_json(numbers.parameters),
        "z": layers(numbers.forward.z, sizes),
        "a": layers(numbers.forward.a, sizes),
        "cost": None if numbers.costs is None else float(numbers.costs.mean()),
        "received": layers(numbers.backward.received, sizes),
        "delta": layers(numbers.backward.delta, sizes),
        "nabla": {"w": layers(nabla.w, sizes), "b": layers(nabla.b, sizes)},
        "after": None if numbers.after is None else parameters_as_json(numbers.after),
    }


def layers(blocks: Mapping[int, Array], sizes: tuple[int, ...]) -> Layers:
    """Return arrays keyed by layer number as text; rows not reached yet hold null, and so does what is beyond
    all numbers."""
    return {
        str(layer): rows_of(block) + [[None] * block.shape[1]] * (sizes[layer] - len(block))
        for layer, block in sorted(blocks.items())
    }


def rows_of(block: Array) -> list[list[float | None]]:
    """Return an array's rows, null for what JSON has no number for."""
    return [[value if isfinite(value) else None for value in row] for row in block.tolist()]
