"""What every symbol stands for at a moment, worked out from the engine alone; and every equation there is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from random import Random

from hypothesis import strategies as st

from app.engine.parameters import zeros
from app.lab.dials import Dial
from app.lab.recipe import Recipe
from app.notation import names
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Num
from app.story.formulas.worked import Worker
from tests.lab.recipes import recipes
from tests.web.facts import Facts

THROWN = {
    "round": lambda dice: dice.randint(-10, 10) / 10,
    "large": lambda dice: dice.gauss(0, 20),
    "huge": lambda dice: dice.gauss(0, 1000),
    "tiny": lambda dice: dice.gauss(0, 1e-6),
    "zero": lambda dice: 0.0,
}


@st.composite
def any_recipe(draw: st.DrawFn) -> Recipe:
    """Draw a recipe: with changes, or with dials that are round, large, huge, tiny or all zero."""
    kind = draw(st.sampled_from(["drawn", "drawn", *THROWN]))
    recipe = draw(recipes(with_changes=kind == "drawn"))
    if kind == "drawn":
        return recipe
    dice = Random(draw(st.integers(0, 2**32)))
    recipe = replace(recipe, biases=True)
    return replace(recipe, parameters=tuple(THROWN[kind](dice) for _ in range(len(zeros(recipe.sizes)))))


def every_equation(worker: Worker) -> dict[str, list[Equation]]:
    """Return the equations of every mark."""
    found = {"cost": worker.cost()}
    for layer, size in enumerate(worker.sizes):
        for j in range(1, size + 1):
            found[f"n-{layer}-{j}"] = worker.neuron(layer, j)
            if layer:
                found[f"b-{layer}-{j}"] = worker.dial(Dial("b", layer, j))
                for k in range(1, worker.sizes[layer - 1] + 1):
                    found[f"w-{layer}-{j}-{k}"] = worker.dial(Dial("w", layer, j, k))
    return found


def quantities(formula: object) -> Iterator[Num]:
    """Yield the quantities of a formula from left to right."""
    if isinstance(formula, Num):
        yield formula
    elif isinstance(formula, tuple):
        for part in formula:
            yield from quantities(part)
    elif is_dataclass(formula):
        for field in fields(formula):
            yield from quantities(getattr(formula, field.name))


def marks_of(sizes: tuple[int, ...]) -> set[str]:
    """Return the ids of all marks in the picture."""
    found = {"cost", *(f"y-{j}" for j in range(1, sizes[-1] + 1))}
    for layer, size in enumerate(sizes):
        found |= {f"n-{layer}-{j}" for j in range(1, size + 1)}
        if layer:
            found |= {
                f"w-{layer}-{j}-{k}" for j in range(1, size + 1) for k in range(1, sizes[layer - 1] + 1)
            }
    return found


def meanings(facts: Facts, decay: float) -> dict[str, float]:
    """Return the value of every symbol that one example has, and of the dials."""
    sizes, found = facts.sizes, {"η": facts.known.eta, "λ": decay, "C": facts.cost()}
    for layer, size in enumerate(sizes):
        for j in range(1, size + 1):
            name = names.neuron(sizes, layer, j)
            found |= {
                name: facts.a(layer, j),
                f"z_{name}": facts.z(layer, j),
                f"f′_{name}": facts.slope(layer, j),
            }
            found |= {f"∂C/∂{name}": facts.received(layer, j), f"δ_{name}": facts.delta(layer, j)}
            if layer == len(sizes) - 1:
                found["y" + name[1:]] = facts.targets()[j - 1]
            for kind, dial, k in dials_into(sizes, layer, j) if layer else ():
                found[dial] = facts.dial(facts.known.before, kind, layer, j, k)
                found[f"∂C/∂{dial}"] = facts.nabla(kind, layer, j, k)
    return {name: value for name, value in (found | shared(facts)).items() if value is not None}


def shared(facts: Facts) -> dict[str, float]:
    """Return what coupled outputs have in common: the sum of their powers, and what they received on
    average."""
    last, size = len(facts.sizes) - 1, facts.sizes[-1]
    zs = [facts.z(last, j) for j in range(1, size + 1)]
    if not facts.known.network.activation(last).couples or None in zs:
        return {}
    least = max(zs) if max(map(abs, zs)) > 100 else 0.0
    found = {"S": math.fsum(math.exp(z - least) for z in zs)}
    if facts.delta(last, 1) is not None:
        found["R"] = math.fsum(facts.a(last, j) * facts.received(last, j) for j in range(1, size + 1))
    return found


def dials_into(sizes: tuple[int, ...], layer: int, j: int) -> list[tuple[str, str, int]]:
    """Return kind, name and upstream neuron of the dials of neuron j of a layer."""
    weights = [("w", names.weight(sizes, layer, j, k), k) for k in range(1, sizes[layer - 1] + 1)]
    return [*weights, ("b", names.bias(sizes, layer, j), 1)]
