"""`answers`: the processor time of one answer over real HTTP, all threads of the server, beside the least
there can be: an empty FastAPI route that gives back as many bytes, packed already."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.recipes import DEEP, LARGE, MIDDLE, RECIPES, SMALL, seeded
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.server import ROOT, Server, serving
from tests.benchmarks.visitor import Visitor

STEPS, VISITS = 48, 3  # of one lab, and labs
PANELS = {
    "Surface": "panel=surface",
    "Model": "panel=model",
    "maps": "panel=model&maps=beside",
    "Share": "panel=share",
}
# As multiples of an empty answer: the aims are 1, 2.5 and 8 ms where one takes 0.139.
NEW = {MIDDLE: 8, LARGE: 18, DEEP: 58}
KNOWN, PANEL, PACKED = 3, 58, 3  # and kB
EMPTY = """
import sys, uvicorn
from fastapi import FastAPI, Response
app, body = FastAPI(), b"x" * 1400
@app.post("/labs/{id}/next")
def step(id: str) -> Response:
    return Response(body, media_type="text/html", headers={"content-encoding": "gzip"})
uvicorn.run(app, port=int(sys.argv[1]), http="httptools", log_level="critical")
"""


@contextmanager
def empty() -> Iterator[Server]:
    """Serve nothing but the same few bytes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", EMPTY, str(port)], cwd=ROOT)
    try:
        server = Server(process, port)
        while not server.answers("/openapi.json"):
            pass
        yield server
    finally:
        process.kill()
        process.wait()


async def walked(server: Server, visitor: Visitor, query: str = "") -> tuple[float, int]:
    """Step through a lab. Return the processor's milliseconds of an answer, and the largest one's bytes."""
    before, most = server.spent(), 0
    for _ in range(STEPS):
        answer = await visitor.step(query)
        assert answer.status == 200, answer
        most = max(most, len(answer.body))
    return 1000 * (server.spent() - before) / STEPS, most


async def measured(server: Server, name: str, query: str, seed: int) -> tuple[list[float], list[float], int]:
    """Let pairs of visitors step through labs of one recipe, one after the other. Return the milliseconds
    where nobody was there before, those where somebody was, and the bytes of the largest answer."""
    new, known, most = [], [], 0
    for visit in range(VISITS):
        for times in (new, known):
            visitor = Visitor(server.port, seeded(name, seed + visit), STEPS)
            await visitor.arrive()
            await visitor.look(query)
            spent, bytes = await walked(server, visitor, query)
            times.append(spent)
            most = max(most, bytes)
            await visitor.leave()
    return new, known, most


async def least(server: Server) -> float:
    """Return the milliseconds of an empty answer."""
    visitor = Visitor(server.port, RECIPES[SMALL], STEPS * VISITS)
    await visitor.connect()
    visitor.lab = "/labs/anybody"
    return percentile([(await walked(server, visitor))[0] for _ in range(VISITS)], 0.5)


def run() -> None:
    """Measure and print."""
    with empty() as server:
        base = asyncio.run(least(server))
    rows = [("an empty answer", f"{base:.2f}", "1.0", "", "", "")]
    cases = [(name, name, "") for name in (SMALL, MIDDLE, LARGE, DEEP)]
    cases += [(f"{MIDDLE}, {panel}", MIDDLE, query) for panel, query in PANELS.items()]
    with serving() as server:
        for at, (title, name, query) in enumerate(cases):
            new, known, most = asyncio.run(measured(server, name, query, 1000 * (at + 1)))
            first, again = percentile(new, 0.5), percentile(known, 0.5)
            limit = PANEL if query else NEW.get(name)
            rows.append(
                (
                    title,
                    f"{first:.2f}",
                    against(first / base, limit),
                    f"{again:.2f}",
                    against(again / base, None if query else KNOWN),
                    against(most / 1000, PACKED if title == MIDDLE else None),
                )
            )
    table(
        "answers: processor time of one step over HTTP in ms, and as multiples of an empty answer",
        ("network", "new", "× empty", "known", "× empty", "most kB"),
        rows,
        f"Medians of {VISITS} labs, {STEPS} steps each. Known: somebody was there before; new: nobody.",
    )
