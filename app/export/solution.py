"""The iteration so far as a worked solution: chapter by chapter, each step of the neurons and dials.

Of a large network the loudest and the most blamed are worked out, and all others stand in tables, unless
somebody asks for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from app.lab.dials import Dial, dials_of
from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.notation.language import N_, _, tr
from app.story.formulas.equation import Equation
from app.story.formulas.worked import FEW, Worker
from app.story.labels import layer_name
from app.story.narration import narrate
from app.story.wording import counted, listed


@dataclass(frozen=True)
class Step:
    """One neuron, dial or cost and its equations."""

    name: str
    equations: list[Equation]


@dataclass(frozen=True)
class Chapter:
    """A title, what happened in words, its steps, made only when they are asked for, and where some are left
    to the tables, which these are."""

    title: str
    text: str
    steps: Iterator[Step]
    note: str = ""


GRADIENT = (
    N_("The gradient"),
    N_(
        "A weight’s part of the gradient is the signal that came through its wire times the error it led to, "
        "∂C/∂w = a·δ; a bias always hears 1, so ∂C/∂b = δ."
    ),
    N_("With several examples it is the mean over all of them."),
)
NEURONS, DIALS = 6, 13  # more of them, inputs aside and each example by itself, are not worked out whole
DIAL_BYTES = 2300  # of all that is written for the sake of one dial, where one example is worked out
DEEP = 3  # more layers than these show one neuron each
SHOWN = {"forward": 2, "backward": 2, "gradient": 3}  # of a layer, and of all dials
WHICH = {
    "forward": N_("Worked out here: {names}, the loudest of {count}."),
    "backward": N_("Worked out here: {names}, the most blamed of {count}."),
    "gradient": N_("Worked out here: {names}, the steepest of {count} dials."),
}
ONLY_ONE = N_(
    "The batch has {count} examples: only the one that was drawn is worked out neuron by neuron here."
)


def title_of(lab: Lab, choices: str) -> str:
    """Name a lab's moment for the head of a file."""
    return _("{choices}: iteration {iteration}", choices=choices, iteration=lab.iteration + 1)


def columns(numbers: Numbers, example: int) -> list[int]:
    """Return the columns of the batch that are worked out: all of a very small batch, else the drawn one."""
    size = len(numbers.examples)
    return list(range(size)) if size <= FEW else [example]


def large(numbers: Numbers, example: int) -> bool:
    """Tell whether a network and its batch are so large that only a part of them is worked out."""
    sizes = numbers.network.sizes
    return sum(sizes[1:]) * len(columns(numbers, example)) > NEURONS or len(dials_of(sizes)) > DIALS


def size_of(numbers: Numbers) -> int:
    """Return how many bytes the whole has, more or less."""
    return DIAL_BYTES * len(dials_of(numbers.network.sizes)) * (1 if len(numbers.examples) == 1 else 2)


def chapters(lab: Lab, numbers: Numbers, example: int, *, whole: bool) -> Iterator[Chapter]:
    """Yield the chapters of this iteration as far as it has happened, of a large network its strongest parts;
    `whole` leaves nothing out."""
    whole = whole or not large(numbers, example)
    done = lab.moments[: lab.place % len(lab.moments) + 1]
    for column in columns(numbers, example) if whole else [example]:
        worker, label = Worker(numbers, column), ""
        if len(numbers.examples) > 1:
            label = _("Example {number}", number=numbers.examples[column] + 1) + ". "
        for (phase, layer), group in groupby(done, key=lambda moment: moment[:2]):
            if phase != "descent":
                told = narrate(numbers, column, tuple(group), ())
                chosen, note = neurons(worker, phase, layer, whole)
                title = label * (phase != "input") + told.title
                title += f": {layer_name(worker.last, layer)}" if layer else ""
                yield Chapter(title, told.lines[0], steps(worker, phase, layer, chosen), note)
    worker = Worker(numbers, example)
    if numbers.backward.delta:
        text = " ".join(map(tr, GRADIENT[1 : 3 if len(numbers.examples) > 1 else 2]))
        turned, note = dials(worker, whole)
        yield Chapter(tr(GRADIENT[0]), text, turnings(worker, turned, slice(0, 1)), note)
    if numbers.after is not None:
        told = narrate(numbers, example, done[-1:], ())
        yield Chapter(told.title, told.lines[0], turnings(worker, turned, slice(1, None)), note)


def neurons(worker: Worker, phase: str, layer: int, whole: bool) -> tuple[list[int], str]:
    """Return which neurons of a layer are worked out, from 1, and where that is not all of them, which these
    are."""
    table = {"forward": worker.n.forward.a, "backward": worker.n.backward.delta}.get(phase, {}).get(layer)
    reached = 0 if table is None else len(table)
    shown = SHOWN.get(phase, 0) if len(worker.sizes) - 1 <= DEEP else 1
    if table is None or whole or reached <= shown:
        return list(range(1, reached + 1)), ""
    order = np.argsort(-np.abs(table[:, worker.example]), kind="stable")[:shown]
    chosen = [int(j) + 1 for j in order]
    named = listed([worker.name(layer, j) for j in chosen])
    return chosen, tr(WHICH[phase], names=named, count=counted(reached))


def dials(worker: Worker, whole: bool) -> tuple[list[Dial], str]:
    """Return which dials are worked out, and where that is not all of them, which these are."""
    sizes, nabla = worker.sizes, worker.n.backward.nabla
    found = {dial: value for dial in dials_of(sizes) if (value := dial.known(nabla)) is not None}
    if whole or len(found) <= SHOWN["gradient"]:
        return list(found), ""
    chosen = sorted(found, key=lambda dial: -abs(found[dial]))[: SHOWN["gradient"]]
    named = listed([dial.name(sizes) for dial in chosen])
    return chosen, tr(WHICH["gradient"], names=named, count=counted(len(found)))


def steps(worker: Worker, phase: str, layer: int, chosen: list[int]) -> Iterator[Step]:
    """Yield what these neurons of a layer did in a phase, for one example; an input does nothing."""
    if phase == "cost":
        yield Step("C", worker.cost())
    if phase in ("forward", "backward"):
        work = worker.signal if phase == "forward" else worker.blame
        for j in chosen:
            yield Step(worker.name(layer, j), work(layer, j))


def turnings(worker: Worker, turned: list[Dial], part: slice) -> Iterator[Step]:
    """Yield a part of these dials' equations: a gradient is the first, a move the others."""
    for dial in turned:
        yield Step(dial.name(worker.sizes), worker.dial(dial)[part])
