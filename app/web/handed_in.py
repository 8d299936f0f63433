"""What a student types for a step of their own network is kept for the class's table: what came of it, and
never what was typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from threading import Lock

from cachetools import LRUCache

from app.lessons.working import Posed, Working
from app.page.view import View
from app.store.ballots import Try
from app.store.connection import StoreUnavailable
from app.web.attending import Attending

LAST: LRUCache[tuple[str, str, str], bytes] = LRUCache(10_000)  # what was typed last for a step, as a hash
LOCK = Lock()


def hand_in(here: Attending | None, lab: str, view: View, work_of: Callable[[], Working | None]) -> None:
    """Keep what came of a typed value, where a student of a class has typed it for their own lab: once,
    however often its page is loaded. Whether that can be kept is no matter for the page."""
    member = here.member if here and here.role == "student" else None
    if here is None or member is None or member.lab != lab or not (view.work and view.tried):
        return
    posed, hub = judged_in(work_of()), here.hub
    if posed is None or posed.verdict is None or hub is None:
        return
    step, verdict = posed.step, posed.verdict
    mark = f"{step.worker.n.iteration}.{step.worker.example}~{step.pick.text}.{step.number}"
    key, typed = (here.stored.id, member.id, mark), sha256(view.tried.encode()).digest()
    with LOCK:
        if LAST.get(key) == typed:
            return
        LAST[key] = typed
    with suppress(StoreUnavailable):
        found = Try(member.id, mark, step.quantity, verdict.slips, verdict.right, 1)
        hub.store.ballots.tried(here.stored.id, found)
        hub.poke(here.stored.id)


def judged_in(work: Working | None) -> Posed | None:
    """Return the step for which something was typed just now."""
    parts = work.parts if work else []
    return next((one for part in parts for one in part.posed if one.verdict), None)
