"""Readers of a room's events, as a page reads them, and a hub that watches at a quick pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

from app.store.rooms import StoredRoom
from app.store.store import Store
from app.web.hub import Hub
from app.web.slots import Pace

PATIENCE = 20.0  # seconds for what must come, so that no test hangs
QUICK = Pace(look=0.05, beat=3600, board=0.05, presence=0.05)
POKED = Pace(look=3600, beat=3600, board=0.05, presence=3600)  # nothing happens by itself


class Event(NamedTuple):
    """One event as it came."""

    name: str
    data: str
    id: str


def event_of(text: str) -> Event:
    """Read one event."""
    found: dict[str, list[str]] = {"event": [], "data": [], "id": [], "retry": []}
    for line in text.strip().splitlines():
        field, _, value = line.partition(": ")
        found[field].append(value)
    return Event("".join(found["event"]), "\n".join(found["data"]), "".join(found["id"]))


class Reader:
    """A page that is open on a room."""

    def __init__(
        self, hub: Hub, room: str, key: Hashable = "class", owner: str = "ada", last: str = ""
    ) -> None:
        self.events = hub.stream(room, key, owner, last)

    async def raw(self) -> str:
        """Return the next piece."""
        return (await asyncio.wait_for(anext(self.events), PATIENCE)).decode()

    async def next(self) -> Event:
        """Return the next event."""
        return event_of(await self.raw())

    async def states(self) -> Event:
        """Return the next state, past signs of life."""
        while (found := await self.next()).name == "heard":
            pass
        return found

    async def ended(self) -> bool:
        """Tell whether nothing more comes."""
        with suppress(StopAsyncIteration):
            await self.next()
            return False
        return True

    async def leave(self) -> None:
        """Close the page."""
        await self.events.aclose()


class Shown:
    """Make states of what is stored: the room's state, and for the host, whose key is "board", how many are
    in it. `made` counts them, `fails` are raised first."""

    def __init__(self, store: Store) -> None:
        self.store, self.made = store, 0
        self.fails: list[Exception] = []

    def __call__(self, room_id: str, key: Hashable) -> str | None:
        self.made += 1
        if self.fails:
            raise self.fails.pop()
        room = self.store.rooms.get(room_id)
        if room is None:
            return None
        return f"{room.state}\n{self.store.members.count(room_id)}" if key == "board" else room.state


def opened(store: Store, code: str = "KX7FRW") -> StoredRoom:
    """Open a room."""
    room = store.rooms.add(code=code, token="host", lab="", state="first")
    assert room
    return room


def say(store: Store, room_id: str, state: str) -> None:
    """Change a room's state."""
    room = store.rooms.get(room_id)
    assert room
    assert store.rooms.change(room, state=state, guessing="")


async def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(store: Store, pace: Pace = POKED) -> AsyncIterator[tuple[Hub, Shown]]:
    """Run a hub, and end it."""
    shown = Shown(store)
    hub = Hub(store, shown, boards=lambda key: key == "board")
    hub.pace = pace
    async with hub.running():
        yield hub, shown
