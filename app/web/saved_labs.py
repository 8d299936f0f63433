"""An application's labs: from the store to what can be stepped, with people's own examples."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from cachetools import LRUCache
from fastapi import HTTPException

from app.analysis.history import History
from app.datasets.dataset import Dataset
from app.datasets.generated import SOURCES
from app.datasets.own import own_from
from app.lab.lab import Lab, OutOfTurn
from app.lab.recipe import Recipe, recipe_from
from app.lab.replay import Replay
from app.limits import Unusable
from app.store.labs import StoredLab
from app.store.store import Store
from app.story import refusals as words
from app.web.allowance import Allowance
from app.web.pages import Pages
from app.web.recipe_form import Mistakes, from_json

OWNED = 64  # sets of somebody's own examples in memory
DAMAGE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, Mistakes, Unusable)


recipe_of = lru_cache(maxsize=1024)(recipe_from)


@lru_cache(maxsize=1024)
def sound(recipe: Recipe) -> Recipe:
    """Return a stored recipe. Raise one of DAMAGE unless it is one that could be made."""
    given = json.dumps(recipe.as_json() | {"data": recipe.data})
    if from_json(given.encode(), lambda key: recipe.own) != recipe:
        raise ValueError("something is missing")
    return recipe


class SavedLabs:
    """Hold the store and what is remembered beside it."""

    def __init__(self, store: Store) -> None:
        self.store, self.replay = store, Replay(store.checkpoints)
        self.history = History(self.replay)
        self.pages = Pages()
        self.allowance = Allowance()
        self.owned: LRUCache[str, Dataset] = LRUCache(OWNED)
        self.lock = Lock()

    def load(self, id: str) -> tuple[StoredLab, Lab]:
        """Return a stored lab; 404 where there is none."""
        stored = self.store.labs.get(id)
        if stored is None:
            raise HTTPException(404, words.GONE)
        try:
            lab = Lab(sound(self.with_own(recipe_of(stored.recipe))), stored.place)
            return stored, lab.go(lab.place)
        except (*DAMAGE, OutOfTurn):
            raise HTTPException(410, words.DAMAGED) from None

    def with_own(self, recipe: Recipe) -> Recipe:
        """Return a stored recipe with somebody's own examples, if it names some; 410 where they are gone."""
        if recipe.data in SOURCES:
            return recipe
        own = self.own(recipe.data)
        if own is None:
            raise HTTPException(410, words.OWN_GONE)
        return replace(recipe, own=own)

    def own(self, key: str) -> Dataset | None:
        """Return somebody's own examples by the name of their content, None where there are none."""
        with self.lock:
            found = self.owned.get(key)
        if found is None and (content := self.store.examples.get(key)):
            found = own_from(json.loads(content))
            if found.key != key:
                raise ValueError("other examples than once were kept")
            with self.lock:
                self.owned[key] = found
        return found

    def keep(self, own: Dataset) -> None:
        """Keep somebody's own examples, or keep them longer."""
        self.store.examples.keep(own.key, json.dumps(own.as_rows()))

    def add(self, recipe: Recipe, place: int, owner: str) -> StoredLab:
        """Keep a new lab, and the examples that came with it."""
        if recipe.own is not None:
            self.keep(recipe.own)
        return self.store.labs.add(owner=owner, recipe=recipe.text(), place=place)
