"""What a run is compared with: the same but for the choices somebody made, and the way to go there and
back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from urllib.parse import urlencode

from app.analysis.history import History
from app.engine.optimisers import OPTIMISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.limits import ETA, ITERATIONS, SEED
from app.notation.numbers import typed_number
from app.page.view import View
from app.story import refusals as words

SHORT = 12  # letters of a number that a view takes


@dataclass(frozen=True)
class Choices:
    """A lab's run and the choices of one view."""

    lab: Lab
    history: History
    view: View

    @cached_property
    def reach(self) -> int:
        """Return the farthest iteration that was visited: going back in the run does not shorten it."""
        return min(max(self.lab.iteration, self.view.far), ITERATIONS - 1)

    @cached_property
    def rival(self) -> Recipe | None:
        """Return the recipe to compare with: the same but for the choices made; None without any, or with a
        wrong one."""
        recipe, view = self.lab.recipe, self.view
        if self.wrong.keys() - {"below"}:
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
        for name, most, between in (
            ("below", inf, words.ABOVE_ZERO),
            ("other_eta", ETA, words.BETWEEN["eta"]),
        ):
            try:
                fits = not getattr(view, name) or 0 < typed_number(getattr(view, name)) <= most
            except ValueError:
                fits = False
            if not fits:
                found[name] = words.SENTENCES["number"].format(between=between)
        if view.other_optimiser not in ("", *OPTIMISERS):
            found["other_optimiser"] = words.SENTENCES["key"].format(choices=", ".join(OPTIMISERS))
        if view.other_seed and not (
            view.other_seed.isascii() and view.other_seed.isdigit() and int(view.other_seed) <= SEED
        ):
            found["other_seed"] = words.SENTENCES["whole"].format(between=words.BETWEEN["seed"])
        return found

    @property
    def rival_link(self) -> str:
        """Return the address that opens the other run, standing at the same place."""
        return f"/at?{urlencode(self.rival.as_fields() | self.this_as_other)}&place={self.lab.place}"

    @property
    def this_as_other(self) -> dict[str, str]:
        """Return the view in which the other run is compared with this one, as far as a view can tell what
        this one is."""
        recipe, view = self.lab.recipe, self.view
        found = {"panel": "downhill", "far": str(self.reach)}
        if view.other_eta and recipe.eta != self.rival.eta and len(str(recipe.eta)) <= SHORT:
            found["other_eta"] = str(recipe.eta)
        if view.other_optimiser and recipe.optimiser != self.rival.optimiser:
            found["other_optimiser"] = recipe.optimiser
        if view.other_seed and recipe.parameters is None:
            found["other_seed"] = str(recipe.seed)
        return found

    @property
    def same(self) -> bool:
        """Tell whether the run to compare with would be this very one."""
        view = self.view
        asked = view.other_eta or view.other_optimiser or view.other_seed
        return bool(asked) and not self.wrong.keys() - {"below"} and self.rival is None
