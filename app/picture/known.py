"""Looking numbers up where some have not happened yet."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.parameters import Array
from app.notation.numbers import figure, moved


def column(rows: Array, example: int) -> list[float]:
    """Return one example's numbers as a plain list."""
    found: list[float] = rows[:, example].tolist()
    return found


def known(table: dict[int, list[float]], layer: int, j: int) -> float | None:
    """Return a neuron's number, None where it has not happened."""
    row = table.get(layer, ())
    return row[j - 1] if len(row) >= j else None


def known_row(blocks: Mapping[int, Array], layer: int, j: int) -> Array | None:
    """Return the row of a gradient block, None where it has not happened."""
    block = blocks.get(layer)
    return block[j - 1] if block is not None and len(block) >= j else None


def change_text(old: float, new: float | None) -> str:
    """Return a dial's value, and after the descent its move."""
    return figure(old) if new is None else moved(old, new)
