"""`load`: a hundred open pages, each stepping once a second, against one server process."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

from app.lab.recipe import Recipe
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


async def crowd(
    server: Server, recipes: Sequence[Recipe], together: bool = False
) -> tuple[list[list[float]], int, float]:
    """Let everybody in, then let everybody step: each at its own moment of every second, or all at the same.

    Return the seconds of each one's answers, the wrong ones' number, and how many processors the server took.
    """
    visitors = [Visitor(server.port, recipe, SECONDS) for recipe in recipes]
    for visitor in visitors:
        await visitor.arrive()
    times: list[list[float]] = [[] for _ in visitors]
    dice, before, begin = random.Random(0), server.spent(), time.perf_counter() + 0.5
    wrong = await asyncio.gather(
        *(
            visit(visitor, begin + (0 if together else dice.random()), taken)
            for visitor, taken in zip(visitors, times, strict=True)
        )
    )
    busy = (server.spent() - before) / (time.perf_counter() - begin)
    for visitor in visitors:
        await visitor.leave()
    return times, sum(wrong), busy


def run() -> None:
    """Measure and print."""
    lines, shares, shapes = [], [], (SMALL, LARGE)
    recipes = [seeded(shapes[seed % 2], seed) for seed in range(PAGES)]
    for how, together in (("each at its own moment", False), ("all at the same moment", True)):
        with serving() as server:
            times, wrong, busy = asyncio.run(crowd(server, recipes, together))
        shares.append(f"{100 * busy:.0f} %")
        for at, name in enumerate(shapes):
            lines.append((f"{how}, {name}", *figures(times[at::2], None), ""))
        everybody = figures(times, None if together else LIMIT)
        lines.append((f"{how}, both", *everybody, against(wrong, 0, 0)))
    table(
        f"load: {PAGES} open pages, each stepping once a second for {SECONDS} s, answers in ms",
        ("clicks", "p50", "p99", "worst", "errors"),
        lines,
        f"Server: {' and '.join(shares)} of a processor. An error: not 200, no answer, or a lab that "
        "stands elsewhere.",
    )


def figures(times: Sequence[Sequence[float]], limit: float | None) -> tuple[str, str, str]:
    """Return p50, p99 and the worst in milliseconds."""
    taken = [1000 * seconds for one in times for seconds in one] or [float("inf")]
    return f"{percentile(taken, 0.5):.1f}", against(percentile(taken, 0.99), limit), f"{max(taken):.1f}"
