"""A database that hangs holds up nobody but whoever needs it, and those not for long."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import psycopg
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.store import trouble
from app.store.store import Store
from app.story.refusals import UNAVAILABLE
from app.web.saved_labs import SavedLabs
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
BACKENDS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)


@pytest.fixture
def on_postgres(app: FastAPI, database_url: str) -> Iterator[FastAPI]:
    """The application with its labs in PostgreSQL."""
    app.state.labs.store.close()
    app.state.labs = SavedLabs(Store(database_url))
    yield app
    app.state.labs.store.close()


def stopped(url: str, *, server: bool) -> list[int]:
    """Stop the processes that serve the application, and `server`: the one that would start others."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        pids = [pid for (pid,) in connection.execute(BACKENDS)]
        (data,) = connection.execute("SELECT current_setting('data_directory')").fetchone()
    if server:
        with open(f"{data}/postmaster.pid") as file:
            pids.append(int(file.readline()))
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    return pids


@pytest.mark.parametrize("server", [False, True])
async def test_a_database_that_hangs_is_given_up_and_nobody_else_waits_for_it(
    on_postgres: FastAPI,
    database_url: str,
    program: AsyncClient,
    server: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lab = await make(program)
    pids = await asyncio.to_thread(stopped, database_url, server=server)
    try:
        waiting = [asyncio.create_task(program.get(f"/labs/{lab}.json")) for _ in range(8)]
        await asyncio.sleep(0.1)
        for path in ("/", "/livez", "/static/keys.js"):
            assert (await program.get(path, headers={"accept": "text/html"})).status_code == 200
        assert sum(task.done() for task in waiting) < (1 if server else 8)  # a new connection may be quick
        answers: list[Response] = await asyncio.gather(*waiting)
        if server:
            assert {answer.status_code for answer in answers} == {503}
            assert {answer.json()["detail"] for answer in answers} == {UNAVAILABLE}
            assert on_postgres.state.labs.store.database.trouble.slow  # whoever comes now is told at once
            assert (await program.post(f"/labs/{lab}/next?at=0")).status_code == 503
            assert (await program.get("/readyz")).status_code == 503
        else:  # others are started in their place
            assert (await program.get(f"/labs/{lab}.json")).status_code in (200, 503)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    on_postgres.state.labs.store.database.trouble.retry = 0.0
    assert (await program.get("/readyz")).status_code == 200
    assert (await program.post(f"/labs/{lab}/next?at=0")).status_code == 200
    told = [record.message for record in caplog.records if "the store" in record.message]
    if server:
        assert "the store fails: " in told[0]
        assert "the store works again" in told[-1]
        assert len(told) <= 4


def test_a_trouble_pauses_as_long_as_trying_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    one = trouble.Trouble()
    clock = iter([100.0, 100.5, 101.5, 102.0, 103.0, 200.0])
    monkeypatch.setattr(trouble, "monotonic", lambda: next(clock))
    one.begins("it broke", 0.0)
    assert not one.my_turn()
    assert one.my_turn()
    assert not one.my_turn()  # somebody is trying
    one.begins("it hangs", 2.0)  # until 109
    assert one.slow
    assert one.my_turn()
