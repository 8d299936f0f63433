"""Limits of the wire: whatever is too slow, too long or too much is let go in words."""

from __future__ import annotations

import asyncio
import socket

import pytest

from app import limits, wire
from tests.wire.conftest import Line, Serving, until

pytestmark = pytest.mark.anyio
HEALTH = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
GARBAGE = b"\x00\x01 what is this\r\n\r\n"


SLOW = {
    "head": (b"POST /labs HTTP/1.1\r\nHost: x\r\nCoo", 408),
    "body": (b"POST /labs HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhid", 408),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("what", SLOW)
async def test_whoever_is_too_slow_is_let_go(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    sent, status = SLOW[what]
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.1)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)
    line = await serving.call()
    await line.send(sent)
    for _ in range(15 if what == "head" else 0):  # a byte now and then is no help
        await asyncio.sleep(0.01)
        line.writer.write(b"k")
    if status:
        assert (await line.answer()).status == status
    assert await line.rest() == b""


async def test_a_large_body_has_the_more_time_the_more_of_it_came(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)
    monkeypatch.setattr(limits, "BODY_RATE", 20_000)
    line = await serving.call()
    await line.send(serving.post("/labs", "Content-Length: 10002") + b"{" + b" " * 10_000)
    await asyncio.sleep(0.3)
    await line.send(b"}")
    assert (await line.answer()).status == 201
    await line.send(serving.post("/labs", "Content-Length: 10002") + b"{" + b" " * 10_000)
    assert (await line.answer()).status == 408


def keep_still(serving: Serving, line: Line) -> None:
    """Read nothing, and let the system keep little meanwhile."""
    line.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    line.writer.transport.pause_reading()
    for one in serving.connections:
        one.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)


async def test_whoever_does_not_read_is_let_go(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READ_SECONDS", 0.1)
    line = await serving.call()
    await until(lambda: len(serving.connections) == 2)
    keep_still(serving, line)
    await line.send(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * wire.PIPELINED)
    await until(lambda: len(serving.connections) == 1)


async def test_whoever_reads_at_last_gets_all(serving: Serving) -> None:
    line = await serving.call()
    await until(lambda: len(serving.connections) == 2)
    keep_still(serving, line)
    await line.send(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * wire.PIPELINED)
    await until(lambda: any(one.stalled for one in serving.connections))
    line.writer.transport.resume_reading()
    sizes = {len((await line.answer()).body) for _ in range(wire.PIPELINED)}
    assert len(sizes) == 1


HEADS = {
    "a long header": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 17_000 + b"\r\n\r\n", 431),
    "many headers": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a:b\r\n" * 101 + b"\r\n", 431),
    "a header without end": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000, 431),
    "a long address": (b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "no request": (GARBAGE, 400),
    "a tunnel": (b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "too many at once": (HEALTH * 100, 400),
    "a body larger than any": (
        b"POST /labs/load HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        + b"a: b\r\n" * 1_500_000,
        413,
    ),
}


@pytest.mark.parametrize("what", HEADS)
async def test_a_head_that_cannot_be_taken_is_refused_in_words(serving: Serving, what: str) -> None:
    sent, status = HEADS[what]
    line = await serving.call()
    sending = asyncio.create_task(line.send(sent))
    told = await line.answer()
    assert told.status == status
    assert told.body.endswith(b".\n")
    assert told.headers["connection"] == "close"
    assert await line.rest() == b""
    sending.cancel()
    assert (await health(serving)) == 200


async def health(serving: Serving) -> int:
    """Ask on a new connection how the server is."""
    line = await serving.call()
    await line.send(HEALTH)
    return (await line.answer()).status


async def test_one_too_many_takes_the_place_of_who_rested_longest(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[Line] = serving.lines
    for _ in range(2):
        assert await health(serving) == 200
        await asyncio.sleep(0.01)
    monkeypatch.setattr(limits, "CONNECTIONS", 3)
    assert await health(serving) == 200
    assert await lines[0].rest() == b""
    for line in lines[1:]:
        await line.send(HEALTH)
        assert (await line.answer()).status == 200
    await lines[1].send(HEALTH[:9])
    await lines[2].send(HEALTH[:9])
    await lines[3].send(HEALTH[:9])
    await until(lambda: not any(one.resting for one in serving.connections))
    told = await (await serving.call()).answer()
    assert (told.status, told.headers["retry-after"]) == (503, "5")
    for line in lines[1:4]:
        await line.send(HEALTH[9:])
        assert (await line.answer()).status == 200
