"""`streams`: a thousand pages open on one room, one server process: how soon a step reaches the last of them,
what a page that is open costs, and how soon the program ends."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import suppress
from statistics import median

from tests.benchmarks.report import against, table
from tests.benchmarks.server import Server, serving

PAGES, STEPS = 1000, 10
STILL, UNREAD = 200, 30  # pages that stop reading, and the states they miss
AT_ONCE = 100  # pages that are being opened
REACHED, HELD, KEPT, ENDED = 150, 60, 200, 5  # ms, kB, kB, s
PATIENCE = 30.0  # seconds for whatever must come
WHOLE = b"\n\n\r\n"  # the end of an event that is a chunk of its own
SIGN = 1000  # bytes: fewer are but a sign of life
EVENTS = "GET /bench/events?owner=page-{page} HTTP/1.1\r\nHost: benchmark\r\n\r\n"
STEP = "POST /bench/step HTTP/1.1\r\nHost: benchmark\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Page(asyncio.Protocol):
    """A page that is open: it notes when the last state was whole."""

    def __init__(self, request: str, pages: Pages) -> None:
        self.request, self.pages, self.came = request, pages, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        self.pages.open.append(transport)
        transport.write(self.request.encode())

    def data_received(self, data: bytes) -> None:
        """Take what comes."""
        self.came += len(data)
        if data.endswith(WHOLE):
            if self.came > SIGN:
                self.pages.whole(self.came)
            self.came = 0

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end."""
        self.pages.lost += 1


class Pages:
    """All pages: how many have the newest state, and when the last one had it."""

    def __init__(self) -> None:
        self.reached = self.lost = self.bytes = 0
        self.all, self.open = asyncio.Event(), []
        self.at = 0.0

    def whole(self, size: int) -> None:
        """Take note of a state that is whole."""
        self.reached, self.bytes = self.reached + 1, size
        if self.reached == PAGES:
            self.at = time.perf_counter()
            self.all.set()

    async def everybody(self) -> float:
        """Wait until all have the state. Return when the last one had."""
        await asyncio.wait_for(self.all.wait(), PATIENCE)
        self.reached = 0
        self.all.clear()
        return self.at


async def step(port: int) -> float:
    """Step as the teacher does. Return when that was."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(STEP.encode())
    await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    return began


async def measure(server: Server) -> tuple[list[float], float, float, float, int]:
    """Open the pages, step, end the program. Return the milliseconds of the steps, the kilobytes of a page
    and, more, of one that has stopped reading, the seconds of the end, and the bytes of a state."""
    loop, pages = asyncio.get_running_loop(), Pages()
    await step(server.port)
    before = server.memory()
    for first in range(0, PAGES, AT_ONCE):
        opening = (
            loop.create_connection(
                lambda page=page: Page(EVENTS.format(page=page), pages), "127.0.0.1", server.port
            )
            for page in range(first, first + AT_ONCE)
        )
        await asyncio.gather(*opening)
    await pages.everybody()
    held, times = (server.memory() - before) * 1000 / PAGES, []
    for _ in range(STEPS):
        await asyncio.sleep(0.3)
        began = await step(server.port)
        times.append(1000 * (await pages.everybody() - began))
    before = server.memory()
    for transport in pages.open[:STILL]:
        transport.pause_reading()
    for _ in range(UNREAD):
        await step(server.port)
        await asyncio.sleep(0.1)
    kept = (server.memory() - before) * 1000 / STILL
    assert not pages.lost
    began = time.perf_counter()
    server.process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(server.process.wait, PATIENCE)
    ended = time.perf_counter() - began
    for transport in pages.open[:STILL]:
        transport.resume_reading()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while pages.lost < PAGES:
                await asyncio.sleep(0.01)
    return times, held, kept, ended, pages.bytes


def run() -> None:
    """Measure and print."""
    with serving("tests.benchmarks.streaming") as server:
        times, held, kept, ended, size = asyncio.run(measure(server))
    lines = (
        ("a step until the last page has it, ms (median)", against(median(times), REACHED)),
        ("the slowest step, ms", f"{max(times):.1f}"),
        ("kB of the server for a page", against(held, HELD)),
        (f"kB more for one that has missed {UNREAD} states", against(kept, KEPT)),
        ("SIGTERM until the end, s", against(ended, ENDED, 2)),
    )
    note = f"{STEPS} steps; a state has {size / 1000:.0f} kB. Whoever reads shares the server's processors."
    table(f"streams: {PAGES} pages open on a room, one process", ("", ""), lines, note)
