"""The door: security headers, same-origin posts only, whole and small requests, and an error page with a
number to quote."""

from __future__ import annotations

import asyncio
import logging
from secrets import token_hex
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.limits import BODY_BYTES, FILE_BYTES, TABLE_BYTES
from app.notation.language import tr
from app.story import refusals as words
from app.web.errors import problem
from app.web.visitor import visitor_of

log = logging.getLogger("blame-game")
LOAD, TABLE = "/labs/load", "/data/table"  # where a kept file comes back, and a table is brought
CLASS = "/rooms/load"  # where a kept class does
FORM = "application/x-www-form-urlencoded"
PAUSE = 0.1  # seconds until a large body that waits asks again
FORM_BYTES = 1024 * 1024  # around a table, whose own limit inside is told in words
MOST = {LOAD: FILE_BYTES, CLASS: FILE_BYTES, TABLE: TABLE_BYTES + FORM_BYTES}
TOO_MUCH = {LOAD: "file", CLASS: "file", TABLE: "table"}
RECIPES = ("/at", "/recipe", "/data")  # whose addresses may hold a recipe with all its dials

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    b"content-security-policy": CSP.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
UNSTORED = b"cache-control", b"no-store"


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


class Refused(Exception):
    """Say at the door why a request is not let in."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class Abandoned(Exception):
    """Say that the rest of a request never came: nothing of it may be done."""


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
        self.held = 0  # bytes of large bodies that are on their way or at work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        answer = Answer(send, silent=scope["method"] == "HEAD")
        if answer.silent:  # wherever one may look
            scope = {**scope, "method": "GET", "head": True}
        headers, held = Headers(scope=scope), 0
        most = MOST.get(scope["path"], BODY_BYTES)
        try:
            check(scope, headers)
            held = await self.room(announced(scope, headers, most))
            body = await whole_body(receive, most, scope) if asks(scope, headers) else b""
            check_form(headers, body)
            await self.app(scope, replayed(body, receive), answer)
        except (Abandoned, asyncio.CancelledError):
            return  # nobody is there any more, or the program ends
        except Refused as refused:
            told = problem(await visitor_of(Request(scope)), refused.status, refused.detail)
            if refused.status == 503:
                told.headers["Retry-After"] = "5"
            await told(scope, receive, answer)
        except Exception:
            await self.failed(scope, receive, answer)
        finally:
            self.held -= held

    async def failed(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        """Write down what broke, and say so with its number; break off an answer that has begun."""
        number = token_hex(4)
        log.exception("request %s failed: %s %s", number, scope["method"], scope["path"])
        if answer.started:
            raise
        visitor, detail = await visitor_of(Request(scope)), tr(words.FAILED, number=number)
        await problem(visitor, 500, detail, request_id=number)(scope, receive, answer)

    async def room(self, size: int) -> int:
        """Wait until a large body has room beside the others. Return its size; raise Refused."""
        if size <= BODY_BYTES:
            return 0
        waited = 0.0
        while self.held + size > limits.HELD_BYTES:
            if waited > limits.HELD_SECONDS:
                raise Refused(503, tr(words.BUSY))
            await asyncio.sleep(PAUSE)
            waited += PAUSE
        self.held += size
        return size


class Answer:
    """Send an answer with the guard's headers, `silent`: without its body."""

    def __init__(self, send: Send, *, silent: bool) -> None:
        self.send, self.silent, self.started = send, silent, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = [one for one in message.get("headers", ()) if one[0] not in HEADERS]
            stored = any(name == b"cache-control" for name, _ in headers)
            message["headers"] = [*headers, *HEADERS.items(), *([] if stored else [UNSTORED])]
        elif self.silent:
            message = {**message, "body": b""}
        await self.send(message)


def check(scope: Scope, headers: Headers) -> None:
    """Raise Refused for what another site posts or shows of us, and for an address that is too long."""
    if embedded(scope, headers) if scope["method"] in ("GET", "OPTIONS") else foreign(headers):
        raise Refused(403, tr(words.FOREIGN))
    query = scope["query_string"]
    most = limits.ADDRESS_BYTES if scope["path"] in RECIPES else limits.QUERY_BYTES
    if len(query) > most or len(scope["path"]) > limits.QUERY_BYTES:
        raise Refused(414, tr(words.ADDRESS_TOO_LONG))
    if query.count(b"&") >= limits.FIELDS:
        raise Refused(414, tr(words.TOO_MANY_FIELDS, limit=limits.FIELDS))


def check_form(headers: Headers, body: bytes) -> None:
    """Raise Refused for a form of too many fields."""
    if headers.get("content-type", "").startswith(FORM) and body.count(b"&") >= limits.FIELDS:
        raise Refused(413, tr(words.TOO_MANY_FIELDS, limit=limits.FIELDS))


def announced(scope: Scope, headers: Headers, most: int) -> int:
    """Return how many bytes may come. Raise Refused where they are told to be too many."""
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return most if "transfer-encoding" in headers else 0
    if len(length) > 9 or int(length) > most:
        raise Refused(413, too_much(scope))
    return int(length)


def asks(scope: Scope, headers: Headers) -> bool:
    """Tell whether a body is to be read: whoever looks mostly sends none."""
    return scope["method"] != "GET" or "content-length" in headers or "transfer-encoding" in headers


def too_much(scope: Scope) -> str:
    """Return what is said of a body that is too large."""
    return words.too_large(TOO_MUCH.get(scope["path"], "body"))


async def whole_body(receive: Receive, most: int, scope: Scope) -> bytes:
    """Return the body; nothing beyond the limit is kept. Raise Refused where it is too large, Abandoned where
    it ends before its end."""
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Abandoned
        pieces.append(message.get("body", b""))
        size, more = size + len(pieces[-1]), message.get("more_body", False)
        if size > most:
            raise Refused(413, too_much(scope))
    return b"".join(pieces)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that hands out the body once, then goes on with the connection's own messages."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
