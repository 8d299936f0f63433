"""What is worked out step by step: the equations of a mark, each with the quantity it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.lab.dials import Pick
from app.lab.itinerary import itinerary
from app.notation.numbers import figure
from app.story.formulas.equation import Equation
from app.story.formulas.worked import Worker

# When each quantity is worked out. Those of a moment's JSON have its names; "sum" and "average" are what the
# neurons of a softmax share, "price" is a regulariser's, "term" an optimiser's own.
PHASES = {
    "z": "forward",
    "a": "forward",
    "sum": "forward",
    "cost": "cost",
    "mean": "cost",
    "price": "cost",
    "received": "backward",
    "slope": "backward",
    "average": "backward",
    "delta": "backward",
    "nabla": "backward",
    "term": "descent",
    "after": "descent",
}
LETTERS = {"z": "z", "δ": "delta", "f′": "slope", "S": "sum", "R": "average"}


@dataclass(frozen=True, eq=False)
class Step:
    """One step: of which mark it is, which of its steps (from 0), the quantity, and its equations: the one
    that is shown, and other ways to the same result."""

    worker: Worker
    pick: Pick
    number: int
    quantity: str
    equations: tuple[Equation, ...]

    @property
    def equation(self) -> Equation:
        """Return the equation that is shown."""
        return self.equations[0]

    @property
    def given(self) -> bool:
        """Tell whether there is nothing to work out: the result is what the formula shows anyway, or nothing
        but rounding is left of it."""
        equation = self.equation
        nothing_left = equation.rounding and equation.result.value
        return bool(nothing_left) or equation.formula.spoken(equation.digits) == figure(
            equation.result.value, equation.shown
        )

    @property
    def before(self) -> int:
        """Return the last place in the run at which this result was not known."""
        numbers, phase = self.worker.n, PHASES[self.quantity]
        moments = itinerary(numbers.network)
        here = phase in ("forward", "backward")
        found = next(
            at
            for at, moment in enumerate(moments)
            if moment.phase == phase
            and (not here or (moment.layer == self.pick.layer and moment.neuron in (0, self.pick.to)))
        )
        return numbers.iteration * len(moments) + found - 1


def steps_of(worker: Worker, pick: Pick) -> list[Step]:
    """Return the steps of a mark as far as they have happened."""
    if pick.kind == "n":
        equations = worker.neuron(pick.layer, pick.to)
    elif pick.dial:
        equations = worker.dial(pick.dial)
    else:
        equations = worker.cost() if pick.kind == "cost" else []
    return [*numbered(worker, pick, equations)]


def numbered(worker: Worker, pick: Pick, equations: list[Equation]) -> Iterator[Step]:
    """Yield equations as steps; a second way to a result belongs to the step of the first."""
    names = [equation.result.name for equation in equations]
    for number, name in enumerate(dict.fromkeys(names)):
        ways = tuple(one for one in equations if one.result.name == name)
        yield Step(worker, pick, number, quantity_of(pick, name), ways)


def quantity_of(pick: Pick, name: str) -> str:
    """Return which quantity of a mark a name stands for."""
    if pick.kind == "n":
        return "received" if name.startswith("∂C/") else LETTERS.get(name.partition("_")[0], "a")
    if pick.dial:
        return "nabla" if name.startswith("∂C/") else "after" if name == "new" else "term"
    return {"C": "cost", "C_batch": "mean"}.get(name, "price")
