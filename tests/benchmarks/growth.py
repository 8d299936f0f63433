"""`growth`: how a step's processor time grows with the network, the way already gone, the rows and the labs
stored."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.lab.recipe import Recipe
from tests.benchmarks.recipes import DEEP, LARGE, MIDDLE, RECIPES, SMALL, clicks_in, rows, seeded
from tests.benchmarks.report import percentile, table
from tests.benchmarks.server import Server, serving, starting
from tests.benchmarks.visitor import Visitor

ITERATIONS, LABS = (0, 1000, 19_999), 3  # counted from 0; labs of which the median is taken
ROWS, STORED = (5, 50, 500), (1000, 100_000)


async def at(server: Server, recipe: Recipe, iteration: int = 0) -> tuple[float, float]:
    """Open a lab at the beginning of an iteration and step through it. Return the processor's milliseconds
    until it was there, and those of a step."""
    clicks = clicks_in(recipe, 1)
    visitor, before = Visitor(server.port, recipe, clicks), server.spent()
    await visitor.arrive()
    if iteration:
        await visitor.visit(iteration)
    while b' id="more-' in (await visitor.look()).text():  # its curve is still being worked out
        pass
    there = server.spent()
    for _ in range(clicks):
        answer = await visitor.step()
        assert answer.status == 200, answer
    after = server.spent()
    await visitor.leave()
    return 1000 * (there - before), 1000 * (after - there) / clicks


def steps(server: Server, recipe: Recipe, iteration: int = 0) -> float:
    """Return the median of some labs that nobody looked at before: the processor's milliseconds of a step."""
    seeds = [replace(recipe, seed=recipe.seed + 1 + one) for one in range(LABS)]
    return percentile([asyncio.run(at(server, seed, iteration))[1] for seed in seeds], 0.5)


def sizes(server: Server) -> None:
    """Measure networks of several sizes."""
    found = {}
    for name in (SMALL, MIDDLE, LARGE, DEEP):
        recipe = RECIPES[name]
        wires = sum(a * b for a, b in zip(recipe.sizes, recipe.sizes[1:], strict=False))
        found[f"{name}, {wires} wires"] = steps(server, recipe)
    first = next(iter(found.values()))
    lines = [(name, f"{spent:.2f}", f"{spent / first:.1f}") for name, spent in found.items()]
    table("growth: ms of a step by the network", ("network", "ms", "× the first"), lines)


def far(server: Server) -> None:
    """Measure iterations, and the way there where nobody has been."""
    lines = []
    for iteration in ITERATIONS:
        way, step = asyncio.run(at(server, seeded(MIDDLE, 7000 + iteration), iteration))
        again = asyncio.run(at(server, seeded(MIDDLE, 7000 + iteration), iteration))[0]
        lines.append((f"{iteration + 1:,}", f"{way:.0f}", f"{again:.1f}", f"{step:.2f}"))
    heads = ("iteration", "way there", "again", "a step there")
    table(
        f"growth: ms of a step by the iteration, {MIDDLE}", heads, lines, "Way there: nobody has been before."
    )


def after_restart() -> None:
    """Measure a far moment of a program that has just started, whose store knows the way."""
    recipe, lines = seeded(MIDDLE, 8000), []
    with TemporaryDirectory() as folder:
        for how in ("before", "after"):
            with starting(folder) as server:
                server.wait()
                way, step = asyncio.run(at(server, recipe, ITERATIONS[-1]))
            lines.append((how, f"{way:.0f}", f"{step:.2f}"))
    table("growth: ms around a restart, iteration 20,000", ("", "way there", "a step there"), lines)


def examples(server: Server) -> None:
    """Measure more and more examples: one at a time, and all of them in a batch."""
    lines = []
    for count in ROWS:
        recipe = replace(rows(count), hidden=(4, 2), test=0.0)
        one, whole = steps(server, recipe), steps(server, replace(recipe, batch=count))
        lines.append((str(count), f"{one:.2f}", f"{whole:.2f}"))
    table("growth: ms of a step by the rows, 2-4-2-1", ("rows", "batch 1", "all in a batch"), lines)


def stored() -> None:
    """Measure a store with more and more labs."""
    lines = []
    for count in STORED:
        with TemporaryDirectory() as folder:
            with starting(folder) as server:
                server.wait()
                fill(Path(folder) / "labs.sqlite3", count)
                spent = steps(server, RECIPES[MIDDLE])
            size = (Path(folder) / "labs.sqlite3").stat().st_size / 1e6
            lines.append((f"{count:,}", f"{spent:.2f}", f"{size:.0f}"))
    table("growth: ms of a step by the labs stored, 2-4-2-1", ("labs", "ms", "file MB"), lines)


def fill(file: Path, count: int) -> None:
    """Store as many labs as nobody ever looks at."""
    recipe, now = RECIPES[MIDDLE].text(), time.time()
    labs = ((f"nobody{one}", "nobody", recipe, 0, 1, 2, now) for one in range(count))
    connection = sqlite3.connect(file)
    with connection:
        connection.executemany("INSERT INTO labs VALUES (?, ?, ?, ?, ?, ?, ?)", labs)
    connection.close()


def run() -> None:
    """Measure and print."""
    with serving() as server:
        asyncio.run(at(server, RECIPES[SMALL]))
        sizes(server)
        far(server)
        examples(server)
    after_restart()
    stored()
