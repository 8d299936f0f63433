"""Work it out: the steps of what is looked at, solved ones shown, the next one asked for, the others
covered."""

from __future__ import annotations

from dataclasses import dataclass

from app.lab.dials import PATTERN, Dial, Pick
from app.lab.replay import Numbers
from app.lessons.judging import Verdict, judge_typed
from app.lessons.steps import Step, steps_of
from app.notation.language import N_
from app.story.formulas.worked import Worker

COVERED = N_("You work this out now: the picture shows what was known just before.")
LETTERS = 400  # of what is solved, as text; of more the oldest is forgotten
MARK = PATTERN.removesuffix("?")
SOLVED = rf"(?:\d{{1,9}}\.\d{{1,4}}(?:~{MARK}\.\d{{1,2}})*)?"  # iteration.example~mark.steps~mark.steps


@dataclass(frozen=True, eq=False)
class Posed:
    """One step as it is shown: "done", "open" (it is asked for) or "later"; and what was typed for it, with
    what to say of it."""

    step: Step
    state: str
    typed: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, eq=False)
class Part:
    """The steps of one mark."""

    ref: str
    name: str
    posed: list[Posed]


@dataclass(frozen=True, eq=False)
class Working:
    """All steps of what is looked at, the one that is asked for, and what is solved, as text: so far, and
    with this one."""

    pick: Pick
    parts: list[Part]
    open: Step | None
    solved: str
    shown: str

    @property
    def answered(self) -> bool:
        """Tell whether something was typed just now."""
        return any(one.verdict for part in self.parts for one in part.posed)

    @property
    def before(self) -> int:
        """Return the last place in the run at which nothing was known of what is not solved."""
        return min(one.step.before for part in self.parts for one in part.posed if one.state != "done")

    @property
    def covers_cost(self) -> bool:
        """Tell whether the cost is what is asked for."""
        return self.open is not None and self.open.pick.kind == "cost"


class Solved:
    """How many steps of each mark are solved, in one iteration for one example."""

    def __init__(self, text: str, here: str) -> None:
        head, *parts = text.split("~")
        told = (part.rpartition(".") for part in parts if head == here)
        self.here, self.counts = here, {mark: int(count) for mark, _, count in told}

    def text(self, more: Step | None = None) -> str:
        """Write down what is solved, with one step more."""
        counts = dict(self.counts)
        if more is not None:
            counts.pop(more.pick.text, None)
            counts[more.pick.text] = more.number + 1
        parts = [f"~{mark}.{count}" for mark, count in counts.items()]
        while len(self.here) + sum(map(len, parts)) > LETTERS:
            parts.pop(0)
        return self.here + "".join(parts) if parts else ""

    def has(self, step: Step) -> bool:
        """Tell whether a step is solved."""
        return step.number < self.counts.get(step.pick.text, 0)


def work_out(numbers: Numbers, example: int, pick: Pick, *, solved: str, tried: str) -> Working:
    """Lay out the steps of a mark, of a neuron also those of its dials, and judge what was typed for the
    first that is not solved."""
    worker, found = Worker(numbers, example), Solved(solved, f"{numbers.iteration}.{example}")
    parts: list[Part] = []
    opened: Step | None = None
    for one in (pick, *dials_into(numbers, pick)):
        posed = []
        for step in steps_of(worker, one):
            verdict = None
            if opened is None and not (step.given or found.has(step)):
                verdict = judge_typed(step, tried) if tried else None
                if verdict is not None and verdict.right:
                    found = Solved(found.text(step), found.here)
                else:
                    opened = step
            state = "open" if opened is step else "later" if opened else "done"
            posed.append(Posed(step, state, tried if verdict else "", verdict))
            tried = "" if verdict else tried
        name = one.dial.name(numbers.network.sizes) if one.dial and one != pick else ""
        parts += [Part(one.text, name, posed)] if posed else []
    return Working(pick, parts, opened, found.text(), found.text(opened))


def dials_into(numbers: Numbers, pick: Pick) -> list[Pick]:
    """Return the dials of a neuron, its bias first."""
    if pick.kind != "n" or not pick.layer:
        return []
    sources = range(1, numbers.network.sizes[pick.layer - 1] + 1)
    layer, to = pick.layer, pick.to
    return [Pick(*Dial("b", layer, to)), *(Pick(*Dial("w", layer, to, k)) for k in sources)]
