"""How far a browser has come in the lessons: asked of the store, which nobody waits for long."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from app.store.connection import StoreUnavailable
from app.store.progress import Come
from app.web.saved_labs import SavedLabs

PATIENCE = 0.2  # seconds until a page is shown without it
ASKING = ThreadPoolExecutor(1, "progress")  # not the threads that answer: a store that hangs would hold them


async def progress_of(labs: SavedLabs, owner: str) -> dict[str, Come]:
    """Return how far a browser has come, by lesson; nothing where the store does not say so in time."""
    if owner:
        with suppress(StoreUnavailable, TimeoutError, asyncio.TimeoutError):
            asked = asyncio.get_running_loop().run_in_executor(ASKING, labs.store.progress.of, owner)
            return await asyncio.wait_for(asked, PATIENCE)
    return {}
