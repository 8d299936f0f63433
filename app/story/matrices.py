"""What is said of pasted matrices: how they can be read, and which of them does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.lab.matrices import Way
from app.notation.language import N_, _, ngettext, tr
from app.notation.numbers import grouped

NEURONS = {
    "rows": N_("In your matrices each row is a neuron, as in PyTorch and most textbooks"),
    "columns": N_("In your matrices each column is a neuron, as in Keras and scikit-learn"),
    "lines": N_("The numbers come neuron by neuron, weights and then bias"),
}
BIAS = {"last": N_("its bias stands last"), "first": N_("its bias stands first")}
ORDER = {
    "turns": N_("weights and biases take turns"),
    "after": N_("all biases come after all weights"),
    "": N_("the first one is the first layer’s"),
    "letters": N_("w is the first layer’s and v the second’s, as in the picture"),
}
MOST = 8  # arrays that are listed


def way_told(way: Way, among: Sequence[Way]) -> str:
    """Say how a text is read, the order of the arrays only where it is in question."""
    order = ORDER.get(way.order) if len({one.order for one in among}) > 1 else None
    parts = (NEURONS[way.neurons], BIAS.get(way.bias), order)
    return "; ".join(tr(part) for part in parts if part) + "."


def which(among: Sequence[Way]) -> str:
    """Say to a program that it has to choose."""
    ways = " ".join(f"take={way.key}: {way_told(way, among)}" for way in among)
    return _("This can be read in {count} ways; say which. {ways}", count=len(among), ways=ways)


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts about arrays as words."""
    if "arrays" in facts:
        return facts | arrays_told(facts["arrays"])
    name, at, rows, columns = facts["array"]
    size = shape(rows, columns)
    found = _("“{name}” is {size}", name=shortened(name), size=size)
    if not name:
        found = _("Array {number} is {size}", number=at, size=size)
    if facts["neurons"] == "rows":
        wanted = _("{size}, a row for each neuron", size=shape(facts["to"], facts["sources"]))
    else:
        wanted = _("{size}, a column for each neuron", size=shape(facts["sources"], facts["to"]))
    return facts | {"array": found, "wanted": wanted}


def arrays_told(arrays: Sequence[Any]) -> dict[str, str]:
    """Count arrays and list them, of many the first ones."""
    count, more = len(arrays), len(arrays) - MOST
    listed = ", ".join(f"{name_of(name, at)} ({shape(*size)})" for name, at, *size in arrays[:MOST])
    if more > 0:
        listed = _("{arrays} and {count} more", arrays=listed, count=grouped(more))
    return {"are": ngettext("is one", "are {count}", count, count=grouped(count)), "arrays": listed}


def name_of(name: str, at: int) -> str:
    """Return what an array is called, else which one it is."""
    return _("“{name}”", name=shortened(name)) if name else _("array {number}", number=at)


def shortened(name: str) -> str:
    """Return the end of a name."""
    return name[-40:]


def shape(rows: int, columns: int) -> str:
    """Write rows × columns.

    >>> shape(2, 3)
    '2 × 3'
    """
    return f"{grouped(rows)} × {grouped(columns)}"
