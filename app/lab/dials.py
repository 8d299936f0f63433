"""Dials, and picks: what a person can point at. Both have short marks for addresses, such as "w-1-2-1"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from app.engine.parameters import Array, Parameters
from app.notation import names
from app.notation.names import Sizes

PATTERN = r"(?:n-\d{1,2}-\d{1,2}|w-\d{1,2}-\d{1,2}-\d{1,2}|b-\d{1,2}-\d{1,2}|y-\d{1,2}|cost)?"

MARK = re.compile(r"w-\d{1,2}-\d{1,2}-\d{1,2}|b-\d{1,2}-\d{1,2}", re.ASCII)  # of any dial of any network


class Dial(NamedTuple):
    """The weight ("w") to neuron `to` of `layer` from neuron `source`, or its bias ("b"); counted from 1."""

    kind: Literal["w", "b"]
    layer: int
    to: int
    source: int = 0

    @property
    def mark(self) -> str:
        """Return the dial as it stands in an address and in a change.

        >>> Dial("w", 1, 2, 3).mark, Dial("b", 1, 2).mark
        ('w-1-2-3', 'b-1-2')
        """
        return "-".join(map(str, self if self.kind == "w" else self[:3]))

    @property
    def place(self) -> tuple[int, int]:
        """Return the row and the column of the dial in its layer's block."""
        return self.to - 1, max(self.source, 1) - 1

    def name(self, sizes: Sizes) -> str:
        """Return the dial's name, as a textbook would write it."""
        if self.kind == "w":
            return names.weight(sizes, self.layer, self.to, self.source)
        return names.bias(sizes, self.layer, self.to)

    def blocks(self, parameters: Parameters) -> Mapping[int, Array]:
        """Return the blocks, by layer, among which the dial's is."""
        return parameters.w if self.kind == "w" else parameters.b

    def of(self, parameters: Parameters) -> float:
        """Return the dial's number in some parameters: its value, its gradient, its velocity."""
        return self.blocks(parameters)[self.layer].item(self.to - 1, self.source - 1 if self.source else 0)

    def known(self, parameters: Parameters) -> float | None:
        """Return the same, None where the backward pass has not come there."""
        block = self.blocks(parameters).get(self.layer)
        return None if block is None or len(block) < self.to else self.of(parameters)


@lru_cache(maxsize=256)
def dials_of(sizes: Sizes) -> tuple[Dial, ...]:
    """Return every dial of a network in the order of `Parameters.blocks`.

    >>> [dial.mark for dial in dials_of((2, 1))]
    ['w-1-1-1', 'w-1-1-2', 'b-1-1']
    """
    found: list[Dial] = []
    for layer in range(1, len(sizes)):
        to, sources = range(1, sizes[layer] + 1), range(1, sizes[layer - 1] + 1)
        found += [Dial("w", layer, j, k) for j in to for k in sources]
        found += [Dial("b", layer, j) for j in to]
    return tuple(found)


def with_dial(parameters: Parameters, dial: Dial, value: float) -> Parameters:
    """Return parameters with another number for one dial."""
    changed = parameters.map(np.copy)
    dial.blocks(changed)[dial.layer][dial.place] = value
    return changed


def dial_from(mark: str, sizes: Sizes) -> Dial | None:
    """Read a dial's mark; None where the network has no such dial."""
    pick = pick_from(mark, sizes)
    dial = pick.dial if pick else None
    return dial if dial and dial.mark == mark else None


class Pick(NamedTuple):
    """A neuron ("n"), dial ("w", "b"), target ("y") or the cost; counted from 1, inputs are layer 0."""

    kind: str
    layer: int = 0
    to: int = 0
    source: int = 0

    @property
    def dial(self) -> Dial | None:
        """Return the dial that is pointed at, None where it is something else."""
        if self.kind == "w":
            return Dial("w", self.layer, self.to, self.source)
        return Dial("b", self.layer, self.to) if self.kind == "b" else None

    @property
    def text(self) -> str:
        """Return the pick as it stands in an address."""
        if self.kind == "y":
            return f"y-{self.to}"
        parts = {"n": 2, "b": 2, "w": 3}.get(self.kind, 0)
        return "-".join([self.kind, *map(str, self[1 : 1 + parts])])


def pick_from(text: str, sizes: Sizes) -> Pick | None:
    """Read a pick; None where the network has no such mark."""
    if not text or not re.fullmatch(PATTERN, text):
        return None
    kind, *rest = text.split("-")
    index = [int(part) for part in rest]
    if kind == "cost":
        return Pick("cost")
    if kind == "y":
        return Pick("y", len(sizes) - 1, index[0]) if 1 <= index[0] <= sizes[-1] else None
    layer, to = index[:2]
    lowest = 0 if kind == "n" else 1
    if not (lowest <= layer < len(sizes) and 1 <= to <= sizes[layer]):
        return None
    if kind != "w":
        return Pick(kind, layer, to)
    return Pick("w", layer, to, index[2]) if 1 <= index[2] <= sizes[layer - 1] else None
