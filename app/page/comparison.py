"""What a run is raced against by choice: the same but for what somebody typed, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from app.engine.optimisers import OPTIMISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.limits import ETA, SEED
from app.notation.numbers import typed_number
from app.page.view import View
from app.story import refusals as words

SHORT = 12  # letters of a number that a view takes


@dataclass(frozen=True)
class Comparison:
    """A lab's run and the choices of one view."""

    lab: Lab
    view: View

    @cached_property
    def rival(self) -> Recipe | None:
        """Return the recipe to race against: the same but for the choices made; None without any, or with a
        wrong one."""
        recipe, view = self.lab.recipe, self.view
        if self.wrong:
            return None
        if view.other_eta:
            changes = tuple(change for change in recipe.changes if change.what != "eta")
            recipe = replace(recipe, eta=typed_number(view.other_eta), changes=changes)
        if view.other_optimiser:
            recipe = replace(recipe, optimiser=view.other_optimiser)
        if view.other_seed:
            recipe = replace(recipe, seed=int(view.other_seed), parameters=None)
        return None if recipe == self.lab.recipe else recipe

    @cached_property
    def wrong(self) -> dict[str, str]:
        """Return a sentence for each choice that cannot be."""
        view, found = self.view, {}
        if said := mistake(view.other_eta, ETA, "eta"):
            found["other_eta"] = said
        if view.other_optimiser not in ("", *OPTIMISERS):
            found["other_optimiser"] = words.said("key", choices=", ".join(OPTIMISERS))
        if view.other_seed and not (
            view.other_seed.isascii() and view.other_seed.isdigit() and int(view.other_seed) <= SEED
        ):
            found["other_seed"] = words.out_of_range("seed")
        return found

    @property
    def runs(self) -> list[Recipe]:
        """Return this run and, where there is one, its rival."""
        return [self.lab.recipe, *([self.rival] if self.rival else [])]

    @property
    def choice(self) -> str:
        """Return what the two runs differ in where that is one choice: "eta", "optimiser" or "seed"; else
        "other"."""
        view = self.view
        made = {"eta": view.other_eta, "optimiser": view.other_optimiser, "seed": view.other_seed}
        named = [name for name, typed in made.items() if typed]
        return named[0] if len(named) == 1 else "other"

    @property
    def this_as_other(self) -> dict[str, str]:
        """Return the choices by which the other run is raced against this one, as far as a view can tell what
        this one is."""
        recipe, view, rival = self.lab.recipe, self.view, self.rival or self.lab.recipe
        found = {"other_eta": "", "other_optimiser": "", "other_seed": ""}
        if view.other_eta and recipe.eta != rival.eta and len(str(recipe.eta)) <= SHORT:
            found["other_eta"] = str(recipe.eta)
        if view.other_optimiser and recipe.optimiser != rival.optimiser:
            found["other_optimiser"] = recipe.optimiser
        if view.other_seed and recipe.parameters is None:
            found["other_seed"] = str(recipe.seed)
        return found

    @property
    def same(self) -> bool:
        """Tell whether the run to race against would be this very one."""
        view = self.view
        asked = view.other_eta or view.other_optimiser or view.other_seed
        return bool(asked) and not self.wrong and self.rival is None


def mistake(typed: str, most: float, field: str) -> str:
    """Say why a number cannot be used that must lie above 0, `most` at most; "" where it can, and for
    none."""
    try:
        fits = not typed or 0 < typed_number(typed) <= most
    except ValueError:
        fits = False
    return "" if fits else words.out_of_range(field)
