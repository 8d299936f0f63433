"""The program with a room to measure: started as always, and a press changes what a thousand pages see."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from itertools import count

from fastapi import FastAPI, Request
from starlette.responses import Response

import app.__main__ as program
from app.web.hub import Hub, events_response

SIZE = 25_000  # bytes of a state
plain, numbers = program.create_app, count(1)


def with_room() -> FastAPI:
    """Return the application with a room of its own."""
    app = plain()
    store, inner = app.state.labs.store, app.router.lifespan_context
    room = store.rooms.add(code="KX7FRW", token="host", lab="", state="first")

    def render(_id: str, _key: Hashable) -> str:
        line = "<circle cx='100' cy='100' r='12'/>\n"
        return line * (SIZE // len(line)) + store.rooms.get(room.id).state

    hub = Hub(store, render, boards=lambda _: False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, object]]:
        async with inner(app), hub.running():
            yield {"end": hub.close}

    async def events(request: Request) -> Response:
        return events_response(hub.stream(room.id, "class", request.query_params["owner"]))

    def step() -> Response:
        store.rooms.change(store.rooms.get(room.id), state=f"step {next(numbers)}", guessing="")
        hub.poke(room.id)
        return Response("stepped")

    app.router.lifespan_context = lifespan
    app.add_api_route("/bench/events", events)
    app.add_api_route("/bench/step", step, methods=["POST"])
    return app


if __name__ == "__main__":
    program.create_app = with_room
    sys.exit(program.main())
