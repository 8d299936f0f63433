"""What equations must be there: the names and values of all results, mark by mark, from the oracle."""

from __future__ import annotations

import math

import numpy as np

from app.lab.recipe import Recipe
from app.notation import names
from app.story.formulas.equation import Equation
from app.story.formulas.worked import SHORT
from tests.story.symbols import dials_into, shared
from tests.web.facts import Facts

AVERAGES = ("velocity", "mean", "square")  # what an optimiser keeps


def own(equation: Equation) -> bool:
    """Tell whether an equation's result is one of the engine's arrays, told for the first time, and no term
    of the optimiser's own."""
    return equation.note != SHORT and equation.result.name.partition("_")[0] not in AVERAGES


def priced(facts: Facts, recipe: Recipe, costs: np.ndarray) -> dict[str, float]:
    """Return what all weights are asked for, and the cost with it."""
    blocks = facts.known.before.w.values()
    l2, l1 = (
        sum(float(part(w)) for w in blocks) for part in (lambda w: 0.5 * (w**2).sum(), lambda w: abs(w).sum())
    )
    price = {"l2": l2, "l1": l1}.get(recipe.regulariser, 0.0)
    return {"P": price, "C_with P": float(costs.mean()) + recipe.decay * price}


def results(facts: Facts, recipe: Recipe) -> dict[str, list[tuple[str, float]]]:
    """Return the names and values that must be there, mark by mark."""
    truth, sizes = facts.known, facts.sizes
    found: dict[str, list[tuple[str, float | None]]] = {"cost": []}
    if truth.costs is not None:
        found["cost"] = [("C", facts.cost())] + [("C_batch", float(truth.costs.mean()))] * (
            len(truth.costs) > 1
        )
        if recipe.regulariser in ("l1", "l2"):
            found["cost"] += priced(facts, recipe, truth.costs).items()
    for layer, size in enumerate(sizes):
        for j in range(1, size + 1):
            name = names.neuron(sizes, layer, j)
            both = shared(facts) if layer == len(sizes) - 1 else {}
            said = {f"z_{name}": facts.z(layer, j), "S": both.get("S"), name: facts.a(layer, j)}
            said |= {
                f"∂C/∂{name}": facts.received(layer, j),
                f"f′_{name}": facts.slope(layer, j),
                "R": both.get("R"),
            }
            found[f"n-{layer}-{j}"] = [*said.items(), (f"δ_{name}", facts.delta(layer, j))] if layer else []
            for kind, dial, k in dials_into(sizes, layer, j) if layer else ():
                mark = f"{kind}-{layer}-{j}-{k}" if kind == "w" else f"b-{layer}-{j}"
                new = facts.dial(truth.after, kind, layer, j, k)
                found[mark] = [(f"∂C/∂{dial}", facts.nabla(kind, layer, j, k)), ("new", new)]
    return {
        mark: [(name, value) for name, value in pairs if value is not None and math.isfinite(value)]
        for mark, pairs in found.items()  # what is beyond all numbers is no equation's
    }
