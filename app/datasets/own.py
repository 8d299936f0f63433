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
from app.datasets.dataset import Column, Dataset, plain
from app.limits import Unusable
from app.notation.language import N_

KEY = re.compile(r"own-[0-9a-f]{24}", re.ASCII)
MOST = {"inputs": limits.INPUTS, "targets": limits.OUTPUTS}
NAME = 40  # letters of a class's or a column's name
LARGEST = 1e15  # of an original number, so that its digits are sure
Find = Callable[[str], Dataset | None]  # from the name of examples to the examples


def nobodys(key: str) -> None:
    """Find no examples."""


def own_from(given: Any) -> Dataset:
    """Return {"inputs": [[…]], "targets": [[…]]}, a row per example, as a data set; raises Unusable.

    It may come with a "note", the names of its "classes", one for each output, and with "columns", what each
    input and then each target stands for: {"name", "low", "high", "words"}, as in `Column`.
    """
    if not isinstance(given, dict) or set(given) - {"note", "classes", "columns"} != set(MOST):
        raise Unusable("data", "own-shape")
    note = given.get("note", "")
    if not isinstance(note, str) or len(note) > limits.NOTE:
        raise Unusable("data", "own-note")
    check_signs("note", note)
    x, y = (rows_of(part, given[part]) for part in MOST)
    if len(x) != len(y):
        raise Unusable("data", "own-counts", inputs=len(x), targets=len(y))
    called = given.get("classes", [])
    if not names(called) or len(called) not in (0, len(y[0])):
        raise Unusable("data", "own-classes", most=NAME)
    check_signs("classes", *called)
    columns = columns_from(given.get("columns", []), len(x[0]) + len(y[0]))
    more = ({"note": note} if note else {}) | ({"classes": called} if called else {})
    more |= {"columns": [plain(column) for column in columns]} if columns else {}
    text = json.dumps({"inputs": x, "targets": y} | more, separators=(",", ":"))
    inputs, targets = (np.array(rows).T.copy() for rows in (x, y))
    one_hot = len(targets) > 1 and bool(np.isin(targets, (0, 1)).all() and (targets.sum(axis=0) == 1).all())
    for array in (inputs, targets):
        array.setflags(write=False)
    key = "own-" + sha256(text.encode()).hexdigest()[:24]
    return Dataset(
        key=key,
        name=N_("Own data"),
        sentence=N_("Examples somebody brought along."),
        x=inputs,
        y=targets,
        one_hot=one_hot,
        kind="own",
        note=note,
        called=tuple(called),
        columns=columns,
    )


def scaled(own: Dataset) -> Dataset:
    """Return the same examples with each input scaled to −1 … 1, which the columns then tell; one that is the
    same everywhere becomes 0."""
    low, high = own.x.min(axis=1, keepdims=True), own.x.max(axis=1, keepdims=True)
    x = np.where(high > low, 2 * (own.x - low) / np.where(high > low, high - low, 1.0) - 1, 0.0)
    inputs = [
        column._replace(low=column.original(one), high=column.original(other if other > one else one + 2))
        for column, one, other in zip(own.inputs, low[:, 0].tolist(), high[:, 0].tolist(), strict=True)
    ]
    columns = [plain(column) for column in (*inputs, *own.aims)]
    return own_from(own.as_rows() | {"inputs": x.T.tolist(), "columns": columns})


def check_signs(part: str, *texts: str) -> None:
    """Raise Unusable where a text has a sign that cannot be shown."""
    if any(limits.UNWRITABLE.search(text) for text in texts):
        raise Unusable("data", "own-signs", part=part)


def names(given: Any) -> bool:
    """Tell whether something is a list of names."""
    return isinstance(given, list) and all(isinstance(name, str) and 0 < len(name) <= NAME for name in given)


def columns_from(given: Any, wanted: int) -> tuple[Column, ...]:
    """Return what the columns stand for, () where nothing was given; raises Unusable."""
    if not isinstance(given, list) or len(given) not in (0, wanted):
        raise Unusable("data", "own-columns", wanted=wanted, most=NAME)
    return tuple(column_from(one, wanted) for one in given)


def column_from(given: Any, wanted: int) -> Column:
    """Return what a column stands for; raises Unusable."""
    try:
        name, words = given.get("name", ""), given.get("words", [])
        low, high = float(given.get("low", -1.0)), float(given.get("high", 1.0))
        right = not set(given) - {"name", "low", "high", "words"} and isinstance(name, str) and names(words)
    except (AttributeError, TypeError, ValueError, OverflowError):
        right = False
    if not right or len(name) > NAME or not -LARGEST <= low < high <= LARGEST or len(words) not in (0, 2):
        raise Unusable("data", "own-columns", wanted=wanted, most=NAME)
    check_signs("columns", name, *words)
    return Column(name, low + 0.0, high + 0.0, tuple(words))


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
