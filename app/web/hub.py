"""What happens in a room, sent to every page that is open on it: made once for each kind of reader and handed
to all of them, always the newest state and nothing older (server-sent events)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar

from app.lab.budget import NotYet
from app.store.connection import StoreUnavailable
from app.store.rooms import Mark
from app.store.store import Store
from app.web.events import GONE, HEARD, OUT, message
from app.web.slots import Bell, Pace, Slot, Watched, drawn_retry
from app.web.streams import Threads, limiter

RENDERS: RunVar[CapacityLimiter] = RunVar("renders")  # threads of their own: they keep no step waiting
LOOKS: RunVar[CapacityLimiter] = RunVar("looks")
THREADS = 2  # of each
SPACING = 0.02  # seconds between two looks at the store, however often it is said that something has changed
Render = Callable[[str, Hashable], str | None]
log = logging.getLogger("blame-game")


class Hub:
    """Send the states of rooms. `render` makes one for a kind of reader, in a thread, None where the room is
    gone; `boards` tells whether that kind is also to see what everybody does; `pulse` makes what is sent from
    time to time, None for a bare sign of life."""

    pace: Pace = Pace()
    loop: asyncio.AbstractEventLoop | None = None
    tasks: asyncio.TaskGroup

    def __init__(
        self,
        store: Store,
        render: Render,
        *,
        boards: Callable[[Hashable], bool],
        pulse: Render = lambda _id, _key: None,
    ) -> None:
        self.store, self.render, self.boards, self.pulse = store, render, boards, pulse
        self.begin(closed=True)

    def begin(self, *, closed: bool = False) -> None:
        """Begin anew, with no readers; closed, until it is running, for whoever comes too early."""
        self.rooms: dict[str, Watched] = {}
        self.asked: set[str] = set()  # rooms to look at
        self.told: set[str] = set()  # rooms of which other programs are to know
        self.wake, self.looked = asyncio.Event(), Bell()
        self.begun = self.ended = 0  # looks
        self.threads, self.closed = Threads(), closed

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch the rooms that are read, and end all streams in the end."""
        self.begin()
        task = asyncio.create_task(self.run())
        await asyncio.sleep(0)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            await self.threads.ended()

    async def run(self) -> None:
        """Watch the rooms that are read, until cancelled."""
        try:
            async with asyncio.TaskGroup() as self.tasks:
                self.loop = asyncio.get_running_loop()
                for one in (self._each_second(), self._look(), self._beat(), self._presence()):
                    self.tasks.create_task(one)
                if self.store.news.passed_on:
                    self.tasks.create_task(self._listen())
        finally:
            self.loop = None
            self.close()

    def close(self) -> None:
        """End all streams; their pages come back by themselves."""
        self.closed = True
        self.looked.ring()
        for room in self.rooms.values():
            room.ring()

    def poke(self, room_id: str) -> None:
        """Say, from any thread, that something has changed in a room."""
        if (loop := self.loop) is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._poked, room_id)

    def _poked(self, room_id: str) -> None:
        if self.store.news.passed_on:
            self.told.add(room_id)
        self._ask(room_id)

    def _ask(self, room_id: str) -> None:
        self.asked.add(room_id)
        self.wake.set()

    async def stream(self, room_id: str, key: Hashable, owner: str, last: str = "") -> AsyncIterator[bytes]:
        """Yield the state of a room at once, a sign of life where it is there already, the `last`; then the
        newest whenever there is another one. `owner`: whose page it is, "" the host's."""
        room = self.rooms.setdefault(room_id, Watched(room_id))
        slot = room.slots.setdefault(key, Slot(key, board=self.boards(key)))
        room.enter(slot, owner)
        try:
            await self._fresh(room_id)
            first = True
            old, beats = slot.id if room.stale(slot) else "", slot.beats
            while not (self.closed or room.gone or owner in room.out):
                if slot.id not in (last, old, ""):
                    last = slot.id
                    yield slot.first() if first else slot.text
                elif slot.beats != beats or (first and "" != slot.id == last):
                    beats = slot.beats
                    yield drawn_retry() + slot.pulse if first else slot.pulse
                else:
                    await slot.bell.wait()
                    continue
                first = False
            if owner in room.out or room.gone:
                yield OUT if owner in room.out else GONE
        finally:
            room.leave(slot, owner)
            if not room.slots and self.rooms.get(room_id) is room:
                del self.rooms[room_id]

    async def _fresh(self, room_id: str) -> None:
        """Wait for a look that begins from now on: another program may know more."""
        needed = self.begun + 1
        self._ask(room_id)
        while self.ended < needed and not self.closed:
            await self.looked.wait()

    async def _aside(self, threads: RunVar[CapacityLimiter], call: Callable[..., Any], *given: Any) -> Any:
        """Ask in a thread. Return None where the store is away."""
        try:
            return await self.threads.run(limiter(threads, THREADS), partial(call, *given))
        except (StoreUnavailable, NotYet):
            return None
        except Exception:  # one room that cannot be asked for stops no other
            log.exception("rooms cannot be watched")
            return None

    async def _each_second(self) -> None:
        while True:
            await asyncio.sleep(self.pace.look)
            for id in self.rooms:
                self._ask(id)

    async def _look(self) -> None:
        """Look at the rooms that are asked for, whenever some are."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            (ids, self.asked), (told, self.told) = (self.asked & self.rooms.keys(), set()), (self.told, set())
            self.begun += 1
            marks = await self._aside(LOOKS, self._marks, ids, told)
            for room in [self.rooms[id] for id in ids if marks is not None and id in self.rooms]:
                self._know(room, marks.get(room.id))
            self.ended = self.begun
            self.looked.ring()
            await asyncio.sleep(SPACING)

    def _marks(self, ids: set[str], told: set[str]) -> dict[str, Mark]:
        if told:
            self.store.news.tell(told)
        return self.store.rooms.marks(ids) if ids else {}

    def _know(self, room: Watched, mark: Mark | None) -> None:
        """Take note of what a room is now, None where it is gone, and have its states made."""
        if mark is None:
            return self._gone(room)
        if room.mark is None or room.mark.board != mark.board:
            self.tasks.create_task(self._let_out(room))
        room.mark = mark
        for slot in room.slots.values():
            if room.stale(slot) and not slot.made:
                slot.made = True
                self.tasks.create_task(self._make(room, slot))

    async def _let_out(self, room: Watched) -> None:
        """End the streams of whoever was taken out of a room."""
        room.out = await self._aside(LOOKS, self.store.members.removed, room.id) or room.out
        if room.out & room.owners.keys():
            room.ring()

    def _gone(self, room: Watched) -> None:
        room.gone = True
        self.rooms.pop(room.id, None)
        room.ring()

    async def _make(self, room: Watched, slot: Slot) -> None:
        """Make a slot's state, again and again as long as it changes meanwhile. What fails is tried again
        with the next look."""
        clock = asyncio.get_running_loop().time
        try:
            while slot.readers and room.stale(slot) and not room.gone:
                await asyncio.sleep(slot.earliest - clock())
                slot.earliest = clock() + (self.pace.board if slot.board else 0)
                id, render = room.wanted(slot), partial(self.render, room.id, slot.key)
                html = await self.threads.run(limiter(RENDERS, THREADS), render)
                if html is None:
                    return self._gone(room)
                slot.hold(id, message(html, id))
        except (StoreUnavailable, NotYet):
            pass
        except Exception:
            log.exception("a room cannot be shown")
        finally:
            slot.made = False

    async def _beat(self) -> None:
        """Give signs of life."""
        while True:
            await asyncio.sleep(self.pace.beat)
            for id, slot in [(one.id, slot) for one in self.rooms.values() for slot in one.slots.values()]:
                html = await self._aside(RENDERS, self.pulse, id, slot.key)
                slot.pulse = message(html) if html else HEARD
                slot.beats += 1
                slot.bell.ring()

    async def _presence(self) -> None:
        """Write down now and then who is there."""
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(self.pace.look)
            for room in [*self.rooms.values()]:
                if room.owners and clock() - room.heard >= self.pace.presence:
                    room.heard = clock()
                    await self._aside(LOOKS, self._hear, room.id, {*room.owners})

    def _hear(self, room_id: str, owners: set[str]) -> None:
        if "" in owners:
            self.store.rooms.hear(room_id)
        if others := owners - {""}:
            self.store.members.hear(room_id, others)

    async def _listen(self) -> None:
        async for room_id in self.store.news.heard():
            if room_id in self.rooms:
                self._ask(room_id)
