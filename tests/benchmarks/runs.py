"""`runs`: a run of a thousand iterations through the whole application, slice after slice, as the page asks
for them."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from app.analysis.history import History
from app.lab.recipe import Recipe
from app.main import create_app
from app.settings import Settings
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.step import post

RECIPE = Recipe(data="circle", size=250, test=0.0, hidden=(4, 2), batch=10, eta=0.1)
ITERATIONS, ROUNDS = 1000, 9
NEXT = re.compile(r'<div id="onward-\d+" hidden hx-post="([^"]+)"[^>]* hx-trigger="load delay:(\d+)ms')
SECONDS, SLICE = 0.5, 100  # of the whole run; milliseconds of a slice's work

HEADERS = {"hx-request": "true", "accept-encoding": "identity", "sec-fetch-site": "same-origin"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@contextmanager
def noted(slices: list[float]) -> Iterator[None]:
    """Note the processor seconds of every slice, which other people’s work does not make longer."""
    plain = History.run

    def timed(*args: Any, **named: Any) -> Any:
        begin = time.thread_time()
        try:
            return plain(*args, **named)
        finally:
            slices.append(time.thread_time() - begin)

    History.run = timed
    yield
    History.run = plain


async def whole_run(app: Any, seed: int) -> tuple[float, list[float]]:
    """Press `Run 1,000` in a new lab. Return the seconds until the last answer, and those of each answer."""
    recipe = Recipe(**{**vars(RECIPE), "seed": seed})
    made = dict((await post(app, "/labs", "", FORM, urlencode(recipe.as_fields()).encode()))[0]["headers"])
    lab, cookie = made[b"location"].decode().partition("?")[0], made[b"set-cookie"].decode().partition(";")[0]
    address, waited, answers = f"{lab}/skip?at=0&iterations={ITERATIONS}&panel=downhill", 0.0, []
    while address:
        path, _, query = address.partition("?")
        begin = time.perf_counter()
        head, *bodies = await post(app, path, query, {**HEADERS, "cookie": cookie})
        answers.append(time.perf_counter() - begin)
        if head["status"] != 200:
            raise RuntimeError(f"A slice was answered with {head['status']}")
        page = b"".join(body["body"] for body in bodies).decode()
        more = NEXT.search(page)
        address = html.unescape(more[1]) if more else ""
        waited += int(more[2]) / 1000 if more else 0.0
    if f"<span>iteration {ITERATIONS + 1:,}</span>" not in page:
        raise RuntimeError("The run ended before its end")
    return sum(answers) + waited, answers


def run() -> None:
    """Measure and print."""
    taken, answers, slices = [], [], []
    with TemporaryDirectory() as folder, noted(slices):
        app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
        for seed in range(ROUNDS):
            seconds, each = asyncio.run(whole_run(app, seed))
            taken.append(seconds)
            answers.append(each)
        app.state.labs.store.close()
    table(
        f"runs: {ITERATIONS:,} iterations of 2-4-2-1 on {RECIPE.size} examples, batch {RECIPE.batch}, "
        "with the chart open",
        ("seconds, median", "worst", "answers", "longest slice, ms of processor", "longest answer, ms"),
        [
            (
                against(percentile(taken, 0.5), SECONDS, 2),
                f"{max(taken):.2f}",
                str(percentile([len(a) for a in answers], 0.5)),
                against(1000 * max(slices), SLICE),
                f"{1000 * max(map(max, answers)):.1f}",
            )
        ],
        "From the press to the last answer: work, pages, and the pauses that the page makes between them.",
    )
