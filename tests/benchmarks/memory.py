"""`memory`: what the server's process holds after a thousand labs have been stepped twenty times each."""

from __future__ import annotations

import asyncio
import time

from tests.benchmarks.recipes import LARGE, MIDDLE, SMALL, seeded
from tests.benchmarks.report import against, table
from tests.benchmarks.server import Server, serving
from tests.benchmarks.visitor import Visitor

LABS, PART, STEPS, AT_ONCE = 1000, 250, 20, 8
LIMIT = 200  # MB


async def use(server: Server, labs: range) -> int:
    """Make some labs and step each of them. Return how many answers were wrong."""
    shapes, wrong, queue = (SMALL, MIDDLE, LARGE), 0, iter(labs)

    async def one_after_another() -> None:
        nonlocal wrong
        for seed in queue:
            visitor = Visitor(server.port, seeded(shapes[seed % 3], seed), STEPS)
            await visitor.arrive()
            for _ in range(STEPS):
                wrong += (await visitor.step()).status != 200
            await visitor.leave()

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    return wrong


def run() -> None:
    """Measure and print."""
    with serving() as server:
        rows, begin, wrong = [("started", f"{server.memory():.0f}", "0")], time.perf_counter(), 0
        for done in range(PART, LABS + 1, PART):
            wrong += asyncio.run(use(server, range(done - PART, done)))
            held = against(server.memory(), LIMIT if done == LABS else None, 0)
            rows.append((f"after {done} labs", held, f"{time.perf_counter() - begin:.0f}"))
    table(
        f"memory: resident, of the server's process, labs of three shapes stepped {STEPS} times each",
        ("", "MB", "s"),
        rows,
        f"{wrong} wrong answers.",
    )
