"""A cable between browsers and a server, to be cut: what was under way when it was stays away for good."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Cable:
    """An address that leads to a port of this machine. While it is cut nothing comes through, and nobody is
    told so."""

    def __init__(self, port: int) -> None:
        self.to, self.cuts, self.is_cut, self.url = port, 0, False, ""
        self.loop: asyncio.AbstractEventLoop
        self.over: asyncio.Event

    def cut(self) -> None:
        """Cut it."""
        self.cuts, self.is_cut = self.cuts + 1, True

    def mend(self) -> None:
        """Let through what is new."""
        self.is_cut = False

    async def run(self, ready: threading.Event) -> None:
        """Serve until it is over."""
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._through, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        await self.over.wait()
        server.close()

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            if self.is_cut:
                await self.over.wait()
            there, onward = await asyncio.open_connection("127.0.0.1", self.to)
            ends.append(onward)
            begun = self.cuts
            await asyncio.gather(self._pass(reader, onward, begun), self._pass(there, writer, begun))
        except (OSError, asyncio.CancelledError):  # cancelled at the end
            pass
        finally:
            for end in ends:
                end.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, begun: int) -> None:
        data = b"anything"
        while data:
            data = await reader.read(65536)
            if self.cuts > begun:
                await self.over.wait()
            writer.write(data)
            await writer.drain()
        writer.close()


@contextmanager
def laid(port: int) -> Iterator[Cable]:
    """Lay a cable to a port."""
    cable, ready = Cable(port), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(cable.run(ready)))
    thread.start()
    ready.wait()
    try:
        yield cable
    finally:
        with suppress(RuntimeError):
            cable.loop.call_soon_threadsafe(cable.over.set)
        thread.join()
