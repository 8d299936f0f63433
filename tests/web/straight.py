"""Requests sent straight through ASGI, without any client between: cheap enough for very many, and whoever
listens to a stream hangs up."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from fastapi import FastAPI


class Asked(NamedTuple):
    """A request, and the operation of the schema it belongs to."""

    method: str
    path: str
    query: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    operation: dict[str, Any]


class Answered(NamedTuple):
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Return its type without what follows."""
        return self.headers.get("content-type", "").partition(";")[0]


async def send(app: FastAPI, asked: Asked) -> Answered:
    """Send a request without any client between."""
    found: list[Any] = []
    coming, heard = [{"type": "http.request", "body": asked.body, "more_body": False}], asyncio.Event()

    async def receive() -> Any:
        if not coming:
            await heard.wait()  # whoever asks stays and listens
            return {"type": "http.disconnect"}
        return coming.pop()

    async def take(message: Any) -> None:
        found.append(message)
        if asked.path.endswith("/events") and message.get("body"):
            heard.set()  # and hangs up: such a stream has no end

    scope = {
        "type": "http", "http_version": "1.1", "method": asked.method, "path": asked.path, "root_path": "",
        "raw_path": asked.path.encode("utf-8", "surrogatepass"), "query_string": asked.query,
        "scheme": "http", "server": ("labs.test", 80), "client": ("10.0.0.9", 4242), "headers": asked.headers,
    }  # fmt: skip
    await app(scope, receive, take)
    first, *rest = found
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in first["headers"]}
    return Answered(first["status"], headers, b"".join(piece.get("body", b"") for piece in rest))
