"""`load`: a hundred open pages, each stepping once a second, against one server process."""

from __future__ import annotations

import asyncio
import random
import time

from tests.benchmarks.recipes import LARGE, SMALL, seeded
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.server import Server, serving
from tests.benchmarks.visitor import Visitor

PAGES, SECONDS = 100, 20
LIMIT = 50  # milliseconds, of 99 in 100 answers


async def visit(visitor: Visitor, begin: float, times: list[float]) -> int:
    """Step once a second from `begin` on, noting each answer's seconds. Return how many answers were
    wrong."""
    wrong = 0
    for second in range(SECONDS):
        await asyncio.sleep(max(0.0, begin + second - time.perf_counter()))
        asked = time.perf_counter()
        try:
            answer = await visitor.step()
        except (OSError, EOFError, TimeoutError):
            return wrong + SECONDS - second
        times.append(time.perf_counter() - asked)
        wrong += answer.status != 200
    return wrong + (not await visitor.stands())


async def crowd(server: Server, together: bool) -> tuple[dict[str, list[float]], int, float | None]:
    """Let everybody in, then let everybody step: all at the same moment, or each at its own of every second.

    Return the seconds of all answers by network, the wrong ones' number, and the server's share of one
    processor.
    """
    shapes = [SMALL, LARGE]
    visitors = [Visitor(server.port, seeded(shapes[seed % 2], seed), SECONDS) for seed in range(PAGES)]
    for visitor in visitors:
        await visitor.arrive()
    times: dict[str, list[float]] = {shape: [] for shape in shapes}
    dice, before, begin = random.Random(0), server.busy(), time.perf_counter() + 0.5
    wrong = await asyncio.gather(
        *(
            visit(visitor, begin + (0 if together else dice.random()), times[shapes[seed % 2]])
            for seed, visitor in enumerate(visitors)
        )
    )
    busy = None if before is None else (server.busy() - before) / (time.perf_counter() - begin)
    for visitor in visitors:
        await visitor.leave()
    return times, sum(wrong), busy


def run() -> None:
    """Measure and print."""
    rows, shares = [], []
    for how, together in (("each at its own moment", False), ("all at the same moment", True)):
        with serving() as server:
            times, wrong, busy = asyncio.run(crowd(server, together))
        shares.append("?" if busy is None else f"{100 * busy:.0f} %")
        for name, taken in times.items():
            rows.append((f"{how}, {name}", *figures(taken, None), ""))
        everybody = figures(
            [seconds for taken in times.values() for seconds in taken], None if together else LIMIT
        )
        rows.append((f"{how}, both", *everybody, against(wrong, 0, 0)))
    table(
        f"load: {PAGES} open pages, each stepping once a second for {SECONDS} s, answers in ms",
        ("clicks", "p50", "p99", "worst", "errors"),
        rows,
        f"Server: {' and '.join(shares)} of a processor. An error: not 200, no answer, or a lab that "
        "stands elsewhere.",
    )


def figures(taken: list[float], limit: float | None) -> tuple[str, str, str]:
    """Return p50, p99 and the worst in milliseconds."""
    taken = [1000 * seconds for seconds in taken] or [float("inf")]
    return f"{percentile(taken, 0.5):.1f}", against(percentile(taken, 0.99), limit), f"{max(taken):.1f}"
