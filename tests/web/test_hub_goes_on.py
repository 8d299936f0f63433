"""A hub writes down who is there, goes on when something is away or breaks, and ends when it is told to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.lab.budget import NotYet
from app.store.connection import StoreUnavailable
from app.store.store import Store
from app.web.events import events_response
from app.web.hub import Hub
from app.web.slots import Pace
from tests.web.hearing import QUICK, Reader, Shown, opened, say, until, watching

pytestmark = pytest.mark.anyio


async def test_who_is_there_is_written_down_but_not_all_the_time(store: Store) -> None:
    room = opened(store)
    for name in ("ada", "bob", "eve"):
        assert store.members.join(room.id, name, name)
    before = {seat.member.name: seat.member.heard for seat in store.members.seats(room.id)}

    def heard() -> set[str]:
        now = {seat.member.name: seat.member.heard for seat in store.members.seats(room.id)}
        return {name for name in now if now[name] > before[name]}

    async with watching(store, Pace(look=0.05, beat=3600, presence=3600)) as (hub, _):
        readers = [Reader(hub, room.id, owner="ada"), Reader(hub, room.id, owner="bob")]
        for reader in readers:
            await reader.states()
        await until(lambda: heard() == {"ada", "bob"})
        found = store.rooms.get(room.id)
        assert found
        assert found.heard == room.heard
        readers.append(Reader(hub, room.id, "board", ""))
        await readers[2].states()
        looks = hub.ended
        await until(lambda: hub.ended > looks + 2)
        found = store.rooms.get(room.id)
        assert found
        assert found.heard == room.heard
        hub.rooms[room.id].heard -= 3600
        await until(lambda: (host := store.rooms.get(room.id)) and host.heard > room.heard)
        for reader in readers:
            await reader.leave()


async def test_a_host_alone_is_written_down_too(store: Store) -> None:
    room = opened(store)
    async with watching(store, QUICK) as (hub, _):
        reader = Reader(hub, room.id, "board", "")
        await reader.states()
        await until(lambda: (host := store.rooms.get(room.id)) and host.heard > room.heard)
        await reader.leave()


@pytest.mark.parametrize(
    ("error", "told"),
    [(RuntimeError("a mistake"), True), (StoreUnavailable("away"), False), (NotYet(3, 40), False)],
)
async def test_a_state_that_cannot_be_made_is_tried_again(
    store: Store, caplog: pytest.LogCaptureFixture, error: Exception, told: bool
) -> None:
    room = opened(store)
    async with watching(store, QUICK) as (hub, shown):
        shown.fails.append(error)
        reader = Reader(hub, room.id)
        assert (await reader.states()).data == "first"
        await reader.leave()
    assert ("a room cannot be shown" in caplog.text) == told


async def test_streams_stay_open_while_the_store_is_away(store: Store, tmp_path: Path) -> None:
    room = opened(store)
    file = Path(f"{tmp_path}/labs.sqlite3")
    async with watching(store, QUICK) as (hub, _):
        reader = Reader(hub, room.id)
        await reader.states()
        say(store, room.id, "second")
        assert (await reader.states()).data == "second"
        parts = [file, Path(f"{file}-wal"), Path(f"{file}-shm")]
        for part in parts:
            part.rename(f"{part}.away")
        await until(lambda: store.database.trouble.reasons)
        later = Reader(hub, room.id, owner="bob")
        assert (await later.states()).data == "second"
        new = Reader(hub, room.id, "board", "")
        coming = asyncio.create_task(new.states())
        await asyncio.sleep(0.1)
        for part in parts:
            Path(f"{part}.away").rename(part)
        assert (await coming).data == "second\n0"
        await until(lambda: not store.database.trouble.reasons)
        say(store, room.id, "third")
        assert (await reader.states()).data == "third"
        for one in (reader, later, new):
            await one.leave()


async def test_a_closed_hub_ends_streams_and_begins_none(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        reader = Reader(hub, room.id)
        await reader.states()
        ending = asyncio.create_task(reader.ended())
        await asyncio.sleep(0)
        hub.close()
        assert await ending
        late = Reader(hub, room.id)
        assert await late.ended()


async def test_who_speaks_to_a_hub_that_does_not_run_breaks_nothing(store: Store) -> None:
    hub = Hub(store, Shown(store), boards=lambda _: False)
    hub.poke("any")
    hub.loop = asyncio.new_event_loop()
    hub.loop.close()
    hub.poke("any")


async def test_events_are_kept_and_held_back_by_nobody(store: Store) -> None:
    answer = events_response(Hub(store, Shown(store), boards=lambda _: False).stream("any", "class", ""))
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"
