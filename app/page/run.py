"""The course of a run beside the picture: its cost, also next to the same run with another choice, and its
gradient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.analysis.history import diverged
from app.lab.recipe import Recipe
from app.notation.numbers import figure
from app.page.comparison import Choices
from app.picture.charts import Line, thinned_lines

# by how much, at least, the test cost must have risen from its lowest before anybody speaks of overfitting
MARGIN = 0.02


class Run(NamedTuple):
    """One line of a chart: what it is of, and where it goes."""

    kind: str
    line: Line


@dataclass(frozen=True)
class Course(Choices):
    """A lab's run from its start as far as it has been walked, for one view."""

    @cached_property
    def complete(self) -> bool:
        """Work for a slice on what the charts show, and tell whether all of it is known; a run has done its
        slice already."""
        if self.view.run:
            return False
        for recipe, what in self.wanted:
            if not self.history.walked(recipe, self.reach, what):
                return self.history.extend(recipe, self.reach, what) and (recipe, what) == self.wanted[-1]
        return True

    @property
    def wanted(self) -> list[tuple[Recipe, str]]:
        """Return what the charts show: measures of this run, and the cost of the other."""
        own = ["cost", *(["test"] if self.held_back else []), "length"]
        return [(self.lab.recipe, what) for what in own] + ([(self.rival, "cost")] if self.rival else [])

    def known(self, recipe: Recipe, what: str) -> list[float]:
        """Return the known values of a measure, without the one that is no longer finite."""
        values = self.history.known(recipe, what)
        return values[: min(self.reach + 1, len(values) - diverged(values))].tolist()

    @property
    def progress(self) -> int:
        """Return how many values are known, which names the next request for more."""
        return sum(len(self.known(*measure)) for measure in self.wanted)

    @cached_property
    def costs(self) -> list[Run]:
        """Return the lines of the training cost, this run's first, its test cost next; none before there are
        two points.

        While a run goes on, its own cost is drawn as it falls, and the rest waits.
        """
        if not self.complete and not self.view.run:
            return []
        runs = {"own": self.known(self.lab.recipe, "cost")}
        if self.tested:
            runs["test"] = self.tested
        if self.complete and self.rival:
            runs["other"] = self.known(self.rival, "cost")
        if min(map(len, runs.values())) == 0 or max(map(len, runs.values())) < 2:
            return []
        return list(map(Run, runs, thinned_lines(list(runs.values()), logarithmic=bool(self.view.log))))

    @cached_property
    def tested(self) -> list[float]:
        """Return the test costs; none where no examples are held back, or before all are known."""
        return self.known(self.lab.recipe, "test") if self.complete else []

    @property
    def test_now(self) -> str:
        """Return the test cost at the start of this iteration, "" where there is none or it is not known."""
        return figure(self.tested[self.lab.iteration]) if self.lab.iteration < len(self.tested) else ""

    @cached_property
    def least(self) -> int:
        """Return the iteration, from 0, at whose start the test cost was lowest."""
        return min(range(len(self.tested)), key=self.tested.__getitem__)

    @property
    def lowest(self) -> tuple[int, str, tuple[float, float]]:
        """Return at the start of which iteration, from 1, the test cost was lowest, that cost, and where it
        stands."""
        at = self.least
        return at + 1, figure(self.tested[at]), self.costs[0].line.at(at, self.tested[at])

    @property
    def overfits(self) -> bool:
        """Tell whether the test cost has clearly risen from its lowest while the training cost has gone on
        falling."""
        trained = self.known(self.lab.recipe, "cost")
        return self.tested[-1] > (1 + MARGIN) * self.tested[self.least] and trained[-1] < trained[self.least]

    @property
    def held_back(self) -> bool:
        """Tell whether examples are held back for the test."""
        return self.lab.recipe.dataset.x_test is not None

    @property
    def top(self) -> str:
        """Return the number at the top of the chart."""
        return figure(self.costs[0].line.top)

    @property
    def bottom(self) -> str:
        """Return the number at the bottom of the chart."""
        return figure(self.costs[0].line.bottom)

    @property
    def here(self) -> tuple[float, float] | None:
        """Return where in the chart this iteration stands, None where it is not known."""
        known = self.known(self.lab.recipe, "cost")
        return (
            None
            if self.lab.iteration >= len(known)
            else self.costs[0].line.at(self.lab.iteration, known[self.lab.iteration])
        )

    @cached_property
    def lengths(self) -> Line | None:
        """Return the line of the gradient's length, None before there are two points."""
        values = self.known(self.lab.recipe, "length") if self.complete else []
        return thinned_lines([values], logarithmic=bool(self.view.log))[0] if len(values) > 1 else None

    @property
    def length_edges(self) -> tuple[str, str]:
        """Return the numbers at the top and the bottom of the length's chart."""
        return figure(self.lengths.top), figure(self.lengths.bottom)

    @property
    def epoch(self) -> int:
        """Return the number, from 1, of the pass over the training examples that this iteration belongs
        to."""
        recipe = self.lab.recipe
        return self.lab.iteration * recipe.batch // recipe.dataset.rows + 1

    @property
    def cost_now(self) -> str:
        """Return the training cost at the start of this iteration, "" where it is not known."""
        known = self.known(self.lab.recipe, "cost")
        return figure(known[self.lab.iteration]) if self.lab.iteration < len(known) else ""
