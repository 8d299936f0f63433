"""Work that may take long has threads of its own: those that answer everybody else stay free."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

PIECES: RunVar[CapacityLimiter] = RunVar("pieces")  # of each event loop
ASIDE: RunVar[CapacityLimiter] = RunVar("aside")
BESIDE = 2  # threads: one that works long, and one for what is soon done; more would only take turns
P = ParamSpec("P")
R = TypeVar("R")


def limiter(kept: RunVar[CapacityLimiter], threads: int) -> CapacityLimiter:
    """Return what lets so many threads of this event loop work at once."""
    try:
        return kept.get()
    except LookupError:
        kept.set(CapacityLimiter(threads))
        return kept.get()


async def in_turn(pieces: Iterator[str]) -> AsyncIterator[str]:
    """Hand pieces on as they are made, one answer’s at a time; nobody makes them when nobody is there to read
    them."""
    turn = limiter(PIECES, 1)
    while (piece := await to_thread.run_sync(next, pieces, None, limiter=turn)) is not None:
        yield piece


class Threads:
    """Work in threads. What has begun is not left alone where nobody waits for it any more."""

    def __init__(self) -> None:
        self.busy: set[asyncio.Future[Any]] = set()

    async def run(self, limiter: CapacityLimiter, call: Callable[[], R]) -> R:
        """Return what a call returns, which a thread makes."""
        work = asyncio.ensure_future(to_thread.run_sync(call, limiter=limiter))
        self.busy.add(work)
        work.add_done_callback(self.busy.discard)
        return await asyncio.shield(work)

    async def ended(self) -> None:
        """Wait for all that has begun, whatever comes of it."""
        await asyncio.gather(*self.busy, return_exceptions=True)


def aside(route: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """Let a route’s work be done where it keeps no step waiting, however many ask for it at once."""

    @wraps(route)
    async def waited_for(*args: P.args, **more: P.kwargs) -> R:
        return await to_thread.run_sync(partial(route, *args, **more), limiter=limiter(ASIDE, BESIDE))

    return waited_for
