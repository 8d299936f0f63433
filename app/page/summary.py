"""A recipe in few words: its network, its preset, and two short lines for the head of the page."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.notation.language import SOURCE, _, per_language, spoken, tr
from app.notation.numbers import figure
from app.story import labels, presets
from app.story.functions import costs, optimisers

KEYS = {recipe: key for key, recipe in PRESETS.items()}


def shape_of(recipe: Recipe) -> str:
    """Return a network's layers and what its hidden neurons, or without any its outputs, make of their
    sums."""
    parts = [
        " → ".join(map(str, recipe.sizes)),
        labels.functions_named(recipe.activations or (recipe.output,)),
    ]
    return " · ".join([*parts, *([] if recipe.biases else [_("no biases")])])


def preset_of(recipe: Recipe) -> tuple[str, str] | None:
    """Return name and sentence of the preset that a recipe is, None where it is none."""
    key = KEYS.get(recipe)
    return (tr(presets.NAMES[key]), tr(presets.SENTENCES[key])) if key else None


class Listed(NamedTuple):
    """A preset in a menu: its key, name and sentence, its network in short, and the address that opens it."""

    key: str
    name: str
    sentence: str
    shape: str
    address: str


@per_language(4)
def presets_listed() -> list[Listed]:
    """Return all presets in their order."""
    return [
        Listed(
            key,
            tr(presets.NAMES[key]),
            tr(presets.SENTENCES[key]),
            shape_of(recipe),
            f"/at?{urlencode(recipe.as_fields())}",
        )
        for key, recipe in PRESETS.items()
    ]


def in_short(recipe: Recipe, eta: float, coming: float) -> tuple[str, str]:
    """Return a recipe in two short lines, with η as it is and, where it was set anew, as it will be."""
    first = f"{tr(recipe.dataset.name)} · {shape_of(recipe)}"
    cost = labels.lowered(tr(costs.told(recipe.cost).name))
    then = f" → {figure(coming)}" if coming != eta else ""
    return first, _(
        "η {eta} · batch {batch} · {cost} · {optimiser}",
        eta=figure(eta) + then,
        batch=recipe.batch,
        cost=cost,
        optimiser=recipe.optimiser if spoken() == SOURCE else tr(optimisers.told(recipe.optimiser).name),
    )
