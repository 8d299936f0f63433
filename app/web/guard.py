"""The door: security headers, same-origin posts only, small bodies, and an error page with a number to
quote."""

from __future__ import annotations

import logging
from secrets import token_hex
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.limits import BODY_BYTES, FILE_BYTES, TABLE_BYTES
from app.story import refusals as words
from app.web.errors import problem
from app.web.visitor import visitor_of

log = logging.getLogger("blame-game")
LOAD, TABLE = "/labs/load", "/data/table"  # where a kept file comes back, and a table is brought
FORM_BYTES = 1024 * 1024  # around a table, whose own limit inside is told in words
MOST = {LOAD: FILE_BYTES, TABLE: TABLE_BYTES + FORM_BYTES}
TOO_MUCH = {LOAD: words.FILE_TOO_LARGE, TABLE: words.TABLE_TOO_LARGE}

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def foreign(headers: Headers) -> bool:
    """Tell whether a post comes from another site's page. Browsers say so; programs send neither header."""
    site = headers.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != headers.get("host")
    except ValueError:  # no address at all
        return True


def embedded(scope: Scope, headers: Headers) -> bool:
    """Tell whether another site's page wants a part of itself from here, to which only the static files and a
    lab's picture are given, which a notebook shows: some pages take long to work out. A link is welcome."""
    elsewhere = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    followed = {"navigate", "document"} >= {
        headers.get("sec-fetch-mode", "navigate"),
        headers.get("sec-fetch-dest", "document"),
    }
    given = scope["path"].startswith("/static/") or (
        scope["path"].startswith("/labs/") and scope["path"].endswith("/export/svg")
    )
    return elsewhere and not followed and not given


class Guard:
    """Wrap the whole application (plain ASGI, so that streams pass untouched)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers, started = Headers(scope=scope), False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
                if "cache-control" not in found:
                    found["Cache-Control"] = "no-store"
            await send(message)

        reads = scope["method"] in ("GET", "HEAD", "OPTIONS")
        if embedded(scope, headers) if reads else foreign(headers):
            return await problem(await visitor_of(Request(scope)), 403, words.FOREIGN)(
                scope, receive, guarded_send
            )
        most = MOST.get(scope["path"], BODY_BYTES)
        body = await small_body(headers, receive, most)
        if body is None:
            detail = TOO_MUCH.get(scope["path"], words.TOO_LARGE)
            return await problem(await visitor_of(Request(scope)), 413, detail)(scope, receive, guarded_send)
        try:
            await self.app(scope, replayed(body, receive), guarded_send)
        except Exception:
            number = token_hex(4)
            log.exception("request %s failed: %s %s", number, scope["method"], scope["path"])
            if started:
                raise
            visitor, detail = await visitor_of(Request(scope)), words.FAILED.format(number=number)
            failed = problem(visitor, 500, detail, request_id=number)
            await failed(scope, receive, guarded_send)


async def small_body(headers: Headers, receive: Receive, most: int) -> bytes | None:
    """Return the body, None when it is larger than allowed; nothing beyond the limit is kept."""
    length = headers.get("content-length")
    if length is None and "transfer-encoding" not in headers:
        return b""
    if length and length.isdecimal() and (len(length) > 9 or int(length) > most):
        return None
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return body


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that hands out the body once, then goes on with the connection's own messages."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
