"""Open pages are told all that is, then all that happens, the newest only; on whatever process it happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path

import pytest

from app.classroom.room import Room
from app.store.rooms import StoredRoom
from app.store.store import Store
from app.web.hub import Hub, framed

pytestmark = pytest.mark.anyio
LONG = 20.0  # seconds that no test should take


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/labs.sqlite3"
    return request.getfixturevalue("database_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


def opened(store: Store) -> StoredRoom:
    room = store.rooms.add(code="KX7FRW", token="host", lab="lab", state=Room().text())
    assert room
    return room


def revised(store: Store, room: StoredRoom, mode: str) -> StoredRoom:
    changed = store.rooms.change(room, state=Room(mode=mode).text(), guessing="")
    assert changed
    return changed


@contextmanager
def hub_of(store: Store, *, beat: float = 100.0) -> Iterator[Hub]:
    """A hub that writes down a room's revision, for boards also how many are in it."""

    def render(id: str, reader: Hashable) -> str | None:
        room = store.rooms.get(id)
        people = store.members.count(id) if reader == "host" else ""
        return f"{reader} {room.revision}\n{people}" if room else None

    hub = Hub(store, render, boards=lambda reader: reader == "host", beat=beat)
    yield hub
    hub.close()


async def next_of(stream: AsyncIterator[bytes]) -> str:
    return (await asyncio.wait_for(anext(stream), LONG)).decode()


async def test_a_page_is_told_at_once_how_everything_is(store: Store) -> None:
    room = opened(store)
    with hub_of(store) as hub:
        async with aclosing(hub.stream(room.id, "student", "ada")) as stream:
            first = await next_of(stream)
    assert first.startswith("retry: ")
    assert "id: 1.0\ndata: student 1\ndata: \n\n" in first or "id: 1.0\ndata: student 1\n\n" in first
    assert 500 <= int(first.split()[1]) <= 1500


async def test_what_happens_is_told_to_all_and_written_once(store: Store) -> None:
    room, written = opened(store), []
    with hub_of(store) as hub:
        render = hub.render
        hub.render = lambda id, reader: (written.append(reader), render(id, reader))[1]
        streams = [hub.stream(room.id, "student", f"browser-{n}") for n in range(20)]
        for stream in streams:
            await next_of(stream)
        revised(store, room, "own")
        hub.poke(room.id)
        told = [await next_of(stream) for stream in streams]
        for stream in streams:
            await stream.aclose()
    assert set(told) == {told[0]}
    assert "student 2" in told[0]
    assert written == ["student", "student"]
    assert hub.rooms == {}


async def test_who_reads_slowly_is_told_only_the_newest(store: Store) -> None:
    room = opened(store)
    with hub_of(store) as hub:
        async with (
            aclosing(hub.stream(room.id, "student", "slow")) as slow,
            aclosing(hub.stream(room.id, "student", "quick")) as quick,
        ):
            await next_of(slow)
            await next_of(quick)
            for mode in ("own", "together", "follow"):
                room = revised(store, room, mode)
                hub.poke(room.id)
                assert f"student {room.revision}" in await next_of(quick)
            assert f"student {room.revision}" in await next_of(slow)


async def test_only_a_board_is_told_what_others_do(store: Store) -> None:
    room = opened(store)
    with hub_of(store) as hub:
        async with (
            aclosing(hub.stream(room.id, "host", "")) as host,
            aclosing(hub.stream(room.id, "student", "ada")) as student,
        ):
            await next_of(host)
            await next_of(student)
            store.members.join(room.id, "ada", "Quiet Otter")
            store.members.join(room.id, "bob", "Wise Wren")
            hub.poke(room.id)
            assert "data: 2" in await next_of(host)
            waiting = asyncio.ensure_future(anext(student))
            await asyncio.sleep(0.1)
            assert not waiting.done()
            revised(store, room, "own")
            assert "student 2" in (await asyncio.wait_for(waiting, LONG)).decode()


async def test_what_happens_elsewhere_is_noticed_without_a_word(store: Store, url: str) -> None:
    room, other = opened(store), Store(url)
    with hub_of(store) as hub:
        async with aclosing(hub.stream(room.id, "student", "ada")) as stream:
            await next_of(stream)
            revised(other, room, "own")
            assert "student 2" in await next_of(stream)
    other.close()


async def test_programs_that_share_a_database_tell_each_other(database_url: str) -> None:
    here, there = Store(database_url), Store(database_url)
    room = opened(here)
    with hub_of(here) as hub, hub_of(there) as other:
        async with aclosing(hub.stream(room.id, "student", "ada")) as stream:
            await next_of(stream)
            heard = asyncio.Event()
            woken = hub._woken
            hub._woken = lambda id: (heard.set(), woken(id))[1]
            for _ in range(100):  # until it listens
                other.poke(room.id)
                await asyncio.sleep(0.05)
                if heard.is_set():
                    break
            assert heard.is_set()
    here.close()
    there.close()


async def test_a_room_that_is_gone_ends_its_streams(store: Store) -> None:
    room = opened(store)
    with hub_of(store) as hub:
        stream = hub.stream(room.id, "student", "ada")
        await next_of(stream)
        store.rooms.end(room.id)
        hub.poke(room.id)
        assert await next_of(stream) == "event: gone\ndata: \n\n"
        with pytest.raises(StopAsyncIteration):
            await next_of(stream)


async def test_from_time_to_time_a_page_hears_that_all_is_well(store: Store) -> None:
    room = opened(store)
    with hub_of(store, beat=0.01) as hub:
        hub.pulse = lambda id, reader: "still here"
        async with aclosing(hub.stream(room.id, "student", "ada")) as stream:
            await next_of(stream)
            assert await next_of(stream) == "data: still here\n\n"
            hub.pulse = lambda id, reader: None
            told = [await next_of(stream) for _ in range(3)]
            assert ": still here\n\n" in told


async def test_who_is_there_is_kept_and_a_store_that_is_away_ends_nothing(store: Store) -> None:
    room = opened(store)
    member = store.members.join(room.id, "ada", "Quiet Otter")
    assert member
    with hub_of(store) as hub:
        async with (
            aclosing(hub.stream(room.id, "student", "ada")) as student,
            aclosing(hub.stream(room.id, "host", "")) as host,
        ):
            await next_of(student)
            await next_of(host)
            seen = store.rooms.get(room.id), store.members.of(room.id, "ada")
            assert seen[0]
            assert seen[1]
            assert seen[0].heard >= room.heard
            assert seen[1].heard >= member.heard
            away = Store.__new__(Store)
            away.rooms, away.members = Away(), store.members
            hub.store, back = away, hub.store
            hub.pulse = lambda id, reader: away.rooms.get(id)
            hub._woken(room.id)
            await asyncio.sleep(0.1)
            hub._beat()
            assert await next_of(student) == ": still here\n\n"
            hub.store = back
            revised(store, room, "own")
            assert "student 2" in await next_of(student)


class Away:
    """Rooms in a database that cannot be reached."""

    def marks(self, ids: object) -> None:
        from app.store.connection import StoreUnavailable

        raise StoreUnavailable("it is away")

    get = marks


def test_a_text_of_many_lines_is_one_event() -> None:
    assert framed("a\n\nb", "7") == b"id: 7\ndata: a\ndata: \ndata: b\n\n"


async def test_a_poke_about_a_room_nobody_watches_is_nothing(store: Store) -> None:
    with hub_of(store) as hub:
        hub.poke("nowhere")
        hub.heard_of("nowhere")
    assert hub.poked == set()
