"""What the readers of a room's events share: for each kind of reader one slot that holds the newest state and
nothing older, written once for all of them."""

from __future__ import annotations

import asyncio
import math
import random
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from app.store.rooms import Mark
from app.web.events import HEARD

RETRIES = range(500, 1501, 100)  # milliseconds: not all come back at once


@dataclass(frozen=True)
class Pace:
    """Seconds: between two looks at what has changed, between two signs of life, between two states for those
    who see what everybody does, and between two notes of who is there."""

    look: float = 1.0
    beat: float = 15.0
    board: float = 0.5
    presence: float = 10.0


def drawn_retry() -> bytes:
    """Write down when a page that was cut off comes back."""
    return b"retry: %d\n" % random.choice(RETRIES)


class Bell:
    """Wake all who wait for it now, and nobody who comes later."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake them."""
        self._event.set()
        self._event.clear()

    async def wait(self) -> None:
        """Wait for it."""
        await self._event.wait()


class Slot:
    """The newest state for one kind of reader, `key`: `text` as it is sent, under an `id`; and `pulse`, the
    newest sign of life. `board`: it is of what everybody in the room does, too."""

    def __init__(self, key: Hashable, *, board: bool) -> None:
        self.key, self.board, self.bell = key, board, Bell()
        self.id, self.text, self.pulse = "", b"", HEARD
        self.firsts: dict[bytes, bytes] = {}
        self.readers = self.beats = 0
        self.made = False  # just now
        self.earliest = 0.0  # when it may be made anew, by the loop's clock

    def hold(self, id: str, text: bytes) -> None:
        """Hold another state, and wake who reads."""
        self.id, self.text, self.firsts = id, text, {}
        self.bell.ring()

    def first(self) -> bytes:
        """Return the state for a page that has just come; few are different, since each is kept as long as
        somebody was sent nothing newer."""
        retry = drawn_retry()
        return self.firsts.setdefault(retry, retry + self.text)


class Watched:
    """A room that somebody reads; `owners` counts the pages of each browser, the host's under ""."""

    def __init__(self, id: str) -> None:
        self.id, self.gone = id, False
        self.mark: Mark | None = None  # nobody has looked yet
        self.slots: dict[Hashable, Slot] = {}
        self.owners: Counter[str] = Counter()
        self.out: set[str] = set()  # browsers that were taken out
        self.heard = -math.inf  # when it was last written down who is there, by the loop's clock

    def wanted(self, slot: Slot) -> str:
        """Return the id of the state that a slot should hold."""
        return self.mark.name(board=slot.board) if self.mark else ""

    def stale(self, slot: Slot) -> bool:
        """Tell whether a slot holds another state, or nobody knows."""
        return self.mark is None or slot.id != self.wanted(slot)

    def enter(self, slot: Slot, owner: str) -> None:
        """Count a reader."""
        slot.readers += 1
        self.owners[owner] += 1

    def leave(self, slot: Slot, owner: str) -> None:
        """Forget a reader, and a slot that nobody reads."""
        slot.readers -= 1
        if not slot.readers:
            del self.slots[slot.key]
        self.owners[owner] -= 1
        if not self.owners[owner]:
            del self.owners[owner]

    def ring(self) -> None:
        """Wake all readers."""
        for slot in self.slots.values():
            slot.bell.ring()
