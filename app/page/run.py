"""A run beside the picture: its cost, and the length of its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

from app.analysis.history import History, diverged
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.limits import ITERATIONS
from app.notation.numbers import figure
from app.page.comparison import mistake
from app.page.view import View
from app.picture.charts import Line, thinned_lines

# by how much, at least, the test cost must have risen from its lowest before anybody speaks of overfitting
MARGIN = 0.02

READINGS = 24  # iterations whose numbers are told

Measure = tuple[Recipe, str]


class Trace(NamedTuple):
    """One line of a chart: what it is of, and where it goes."""

    kind: str
    line: Line


class Reading(NamedTuple):
    """An iteration's numbers, "" for what there is none of, and where it stands in the charts."""

    iteration: int
    cost: str
    test: str
    length: str
    x: float


@dataclass(frozen=True)
class Run:
    """A lab's run from its start to where it stands, for one view; the timeline goes on to `reach`, the
    farthest iteration that was visited.

    `known`: at the start of each iteration, as far as it is worked out and finite, the training "cost", the
    "test" cost where examples are held back, and the "length" of each gradient that has come back.
    `complete`: all of it is worked out; a run that goes on has done its slice already, so it waits.
    """

    lab: Lab
    view: View
    reach: int
    known: dict[str, list[float]]
    complete: bool
    costs: list[Trace]
    lengths: Line | None

    @property
    def progress(self) -> int:
        """Return how many values are known, which names the next request for more."""
        return sum(map(len, self.known.values()))

    @property
    def wrong_below(self) -> str:
        """Say why the run cannot stop at the cost that was typed; "" where it can."""
        return mistake(self.view.below, inf, "below")

    @property
    def held_back(self) -> bool:
        """Tell whether examples are held back for the test."""
        return "test" in self.known

    @property
    def tested(self) -> list[float]:
        """Return the test costs; none where no examples are held back, or before all are known."""
        return self.known["test"] if self.held_back and self.complete else []

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
        trained = self.known["cost"]
        return self.tested[-1] > (1 + MARGIN) * self.tested[self.least] and trained[-1] < trained[self.least]

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
        known, at = self.known["cost"], self.lab.iteration
        return self.costs[0].line.at(at, known[at]) if at < len(known) else None

    @property
    def length_edges(self) -> tuple[str, str]:
        """Return the numbers at the top and the bottom of the length's chart, "" without one."""
        return (figure(self.lengths.top), figure(self.lengths.bottom)) if self.lengths else ("", "")

    @cached_property
    def readings(self) -> list[Reading]:
        """Return what the charts show as numbers, of long runs at even distances, the last one always."""
        costs, tests, lengths = (self.known.get(name, []) for name in ("cost", "test", "length"))
        apart = max(1, -(-len(costs) // READINGS))
        chosen = [*range(0, len(costs) - 1, apart), len(costs) - 1] if self.costs and self.complete else []
        return [
            Reading(
                iteration=at + 1,
                cost=figure(costs[at]),
                test=figure(tests[at]) if at < len(tests) else "",
                length=figure(lengths[at]) if at < len(lengths) else "",
                x=self.costs[0].line.at(at, costs[at])[0],
            )
            for at in chosen
        ]

    @property
    def epoch(self) -> int:
        """Return the number, from 1, of the pass over the training examples that this iteration belongs
        to."""
        recipe = self.lab.recipe
        return self.lab.iteration * recipe.batch // recipe.dataset.rows + 1

    @property
    def cost_now(self) -> str:
        """Return the training cost at the start of this iteration, "" where it is not known."""
        known = self.known["cost"]
        return figure(known[self.lab.iteration]) if self.lab.iteration < len(known) else ""


def run_of(lab: Lab, history: History, view: View) -> Run:
    """Work for a slice on what the charts show, and draw what is known."""
    reach, now = min(max(lab.iteration, view.far), ITERATIONS - 1), lab.iteration
    wanted = wanted_of(lab.recipe)
    complete = not view.run and worked_out(history, list(wanted.values()), now)
    known = {name: known_of(history, measure, now) for name, measure in wanted.items()}
    if lab.place % len(lab.moments) < len(lab.moments) - 2:  # this iteration's gradient has not come back yet
        known["length"] = known["length"][:now]
    log, lengths = bool(view.log), known["length"] if complete else []
    return Run(
        lab=lab,
        view=view,
        reach=reach,
        known=known,
        complete=complete,
        costs=traces_of(known, complete, log, reach) if complete or view.run else [],
        lengths=thinned_lines([lengths], logarithmic=log, least=reach)[0] if len(lengths) > 1 else None,
    )


def wanted_of(recipe: Recipe) -> dict[str, Measure]:
    """Return the measures that the charts show."""
    held_back = recipe.dataset.x_test is not None
    return {what: (recipe, what) for what in ("cost", *(["test"] if held_back else []), "length")}


def worked_out(history: History, wanted: list[Measure], reach: int) -> bool:
    """Work for a slice on the first measure that is not known yet, and tell whether all of them are."""
    for recipe, what in wanted:
        if not history.walked(recipe, reach, what):
            return history.extend(recipe, reach, what) and (recipe, what) == wanted[-1]
    return True


def known_of(history: History, measure: Measure, reach: int) -> list[float]:
    """Return the known values of a measure, without the one that is no longer finite."""
    values = history.known(*measure)
    found: list[float] = values[: min(reach + 1, len(values) - diverged(values))].tolist()
    return found


def traces_of(known: dict[str, list[float]], complete: bool, logarithmic: bool, reach: int) -> list[Trace]:
    """Draw the costs, this run's first, its test cost next, on an axis that is `reach` iterations long; none
    before there are two points.

    While a run goes on, its own cost is drawn as it falls, and the rest waits.
    """
    runs = {"own": known["cost"]}
    if complete and known.get("test"):
        runs["test"] = known["test"]
    if min(map(len, runs.values())) == 0 or max(map(len, runs.values())) < 2:
        return []
    lines = thinned_lines(list(runs.values()), logarithmic=logarithmic, least=reach)
    return list(map(Trace, runs, lines))
