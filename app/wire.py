"""The wire: how a connection is served, and let go where something comes too slowly, too long or broken."""

from __future__ import annotations

import asyncio
import socket
from typing import Literal

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app import limits
from app.story import refusals as words

LINGER = (
    2.0  # seconds in which what still comes is dropped, so that the refusal is read and no reset comes first
)
LAST_CALL = 1.5  # seconds that answers have at the end of the program
PIPELINED = 16  # requests that may wait on one connection
UNSENT = 128 * 1024  # bytes of answers that the system keeps for somebody who does not read, else megabytes
OPTIONS = [
    (getattr(socket, name), value)
    for name, value in (
        ("TCP_NODELAY", 1),  # no answer waits for another
        ("TCP_NOTSENT_LOWAT", UNSENT),
        ("TCP_USER_TIMEOUT", int(limits.READ_SECONDS * 1000)),  # for who has gone without a word
    )
    if hasattr(socket, name)  # not every system knows all of them
]


def stop(*clocks: asyncio.TimerHandle | None) -> None:
    """Stop clocks that are running."""
    for clock in clocks:
        if clock is not None:
            clock.cancel()


class TooLong(Exception):
    """Say that a head is longer than allowed."""


class Wire(HttpToolsProtocol):
    """Serve one connection as uvicorn does, with limits on time and size, and no answer held back.

    `part` is what is awaited: the next request, the rest of its head or of its body, or our answer.
    """

    part: Literal["request", "head", "body", "answer"] = "request"
    came = 0  # bytes of that part
    size = 0  # of its headers
    since = 0.0  # when it began, by the loop's clock
    status = 400  # what a head that cannot be read is refused with
    left = False  # nothing more is read
    clock: asyncio.TimerHandle | None = None  # for the part
    stalled: asyncio.TimerHandle | None = None  # for somebody who does not read

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, in the place of the one that has rested longest where there are too many."""
        super().connection_made(transport)
        accepted = transport.get_extra_info("socket")
        for option, value in OPTIONS:
            accepted.setsockopt(socket.IPPROTO_TCP, option, value)
        self.since = self.loop.time()
        self.clock = self.loop.call_later(limits.HEAD_SECONDS, self.late)
        if len(self.connections) > limits.CONNECTIONS:
            resting = [other for other in self.connections if isinstance(other, Wire) and other.resting]
            if resting:
                min(resting, key=lambda other: other.since).transport.abort()
            else:
                self.refuse(503)

    @property
    def resting(self) -> bool:
        """Tell whether somebody was answered and has asked nothing since."""
        return self.part == "request" and self.cycle is not None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        stop(self.clock, self.stalled)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and watch how long the part takes that is not whole."""
        if self.left:
            return
        before = self.part
        super().data_received(data)
        if self.part == before:
            self.came += len(data)
        else:
            self.enter(len(data))
        if self.part == "head" and self.came > limits.ADDRESS_BYTES + limits.HEAD_BYTES:
            self.refuse(431)
        elif self.part == "body" and self.came > limits.BODY_MOST:
            self.refuse(413)

    def enter(self, came: int) -> None:
        """Set the clock for the part that has begun."""
        self.came, self.since = came, self.loop.time()
        stop(self.clock)
        seconds = {"head": limits.HEAD_SECONDS, "body": limits.BODY_SECONDS}.get(self.part)
        self.clock = self.loop.call_later(seconds, self.late) if seconds and not self.left else None

    def late(self) -> None:
        """Refuse what takes too long; a body may take longer the more of it has come."""
        if self.part == "body":
            spare = limits.BODY_SECONDS + self.came / limits.BODY_RATE - (self.loop.time() - self.since)
            if spare > 0:
                self.clock = self.loop.call_later(spare, self.late)
                return
        if self.part == "request":
            self.transport.close()
        else:
            self.refuse(408)

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.part, self.size = "head", 0
        if len(self.pipeline) >= PIPELINED:
            raise TooLong
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, as long as all of them are short enough."""
        if self.part == "body":  # behind the last chunk: nobody asks for it
            return
        super().on_header(name, value)
        self.size += len(name) + len(value)
        if self.size > limits.HEAD_BYTES or len(self.headers) > limits.HEADERS:
            self.status = 431
            raise TooLong

    def on_headers_complete(self) -> None:
        """Take a head whose address is short enough."""
        if len(self.url) > limits.ADDRESS_BYTES:
            self.status = 414
            raise TooLong
        super().on_headers_complete()
        self.part = "body"

    def on_message_complete(self) -> None:
        """Take note that all of a request has come."""
        super().on_message_complete()
        self.part = "request" if self.cycle.response_complete else "answer"

    def on_response_complete(self) -> None:
        """Wait for the next request; where the answer came before all of the question, for none."""
        super().on_response_complete()
        if not self.cycle.response_complete:  # another one waits
            return
        if self.part == "body":
            self.leave()
        elif self.part == "answer":
            self.part, self.since = "request", self.loop.time()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self.refuse(self.status)

    def refuse(self, status: int) -> None:
        """Say why nothing is done, and listen no longer. What came whole before is still answered."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started or not (cycle.more_body or cycle.message_event.is_set()):
                cycle.keep_alive = False
                self.left = True
                return
            cycle.disconnected = True  # the rest never comes: nothing is done
            cycle.message_event.set()
        told = words.ON_THE_WIRE[status].encode()
        lines = (b"content-type: text/plain; charset=utf-8", b"content-length: %d" % len(told))
        retry = (b"retry-after: 5",) if status == 503 else ()
        head = b"\r\n".join((*lines, *retry, b"connection: close", b"", b""))
        self.transport.write(STATUS_LINE[status] + head + told)
        self.leave()

    def leave(self) -> None:
        """Close once the other side has had time to read."""
        self.left = True
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)

    def pause_writing(self) -> None:
        """Wait for somebody who reads slowly, but not for ever."""
        super().pause_writing()
        self.stalled = self.loop.call_later(limits.READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: there is room again."""
        super().resume_writing()
        stop(self.stalled)

    def shutdown(self) -> None:
        """End with the program: what has not come whole is let go, an answer has a moment; those that would
        go on for ever are told by the `end` that the application gave when it started."""
        super().shutdown()
        self.app_state.get("end", int)()
        if self.part in ("head", "body"):
            self.transport.abort()
        else:
            self.loop.call_later(LAST_CALL, self.transport.abort)
