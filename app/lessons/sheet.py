"""One sheet to be worked out by hand: what is given, blanks part by part, and the key to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.engine.activations import ACTIVATIONS
from app.lab.dials import Dial, dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.variants import DIGITS
from app.notation.language import N_, _, tr
from app.notation.numbers import figure, given
from app.picture.marks import Scene
from app.picture.scene import scene_of
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Num
from app.story.formulas.worked import Worker
from app.story.functions import activations, costs
from app.story.labels import function_name

PARTS = {  # that a student works, in their order, and what is said above each
    "forward": (N_("Forward"), N_("Add up what each neuron hears, and let it answer.")),
    "cost": (N_("Cost"), N_("How wrong is the answer, as one number?")),
    "backward": (
        N_("Backward"),
        N_(
            "From the output back to the first hidden layer: what each neuron receives, its slope, and its "
            "error δ."
        ),
    ),
    "update": (
        N_("Update"),
        N_(
            "∂C/∂w is the signal that comes through the wire times the error δ of the neuron it leads to; "
            "∂C/∂b is that δ itself. New = old − η·∂C/∂w."
        ),
    ),
}


@dataclass(frozen=True)
class Line:
    """One result: its name, the law as MathML, the key, whether it is printed instead of a blank, and a
    shorter law where there is one."""

    name: str
    law: str
    key: str
    given: bool = False
    short: str = ""


@dataclass(frozen=True)
class Turn:
    """A dial on the way to its new value: its name and value, its gradient, and the new one."""

    name: str
    old: str
    gradient: Line
    new: Line


@dataclass(frozen=True)
class Part:
    """A part of a sheet: its key in PARTS, title and words, and its lines, or the dials of an update."""

    part: str
    title: str
    text: str
    lines: tuple[Line, ...] = ()
    turns: tuple[Turn, ...] = ()

    def results(self) -> Iterator[Line]:
        """Yield every result in its order."""
        yield from self.lines
        for turn in self.turns:
            yield from (turn.gradient, turn.new)


@dataclass(frozen=True)
class Row:
    """A neuron’s dials as they are printed: the neuron’s name, and (name, value) of its bias and weights."""

    name: str
    dials: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """A numbered sheet: its network at the very start, the picture of it, what is given, and the parts.

    `laws` say what neurons and cost are."""

    number: int
    recipe: Recipe
    scene: Scene
    laws: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    layers: tuple[tuple[Row, ...], ...]
    parts: tuple[Part, ...]

    def key(self) -> list[tuple[str, str]]:
        """Return name and value of every blank, in its order."""
        lines = (line for part in self.parts for line in part.results())
        return [(line.name, line.key) for line in lines if not line.given]


def sheet_of(recipe: Recipe, number: int, blanks: Iterable[str]) -> Sheet:
    """Make the sheet of a network; what is not left blank is given, as far as blanks come after it."""
    lab, replay, asked = Lab(recipe), Replay(), set(blanks)
    numbers, start = replay.numbers(lab.go(len(lab.moments) - 1)), replay.numbers(lab)
    worker = Worker(numbers, 0)
    last = max(at for at, part in enumerate(PARTS) if part in asked)
    shown = [part for at, part in enumerate(PARTS) if at <= last]
    return Sheet(
        number=number,
        recipe=recipe,
        scene=scene_of(start, "weights", 0, recent=(), labels=True),
        laws=tuple(laws_of(recipe)),
        values=tuple(values_of(worker)),
        layers=tuple(
            tuple(row_of(worker, layer, j) for j in worker.among(layer)) for layer in worker.net.layers
        ),
        parts=tuple(part_of(part, worker, given=part not in asked) for part in shown),
    )


def laws_of(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Yield what the neurons and the cost of a network are: of what, and its name and formulas."""
    hidden = recipe.activations
    if len(set(hidden)) == 1:
        yield _("Hidden neurons"), law_of(hidden[0])
    else:
        for layer, key in enumerate(hidden, 1):
            yield _("Hidden layer {number}", number=layer), law_of(key)
    yield _("Outputs"), law_of(recipe.output)
    cost, shares = costs.told(recipe.cost), ACTIVATIONS[recipe.output].couples  # which may have another law
    yield _("Cost"), tr(cost.name) if shares or not cost.formula else f"{tr(cost.name)}, {cost.formula}"


def law_of(key: str) -> str:
    """Return name, formula and slope of an activation, as far as somebody has written them down."""
    said, name = activations.told(key), function_name(key)
    if not said.formula:
        return name
    formulas = {"name": name, "formula": tr(said.formula), "slope": tr(said.slope_formula)}
    return _("{name}, a = {formula}, slope f′ = {slope}", **formulas)


def values_of(worker: Worker) -> Iterator[tuple[str, str]]:
    """Yield inputs, targets and the learning rate as (name, value)."""
    numbers: Numbers = worker.n
    for j in worker.among(0):
        yield worker.name(0, j), given(float(numbers.x[j - 1, 0]))
    for j in worker.among(worker.last):
        yield worker.y(j).name, given(float(numbers.y[j - 1, 0]))
    yield "η", given(numbers.eta)


def row_of(worker: Worker, layer: int, j: int) -> Row:
    """Return a neuron’s dials, its bias first where there are biases."""
    dials = [Dial("w", layer, j, k) for k in worker.among(layer - 1)]
    if worker.n.recipe.biases:
        dials.insert(0, Dial("b", layer, j))
    return Row(
        worker.name(layer, j),
        tuple((dial.name(worker.sizes), given(dial.of(worker.n.parameters))) for dial in dials),
    )


def part_of(part: str, worker: Worker, *, given: bool) -> Part:
    """Return a part of the sheet with its results."""
    title, text = PARTS[part]
    if part == "update":
        free = (dial for dial in dials_of(worker.sizes) if not worker.n.recipe.is_held(dial))
        turns = tuple(turn_of(worker, dial, given) for dial in free)
        return Part(part, tr(title), tr(text), turns=turns)
    return Part(part, tr(title), tr(text), lines=tuple(lines_of(equations(part, worker), given)))


def equations(part: str, worker: Worker) -> Iterator[Equation]:
    """Yield the equations of a part, layer by layer; neuron by neuron."""
    if part == "cost":
        yield from worker.cost()
        return
    work, layers = (worker.signal, worker.net.layers) if part == "forward" else (worker.blame, None)
    for layer in layers or reversed(worker.net.layers):
        for j in worker.among(layer):
            yield from work(layer, j)


def lines_of(found: Iterable[Equation], given: bool) -> list[Line]:
    """Return a line for each result; another way to one that is there already stands beside it."""
    lines: dict[str, Line] = {}
    for equation in found:
        name = equation.result.label()
        line, before = line_of(equation, name, given), lines.get(name)
        if before is None:
            lines[name] = line
        elif before.law != line.law:
            lines[name] = replace(before, short=line.law)
    return list(lines.values())


def line_of(equation: Equation, name: str, given: bool) -> Line:
    """Return the line of a result. A formula that is nothing but a number would tell it and stays away."""
    result, formula = equation.result, equation.formula
    tells = isinstance(formula, Num) and not formula.name
    law = f"<math>{result.names()}</math>" if tells else equation.law()
    return Line(name, law, figure(result.value, max(DIGITS, equation.least)), given)


def turn_of(worker: Worker, dial: Dial, given: bool) -> Turn:
    """Return how a dial is turned."""
    gradient, *_more, new = worker.dial(dial)
    name, old = dial.name(worker.sizes), dial.of(worker.n.parameters)
    return Turn(
        name,
        figure(old, DIGITS),
        line_of(gradient, gradient.result.label(), given),
        line_of(new, _("{dial} new", dial=name), given),
    )
