"""A recipe: every choice that decides the numbers. The same recipe gives the same numbers for ever."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from app.datasets.dataset import Dataset, divided
from app.datasets.generated import GENERATED, generated
from app.datasets.tables import DATASETS
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.initialisers import initial
from app.engine.network import Network
from app.engine.parameters import Parameters, zeros
from app.lab.dials import Dial, dial_from, with_dial

DRAWN = ("size", "noise", "data_seed", "test")  # decide something only where the examples are drawn
PARTED = ("data_seed", "test")  # and these also where they are somebody's own


class Change(NamedTuple):
    """Something a person set in mid-run, from the start of `iteration` on.

    what: "eta", "example" (the number, from 1, of the example that iteration begins with), or a dial:
    "w-l-j-k", "b-l-j", all counted from 1.
    """

    iteration: int
    what: str
    value: float


@dataclass(frozen=True)
class Recipe:
    """Name the data, the network, the way downhill and what was changed on the way.

    `activation` is one key for all hidden layers, or one for each, with commas between. Without `biases` all
    of them are 0 and stay so; `held` names other dials that keep their value, by their marks.
    `parameters` are the first dials as one flat tuple in the order of the dials, where they were given
    instead of drawn. Texts are keys of the engine's registries. `size` examples are drawn with `noise` from
    `data_seed`, and the share `test` of them is held back; for tables these four stay as they are. `own` are
    somebody's own examples, whose content gives `data` its name, which is why equality does not ask for them.
    """

    data: str = "and"
    hidden: tuple[int, ...] = (3,)
    activation: str = "tanh"
    output: str = "sigmoid"
    cost: str = "cross-entropy"
    optimiser: str = "descent"
    eta: float = 0.3
    initialiser: str = "xavier"
    seed: int = 0
    batch: int = 1
    regulariser: str = "none"
    decay: float = 0.0
    parameters: tuple[float, ...] | None = None
    changes: tuple[Change, ...] = ()
    size: int = 100
    noise: float = 0.1
    data_seed: int = 0
    test: float = 0.2
    biases: bool = True
    held: tuple[str, ...] = ()
    own: Dataset | None = field(default=None, compare=False, repr=False)

    @property
    def dataset(self) -> Dataset:
        """Return the examples."""
        if self.own is not None:
            return divided(self.own, self.data_seed, self.test)
        if self.data in GENERATED:
            return generated(self.data, self.size, self.noise, self.data_seed, self.test)
        return DATASETS[self.data]

    @property
    def deciding(self) -> list[str]:
        """Return the names of the fields that decide something here."""
        idle = set(DRAWN) - set(PARTED if self.own else DRAWN if self.data in GENERATED else ())
        idle |= {name for name, usual in (("biases", True), ("held", ())) if getattr(self, name) == usual}
        return [f.name for f in fields(self) if f.compare and f.name not in idle]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the layer sizes (n_0, …, n_L)."""
        return (self.dataset.x.shape[0], *self.hidden, self.dataset.y.shape[0])

    @property
    def network(self) -> Network:
        """Return the network's shape and functions."""
        return network_of(self.sizes, self.activations, self.output, self.cost)

    @property
    def activations(self) -> tuple[str, ...]:
        """Return the key of each hidden layer's activation; the last one named goes for all that follow."""
        keys = self.activation.split(",")
        return (*keys, *[keys[-1]] * len(self.hidden))[: len(self.hidden)]

    def first_parameters(self) -> Parameters:
        """Return the dials before the first step: the given ones, or drawn by the initialiser."""
        if self.parameters is not None:
            return zeros(self.sizes).filled(np.array(self.parameters))
        drawn = initial(self.initialiser, self.sizes, self.seed)
        return drawn if self.biases else Parameters(drawn.w, zeros(self.sizes).b)

    def reshaped(self, hidden: tuple[int, ...]) -> Recipe:
        """Return the recipe with other hidden layers, whose dials are drawn; the activation of one that is
        taken away goes with it."""
        other = replace(self, hidden=hidden, parameters=None)
        keys = other.activations or (self.activation.split(",")[0],)
        return replace(other, activation=keys[0] if len(set(keys)) == 1 else ",".join(keys))

    def is_held(self, dial: Dial) -> bool:
        """Tell whether a dial keeps its value in every descent."""
        return bool(self.held and dial.mark in self.held) or (dial.kind == "b" and not self.biases)

    @property
    def still(self) -> Parameters | None:
        """Return 1 for every dial that is held and 0 for the others; None where all may move."""
        return held_in(self.sizes, self.biases, self.held)

    def until(self, iteration: int) -> Recipe:
        """Return the recipe without the changes of this iteration and later ones: all that decides its
        start."""
        if not self.changes or self.changes[-1].iteration < iteration:
            return self
        return replace(self, changes=tuple(c for c in self.changes if c.iteration < iteration))

    def eta_at(self, iteration: int) -> float:
        """Return the learning rate in force in an iteration."""
        found = [c.value for c in self.changes if c.what == "eta" and c.iteration <= iteration]
        return found[-1] if found else self.eta

    @property
    def largest_eta(self) -> float:
        """Return the largest learning rate that is in force in any iteration."""
        return max(self.eta, *(c.value for c in self.changes if c.what == "eta"), 0.0)

    def examples_at(self, iteration: int) -> list[int]:
        """Return the numbers, from 0, of an iteration's examples: in turn, onward from the last one
        chosen."""
        chosen = [c for c in self.changes if c.what == "example" and c.iteration <= iteration]
        if not chosen:
            return self.dataset.batch(iteration, self.batch)
        first = int(chosen[-1].value) - 1
        turns = self.dataset.batch(iteration - chosen[-1].iteration, self.batch)
        return [(number + first) % self.dataset.rows for number in turns]

    def with_typed_dials(self, parameters: Parameters, iteration: int) -> Parameters:
        """Return the dials with those replaced that a person typed in for this iteration."""
        for change in self.changes:
            dial = dial_from(change.what, self.sizes) if change.iteration == iteration else None
            parameters = with_dial(parameters, dial, change.value) if dial else parameters
        return parameters

    def as_json(self) -> dict[str, Any]:
        """Return the fields a program would post to get this recipe again; unset ones are left out, own
        examples are in it."""
        plain = {name: getattr(self, name) for name in self.deciding}
        plain["hidden"] = list(self.hidden)
        plain["changes"] = [list(change) for change in self.changes]
        if self.held:
            plain["held"] = list(self.held)
        if not self.changes:
            del plain["changes"]
        if "," in self.activation:
            plain["activation"] = list(self.activations)
        if self.own is not None:
            plain["data"] = self.own.as_rows()
        if self.parameters is not None:
            plain["parameters"] = parameters_as_json(self.first_parameters())
        return {name: value for name, value in plain.items() if value is not None}

    def as_fields(self) -> dict[str, str]:
        """Return the same as form fields: one text each."""
        return dict(fields_of(self))

    def text(self) -> str:
        """Return the canonical JSON text, which `recipe_from` reads back."""
        return json.dumps({name: getattr(self, name) for name in self.deciding}, separators=(",", ":"))

    def key(self) -> str:
        """Return a short name for the recipe: the same choices, the same name."""
        return sha256(self.text().encode()).hexdigest()[:32]


@lru_cache(maxsize=1024)
def fields_of(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """Return a recipe's form fields as (name, text) pairs."""
    plain = recipe.as_json() | {"data": recipe.data}
    plain["hidden"] = ", ".join(map(str, recipe.hidden))
    plain["activation"] = recipe.activation
    if recipe.held:
        plain["held"] = ", ".join(recipe.held)
    for name in ("parameters", "changes"):
        if name in plain:
            plain[name] = json.dumps(plain[name], separators=(",", ":"))
    return tuple((name, str(value)) for name, value in plain.items())


def recipe_from(text: str) -> Recipe:
    """Read a recipe from its canonical text."""
    raw = json.loads(text)
    raw["hidden"], raw["held"] = tuple(raw["hidden"]), tuple(raw.get("held", ()))
    raw["parameters"] = None if raw["parameters"] is None else tuple(raw["parameters"])
    raw["changes"] = tuple(Change(*change) for change in raw["changes"])
    return Recipe(**raw)


def parameters_as_json(parameters: Parameters) -> dict[str, dict[str, list[list[float]]]]:
    """Return {"w": {"1": [[…]]}, "b": {"1": [[…]]}}; floats keep every digit."""
    return {
        kind: {str(layer): block[layer].tolist() for layer in sorted(block)}
        for kind, block in (("w", parameters.w), ("b", parameters.b))
    }


@lru_cache(maxsize=1024)
def network_of(sizes: tuple[int, ...], hidden: tuple[str, ...], output: str, cost: str) -> Network:
    """Return the network with these keys, one for each hidden layer; equal ones are one object."""
    return Network(sizes, tuple(ACTIVATIONS[key] for key in hidden), ACTIVATIONS[output], COSTS[cost])


@lru_cache(maxsize=256)
def held_in(sizes: tuple[int, ...], biases: bool, held: tuple[str, ...]) -> Parameters | None:
    """Return 1 for every dial that is held and 0 for the others; None where all may move. Marks of dials that
    the network has not are left out, so that they come back with their layer."""
    if biases and not held:
        return None
    found = zeros(sizes).map(np.copy)
    for layer in found.b:
        found.b[layer][...] = 0.0 if biases else 1.0
    for dial in filter(None, (dial_from(mark, sizes) for mark in held)):
        dial.blocks(found)[dial.layer][dial.place] = 1.0
    return found.frozen() if any(block.any() for block in found.blocks()) else None
