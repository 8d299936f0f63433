"""What there is to learn, as a task in words, keyed as in `app/datasets`. To add one: an entry in `TASKS`."""

from __future__ import annotations

from typing import NamedTuple

from app.datasets.dataset import Dataset

TASKS = {
    "and": "say 1 only when both inputs are 1",
    "or": "say 1 when at least one input is 1",
    "xor": "say 1 when exactly one input is 1",
    "article": "say 1 when the first input is the larger one",
    "textbook": "answer 0.01 and 0.99 to one example",
    "half-adder": "add two bits, digit and carry",
    "digits": "read the digit that a display shows",
    "circle": "tell the middle from the ring",
    "blobs": "tell two clouds apart",
    "xor-clouds": "say 1 where the inputs have different signs",
    "spiral": "tell two arms of a spiral apart",
    "moons": "tell two half moons apart",
    "sine": "draw one swing of a wave",
    "step": "jump from low to high in the middle",
    "bump": "stay flat but for one hill",
    "line": "find the straight line in the noise",
}
OWN, ONE = "your {} examples", "your one example"


class Task(NamedTuple):
    """What is learned, and what to do for it: "AND", "say 1 only when both inputs are 1"."""

    name: str
    words: str


def task_of(data: Dataset) -> Task:
    """Return the task that a data set sets."""
    own = OWN.format(data.rows) if data.rows > 1 else ONE
    return Task(data.name, TASKS.get(data.key) or own)
