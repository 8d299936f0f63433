"""The inspector's words: what a picked mark is, and its worked step."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.fingers import Finger
from app.lab.dials import Dial, Pick
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure, moved
from app.story.fingers import Bar, Pointing, alone_of, disagreement, pointing, stack_of
from app.story.formulas.equation import Equation
from app.story.formulas.worked import Worker
from app.story.labels import layer_name


@dataclass(frozen=True)
class Inspection:
    """What the inspector shows of one mark."""

    pick: Pick
    title: str
    what: str
    equations: list[Equation]
    pointings: list[Pointing]
    disagreement: str
    locked: str
    pointer: str
    nudged: str
    stack: list[Bar]
    mean: str
    cancels: str
    alone: str


def inspect(
    numbers: Numbers, example: int, pick: Pick, locked: bool, pointer: Pick | None, found: list[Finger]
) -> Inspection:
    """Explain a mark as far as it has happened, and the fingers of the pointing neuron."""
    worker, sizes = Worker(numbers, example), numbers.network.sizes
    title, what = heading(numbers, example, pick)
    if pick.kind == "n":
        equations = worker.neuron(pick.layer, pick.to)
    elif pick.dial:
        equations = worker.dial(pick.dial)
    else:
        equations = worker.cost()
    pointings = [pointing(sizes, pointer.layer, pointer.to, one) for one in found if pointer]
    return Inspection(
        pick,
        title,
        what,
        equations,
        pointings,
        disagreement(sizes, pointer.layer, found) if pointer else "",
        LOCKED if locked else "",
        names.neuron(sizes, pointer.layer, pointer.to) if pointer else "",
        f"z of {title}" if pick.kind == "n" else title,
        *stack_of(numbers, pick),
        alone_of(numbers, example),
    )


# of a neuron's dials, its bias before its weights; where more than one is left, the others can be unfolded
FIRST = 4


@dataclass(frozen=True)
class Turning:
    """One dial of a neuron: its mark, its name, and its gradient and move."""

    ref: str
    name: str
    equations: list[Equation]


def turnings(numbers: Numbers, example: int, layer: int, j: int) -> tuple[list[Turning], list[Turning]]:
    """Work out the bias and the incoming weights of a neuron, as far as they have happened: the first few,
    and the others."""
    worker, sizes = Worker(numbers, example), numbers.network.sizes
    dials = [Dial("b", layer, j), *(Dial("w", layer, j, k) for k in range(1, sizes[layer - 1] + 1))]
    found = [Turning(one.mark, one.name(sizes), worker.dial(one)) for one in dials]
    known = [one for one in found if one.equations]
    return (known[:FIRST], known[FIRST:]) if len(known) > FIRST + 1 else (known, [])


LOCKED = (
    "Padlock: its slope is below 5 % of the steepest, so whatever blame it receives, almost none "
    "gets through."
)


def heading(numbers: Numbers, example: int, pick: Pick) -> tuple[str, str]:
    """Return a mark's name and what it is."""
    sizes, last = numbers.network.sizes, numbers.network.last
    if pick.kind == "cost":
        return "C", "the cost"
    own, dial = names.neuron(sizes, pick.layer, pick.to), pick.dial
    if dial is None and pick.kind == "n":
        if pick.layer == 0:
            return own, f"an input: this example has {figure(float(numbers.x[pick.to - 1, example]))}"
        return own, f"neuron {pick.to} of the {layer_name(last, pick.layer)}"
    if dial is None:
        return "y" + own[1:], f"the target of {own}: {figure(float(numbers.y[pick.to - 1, example]))}"
    source = (
        f"weight from {names.neuron(sizes, dial.layer - 1, dial.source)} to" if dial.source else "bias of"
    )
    return dial.name(sizes), f"the {source} {own}, {standing(numbers, dial)}"


def standing(numbers: Numbers, dial: Dial) -> str:
    """Tell where a dial stands: "now 0.5", and at the descent also from where it came."""
    old, new = (dial.of(one) for one in (numbers.parameters, numbers.after or numbers.parameters))
    if old == new:
        return f"now {figure(new)}"
    was, now = moved(old, new).split(" → ")
    return f"was {was}, now {now}"
