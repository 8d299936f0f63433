"""Events as they are written (server-sent events), and the answer that carries them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse
from starlette.types import Send


def named(event: str, data: str) -> bytes:
    """Write an event that has a name.

    >>> named("gone", "1")
    b'event: gone\\ndata: 1\\n\\n'
    """
    return f"event: {event}\ndata: {data}\n\n".encode()


def message(html: str, id: str = "") -> bytes:
    r"""Write a state.

    >>> message("<p>\n</p>", "3.4")
    b'id: 3.4\ndata: <p>\ndata: </p>\n\n'
    """
    lines = html.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\ndata: ")
    return (f"id: {id}\n" * bool(id) + f"data: {lines}\n\n").encode()


HEARD, GONE = named("heard", "1"), named("gone", "1")  # a sign of life; the end of a room
EVENTS, STREAMED = "text/event-stream", {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
OUT = named("out", "1")  # for whoever was taken out of it


class Events(StreamingResponse):
    """An answer that goes on and on; whoever has gone is forgotten at once."""

    async def stream_response(self, send: Send) -> None:
        """Send it."""
        try:
            await super().stream_response(send)
        finally:
            await self.body_iterator.aclose()  # type: ignore[attr-defined]  # a generator


def events_response(events: AsyncIterator[str | bytes]) -> StreamingResponse:
    """Answer with events, which nobody keeps or holds back on the way."""
    return Events(events, headers=STREAMED, media_type=EVENTS)
