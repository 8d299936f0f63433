"""Time that has passed, for the store's two witnesses: the clock and how long the program has run."""

from __future__ import annotations

import time

from app.store.store import Store


def sweep_at(store: Store, moment: float, *, keep_days: float = 30) -> int:
    """Sweep at a moment in unix seconds, after running all the time until then."""
    return store.sweep(keep_days=keep_days, wall=moment, uptime=time.monotonic() + moment - time.time())
