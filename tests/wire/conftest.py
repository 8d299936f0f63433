"""A server in this very process, and whoever speaks to it byte by byte."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn
from fastapi import FastAPI

from app import wire
from app.main import create_app
from app.settings import Settings
from app.store.store import Store
from app.web.saved_labs import SavedLabs
from app.wire import Wire

PATIENCE = 20.0  # seconds for what must come, so that no test hangs


class Told(NamedTuple):
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, *, silent: bool = False) -> Told:
        """Read one answer; `silent`: one to HEAD."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE)
        first, *lines = head.decode().strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        size = 0 if silent else int(headers.get("content-length", 0))
        return Told(
            int(first.split()[1]), headers, await asyncio.wait_for(self.reader.readexactly(size), PATIENCE)
        )

    async def rest(self) -> bytes:
        """Read until the other side closes."""
        try:
            return await asyncio.wait_for(self.reader.read(), PATIENCE)
        except ConnectionError:
            return b""


class Serving:
    """The server, its connections, and a lab of a browser's own."""

    def __init__(self, server: uvicorn.Server, app: FastAPI, port: int) -> None:
        self.server, self.app, self.port, self.lines = server, app, port, []
        self.lab, self.cookie = "", ""

    @property
    def connections(self) -> list[Wire]:
        """Return the server's side of every connection."""
        return [one for one in self.server.server_state.connections if isinstance(one, Wire)]

    async def call(self) -> Line:
        """Open a connection."""
        line = Line(*await asyncio.open_connection("127.0.0.1", self.port, limit=2**24))
        self.lines.append(line)
        return line

    async def make(self) -> None:
        """Make a lab."""
        line = await self.call()
        await line.send(
            b"POST /labs HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Length: 0\r\n\r\n"
        )
        told = await line.answer()
        self.lab, self.cookie = json.loads(told.body)["id"], told.headers["set-cookie"].split(";")[0]

    def change(self, *more: str) -> bytes:
        """Return the head of a request that changes the lab."""
        return self.post(
            f"/labs/{self.lab}/change?at=0", "Content-Type: application/x-www-form-urlencoded", *more
        )

    def post(self, path: str, *more: str) -> bytes:
        """Return the head of a post by the lab's owner."""
        lines = (
            f"POST {path} HTTP/1.1",
            "Host: x",
            "Accept: application/json",
            f"Cookie: {self.cookie}",
            *more,
        )
        return "\r\n".join((*lines, "", "")).encode()

    @property
    def row(self) -> object:
        """Return what is stored of the lab."""
        return self.app.state.labs.store.labs.get(self.lab)


async def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0)


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, put together once."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('wire')}/labs.sqlite3"))
    app.state.labs.store.close()
    return app


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[Serving]:
    """Serve on a free port."""
    config = uvicorn.Config(
        app, http=Wire, ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        await until(lambda: server.started)
        here = Serving(server, app, listener.getsockname()[1])
        yield here
        for line in here.lines:
            line.writer.close()
        server.should_exit = True
        await running


@pytest.fixture
async def serving(
    whole_app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Serving]:
    """Serve the application, with a lab that stands at its start."""
    monkeypatch.setattr(wire, "LINGER", 0.3)
    whole_app.state.labs = SavedLabs(Store(f"sqlite:///{tmp_path}/labs.sqlite3"))
    async with served(whole_app) as here:
        await here.make()
        yield here
