"""`students`: a thousand open pages, each stepping once a second, on two processes with either database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tests import postgres
from tests.benchmarks.load import SECONDS, crowd, figures
from tests.benchmarks.recipes import MIDDLE, RECIPES, SMALL, seeded
from tests.benchmarks.report import against, table
from tests.benchmarks.server import serving

WORKERS, LIMIT = 2, 100  # milliseconds, of 99 in 100 answers
SHARED = (RECIPES[SMALL], RECIPES[MIDDLE], seeded(MIDDLE, 1), seeded(MIDDLE, 2))
CASES = {  # how many, and whether they stand on the same few recipes
    "1,000, a few recipes": (1000, True),
    "300, a few recipes": (300, True),
    "100, each its own": (100, False),
}


@contextmanager
def databases() -> Iterator[dict[str, dict[str, str]]]:
    """Give the settings of each database that is to be had."""
    found = {"SQLite": {}}
    if (bin := postgres.programs()) is None:
        print(f"\nstudents: without PostgreSQL. {postgres.MISSING}")
        yield found
        return
    with postgres.server(bin) as url:
        yield found | {"PostgreSQL": {"DATABASE_URL": url}}


def run() -> None:
    """Measure and print."""
    lines = []
    with databases() as found:
        for database, settings in found.items():
            for how, (count, shared) in CASES.items():
                recipes = [
                    SHARED[one % len(SHARED)] if shared else seeded(MIDDLE, one) for one in range(count)
                ]
                with serving(WORKERS=str(WORKERS), **settings) as server:
                    times, wrong, busy = asyncio.run(crowd(server, recipes))
                lines.append(
                    (f"{database}, {how}", *figures(times, LIMIT), f"{busy:.2f}", against(wrong, 0, 0))
                )
    table(
        f"students: open pages, each stepping once a second for {SECONDS} s, {WORKERS} processes, ms",
        ("", "p50", "p99", "worst", "processors", "errors"),
        lines,
        "Whoever presses shares the machine's processors with the server.",
    )
