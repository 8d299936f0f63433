"""What happens in rooms is told to their open pages: written once for each kind of reader, and handed to all
of them.

One question a second to the store, about all watched rooms together, finds out whatever happened anywhere;
what happens in this process, or with PostgreSQL in another one, is told at once.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import suppress

from anyio import CapacityLimiter, to_thread
from starlette.responses import StreamingResponse

from app.store.connection import StoreUnavailable
from app.store.rooms import Mark
from app.store.store import Store

ASKED = 1.0  # seconds between two questions to the store
BEAT = 15.0  # seconds after which a page hears that all is well
HEARD = 10.0  # seconds between two notes of who is there
REST = 0.5  # seconds between two boards: many step at once
RETRY = (500, 1500)  # milliseconds after which a page that was cut off comes back
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
GONE = b"event: gone\ndata: \n\n"


class Channel:
    """One kind of reader of a room, and what all of them are told: only the newest counts."""

    def __init__(self) -> None:
        self.readers = 0
        self.text, self.number = b"", 0
        self.mark: tuple[int, ...] | None = None  # of what the text tells
        self.written = 0.0
        self.beat = 0
        self.gone = False
        self.news: asyncio.Future[None] | None = None

    def told(self) -> None:
        """Wake everybody who waits."""
        if self.news is not None and not self.news.done():
            self.news.set_result(None)
        self.news = None

    async def wait(self) -> None:
        """Wait for whatever comes next."""
        if self.news is None:
            self.news = asyncio.get_running_loop().create_future()
        await asyncio.shield(self.news)


class Watched:
    """A room with its channels, and whose pages are open."""

    def __init__(self) -> None:
        self.channels: dict[Hashable, Channel] = {}
        self.owners: Counter[str] = Counter()  # "" is the host
        self.heard = 0.0


class Hub:
    """Tell open pages what happens.

    `render(room, reader)` writes down all that a kind of reader is told, None where the room has gone;
    `pulse(room, reader)` what they are told when nothing has happened for a while. `boards(reader)` tells
    whether they see whatever anybody does. A reader is told apart by equality.
    """

    def __init__(
        self,
        store: Store,
        render: Callable[[str, Hashable], str | None],
        *,
        boards: Callable[[Hashable], bool],
        pulse: Callable[[str, Hashable], str | None] | None = None,
        beat: float = BEAT,
    ) -> None:
        self.store, self.render, self.boards = store, render, boards
        self.pulse, self.beat = pulse or render, beat
        self.rooms: dict[str, Watched] = {}
        self.wake, self.poked = asyncio.Event(), set[str]()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None
        self.turn = CapacityLimiter(1)  # writing keeps no step waiting
        self.ended = threading.Event()

    def poke(self, room: str) -> None:
        """Say that something has happened in a room, from whatever thread."""
        self.store.rooms.tell(room)
        self.heard_of(room)

    def heard_of(self, room: str) -> None:
        """Hear that something has happened in a room, perhaps in another process; from whatever thread."""
        if self.loop is not None and room in self.rooms:
            with suppress(RuntimeError):  # the program is ending
                self.loop.call_soon_threadsafe(self._woken, room)

    def _woken(self, room: str) -> None:
        self.poked.add(room)
        self.wake.set()

    async def stream(self, room: str, reader: Hashable, owner: str, last: str = "") -> AsyncIterator[bytes]:
        """Tell one page all that is, then all that happens; `owner` is the browser it is open in, "" the
        host's. Who reads slowly is told only the newest."""
        channel = self._enter(room, reader, owner)
        try:
            if channel.mark is None:
                await self._catch_up([room])
            number, beat = channel.number, channel.beat
            yield f"retry: {random.randint(*RETRY)}\n".encode() + (channel.text or b"\n")
            while not channel.gone:
                if channel.number != number:
                    number = channel.number
                    yield channel.text
                elif channel.beat != beat:
                    beat = channel.beat
                    yield await self._pulse(room, reader)
                else:
                    await channel.wait()
            yield GONE
        finally:
            self._leave(room, reader, owner)

    def _enter(self, room: str, reader: Hashable, owner: str) -> Channel:
        watched = self.rooms.setdefault(room, Watched())
        channel = watched.channels.setdefault(reader, Channel())
        channel.readers += 1
        watched.owners[owner] += 1
        watched.heard = 0.0
        if self.task is None or self.task.done():
            self.loop = asyncio.get_running_loop()
            self.wake = asyncio.Event()
            self.task = self.loop.create_task(self._run())
            self.store.rooms.listen(self.heard_of, self.ended)
        return channel

    def _leave(self, room: str, reader: Hashable, owner: str) -> None:
        watched = self.rooms[room]
        channel = watched.channels[reader]
        channel.readers -= 1
        watched.owners[owner] -= 1
        if not channel.readers:
            del watched.channels[reader]
        watched.owners += Counter()  # without those that are at none
        if not watched.channels:
            del self.rooms[room]

    async def _run(self) -> None:
        """Ask and tell for as long as anybody listens."""
        beaten = time.monotonic()
        while self.rooms:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), ASKED)
            self.wake.clear()
            poked, self.poked = self.poked, set()
            await self._catch_up(poked or self.rooms)
            if time.monotonic() - beaten >= self.beat:
                beaten = time.monotonic()
                self._beat()

    def _beat(self) -> None:
        for watched in self.rooms.values():
            for channel in watched.channels.values():
                channel.beat += 1
                channel.told()

    async def _pulse(self, room: str, reader: Hashable) -> bytes:
        try:
            text = await to_thread.run_sync(self.pulse, room, reader, limiter=self.turn)
        except StoreUnavailable:
            text = None
        return framed(text) if text else b": still here\n\n"

    async def _catch_up(self, rooms: object) -> None:
        """Ask what has happened in rooms, and tell it. A store that is away is asked again later."""
        assert isinstance(rooms, (set, dict, list))
        asked = [room for room in rooms if room in self.rooms]
        with suppress(StoreUnavailable):
            marks = await to_thread.run_sync(self.store.rooms.marks, asked, limiter=self.turn)
            for room in asked:
                if watched := self.rooms.get(room):
                    await self._tell(room, watched, marks.get(room))
                    await self._note(room, watched)

    async def _tell(self, room: str, watched: Watched, mark: Mark | None) -> None:
        for reader, channel in tuple(watched.channels.items()):
            seen = None if mark is None else tuple(mark) if self.boards(reader) else tuple(mark[:2])
            if seen is not None and (seen == channel.mark or self._rests(channel, seen)):
                continue
            text = None
            if seen is not None:
                text = await to_thread.run_sync(self.render, room, reader, limiter=self.turn)
            if text is None:
                channel.gone = True
            else:
                assert seen is not None
                channel.text = framed(text, ".".join(map(str, seen)))
                channel.mark, channel.written = seen, time.monotonic()
                channel.number += 1
            channel.told()

    def _rests(self, channel: Channel, seen: tuple[int, ...]) -> bool:
        """Tell whether a board can wait, since nothing but what others do has changed."""
        small = channel.mark is not None and channel.mark[:2] == seen[:2]
        return small and time.monotonic() - channel.written < REST

    async def _note(self, room: str, watched: Watched) -> None:
        """Keep who is there."""
        if time.monotonic() - watched.heard < HEARD:
            return
        watched.heard = time.monotonic()
        owners = [owner for owner in watched.owners if owner]

        def note() -> None:
            if owners:
                self.store.members.hear(room, owners)
            if "" in watched.owners:
                self.store.rooms.hear(room)

        await to_thread.run_sync(note, limiter=self.turn)

    def close(self) -> None:
        """Stop telling."""
        self.ended.set()
        if self.task is not None:
            self.task.cancel()


def framed(text: str, id: str = "") -> bytes:
    """Write a text down as one event.

    >>> framed("a\\nb", "1.2")
    b'id: 1.2\\ndata: a\\ndata: b\\n\\n'
    """
    lines = [f"id: {id}"] if id else []
    lines += [f"data: {line}" for line in text.splitlines()]
    return ("\n".join(lines) + "\n\n").encode()


def events_response(pieces: AsyncIterator[bytes]) -> StreamingResponse:
    """Return a stream of events."""
    return StreamingResponse(pieces, media_type="text/event-stream", headers=HEADERS)
