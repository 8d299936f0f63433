"""The lessons. To add one: a file plans/NN-key.toml, whose words are messages; a test replays it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe

PLANS = Path(__file__).parent / "plans"


@dataclass(frozen=True, kw_only=True)
class Card:
    """One step of a lesson: where the lab stands, what is said of it, and how it is looked at.

    `do` says what is to be done and `done` how the page knows it was: a condition of todos.py; without one it
    is done once the lab stands where the next card does. `question` is open on arrival, and one step of
    `pace` decides it. With `work` the sums of what is looked at are to be done, and until then `first` is
    said instead of the words. `claims` are what the words say in figures.
    """

    lab: Lab
    words: str
    do: str = ""
    done: str = ""
    pace: str = "layer"
    lens: str = ""
    pick: str = ""
    panel: str = ""
    question: str = ""
    work: bool = False
    first: str = ""
    claims: tuple[str, ...] = ()
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson: its number, from 1, its words, how many minutes it takes, and its cards."""

    key: str
    number: int
    title: str
    sentence: str
    minutes: int
    cards: tuple[Card, ...]

    def card(self, number: int) -> Card:
        """Return a card by its number, from 1; the nearest one where there is none."""
        return self.cards[self.within(number) - 1]

    def within(self, number: int) -> int:
        """Return the nearest number that a card has."""
        return min(max(number, 1), len(self.cards))


def place_in(lab: Lab, told: str) -> Lab:
    """Stand where a plan says: the iteration, from 1, the phase, and its layer if not the last of it.

    >>> place_in(Lab(PRESETS["and"]), "2 backward 1").moment
    Moment(phase='backward', layer=1, neuron=2)
    """
    iteration, phase, *layer = told.split()
    found = [at for at, one in enumerate(lab.moments) if one.phase == phase]
    if layer:
        found = [at for at in found if lab.moments[at].layer == int(layer[0])]
    return lab.go((int(iteration) - 1) * len(lab.moments) + found[-1])


def recipe_of(told: dict[str, Any]) -> Recipe:
    """Return the recipe a plan names: a preset, and in what it is another one."""
    other: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    return replace(PRESETS[other.pop("preset")], **other)


def cards_of(plan: dict[str, Any]) -> Iterator[Card]:
    """Yield a plan's cards; each goes on with the recipe of the one before it."""
    lab = Lab(recipe_of(plan["recipe"]))
    for told in plan["steps"]:
        more = dict(told)
        if "recipe" in more:
            lab = Lab(recipe_of(more.pop("recipe")))
        lab = place_in(lab, more.pop("at"))
        yield Card(lab=lab, **more | {"claims": tuple(more.get("claims", ()))})


def read(path: Path) -> Lesson:
    """Read a plan."""
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    number, _, key = path.stem.partition("-")
    cards = tuple(cards_of(plan))
    told = {name: plan[name] for name in ("title", "sentence", "minutes")}
    return Lesson(key=key, number=int(number), cards=cards, **told)


LESSONS = {lesson.key: lesson for lesson in map(read, sorted(PLANS.glob("*.toml")))}
