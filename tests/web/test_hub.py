"""What happens in a room reaches every page on it: at once, the newest alone, and never for longer than the
room is there."""

from __future__ import annotations

import asyncio
import re
import time

import pytest

from app.lab.recipe import Recipe
from app.store.store import Store
from app.web.hub import Hub
from app.web.slots import Pace
from tests.web.hearing import POKED, QUICK, Reader, opened, say, until, watching

pytestmark = pytest.mark.anyio


async def test_a_stream_begins_with_when_to_come_back_and_the_current_state(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        reader = Reader(hub, room.id)
        first = re.fullmatch(r"retry: (\d+)\nid: 1.0\ndata: first\n\n", await reader.raw())
        assert first
        assert 500 <= int(first[1]) <= 1500
        await reader.leave()


async def test_pages_do_not_all_come_back_at_the_same_moment(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        readers = [Reader(hub, room.id) for _ in range(20)]
        assert len({await reader.raw() for reader in readers}) > 5
        for reader in readers:
            await reader.leave()


async def test_a_change_reaches_everybody_and_is_made_once(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, shown):
        readers = [Reader(hub, room.id, owner=str(one)) for one in range(30)]
        assert {(await reader.states()).data for reader in readers} == {"first"}
        say(store, room.id, "second\nline")
        await asyncio.to_thread(hub.poke, room.id)
        assert {await reader.states() for reader in readers} == {("", "second\nline", "2.0")}
        assert shown.made == 2
        for reader in readers:
            await reader.leave()
        assert hub.rooms == {}


async def test_without_a_word_a_change_is_found_by_asking(store: Store) -> None:
    room = opened(store)
    async with watching(store, QUICK) as (hub, _):
        reader = Reader(hub, room.id)
        await reader.states()
        say(store, room.id, "second")
        assert (await reader.states()).data == "second"
        await reader.leave()


async def test_nobody_asks_the_store_when_nobody_reads(store: Store) -> None:
    opened(store)
    async with watching(store, QUICK):
        before = store.database.calls
        await asyncio.sleep(0.3)
        assert store.database.calls == before


async def test_for_all_rooms_together_one_question_is_asked(store: Store) -> None:
    rooms = [opened(store, f"CODE{one}") for one in range(10)]
    async with watching(store, Pace(look=0.2, beat=3600, presence=3600)) as (hub, _):
        readers = [Reader(hub, room.id) for room in rooms]
        for reader in readers:
            await reader.states()
        await until(lambda: all(room.heard > 0 for room in hub.rooms.values()))  # who is there
        looks = hub.ended
        await until(lambda: hub.ended == looks + 1)
        before, looks = store.database.calls, hub.ended
        await until(lambda: hub.ended == looks + 2)
        assert store.database.calls - before <= 3
        for reader in readers:
            await reader.leave()


async def test_a_slow_reader_gets_the_newest_and_nothing_older(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        slow, quick = Reader(hub, room.id, owner="slow"), Reader(hub, room.id, owner="quick")
        await slow.states()
        await quick.states()
        for number in range(5):
            say(store, room.id, str(number))
            hub.poke(room.id)
            assert (await quick.states()).data == str(number)
        assert (await slow.states()).data == "4"
        pending = asyncio.create_task(slow.raw())
        await asyncio.sleep(0.1)
        assert not pending.done()
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await pending


async def test_who_comes_later_gets_what_is_true_now_even_if_nobody_said_so(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        first = Reader(hub, room.id)
        await first.states()
        say(store, room.id, "second")
        second = Reader(hub, room.id, owner="bob")
        assert (await second.states()).data == "second"
        for reader in (first, second):
            await reader.leave()


async def test_who_comes_back_is_not_sent_what_is_there_already(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        readers = [Reader(hub, room.id, last="1.0") for _ in range(2)]  # the first makes it anew
        assert [(await one.next()).name for one in readers] == ["heard", "heard"]
        reader = readers[0]
        await readers[1].leave()
        coming = asyncio.create_task(reader.next())
        await asyncio.sleep(0.1)
        assert not coming.done()
        say(store, room.id, "second")
        hub.poke(room.id)
        assert (await coming).data == "second"
        await reader.leave()


async def test_what_students_do_is_told_to_the_board_alone_and_not_too_often(store: Store) -> None:
    room = opened(store)
    async with watching(store, Pace(look=3600, beat=3600, board=0.3, presence=3600)) as (hub, shown):
        board, other = Reader(hub, room.id, "board", ""), Reader(hub, room.id)
        assert (await board.states()).id == "1.0.0"
        await other.states()
        coming, began, made = asyncio.create_task(other.next()), time.monotonic(), shown.made
        for number in range(20):
            assert store.members.join(room.id, f"browser {number}", f"name {number}")
            hub.poke(room.id)
            await asyncio.sleep(0.02)
        while not (state := await board.states()).data.endswith("\n20"):
            pass
        assert state.id == "1.0.20"
        assert shown.made - made <= 1 + (time.monotonic() - began) / 0.3
        assert not coming.done()
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await coming
        await board.leave()


async def test_a_step_of_the_teachers_lab_reaches_everybody(store: Store) -> None:
    lab = store.labs.add(owner="host", recipe=Recipe().text())
    room = store.rooms.add(code="KX7FRW", token="host", lab=lab.id, state="first")
    assert room
    async with watching(store) as (hub, _):
        reader = Reader(hub, room.id)
        assert (await reader.states()).id == "1.1"
        assert store.labs.move(lab, place=1)
        hub.poke(room.id)
        assert (await reader.states()).id == "1.2"
        await reader.leave()


async def test_signs_of_life_come_now_and_then_and_may_say_something(store: Store) -> None:
    room = opened(store)
    async with watching(store, Pace(look=3600, beat=0.05)) as (hub, _):
        reader = Reader(hub, room.id)
        await reader.states()
        assert [await reader.next() for _ in range(3)] == [("heard", "1", "")] * 3
        hub.pulse = lambda id, key: f"{key} of {id}"
        assert (await reader.states()) == ("", f"class of {room.id}", "")
        await reader.leave()


@pytest.mark.parametrize("pace", [POKED, QUICK])
async def test_the_end_of_a_room_ends_its_streams(store: Store, pace: Pace) -> None:
    room = opened(store)
    async with watching(store, pace) as (hub, _):
        reader = Reader(hub, room.id)
        await reader.states()
        store.rooms.end(room.id)
        hub.poke(room.id)
        assert (await reader.next()).name == "gone"
        assert await reader.ended()
        assert hub.rooms == {}


async def test_whoever_is_taken_out_is_sent_out_and_nobody_else(store: Store) -> None:
    room = opened(store)
    for owner, name in (("ada", "Quiet Otter"), ("bob", "Wise Wren")):
        store.members.join(room.id, owner, name)
    async with watching(store, POKED) as (hub, _):
        out, stays = [Reader(hub, room.id, owner=owner) for owner in ("ada", "bob")]
        for reader in (out, stays):
            await reader.states()
        member = store.members.of(room.id, "ada")
        assert member
        store.members.remove(room.id, member.id)
        hub.poke(room.id)
        assert (await out.next()).name == "out"
        assert await out.ended()
        say(store, room.id, "second")
        hub.poke(room.id)
        assert (await stays.states()).data == "second"
        await stays.leave()


async def test_where_nobody_watches_a_stream_ends_instead_of_waiting_for_ever(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, _):
        pass
    for one in (hub, Hub(store, lambda _id, _key: "", boards=bool)):
        assert [piece async for piece in one.stream(room.id, "student", "ada")] == []


async def test_a_room_that_is_not_there_is_gone_at_once(store: Store) -> None:
    async with watching(store) as (hub, _):
        reader = Reader(hub, "nowhere")
        assert (await reader.states()).name == "gone"
        assert await reader.ended()


async def test_a_room_that_goes_while_it_is_shown_is_gone(store: Store) -> None:
    room = opened(store)
    async with watching(store) as (hub, shown):

        def swept(room_id: str, key: object) -> str | None:
            store.rooms.end(room_id)
            return shown(room_id, key)

        hub.render = swept
        reader = Reader(hub, room.id)
        assert (await reader.states()).name == "gone"
        assert await reader.ended()
