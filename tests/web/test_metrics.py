"""What Prometheus is told: requests by route and kind of answer, steps by result, the store; no names."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.main import create_app
from app.settings import Settings
from app.store.connection import StoreUnavailable
from app.web.metrics import ASKERS, Measured, Metrics, served
from tests.web.visitor import make

pytestmark = pytest.mark.anyio


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
async def port_and_client(tmp_path: Path) -> AsyncIterator[tuple[int, AsyncClient, FastAPI]]:
    port = free_port()
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/labs.sqlite3", metrics_port=port))
    async with app.router.lifespan_context(app):
        headers = {"accept": "application/json"}
        async with AsyncClient(
            transport=ASGITransport(app, raise_app_exceptions=False),
            base_url="http://labs.test",
            headers=headers,
        ) as client:
            yield port, client, app


async def asked(port: int, question: bytes = b"GET /metrics HTTP/1.1\r\n\r\n") -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(question)
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_requests_steps_and_the_store_are_counted(
    port_and_client: tuple[int, AsyncClient, FastAPI], tmp_path: Path
) -> None:
    port, client, app = port_and_client
    lab = await make(client)
    for at in (0, 7, 0):
        answer = await client.post(f"/labs/{lab}/next?at={at}")
    await client.post(f"/labs/{lab}/descent?at={answer.json()['place']}")
    await client.post("/labs/nobody/next?at=0")
    await client.request("BREW", "/wp-login.php")
    for part in tmp_path.glob("labs*"):
        part.unlink()
    await client.post(f"/labs/{lab}/next?at=1")
    answer = await asked(port)
    head, body = answer.split("\r\n\r\n", 1)
    assert head.startswith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4")
    assert f"Content-Length: {len(body.encode())}" in head
    values = dict(line.rsplit(" ", 1) for line in body.splitlines() if not line.startswith("#"))
    count = 'blame_game_requests_total{method="POST",route="/labs/{id}/next",status="%s"}'
    assert [values[count % status] for status in ("2xx", "4xx", "5xx")] == ["3", "1", "1"]
    assert values['blame_game_requests_total{method="other",route="none",status="4xx"}'] == "1"
    steps = {name: value for name, value in values.items() if "steps_total" in name}
    assert {re.search('"(.*)"', name)[1]: int(value) for name, value in steps.items()} == {
        "answered": 3, "gone": 1, "out of turn": 1, "no store": 1,
    }  # fmt: skip
    route = 'blame_game_request_seconds_%s{route="/labs/{id}/next"%s}'
    assert values[route % ("count", "")] == values[route % ("bucket", ',le="+Inf"')] == "5"
    assert float(values[route % ("sum", "")]) > 0
    assert int(values["blame_game_store_calls_total"]) > 5
    assert int(values["blame_game_store_errors_total"]) >= 1
    assert values["blame_game_store_up"] == values["blame_game_requests_open"] == "0"
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})?', name) for name in values)
    assert lab not in body
    with pytest.raises(StoreUnavailable):
        app.state.labs.store.ready()


async def test_the_port_answers_nothing_else_and_many_who_hold_it_do_not_grow(
    port_and_client: tuple[int, AsyncClient, FastAPI],
) -> None:
    port, client, _ = port_and_client
    assert (await client.get("/metrics")).status_code == 404
    for question in (b"GET / HTTP/1.1\r\n\r\n", b"POST /metrics HTTP/1.1\r\n\r\n", b"\x00\r\n\r\n"):
        assert (await asked(port, question)).startswith("HTTP/1.1 404 Not Found\r\n")
    with suppress(ConnectionError):
        assert await asked(port, b"x" * 100_000) == ""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in (b"GET /met", b"rics HTTP/1.1\r\n", b"\r\n"):  # as slow as somebody types
        writer.write(piece)
        await asyncio.sleep(0.02)
    assert (await reader.read()).startswith(b"HTTP/1.1 200 OK\r\n")
    writer.close()
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(ASKERS)]
    with suppress(ConnectionError):
        assert await asked(port) == ""
    for _, writer in held:
        writer.close()
        await writer.wait_closed()
    assert (await asked(port)).startswith("HTTP/1.1 200 OK\r\n")


async def test_each_process_takes_the_next_port_and_none_left_is_an_error() -> None:
    first = free_port()
    with socket.create_server(("127.0.0.1", first)):
        with pytest.raises(OSError, match=f"METRICS_PORT: none of the ports from {first} on is free"):
            async with served(Metrics(), None, "127.0.0.1", range(first, first + 1)):
                pass
        async with served(Metrics(), None, "127.0.0.1", range(first, first + 2)):
            answer = await asked(first + 1, b"GET / HTTP/1.1\r\n\r\n")
            assert answer.endswith("Ask for /metrics.\n")
            reader, writer = await asyncio.open_connection("127.0.0.1", first + 1)
            await asyncio.sleep(0.02)
        with suppress(ConnectionError):  # whoever still holds the port when it closes is let go
            assert await reader.read() == b""
        writer.close()


async def test_what_is_no_request_is_not_counted() -> None:
    counted, passed = Metrics(), []

    async def app(scope: Any, *_: Any) -> None:
        passed.append(scope["type"])

    await Measured(app, counted)({"type": "lifespan"}, None, None)
    assert passed == ["lifespan"]
    assert counted.open == 0
    assert not counted.requests
