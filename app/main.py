"""The application, put together."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from app.classroom.room import Refused
from app.settings import Settings, read_settings
from app.store.connection import StoreUnavailable
from app.store.store import Store
from app.web import (
    boards,
    changes,
    check,
    datasets,
    exercise,
    exports,
    home,
    imports,
    labs,
    lessons,
    moments,
    questions,
    recipes,
    room_files,
    rooms,
    runs,
    short_links,
    spoken,
    students,
    worksheets,
)
from app.web.attending import CALLED, Called, Codes, in_class, on_called
from app.web.classes import Classes
from app.web.errors import add_error_pages
from app.web.guard import Guard
from app.web.https import Https
from app.web.hub import Hub
from app.web.metrics import Measured, Metrics, served
from app.web.openapi import EVERYWHERE, tell_views
from app.web.room_pages import for_host, message, strip
from app.web.rooms import on_refused
from app.web.saved_labs import SavedLabs
from app.web.spoken import Spoken
from app.web.static_files import static_files

SWEEP_EVERY = 600  # seconds; once an hour something is swept, if the program runs that long
THREADS = (
    4  # that work on answers: the work is Python’s own, more of them would only take turns from each other
)
PARTS = (  # routes that are spelt out stand before those with something in them; steps are asked for most
    labs,
    home,
    spoken,
    lessons,
    recipes,
    exercise,
    short_links,
    moments,
    questions,
    changes,
    check,
    runs,
    exports,
    worksheets,
    imports,
    datasets,
)
ROUTERS = [one.router for one in PARTS]
CLASS = [  # nobody in a class is kept from these
    boards.router,
    room_files.router,
    rooms.router,
    students.router,
]
TURN = 0.001  # seconds until a long piece of work lets another thread go on, which waits for it several times
log = logging.getLogger("blame-game")

for router in ROUTERS:
    tell_views(router)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; settings come from the environment when none are given."""
    settings, metrics = settings or read_settings(os.environ), Metrics()

    async def sweep(store: Store) -> None:
        while True:
            with suppress(StoreUnavailable):
                swept = await run_in_threadpool(
                    store.sweep, keep_days=settings.keep_days, room_days=settings.room_days
                )
                if swept:
                    log.info("swept %s labs", swept)
            await asyncio.sleep(SWEEP_EVERY)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, object]]:
        current_default_thread_limiter().total_tokens = THREADS
        sys.setswitchinterval(TURN)
        store: Store = app.state.labs.store
        sweeping = asyncio.create_task(sweep(store))
        ports = range(settings.metrics_port, settings.metrics_port + settings.workers)
        async with AsyncExitStack() as stack:
            if settings.metrics_port:
                await stack.enter_async_context(served(metrics, store.database, settings.host, ports))
            await stack.enter_async_context(classes.hub.running())
            yield {"end": classes.hub.close}
        sweeping.cancel()
        store.close()

    app = FastAPI(
        title="Blame Game",
        summary="Step through backpropagation, one moment at a time.",
        version="0.1.0",
        lifespan=lifespan,
        responses=EVERYWHERE,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would build an address from what the request says of its host
    )
    app.state.public_url = settings.public_url
    app.state.labs = SavedLabs(Store(settings.database_url))
    app.state.settings, app.state.codes = settings, Codes()
    classes = app.state.classes = Classes(app.state.labs)
    classes.hub = Hub(
        app.state.labs.store, partial(message, classes), boards=for_host, pulse=partial(strip, classes)
    )
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(in_class)], responses=CALLED)
    for router in CLASS:
        app.include_router(router)
    app.mount("/static", static_files, name="static")
    app.include_router(students.last)
    add_error_pages(app)
    app.add_exception_handler(Called, on_called)
    app.add_exception_handler(Refused, on_refused)
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    app.add_middleware(Guard)
    app.add_middleware(Spoken)
    app.add_middleware(Https)
    if settings.metrics_port or settings.log_format == "json":
        app.add_middleware(Measured, metrics=metrics)
    return app
