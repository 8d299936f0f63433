"""The iteration so far as a worked solution: chapter by chapter, every step of every neuron and dial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.notation import names
from app.story.formulas.equation import Equation
from app.story.formulas.worked import FEW, Worker
from app.story.narration import narrate


@dataclass(frozen=True)
class Step:
    """One neuron, dial or cost and its equations."""

    name: str
    equations: list[Equation]


@dataclass(frozen=True)
class Chapter:
    """A title, what happened in words, and its steps, made only when they are asked for."""

    title: str
    text: str
    steps: Iterator[Step]


GRADIENT = (
    "The gradient.",
    "A weight’s part of the gradient is the signal that came through its wire times the error it led to, "
    "∂C/∂w = a·δ; a bias "
    "always hears 1, so ∂C/∂b = δ.",
)
MEAN = " With several examples it is the mean over all of them."
EXAMPLE = "Example {}"
TITLE = "{choices}: iteration {iteration}"
ONLY_ONE = "The batch has {} examples: only the one that was drawn is worked out neuron by neuron here."


def title_of(lab: Lab, choices: str) -> str:
    """Name a lab's moment for the head of a file."""
    return TITLE.format(choices=choices, iteration=lab.iteration + 1)


def columns(numbers: Numbers, example: int) -> list[int]:
    """Return the columns of the batch that are worked out: all of a very small batch, else the drawn one."""
    size = len(numbers.examples)
    return list(range(size)) if size <= FEW else [example]


def chapters(lab: Lab, numbers: Numbers, example: int) -> Iterator[Chapter]:
    """Yield the chapters of this iteration as far as it has happened."""
    done = lab.moments[: lab.place % len(lab.moments) + 1]
    for column in columns(numbers, example):
        worker, label = Worker(numbers, column), ""
        if len(numbers.examples) > 1:
            label = EXAMPLE.format(numbers.examples[column] + 1) + ". "
        for (phase, layer), group in groupby(done, key=lambda moment: moment[:2]):
            if phase != "descent":
                told = narrate(numbers, column, tuple(group), ())
                yield Chapter(
                    label * (phase != "input") + told.title, told.lines[0], steps(worker, phase, layer)
                )
    worker = Worker(numbers, example)
    if numbers.backward.delta:
        text = GRADIENT[1] + MEAN * (len(numbers.examples) > 1)
        yield Chapter(GRADIENT[0], text, dials(worker, slice(0, 1)))
    if numbers.after is not None:
        told = narrate(numbers, example, done[-1:], ())
        yield Chapter(told.title, told.lines[0], dials(worker, slice(1, None)))


def steps(worker: Worker, phase: str, layer: int) -> Iterator[Step]:
    """Yield what one example's neurons did in a phase, in a layer; an input does nothing."""
    if phase == "cost":
        yield Step("C", worker.cost())
    for j in range(1, worker.sizes[layer] + 1 if layer else 0):
        name = worker.name(layer, j)
        if phase == "forward" and worker.has(worker.n.forward.z, layer, j):
            yield Step(name, worker.signal(layer, j))
        if phase == "backward" and worker.has(worker.n.backward.delta, layer, j):
            yield Step(name, worker.blame(layer, j))


def dials(worker: Worker, part: slice) -> Iterator[Step]:
    """Yield a part of each dial's equations: its gradient is the first, its move the others."""
    for layer in worker.net.layers:
        for j in range(1, worker.sizes[layer] + 1):
            for k in range(1, worker.sizes[layer - 1] + 1):
                if found := worker.dial(Dial("w", layer, j, k))[part]:
                    yield Step(names.weight(worker.sizes, layer, j, k), found)
            if found := worker.dial(Dial("b", layer, j))[part]:
                yield Step(names.bias(worker.sizes, layer, j), found)
