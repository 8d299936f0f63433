"""Long answers piece by piece: while one is worked out no other is, and the threads that answer
everybody else stay free."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

TURN: RunVar[CapacityLimiter] = RunVar("turn")  # of each event loop


async def in_turn(pieces: Iterator[str]) -> AsyncIterator[str]:
    """Hand pieces on as they are made; nobody makes them when nobody is there to read them."""
    try:
        turn = TURN.get()
    except LookupError:
        turn = CapacityLimiter(1)
        TURN.set(turn)
    while (piece := await to_thread.run_sync(next, pieces, None, limiter=turn)) is not None:
        yield piece
