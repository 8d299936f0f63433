"""A stream is never held back, packed or taken for somebody slow; who does not read it costs little and is
let go, and at the end of the program it ends as it should."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from app import limits
from app.store.store import Store
from app.web.events import events_response
from app.web.guard import Guard
from app.web.hub import Hub
from app.web.slots import Pace
from app.web.spoken import Spoken
from tests.wire.conftest import PATIENCE, Line, Serving, served, until

pytestmark = pytest.mark.anyio
SIZE = 25_000  # bytes of a state
HEALTH = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"


class Board:
    """A room of which everybody sees the same, served as the application does it."""

    def __init__(self, store: Store) -> None:
        self.number = 1
        room = store.rooms.add(code="KX7FRW", token="host", lab="", state="1")
        assert room
        self.room, self.store = room, store
        pace = Pace(look=3600, beat=3600, presence=3600)
        self.hub = Hub(store, self.render, boards=lambda _: False)
        self.hub.pace = pace
        self.app = FastAPI(lifespan=self.lifespan)
        self.app.add_api_route("/events", self.events)
        self.app.add_api_route("/livez", lambda: "well")
        for middleware in (GZipMiddleware, Guard, Spoken):
            self.app.add_middleware(middleware)

    @asynccontextmanager
    async def lifespan(self, _app: FastAPI) -> AsyncIterator[dict[str, object]]:
        async with self.hub.running():
            yield {"end": self.hub.close}

    def render(self, _id: str, _key: Hashable) -> str:
        return f"state {self.number}." + "x" * SIZE

    async def events(self) -> Response:
        return events_response(self.hub.stream(self.room.id, "class", "ada"))

    def step(self) -> None:
        self.number += 1
        now = self.store.rooms.get(self.room.id)
        assert now
        assert self.store.rooms.change(now, state=str(self.number), guessing="")
        self.hub.poke(self.room.id)

    @property
    def made(self) -> int:
        """Return the number of the state that is to be sent now."""
        return max(int(slot.id.split(".")[0]) for slot in self.hub.rooms[self.room.id].slots.values())


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    store = Store(f"sqlite:///{tmp_path}/labs.sqlite3")
    yield Board(store)
    store.close()


async def opened(serving: Serving) -> tuple[Line, bytes]:
    """Open a stream. Return it and the head of its answer."""
    line = await serving.call()
    await line.send(b"GET /events HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
    return line, await asyncio.wait_for(line.reader.readuntil(b"\r\n\r\n"), PATIENCE)


async def state(line: Line) -> str:
    """Return the next state."""
    await asyncio.wait_for(line.reader.readuntil(b"data: state "), PATIENCE)
    found = await asyncio.wait_for(line.reader.readuntil(b"\n\n\r\n"), PATIENCE)
    return found.decode().partition(".")[0]


async def test_a_stream_comes_at_once_and_is_never_packed(board: Board) -> None:
    async with served(board.app) as serving:
        line, head = await opened(serving)
        assert head.startswith(b"HTTP/1.1 200")
        assert b"text/event-stream" in head
        assert b"content-encoding" not in head
        assert b"x-accel-buffering: no" in head
        assert await state(line) == "1"
        board.step()
        assert await state(line) == "2"


async def test_a_stream_is_not_taken_for_somebody_slow_or_idle(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(limits, name, 0.1)
    async with served(board.app) as serving:
        serving.server.config.timeout_keep_alive = 0
        line, _ = await opened(serving)
        assert await state(line) == "1"
        await asyncio.sleep(0.4)
        board.step()
        assert await state(line) == "2"


async def test_where_too_many_are_there_streams_stay(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS", 3)
    async with served(board.app) as serving:
        lines = [(await opened(serving))[0] for _ in range(2)]
        resting = await serving.call()
        await resting.send(HEALTH)
        assert (await resting.answer()).status == 200
        one_more, _ = await opened(serving)
        assert await resting.rest() == b""
        assert [await state(line) for line in (*lines, one_more)] == ["1"] * 3


async def test_who_leaves_is_forgotten(board: Board) -> None:
    async with served(board.app) as serving:
        line, _ = await opened(serving)
        assert await state(line) == "1"
        line.writer.close()
        await until(lambda: not board.hub.rooms)


async def test_who_does_not_read_costs_little_and_is_let_go(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(board.app) as serving:
        line, _ = await opened(serving)
        assert await state(line) == "1"
        line.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        line.writer.transport.pause_reading()
        (connection,) = serving.connections
        while not connection.stalled:
            board.step()
            await until(lambda: board.made == board.number)
        held = connection.transport.get_write_buffer_size()
        for _ in range(20):
            board.step()
            await until(lambda: board.made == board.number)
        assert connection.transport.get_write_buffer_size() == held < 64 * 1024 + 2 * SIZE
        line.writer.transport.resume_reading()
        while await state(line) != str(board.number):
            pass
        line.writer.transport.pause_reading()
        monkeypatch.setattr(limits, "READ_SECONDS", 0.1)
        while board.hub.rooms:
            board.step()
            await asyncio.sleep(0.01)
        await until(lambda: not serving.connections)


async def test_at_the_end_of_the_program_streams_end_as_they_should(board: Board) -> None:
    async with served(board.app) as serving:
        lines = [(await opened(serving))[0] for _ in range(50)]
        assert {await state(line) for line in lines} == {"1"}
        serving.server.should_exit = True
        assert {await line.rest() for line in lines} == {b"0\r\n\r\n"}
