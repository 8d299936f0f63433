"""What happens at one program is seen at the others that share its database: at once where the database
passes it on, a second later where it does not."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from app.store.store import Store
from tests.web.hearing import QUICK, Reader, opened, say, until, watching

pytestmark = pytest.mark.anyio


@pytest.fixture
def stores(database_url: str) -> Iterator[tuple[Store, Store]]:
    """Two programs' stores of one PostgreSQL database."""
    found = Store(database_url), Store(database_url)
    yield found
    for store in found:
        store.close()


LISTENING = "FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"


def listeners(url: str, what: str = "count(*)") -> int:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        rows = connection.execute(f"SELECT {what} {LISTENING}").fetchall()  # type: ignore[arg-type]
    return int(rows[0][0]) if rows else 0


async def test_what_happens_at_one_program_is_seen_at_the_other(
    stores: tuple[Store, Store], database_url: str
) -> None:
    here, there = stores
    room = opened(here)
    async with watching(here) as (hub, _), watching(there) as (other, _):
        await until(lambda: listeners(database_url) == 2)
        reader, far = Reader(hub, room.id), Reader(other, room.id)
        assert [(await one.states()).data for one in (reader, far)] == ["first", "first"]
        say(here, room.id, "second")
        hub.poke(room.id)
        assert [(await one.states()).data for one in (reader, far)] == ["second", "second"]
        looks = hub.ended
        other.poke("another room")
        say(there, room.id, "third")
        other.poke(room.id)
        assert [(await one.states()).data for one in (far, reader)] == ["third", "third"]
        assert hub.ended == looks + 1
        for one in (reader, far):
            await one.leave()


async def test_where_nothing_is_told_asking_still_finds_it(
    stores: tuple[Store, Store], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.news.AGAIN", 3600)
    here, there = stores
    room = opened(here)
    async with watching(here, QUICK) as (hub, _):
        await until(lambda: listeners(database_url) == 1)
        reader = Reader(hub, room.id)
        await reader.states()
        listeners(database_url, "pg_terminate_backend(pid)")
        await until(lambda: listeners(database_url) == 0)
        say(there, room.id, "second")
        assert (await reader.states()).data == "second"
        await reader.leave()


async def test_a_room_that_cannot_be_asked_for_stops_no_other(
    stores: tuple[Store, Store], caplog: pytest.LogCaptureFixture
) -> None:
    room = opened(stores[0])
    async with watching(stores[0]) as (hub, _):
        hub.poke("\x00")
        await until(lambda: "rooms cannot be watched" in caplog.text)
        reader = Reader(hub, room.id)
        assert (await reader.states()).data == "first"
        await reader.leave()


async def test_a_broken_ear_grows_again(
    stores: tuple[Store, Store], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.news.AGAIN", 0.05)
    here, there = stores
    room = opened(here)
    async with watching(here) as (hub, _):
        await until(lambda: listeners(database_url) == 1)
        reader = Reader(hub, room.id)
        await reader.states()
        pid = listeners(database_url, "pid")
        listeners(database_url, "pg_terminate_backend(pid)")
        await until(lambda: listeners(database_url, "pid") not in (0, pid))
        say(there, room.id, "second")
        there.news.tell([room.id])
        assert (await reader.states()).data == "second"
        await reader.leave()
