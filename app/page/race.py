"""The race beside the picture: up to four runs that differ in one choice, in one chart."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from urllib.parse import urlencode

from app.analysis.history import diverged
from app.analysis.race import DEEP, LEAST, RACES, advance, usual_race
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.limits import ITERATIONS
from app.notation.language import tr
from app.notation.numbers import figure
from app.page.comparison import Comparison
from app.page.frame import Frame
from app.page.shrinking import Passed, passed_back
from app.picture.charts import Line, apart, thinned_lines
from app.story import race as words

BOX = (216.0, 176.0)  # of the lines; their names stand to the right of it
NAME = 38.0  # height of a name and its cost below it
ROOM = 1.5  # times the cost at the start: what is higher runs along the upper edge
OTHERS = ("one", "two", "three")


@dataclass(frozen=True)
class Runner:
    """One run: its `kind` decides how its line is drawn, "own" is this lab's. `values` are its costs as far
    as they are known and finite, `address` opens it where the race ended, "" for this lab's."""

    kind: str
    name: str
    values: list[float]
    stopped: int
    address: str

    @property
    def cost(self) -> str:
        """Return the last cost that is known."""
        return figure(self.values[-1]) if self.values else ""

    @property
    def ended(self) -> str:
        """Return what stands at the line's end: its last cost, or that it diverged."""
        return tr(words.DIVERGED) if self.stopped else self.cost

    @property
    def told(self) -> str:
        """Return the same in full."""
        return words.diverged_at(self.stopped) if self.stopped else self.cost


@dataclass(frozen=True)
class Trace:
    """A run's line, where it ends, and where its name stands."""

    runner: Runner
    line: Line
    end: tuple[float, float]
    height: float


@dataclass(frozen=True)
class Race:
    """A race over so many iterations: its runs, as far as they are worked out, and their lines.

    `choices` are the kinds of races as (key, word), `cut` tells whether a line runs along the upper edge,
    `passed` is how much error comes back to each layer in the first iteration.
    """

    kind: str
    choices: list[tuple[str, str]]
    sentence: str
    measure: str
    last: int
    runners: list[Runner]
    traces: list[Trace]
    cut: bool
    complete: bool
    verdict: str
    comparison: Comparison
    passed: list[Passed]

    @property
    def progress(self) -> int:
        """Return how many values are known, which names the next request for more."""
        return sum(len(runner.values) for runner in self.runners)

    @property
    def deep(self) -> bool:
        """Tell whether what comes back of the error matters most, so that it stands first."""
        return len(self.passed) > DEEP

    @property
    def edges(self) -> tuple[str, str]:
        """Return the numbers at the top and the bottom of the chart."""
        return figure(self.traces[0].line.top), figure(self.traces[0].line.bottom)


def build(frame: Frame) -> Race:
    """Work for a slice on the race that somebody asked for, and draw what is known."""
    lab, view, history = frame.lab, frame.view, frame.history
    last = min(max(lab.iteration, view.far, LEAST), ITERATIONS - 1)
    comparison = Comparison(lab=lab, view=view)
    kind = view.race or usual_race(lab.recipe)
    runs = comparison.runs if kind == "other" else RACES[kind](lab.recipe)
    held_back = kind == "regulariser" and lab.recipe.dataset.x_test is not None
    what = "test" if held_back else "cost"
    complete = not view.run and advance(history, runs, what, last)
    kinds = iter(OTHERS)
    runners = [
        runner_of(frame, run, "own" if run == lab.recipe else next(kinds), (kind, what, last), comparison)
        for run in runs
    ]
    traces, cut = traces_of(runners, last, logarithmic=bool(view.log))
    return Race(
        kind=kind,
        choices=[(key, tr(word)) for key, word in words.WORDS.items()],
        sentence=sentence_of(kind, len(runs)),
        measure=tr(words.TEST if held_back else words.TRAINING),
        last=last,
        runners=runners,
        traces=traces,
        cut=cut,
        complete=complete,
        verdict=verdict_of(runners, last) if complete and len(runs) > 1 else "",
        comparison=comparison,
        passed=passed_back(history.replay, runs) if kind == "activation" else [],
    )


def sentence_of(kind: str, runs: int) -> str:
    """Return what a race shows, or why nobody runs against this run."""
    sentence = words.SENTENCES[kind] if runs > 1 else words.ALONE.get(kind, "")
    return sentence and tr(sentence)


def runner_of(
    frame: Frame, run: Recipe, kind: str, race: tuple[str, str, int], comparison: Comparison
) -> Runner:
    """Return a run with what is known of it, up to the race's last iteration."""
    choice, what, last = race
    values = frame.history.known(run, what)
    over = diverged(values) and len(values) - 1 <= last
    known = values[: min(last + 1, len(values) - diverged(values))].tolist()
    differ = comparison.choice if choice == "other" else choice
    name = words.run_name(differ, run, frame.lab.settable)
    if differ == "other":
        name = tr(words.THIS if kind == "own" else words.OTHER)
    return Runner(
        kind=kind,
        name=name,
        values=known,
        stopped=len(values) - 1 if over else 0,
        address="" if kind == "own" else address_of(frame, run, max(len(known) - 1, 0), comparison),
    )


def address_of(frame: Frame, run: Recipe, iteration: int, comparison: Comparison) -> str:
    """Return the address that opens a run after the forward pass of an iteration, seen as this one is."""
    seen: dict[str, int | str] = {"play": 0, "run": 0, "undo": "", "pick": "", "example": 1, "far": iteration}
    if frame.view.race == "other":
        seen |= comparison.this_as_other
    place = Lab(run).answered(iteration).place
    return f"/at?{urlencode(run.as_fields())}&place={place}&{frame.view.query(**seen)}"


def traces_of(runners: list[Runner], last: int, *, logarithmic: bool) -> tuple[list[Trace], bool]:
    """Draw the lines as far as they are known, and tell whether one of them is cut at the upper edge."""
    begun = [runner for runner in runners if runner.values]
    if not begun:
        return [], False
    most = ROOM * max(runner.values[0] for runner in begun) or inf
    cut = [[min(value, most) for value in runner.values] for runner in begun]
    lines = thinned_lines(cut, logarithmic=logarithmic, least=last, box=BOX)
    ends = [line.at(len(values) - 1, values[-1]) for line, values in zip(lines, cut, strict=True)]
    heights = apart([y for _, y in ends], NAME, NAME / 2, BOX[1] - NAME / 2)
    return list(map(Trace, begun, lines, ends, heights)), any(max(one.values) > most for one in begun)


def verdict_of(runners: list[Runner], last: int) -> str:
    """Say which run is lowest in the end; those that show the same number share it."""
    ended = [runner for runner in runners if not runner.stopped]
    best = min(ended, key=lambda runner: runner.values[-1]).cost if ended else ""
    names = [runner.name for runner in ended if runner.cost == best]
    return words.verdict(names, best, last, level=len(names) == len(runners))
