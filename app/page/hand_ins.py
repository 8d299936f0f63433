"""What became of numbers that a class worked out by hand: which quantities went wrong, and by which slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from app.lessons.slips.registry import SLIPS
from app.lessons.steps import PHASES
from app.notation.language import tr
from app.story.classroom import QUANTITIES


class Tried(Protocol):
    """What became of a step that somebody worked out, as far as it is counted here."""

    @property
    def quantity(self) -> str: ...
    @property
    def slips(self) -> tuple[str, ...]: ...
    @property
    def right(self) -> bool: ...
    @property
    def tries(self) -> int: ...


class Row(NamedTuple):
    """A quantity: how often it was worked out, how often right at once, in the end, and not at all, and the
    slips behind first wrong values with how often."""

    name: str
    tried: int
    at_once: int
    later: int
    never: int
    slips: tuple[tuple[str, int], ...]


def handed_in(tries: Iterable[Tried]) -> list[Row]:
    """Count by quantity, in the order in which they are worked out."""
    by: dict[str, list[Tried]] = {}
    for one in tries:
        by.setdefault(one.quantity, []).append(one)
    order = {quantity: at for at, quantity in enumerate(PHASES)}
    return [
        row_of(quantity, by[quantity]) for quantity in sorted(by, key=lambda one: order.get(one, len(order)))
    ]


def row_of(quantity: str, tries: list[Tried]) -> Row:
    """Count what became of a quantity."""
    slips = Counter(slip for one in tries for slip in one.slips if slip in SLIPS)
    at_once = sum(one.right and one.tries == 1 for one in tries)
    right = sum(one.right for one in tries)
    return Row(
        name=tr(QUANTITIES.get(quantity, quantity)),
        tried=len(tries),
        at_once=at_once,
        later=right - at_once,
        never=len(tries) - right,
        slips=tuple((tr(SLIPS[slip].name), n) for slip, n in slips.most_common()),
    )
