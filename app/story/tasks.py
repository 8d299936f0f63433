"""What there is to learn, as a task in words, keyed as in `app/datasets`. To add one: an entry in `TASKS`."""

from __future__ import annotations

from typing import NamedTuple

from app.datasets.dataset import Dataset
from app.notation.language import N_, ngettext, tr

TASKS = {
    "and": N_("say 1 only when both inputs are 1"),
    "or": N_("say 1 when at least one input is 1"),
    "xor": N_("say 1 when exactly one input is 1"),
    "article": N_("say 1 when the first input is the larger one"),
    "textbook": N_("answer 0.01 and 0.99 to one example"),
    "half-adder": N_("add two bits, digit and carry"),
    "digits": N_("read the digit that a display shows"),
    "circle": N_("tell the middle from the ring"),
    "blobs": N_("tell two clouds apart"),
    "xor-clouds": N_("say 1 where the inputs have different signs"),
    "spiral": N_("tell two arms of a spiral apart"),
    "moons": N_("tell two half moons apart"),
    "sine": N_("draw one swing of a wave"),
    "step": N_("jump from low to high in the middle"),
    "bump": N_("stay flat but for one hill"),
    "line": N_("find the straight line in the noise"),
}


class Task(NamedTuple):
    """What is learned, and what to do for it: "AND", "say 1 only when both inputs are 1"."""

    name: str
    words: str


def task_of(data: Dataset) -> Task:
    """Return the task that a data set sets."""
    if data.key in TASKS:
        return Task(tr(data.name), tr(TASKS[data.key]))
    return Task(tr(data.name), ngettext("your one example", "your {n} examples", data.rows))
