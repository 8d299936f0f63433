"""A lab is a recipe and a place; these are its moves. A step is +1, a step back is −1, nothing else is
kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from app import limits
from app.engine.parameters import Parameters
from app.lab.dials import dials_of
from app.lab.itinerary import Moment, backward_from, itinerary, onward
from app.lab.recipe import Change, Recipe

VERBS = {
    "input": "next",
    "forward": "forward",
    "cost": "forward",
    "backward": "backward",
    "descent": "descent",
}


class OutOfTurn(Exception):
    """Say that `asked` is not what comes next; `expected` is, or None at the end of the run."""

    def __init__(self, asked: str, expected: str | None) -> None:
        super().__init__(f"{asked} asked, {expected} comes next")
        self.asked, self.expected = asked, expected


@dataclass(frozen=True)
class Lab:
    """Stand at a place (moments since the start) in a recipe's run."""

    recipe: Recipe
    place: int = 0

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Return the moments of one iteration."""
        return itinerary(self.recipe.network)

    @property
    def last_place(self) -> int:
        """Return the place at which the longest run ends."""
        return limits.ITERATIONS * len(self.moments) - 1

    @property
    def iteration(self) -> int:
        """Return the number of the iteration, from 0."""
        return self.place // len(self.moments)

    @property
    def moment(self) -> Moment:
        """Return what has just happened."""
        return self.moments[self.place % len(self.moments)]

    @property
    def coming(self) -> Moment | None:
        """Return what will happen next, None at the end of the run."""
        return None if self.place >= self.last_place else self.moments[(self.place + 1) % len(self.moments)]

    @property
    def next(self) -> str | None:
        """Return the one verb that is legal now, None at the end of the run."""
        return VERBS[self.coming.phase] if self.coming else None

    def step(self, verb: str, pace: str = "layer") -> Lab:
        """Go forward by one stride of `pace`. `verb` is "next" or the one that comes next; else OutOfTurn."""
        if self.next is None or verb not in ("next", self.next):
            raise OutOfTurn(verb, self.next)
        return replace(self, place=min(onward(self.recipe.network, self.place, pace), self.last_place))

    def back(self, pace: str = "layer") -> Lab:
        """Go back by one stride of `pace`, also across a descent. At the start: OutOfTurn."""
        if self.place == 0:
            raise OutOfTurn("back", self.next)
        return replace(self, place=backward_from(self.recipe.network, self.place, pace))

    def go(self, to: int) -> Lab:
        """Stand at place `to`. Outside the run: OutOfTurn."""
        if not 0 <= to <= self.last_place:
            raise OutOfTurn("go", self.next)
        return replace(self, place=to)

    def answered(self, iteration: int) -> Lab:
        """Stand where the outputs of an iteration have just answered. Outside the run: OutOfTurn."""
        last = max(at for at, moment in enumerate(self.moments) if moment.phase == "forward")
        return self.go(iteration * len(self.moments) + last)

    def change(self, what: str, value: float) -> Lab:
        """Set something from this iteration on (after a descent: from the next one); later changes go.
        At the end of the run, where there is no next one: OutOfTurn.

        A new example, a typed weight and a new η all hold from the start of their iteration, so the
        place stays and its numbers follow.
        """
        if self.coming is None:
            raise OutOfTurn("change", None)
        iteration = self.settable
        kept = (c for c in self.recipe.changes if c.iteration <= iteration and c[:2] != (iteration, what))
        changes = (*kept, Change(iteration, what, value))
        return replace(self, recipe=replace(self.recipe, changes=changes))

    def with_dials(self, present: Parameters, wanted: Parameters) -> Lab:
        """Set all dials from this iteration on, where they differ from the `present` ones; as `change` does.

        In the first iteration they become the recipe's own first dials.
        """
        if self.coming is None:
            raise OutOfTurn("change", None)
        if self.settable == 0:
            kept = tuple(c for c in self.recipe.changes if c.iteration == 0 and c.what in ("eta", "example"))
            return replace(
                self, recipe=replace(self.recipe, parameters=tuple(wanted.vector().tolist()), changes=kept)
            )
        lab = self
        for dial in dials_of(self.recipe.sizes):
            new = dial.of(wanted)
            lab = lab.change(dial.mark, new) if dial.of(present) != new else lab
        return lab

    @property
    def settable(self) -> int:
        """Return the iteration from which a change holds: this one, after its descent the next."""
        return self.iteration + (self.moment.phase == "descent")
