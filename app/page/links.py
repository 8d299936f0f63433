"""The addresses of a lab's page: its verbs, other ways of looking, its recipe, and the link to its moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.page.view import View, quoted

NEW = "new"  # the id of a moment that is looked at and not kept: the first press makes a lab of it
UNDONE: dict[str, str | int] = {
    **dict.fromkeys(("play", "run", "sure"), 0),
    **dict.fromkeys(("undo", "tried", "asked", "answered", "goal", "solved", "score", "before"), ""),
}


@lru_cache(maxsize=256)
def query_of(recipe: Recipe) -> str:
    """Return a recipe as a query string."""
    return urlencode(recipe.as_fields())


@dataclass(frozen=True)
class Links:
    """What a lab, its `id` and a view give by way of addresses. Without an id, or as `NEW`, it is not kept:
    recipe and place stand in the address."""

    id: str
    lab: Lab
    view: View

    def url(self, verb: str, **more: int | str) -> str:
        """Return the address of a verb of this lab, for this place and view."""
        own = "".join(f"&{name}={quoted(str(value))}" for name, value in more.items())
        query, here = self.view.still, f"at={self.lab.place}"
        if not self.kept:
            here = f"{self.recipe_query}&place={self.lab.place}&{here}"
        return f"{self.path}/{verb}?{here}{own}" + (f"&{query}" if query else "")

    def file(self, name: str) -> str:
        """Return the address of what can be had of this moment beside its page; an answer that is being read
        stays read."""
        read = {"asked": self.view.asked, "answered": self.view.answered} if self.view.asked else {}
        return self.url(name, **read)

    @property
    def json(self) -> str:
        """Return the address of this moment for programs."""
        query = self.view.query() if self.view.ask else ""
        return f"{self.path}.json" + (f"?{query}" if query else "")

    @property
    def kept(self) -> bool:
        """Tell whether there is a lab in the store."""
        return self.id not in ("", NEW)

    @property
    def path(self) -> str:
        """Return the address without a query: of the lab, or of moments that are not kept."""
        return f"/labs/{self.id}" if self.kept else "/at"

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
        if "panel" in changes:
            changes["before"] = self.opened if changes["panel"] == "share" else ""
        query = self.view.query(**{"play": 0, **changes})
        if not self.kept:
            return self.at(self.lab.place) + (f"&{query}" if query else "")
        return self.path + (f"?{query}" if query else "")

    def at(self, place: int) -> str:
        """Return the address that shows this run at another place, not kept."""
        return f"/at?{self.recipe_query}&place={place}"

    @property
    def recipe_query(self) -> str:
        """Return the recipe as a query string."""
        return query_of(self.lab.recipe)

    @property
    def link(self) -> str:
        """Return the address that shows this very moment to anybody, in as many digits."""
        digits = f"&digits={self.view.digits}" if self.view.digits != View().digits else ""
        return f"/at?{self.recipe_query}&place={self.lab.place}{digits}"

    @property
    def opened(self) -> str:
        """Return the panel that is open beside the picture, apart from Share."""
        return self.view.before if self.view.panel == "share" else self.view.panel

    def shortly(self, language: str) -> str:
        """Return the address that a short link stands for: this moment as it is looked at, in this language,
        and nothing of what whoever looks has done so far."""
        query = self.view.query(panel=self.opened, **UNDONE, lang=language)
        return f"{self.at(self.lab.place)}&{query}"

    @property
    def shorten(self) -> str:
        """Return the address that makes a short link of this moment; the page stays as it is."""
        query = self.view.query(play=0)
        if not self.kept:
            query = f"{self.recipe_query}&place={self.lab.place}" + (f"&{query}" if query else "")
        return f"{self.path}/short?{query}"

    @property
    def prepared(self) -> str:
        """Return the address that opens a class with this moment, seen this way, later and anywhere."""
        query = self.view.query(play=0, run=0, goal="", undo="", panel="", before="")
        here = f"/rooms/new?{self.recipe_query}&place={self.lab.place}&mode=together"
        return here + (f"&{query}" if query else "")

    @property
    def open_class(self) -> str:
        """Return the address that opens a class with this lab now."""
        query = self.view.query(play=0, run=0, goal="", undo="", panel="", before="")
        return "/rooms" + (f"?{query}" if query else "") if self.kept else self.prepared

    def view_fields(self) -> list[tuple[str, str]]:
        """Return what a form sends along to look at this lab another way: the view, what is usual left out,
        and of one that is not kept recipe and place; a run goes on meanwhile."""
        seen = parse_qsl(self.view.query(play=0))
        if self.kept:
            return seen
        return [*self.lab.recipe.as_fields().items(), ("place", str(self.lab.place)), *seen]
