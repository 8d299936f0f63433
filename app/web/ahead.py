"""The next moment, written down before anybody asks for it and while nobody waits: the step then only has to
be kept and sent."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace

from anyio.to_thread import current_default_thread_limiter
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.lab.budget import NotYet
from app.lab.lab import OutOfTurn
from app.lab.replay import Diverged
from app.page.links import NEW
from app.web.replies import Reply, frame_of, key_of, remembered, written
from app.web.visitor import Visit

log = logging.getLogger("blame-game")


def with_next(visit: Visit, reply: Reply, done: Response) -> Response:
    """Return the answer, after which the moment that the big button leads to is written."""
    visitor = visit.visitor
    if (
        done.status_code != 200
        or visitor.wants_json
        or reply.stored.id == NEW
        or not visitor.owns(reply.stored)
    ):
        return done
    with suppress(OutOfTurn):
        lab = reply.lab.step("next", reply.view.pace)
        there = replace(
            reply, stored=replace(reply.stored, place=lab.place), lab=lab, numbers=None, page=None
        )
        key = key_of(visit, there)
        if key and visit.labs.pages.get(key) is None:
            done.background = BackgroundTask(ahead, visit, reply, there)
    return done


async def ahead(visit: Visit, reply: Reply, there: Reply) -> None:
    """Write the next moment, unless somebody is being answered. What goes wrong with it is told to whoever
    asks for it."""
    if not current_default_thread_limiter().borrowed_tokens:
        try:
            await run_in_threadpool(write, visit, reply, there)
        except Exception:
            log.exception("a moment could not be written ahead")


def write(visit: Visit, reply: Reply, there: Reply) -> None:
    """Remember the page of the next moment, and what makes the page that is shown into it."""
    if shown := remembered(visit, reply):
        with suppress(Diverged, NotYet):
            page = written(visit, there, frame_of(visit, there, visit.labs.replay.numbers(there.lab)))
            visit.labs.pages.between(shown.name, page)
