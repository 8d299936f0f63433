"""How it goes, in Prometheus's text format, on a port of its own: requests by route, steps, the store."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter, process_time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.store.connection import Database

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds
STEPS = {f"/labs/{{id}}/{verb}" for verb in ("next", "forward", "backward", "descent", "back", "go")}
RESULTS = {
    200: "answered",
    303: "answered",
    403: "not yours",
    404: "gone",
    409: "out of turn",
    503: "no store",
}
ASKERS, PATIENCE, QUESTION = 20, 5.0, 8192  # connections at once; seconds and bytes of a question
HEAD = (
    b"HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: %d\r\n"
    b"Connection: close\r\n\r\n"
)
log = logging.getLogger("blame-game.requests")


@dataclass
class Metrics:
    """Count what happens in this process; only the event loop's thread does so."""

    requests: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # by method, route, 2xx
    seconds: Counter[str] = field(default_factory=Counter)  # by route
    within: Counter[tuple[str, int]] = field(default_factory=Counter)  # by route and the bound not passed
    steps: Counter[str] = field(default_factory=Counter)
    open: int = 0

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Take down a request that has been answered."""
        self.requests[method, route, f"{status // 100}xx"] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]  # a counter of seconds
        self.within[route, bisect_left(BOUNDS, seconds)] += 1
        if route in STEPS:
            self.steps[RESULTS.get(status, "refused")] += 1

    def text(self, database: Database) -> str:
        """Write all of it down."""
        lines = ["# TYPE blame_game_requests_total counter"]
        for (method, route, status), count in sorted(self.requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            lines.append(f"blame_game_requests_total{{{labels}}} {count}")
        lines.append("# TYPE blame_game_request_seconds histogram")
        for route in sorted(self.seconds):
            total = 0
            for at, bound in enumerate((*map(str, BOUNDS), "+Inf")):
                total += self.within[route, at]
                lines.append(f'blame_game_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
            lines.append(f'blame_game_request_seconds_sum{{route="{route}"}} {self.seconds[route]:.6f}')
            lines.append(f'blame_game_request_seconds_count{{route="{route}"}} {total}')
        lines.append("# TYPE blame_game_steps_total counter")
        lines += [
            f'blame_game_steps_total{{result="{result}"}} {n}' for result, n in sorted(self.steps.items())
        ]
        for name, kind, value in (
            ("requests_open", "gauge", self.open),
            ("store_calls_total", "counter", database.calls),
            ("store_seconds_total", "counter", round(database.seconds, 6)),
            ("store_errors_total", "counter", database.errors),
            ("store_up", "gauge", int(not database.trouble.reasons)),
            ("cpu_seconds_total", "counter", round(process_time(), 3)),
        ):
            lines += [f"# TYPE blame_game_{name} {kind}", f"blame_game_{name} {value}"]
        return "\n".join([*lines, ""])


class Measured:
    """Wrap the whole application, and count what it answers (plain ASGI, so that streams pass untouched)."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began, status = perf_counter(), 500

        async def counted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        self.metrics.open += 1
        try:
            await self.app(scope, receive, counted)
        finally:
            self.metrics.open -= 1
            method, route, seconds = scope["method"], route_of(scope), perf_counter() - began
            method = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
            self.metrics.count(method, route, status, seconds)
            facts = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
            log.info("answered", extra=facts)


def route_of(scope: Scope) -> str:
    """Return a request's route as it is written in the program, so that no lab is named."""
    known = getattr(scope.get("route"), "path", None)
    return str(known or ("/static" if scope["path"].startswith("/static/") else "none"))


class Teller(asyncio.Protocol):
    """Answer one question for the metrics and hang up; `others` are the connections that are open."""

    transport: asyncio.Transport
    clock: asyncio.TimerHandle

    def __init__(self, tell: Callable[[], str], others: set[asyncio.Transport]) -> None:
        self.tell, self.others, self.asked = tell, others, b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection for a few seconds, as long as there are not too many."""
        self.transport = transport
        self.clock = asyncio.get_running_loop().call_later(PATIENCE, transport.abort)
        if len(self.others) == ASKERS:
            transport.abort()
        self.others.add(transport)

    def data_received(self, data: bytes) -> None:
        """Answer as soon as all of the question is there."""
        self.asked += data
        if b"\r\n\r\n" in self.asked:
            found = self.asked.startswith((b"GET /metrics ", b"GET /metrics?"))
            body = self.tell().encode() if found else b"Ask for /metrics.\n"
            self.transport.write(HEAD % (b"200 OK" if found else b"404 Not Found", len(body)) + body)
            self.transport.close()
        elif len(self.asked) > QUESTION:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.clock.cancel()
        self.others.discard(self.transport)


@asynccontextmanager
async def served(metrics: Metrics, database: Database, host: str, ports: range) -> AsyncIterator[None]:
    """Serve the metrics on the first of some ports that is free: each process has its own."""
    others: set[asyncio.Transport] = set()
    for port in ports:
        with suppress(OSError):
            server = await asyncio.get_running_loop().create_server(
                lambda: Teller(lambda: metrics.text(database), others), host, port
            )
            break
    else:
        raise OSError(f"METRICS_PORT: none of the ports from {ports.start} on is free")
    async with server:
        yield
        for transport in others:
            transport.abort()
