"""The addresses of a lab's page: its verbs, other ways of looking, its recipe, and the link to its moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.page.view import View, quoted


@lru_cache(maxsize=256)
def query_of(recipe: Recipe) -> str:
    """Return a recipe as a query string."""
    return urlencode(recipe.as_fields())


@dataclass(frozen=True)
class Links:
    """What a lab, its `id` and a view give by way of addresses."""

    id: str
    lab: Lab
    view: View

    def url(self, verb: str, **more: int | str) -> str:
        """Return the address of a verb of this lab, for this place and view."""
        own = "".join(f"&{name}={quoted(str(value))}" for name, value in more.items())
        query = self.view.still
        return f"/labs/{self.id}/{verb}?at={self.lab.place}{own}" + (f"&{query}" if query else "")

    @property
    def running(self) -> int:
        """Return how many iterations a run still has to go."""
        return max(0, self.view.run - self.lab.iteration)

    @property
    def run_tick(self) -> str:
        """Return the address of the run's next slice."""
        return self.url("skip", iterations=self.running, run=self.view.run)

    @property
    def tick(self) -> str:
        """Return the address of the player's next click."""
        return self.url("next", play=1)

    def look(self, **changes: int | str) -> str:
        """Return the address of this lab seen another way; a run goes on meanwhile."""
        query = self.view.query(**{"play": 0, **changes})
        if not self.id:  # the first visit: looking makes it one's own
            return self.at(self.lab.place) + (f"&{query}" if query else "")
        return f"/labs/{self.id}" + (f"?{query}" if query else "")

    def at(self, place: int) -> str:
        """Return the address that opens a copy of this run at another place."""
        return f"/at?{self.recipe_query}&place={place}"

    @property
    def recipe_query(self) -> str:
        """Return the recipe as a query string."""
        return query_of(self.lab.recipe)

    @property
    def link(self) -> str:
        """Return the address that opens a copy of this very moment for anybody, in as many digits."""
        digits = f"&digits={self.view.digits}" if self.view.digits != View().digits else ""
        return f"/at?{self.recipe_query}&place={self.lab.place}{digits}"

    def view_fields(self) -> list[tuple[str, str]]:
        """Return the view as form fields, what is usual left out; a run goes on meanwhile."""
        return parse_qsl(self.view.query(play=0))
