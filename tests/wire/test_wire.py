"""What comes over a socket: answers go out at once, and what did not arrive whole is not carried out."""

from __future__ import annotations

import asyncio
import json
import socket
import struct

import pytest

from tests.wire.conftest import Serving, until

pytestmark = pytest.mark.anyio
HEALTH = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
ETA = b"what=eta&value=0.125"
GARBAGE = b"\x00\x01 what is this\r\n\r\n"


async def test_every_connection_sends_at_once(serving: Serving) -> None:
    line = await serving.call()
    for _ in range(3):
        await line.send(HEALTH)
        assert (await line.answer()).status == 200
    accepted = [one.transport.get_extra_info("socket") for one in serving.connections]
    assert len(accepted) == 2
    for one in accepted:
        assert one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_a_whole_request_is_carried_out(serving: Serving) -> None:
    before, line = serving.row, await serving.call()
    for piece in (serving.change(f"Content-Length: {len(ETA)}"), ETA[:7], ETA[7:]):
        await line.send(piece)
        await asyncio.sleep(0.02)
    assert (await line.answer()).status == 200
    assert serving.row != before


CHUNKED, EXPECT = "Transfer-Encoding: chunked", "Expect: 100-continue"
HALVES = {  # headers, what is sent of the body, and whether the line is then closed
    "too long a length": ("Content-Length: 20", ETA[:18], True),
    "too long a length, reset": ("Content-Length: 20", ETA[:18], None),
    "no last chunk": (CHUNKED, b"12\r\n" + ETA[:18] + b"\r\n", True),
    "a chunk cut short": (CHUNKED, b"14\r\n" + ETA[:18], True),
    "a bad chunk": (CHUNKED, b"12\r\n" + ETA[:18] + b"\r\nzz\r\n", False),
    "a chunk longer than told": (CHUNKED, b"12\r\n" + ETA + b"\r\n0\r\n\r\n", False),
    "too short a length": ("Content-Length: 18", ETA, False),
    "nothing after expect": (f"{EXPECT}\r\nContent-Length: 20", b"", True),
    "half after expect": (f"{EXPECT}\r\nContent-Length: 20", ETA[:18], True),
    "two lengths": ("Content-Length: 18\r\nContent-Length: 20", ETA, False),
    "a length and chunks": (
        f"Content-Length: 18\r\n{CHUNKED}",
        b"12\r\n" + ETA[:18] + b"\r\n0\r\n\r\n",
        False,
    ),
}


@pytest.mark.parametrize("how", HALVES)
async def test_a_request_that_did_not_arrive_whole_is_not_carried_out(serving: Serving, how: str) -> None:
    header, body, closes = HALVES[how]
    before, line = serving.row, await serving.call()
    if "Expect" in header:
        await line.send(serving.change(header))
        assert (await line.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        await line.send(body)
    else:
        await line.send(serving.change(header) + body)
    await asyncio.sleep(0.02)
    if closes is False:
        assert (await line.answer()).status == 400
        assert await line.rest() == b""
    elif closes:
        line.writer.close()
    else:
        linger = struct.pack("ii", 1, 0)
        line.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        line.writer.transport.abort()
    await until(lambda: len(serving.connections) <= 1 and not serving.server.server_state.tasks)
    assert serving.row == before


async def test_a_step_without_a_body_is_not_made_where_garbage_follows(serving: Serving) -> None:
    before, line = serving.row, await serving.call()
    await line.send(serving.post(f"/labs/{serving.lab}/next?at=0") + GARBAGE)
    assert (await line.answer()).status == 400
    assert await line.rest() == b""
    assert serving.row == before


async def test_what_follows_the_last_chunk_is_no_header(serving: Serving) -> None:
    line = await serving.call()
    await line.send(serving.post("/labs", CHUNKED) + b"0\r\nAccept: text/html\r\n\r\n")
    assert (await line.answer()).status == 201


async def test_requests_in_a_row_are_answered_in_their_order(serving: Serving) -> None:
    line = await serving.call()
    steps = [f"/labs/{serving.lab}/next?at={at}" for at in (0, 3, 99)]
    await line.send(
        b"".join(serving.post(path, "Content-Length: 0") for path in steps) + HEALTH + HEALTH[:20]
    )
    places = [json.loads((await line.answer()).body)["place"] for _ in steps]
    assert places == [3, 4, 4]
    assert (await line.answer()).body == b'{"status":"ok"}'
    await line.send(HEALTH[20:])
    assert (await line.answer()).status == 200


async def test_what_is_at_work_is_answered_whatever_follows(serving: Serving) -> None:
    line = await serving.call()
    before = serving.row
    await line.send(serving.post(f"/labs/{serving.lab}/next?at=0", "Content-Length: 0"))
    await until(
        lambda: any(
            one.part == "answer" and not one.cycle.message_event.is_set() for one in serving.connections
        )
    )
    await line.send(GARBAGE)
    assert (await line.answer()).status == 200
    assert await line.rest() == b""
    assert serving.row != before


async def test_a_body_announced_too_large_is_answered_at_once_and_the_line_closed(serving: Serving) -> None:
    line = await serving.call()
    await line.send(serving.post("/labs", "Content-Length: 9999999", EXPECT))
    told = await line.answer()  # and no "100 Continue" before
    assert told.status == 413
    line.writer.write(b"a" * 100_000)
    assert await line.rest() == b""


async def test_a_look_at_the_head_alone_brings_no_body(serving: Serving) -> None:
    line = await serving.call()
    for path in ("/", "/livez", "/openapi.json", "/static/keys.js", f"/labs/{serving.lab}", "/nowhere"):
        told = []
        for method in ("GET", "HEAD"):
            await line.send(f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            told.append(await line.answer(silent=method == "HEAD"))
        seen, unseen = told
        assert (seen.status, {**seen.headers, "date": ""}) == (unseen.status, {**unseen.headers, "date": ""})
        assert seen.body


async def test_the_end_of_the_program_lets_go_what_is_not_whole(serving: Serving) -> None:
    before = serving.row
    for sent in (serving.change("Content-Length: 20") + ETA[:18], HEALTH[:9], HEALTH, b""):
        line = await serving.call()
        await line.send(sent)
    await until(lambda: len(serving.connections) == 5)
    await asyncio.sleep(0.05)
    serving.server.should_exit = True
    for line in serving.lines:
        await line.rest()
    await until(lambda: not serving.server.server_state.tasks)
    assert serving.row == before
