"""Work that may take long has threads of its own: those that answer everybody else stay free."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial, wraps
from typing import ParamSpec, TypeVar

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


def aside(route: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """Let a route’s work be done where it keeps no step waiting, however many ask for it at once."""

    @wraps(route)
    async def waited_for(*args: P.args, **more: P.kwargs) -> R:
        return await to_thread.run_sync(partial(route, *args, **more), limiter=limiter(ASIDE, BESIDE))

    return waited_for
