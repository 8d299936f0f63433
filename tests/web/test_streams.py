"""Long answers: piece by piece, one after the other, for nobody who has gone, and never without end."""

from __future__ import annotations

import asyncio
import csv
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from anyio import CapacityLimiter
from fastapi import FastAPI
from httpx import AsyncClient

from app.analysis.run_log import columns_of, every_of, size_of
from app.export.run_csv import csv_of
from app.export.solution import size_of as worked_size
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.limits import ITERATIONS
from app.web.streams import ASIDE, BESIDE, Threads, in_turn, limiter
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
LARGE = Recipe(data="digits", hidden=(16,) * 6, output="softmax")


async def test_pieces_of_two_streams_are_made_one_after_the_other() -> None:
    at_work: list[int] = []
    most = 0

    def pieces() -> Iterator[str]:
        nonlocal most
        for piece in "abc":
            at_work.append(1)
            most = max(most, len(at_work))
            at_work.pop()
            yield piece

    async def read() -> str:
        return "".join([piece async for piece in in_turn(pieces())])

    assert await asyncio.gather(*(read() for _ in range(5))) == ["abc"] * 5
    assert most == 1


async def test_what_a_thread_has_begun_is_waited_for_even_where_its_caller_has_gone() -> None:
    threads, ends, done = Threads(), threading.Event(), list[str]()

    def works() -> str:
        ends.wait(20)
        done.append("worked")
        return "worked"

    caller = asyncio.create_task(threads.run(CapacityLimiter(1), works))
    await asyncio.sleep(0.05)
    caller.cancel()
    await asyncio.wait([caller])
    assert done == []
    ends.set()
    await threads.ended()
    assert done == ["worked"]
    assert threads.busy == set()
    assert await threads.run(CapacityLimiter(1), works) == "worked"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/at"),
        ("POST", "/at/next"),
        ("POST", "/labs/{lab}/skip?at=0"),
        ("POST", "/labs/{lab}/visit?at=0"),
    ],
)
async def test_a_step_does_not_wait_for_those_who_ask_for_what_takes_long(
    program: AsyncClient, method: str, path: str
) -> None:
    lab, other = await make(program, data="xor"), await make(program, data="xor")
    beside = limiter(ASIDE, BESIDE)
    busy = [object() for _ in range(BESIDE)]
    for one in busy:
        await beside.acquire_on_behalf_of(one)
    form = {"iteration": "2"} if "visit" in path else None
    many = [asyncio.create_task(program.request(method, path.format(lab=lab), data=form)) for _ in range(20)]
    await press(program, other, "next", 0)
    assert not any(one.done() for one in many)
    for one in busy:
        beside.release_on_behalf_of(one)
    assert {(await one).status_code for one in many} <= {200, 307}


async def test_for_a_reader_who_has_gone_nothing_more_is_made(app: FastAPI, program: AsyncClient) -> None:
    lab = await make(program, data="xor", hidden=[2])
    await press(program, lab, "go", 0, to=4000 * len(Lab(Recipe(data="xor", hidden=(2,))).moments))
    sent: list[dict[str, Any]] = []
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if len(sent) == 3:
            gone.set()
        await asyncio.sleep(0)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": f"/labs/{lab}/export/csv",
        "query_string": b"",
        "headers": [(b"host", b"labs.test")],
    }
    await app(scope, receive, send)
    assert 3 <= len(sent) < 20  # of 160 pieces


def test_of_a_very_long_run_each_nth_iteration_is_in_the_table_and_the_last() -> None:
    lab = Lab(LARGE)
    end = lab.go(ITERATIONS * len(lab.moments) - 1)
    assert every_of(end) == 17
    assert size_of(end) < 45e6
    short = Lab(Recipe())
    assert every_of(short.go(ITERATIONS * len(short.moments) - 1)) == 1
    assert every_of(short) == 1


def test_what_is_left_out_changes_nothing_in_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = Lab(Recipe(), 50 * len(Lab(Recipe()).moments))
    numbers = Replay().numbers(lab)
    whole = list(csv.reader(io.StringIO("".join(csv_of(lab, numbers)))))
    monkeypatch.setattr("app.analysis.run_log.TABLE_NUMBERS", 50 * columns_of(lab) / 6.5)
    thin = list(csv.reader(io.StringIO("".join(csv_of(lab, numbers)))))
    assert thin == [whole[0], *whole[1:-1:7], whole[-1]]


@pytest.mark.parametrize(
    "recipe", [Recipe(hidden=(4, 2)), Recipe(data="digits", hidden=(8, 8), output="softmax")]
)
async def test_sizes_are_told_beforehand_and_are_about_right(program: AsyncClient, recipe: Recipe) -> None:
    lab = Lab(recipe)
    lab, id = lab.go(101 * len(lab.moments) - 1), await make(program, **recipe.as_json())
    await press(program, id, "go", 0, to=lab.place)
    table = len((await program.get(f"/labs/{id}/export/csv")).content)
    assert 0.5 < size_of(lab) / table < 1.5
    whole = len((await program.get(f"/labs/{id}/export/worked?whole=1")).content)
    assert 0.5 < worked_size(Replay().numbers(lab)) / whole < 1.5
