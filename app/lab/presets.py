"""Recipes worth opening. To add one: an entry in `PRESETS`; its words go into `app/story/presets.py`."""

from __future__ import annotations

from app.lab.recipe import Recipe

DEFAULT = "and"

PRESETS: dict[str, Recipe] = {
    "and": Recipe(),
    "xor": Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1),
    "article": Recipe(data="article", hidden=(2,), activation="sigmoid", cost="quadratic", eta=0.8, seed=1),
    "half-adder": Recipe(data="half-adder", hidden=(4,), optimiser="momentum", eta=0.1),
    "digits": Recipe(data="digits", hidden=(8,), output="softmax", optimiser="adam", eta=0.05),
}
