"""What a recipe may be: the limits, and the choices that do not go together. Words for both are in the
story."""

from __future__ import annotations

from app.datasets.dataset import Dataset
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.lab.dials import MARK, dial_from
from app.lab.recipe import Change, Recipe
from app.limits import DIAL, ETA, ITERATIONS, Problem
from app.notation.numbers import figure


def fitting(data: Dataset) -> tuple[str, str]:
    """Return the output and the cost that fit some data: shares for one of many, yes or no, or any number."""
    if data.shares:
        return "softmax", "cross-entropy"
    return ("sigmoid", "cross-entropy") if data.classes else ("linear", "quadratic")


def problems(recipe: Recipe) -> list[Problem]:
    """Return what does not go together in a recipe whose single fields are in order."""
    found = []
    output, cost = ACTIVATIONS[recipe.output], COSTS[recipe.cost]
    if not all(ACTIVATIONS[key].hidden for key in recipe.activation.split(",")):
        found.append(Problem("activation", "hidden-softmax", {}))
    elif recipe.activation.count(",") and recipe.activation.count(",") >= len(recipe.hidden):
        named = recipe.activation.count(",") + 1
        found.append(
            Problem("activation", "activation-count", {"named": named, "layers": len(recipe.hidden)})
        )
    if output.couples and recipe.sizes[-1] == 1:
        found.append(Problem("output", "softmax-alone", {"data": recipe.dataset.name}))
    elif output.couples and not recipe.dataset.shares:
        found.append(Problem("output", "softmax-not-one-hot", {"data": recipe.dataset.name}))
    targets = recipe.dataset.targets
    if cost.outputs and not (targets.min() >= 0 and targets.max() <= 1):
        facts = {
            "data": recipe.dataset.name,
            "low": figure(float(targets.min())),
            "high": figure(float(targets.max())),
        }
        found.append(Problem("cost", "cost-needs-small-targets", facts))
    elif cost.outputs and recipe.output not in cost.outputs:
        found.append(Problem("cost", "cost-needs-shares", {"output": recipe.output}))
    if recipe.batch > recipe.dataset.rows:
        why = "batch-too-large" if recipe.dataset.x_test is None else "batch-too-large-held"
        found.append(Problem("batch", why, {"data": recipe.dataset.name, "rows": recipe.dataset.rows}))
    if not recipe.biases and any(block.any() for block in recipe.first_parameters().b.values()):
        found.append(Problem("parameters", "no-biases", {}))
    wrong = next((mark for mark in recipe.held if not MARK.fullmatch(mark)), None)
    if wrong is not None:
        found.append(Problem("held", "held-mark", {"mark": wrong}))
    for change in recipe.changes:
        if not sensible(recipe, change):
            found.append(Problem("changes", "change-unknown", {"what": change.what}))
    return found


def sensible(recipe: Recipe, change: Change) -> bool:
    """Tell whether a change names something this recipe has, with a value it can take."""
    if not 0 <= change.iteration < ITERATIONS:
        return False
    if change.what == "eta":
        return 0 < change.value <= ETA
    if change.what == "example":
        return change.value in range(1, recipe.dataset.rows + 1)
    dial = dial_from(change.what, recipe.sizes)
    if dial is None or (dial.kind == "b" and not recipe.biases):
        return False
    return abs(change.value) <= DIAL
