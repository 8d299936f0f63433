"""Examples that somebody brought along: what can be used, the text they are kept as, and the name that text
gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import numpy as np

from app import limits
from app.datasets.dataset import Dataset
from app.limits import Unusable

KEY = re.compile(r"own-[0-9a-f]{24}", re.ASCII)
MOST = {"inputs": limits.INPUTS, "targets": limits.OUTPUTS}
NAME = 40  # letters of a class's name
Find = Callable[[str], Dataset | None]  # from the name of examples to the examples


def nobodys(key: str) -> None:
    """Find no examples."""


def own_from(given: Any) -> Dataset:
    """Return {"inputs": [[…]], "targets": [[…]]}, a row per example, as a data set; raises Unusable.

    It may come with a "note", and with the names of its "classes", one for each output.
    """
    if not isinstance(given, dict) or set(given) - {"note", "classes"} != set(MOST):
        raise Unusable("data", "own-shape")
    note = given.get("note", "")
    if not isinstance(note, str) or len(note) > limits.NOTE:
        raise Unusable("data", "own-note")
    x, y = (rows_of(part, given[part]) for part in MOST)
    if len(x) != len(y):
        raise Unusable("data", "own-counts", inputs=len(x), targets=len(y))
    called = given.get("classes", [])
    named = isinstance(called, list) and all(
        isinstance(name, str) and 0 < len(name) <= NAME for name in called
    )
    if not named or len(called) not in (0, len(y[0])):
        raise Unusable("data", "own-classes", most=NAME)
    more = ({"note": note} if note else {}) | ({"classes": called} if called else {})
    text = json.dumps({"inputs": x, "targets": y} | more, separators=(",", ":"))
    inputs, targets = (np.array(rows).T.copy() for rows in (x, y))
    one_hot = len(targets) > 1 and bool(np.isin(targets, (0, 1)).all() and (targets.sum(axis=0) == 1).all())
    for array in (inputs, targets):
        array.setflags(write=False)
    key = "own-" + sha256(text.encode()).hexdigest()[:24]
    return Dataset(
        key=key,
        name="Own data",
        sentence="Examples somebody brought along.",
        x=inputs,
        y=targets,
        one_hot=one_hot,
        kind="own",
        note=note,
        called=tuple(called),
    )


def scaled(own: Dataset) -> Dataset:
    """Return the same examples with each input scaled to −1 … 1; one that is the same everywhere becomes
    0."""
    low, high = own.x.min(axis=1, keepdims=True), own.x.max(axis=1, keepdims=True)
    x = np.where(high > low, 2 * (own.x - low) / np.where(high > low, high - low, 1.0) - 1, 0.0)
    return own_from(own.as_rows() | {"inputs": x.T.tolist()})


def rows_of(part: str, given: Any) -> list[list[float]]:
    """Return rows of equally many numbers; raises Unusable."""
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise Unusable("data", "own-shape")
    if not 1 <= len(given) <= limits.ROWS:
        raise Unusable("data", "own-rows", found=len(given))
    width = len(given[0])
    if not 1 <= width <= MOST[part]:
        raise Unusable("data", "own-width", part=part, most=MOST[part], found=width)
    for number, row in enumerate(given, 1):
        if len(row) != width:
            raise Unusable("data", "own-ragged", part=part, row=number, found=len(row), wanted=width)
        for value in row:
            if type(value) not in (int, float) or not abs(value) <= limits.VALUE:
                raise Unusable("data", "own-number", part=part, row=number, value=str(value)[:20])
    return [[float(value) + 0.0 for value in row] for row in given]  # there is only one zero
