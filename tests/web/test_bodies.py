"""What comes with a request: only so much at once, only where all of it came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app import limits
from app.web import guard
from tests.web.test_guard import check_headers

pytestmark = pytest.mark.anyio
TOO_LARGE = "That is too much at once: up to 64 KB are taken."


async def drop_by_drop(size: int) -> AsyncIterator[bytes]:
    """Yield a body in pieces, with no length told beforehand."""
    yield b'{"colour": "'
    for _ in range(size // 1000):
        yield b"a" * 1000
    yield b'"}'


@pytest.mark.parametrize("told", ["length", "no length", "a lie"])
async def test_a_body_beyond_the_limit_is_refused_however_it_comes(
    program: AsyncClient, browser: AsyncClient, told: str
) -> None:
    kind = {"content-type": "application/json"}
    for client in (program, browser):
        for size, status in ((60_000, 422), (70_000, 413)):
            if told == "length":
                answer = await client.post(
                    "/labs", content=b'{"colour": "' + b"a" * size + b'"}', headers=kind
                )
            elif told == "no length":
                headers = {**kind, "transfer-encoding": "chunked"}
                answer = await client.post("/labs", content=drop_by_drop(size), headers=headers)
            else:
                headers = {**kind, "content-length": "10"}
                answer = await client.post("/labs", content=drop_by_drop(size), headers=headers)
            assert answer.status_code == status
            assert (TOO_LARGE in answer.text) == (status == 413)
            check_headers(answer)


@pytest.mark.parametrize("length", ["99999999", "9" * 5000, "65537"])
async def test_a_body_that_is_announced_too_large_is_not_even_read(program: AsyncClient, length: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        raise AssertionError("somebody read it")
        yield b""

    answer = await program.post("/labs", content=endless(), headers={"content-length": length})
    assert (answer.status_code, answer.json()["detail"]) == (413, TOO_LARGE)


async def test_large_bodies_wait_for_their_turn_but_not_for_ever(
    app: FastAPI, program: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HELD_BYTES", 150_000)
    monkeypatch.setattr(guard, "PAUSE", 0.01)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b" "
        begun.set()
        await go_on.wait()
        yield b" " * 99_999

    async def send(content: bytes | AsyncIterator[bytes]) -> Response:
        return await program.post("/labs/load", content=content, headers={"content-length": "100000"})

    holding = asyncio.create_task(send(slowly()))
    await begun.wait()
    waiting = asyncio.create_task(send(b" " * 100_000))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    assert (await program.post("/labs", content=b"{}")).status_code == 201  # a small one has no need to wait
    monkeypatch.setattr(limits, "HELD_SECONDS", 0.02)
    busy = await send(b" " * 100_000)
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
    assert busy.json()["detail"].startswith("Too many large files are on their way")
    waiting.cancel()
    go_on.set()
    assert (await holding).status_code == 422
    assert (await send(b" " * 100_000)).status_code == 422


async def test_what_did_not_come_whole_is_not_even_answered(app: FastAPI) -> None:
    told: list[Any] = []
    pieces = [{"type": "http.request", "body": b"{}", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": "/labs", "query_string": b"", "headers": []}
    await app(scope | {"app": app}, receive, send)
    assert told == pieces == []
