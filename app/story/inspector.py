"""The inspector's words: what a picked mark is, and its worked step."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.fingers import Finger
from app.lab.dials import Dial, Pick
from app.lab.replay import Numbers
from app.notation import names
from app.notation.language import N_, _, tr
from app.notation.numbers import figure, moved
from app.story.fingers import Bar, Pointing, alone_of, disagreement, pointing, stack_of
from app.story.formulas.equation import Equation
from app.story.formulas.worked import Worker


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
        tr(LOCKED) if locked else "",
        names.neuron(sizes, pointer.layer, pointer.to) if pointer else "",
        _("z of {neuron}", neuron=title) if pick.kind == "n" else title,
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


LOCKED = N_(
    "Padlock: its slope is below 5 % of the steepest, so whatever blame it receives, almost none "
    "gets through."
)


def heading(numbers: Numbers, example: int, pick: Pick) -> tuple[str, str]:
    """Return a mark's name and what it is."""
    sizes, last = numbers.network.sizes, numbers.network.last
    if pick.kind == "cost":
        return "C", _("the cost")
    own = names.neuron(sizes, pick.layer, pick.to)
    if pick.dial:
        return pick.dial.name(sizes), dial_told(numbers, pick.dial)
    if pick.kind != "n":
        value = figure(float(numbers.y[pick.to - 1, example]))
        return "y" + own[1:], _("the target of {neuron}: {value}", neuron=own, value=value)
    if pick.layer == 0:
        value = figure(float(numbers.x[pick.to - 1, example]))
        return own, _("an input: this example has {value}", value=value)
    return own, neuron_told(last, pick.layer, pick.to)


def neuron_told(last: int, layer: int, number: int) -> str:
    """Tell which neuron of which layer it is.

    >>> neuron_told(2, 2, 1), neuron_told(2, 1, 3), neuron_told(3, 2, 3)
    ('neuron 1 of the output layer', 'neuron 3 of the hidden layer', 'neuron 3 of the hidden layer 2')
    """
    if layer == last:
        return _("neuron {number} of the output layer", number=number)
    if last == 2:
        return _("neuron {number} of the hidden layer", number=number)
    return _("neuron {number} of the hidden layer {layer}", number=number, layer=layer)


def dial_told(numbers: Numbers, dial: Dial) -> str:
    """Tell what a dial is and where it stands, at the descent also from where it came."""
    sizes = numbers.network.sizes
    to = names.neuron(sizes, dial.layer, dial.to)
    source = names.neuron(sizes, dial.layer - 1, dial.source) if dial.source else ""
    old, new = (dial.of(one) for one in (numbers.parameters, numbers.after or numbers.parameters))
    if old == new:
        now = figure(new)
        if source:
            return _("the weight from {source} to {neuron}, now {now}", source=source, neuron=to, now=now)
        return _("the bias of {neuron}, now {now}", neuron=to, now=now)
    was, now = moved(old, new).split(" → ")
    if source:
        return _(
            "the weight from {source} to {neuron}, was {was}, now {now}",
            source=source,
            neuron=to,
            was=was,
            now=now,
        )
    return _("the bias of {neuron}, was {was}, now {now}", neuron=to, was=was, now=now)
