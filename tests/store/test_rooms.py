"""A room is changed by whoever comes first, votes count once and only while they are asked for, and its end
leaves nothing behind."""

from __future__ import annotations

import time
from pathlib import Path

from app.store.ballots import Try, Vote
from app.store.members import Member
from app.store.rooms import Mark, StoredRoom, hashed
from app.store.store import DAY, Store
from tests.store.sweeping import sweep_at


def opened(store: Store, code: str = "KX7FRW", lab: str = "lab-1") -> StoredRoom:
    room = store.rooms.add(code=code, token=f"host of {code}", lab=lab, state="{}")
    assert room
    return room


def joined(store: Store, room: StoredRoom, owner: str, name: str) -> Member:
    member = store.members.join(room.id, owner, name)
    assert member
    return member


def test_a_code_is_never_two_rooms(store: Store) -> None:
    room = opened(store)
    assert store.rooms.add(code=room.code, token="other", lab="lab-2", state="{}") is None
    other = opened(store, "BCDFGH")
    assert store.rooms.change(other, state="{}", guessing="", code=room.code) is None
    assert store.rooms.by_code(room.code) == store.rooms.get(room.id) == room
    assert store.rooms.by_code("ZZZZZZ") is store.rooms.get("nobody’s") is store.rooms.by_code("\x00") is None


def test_of_a_token_only_a_hash_is_kept(store: Store) -> None:
    assert opened(store).host == hashed("host of KX7FRW")


def test_who_comes_second_changes_nothing(store: Store) -> None:
    room = opened(store)
    first = store.rooms.change(room, state='{"a": 1}', guessing="1.1", lab="lab-2", code="BCDFGH")
    assert first == store.rooms.get(room.id)
    assert first
    assert (first.state, first.lab, first.code, first.revision) == ('{"a": 1}', "lab-2", "BCDFGH", 2)
    assert store.rooms.change(room, state="{}", guessing="") is None


def test_a_mark_moves_with_whatever_happens(store: Store) -> None:
    lab = store.labs.add(owner="teacher", recipe="{}")
    room, marks = opened(store, lab=lab.id), []

    def mark() -> None:
        marks.append(store.rooms.marks([room.id, "none"])[room.id])

    mark()
    assert store.rooms.look(room.id, "lens=blame")
    assert not store.rooms.look(room.id, "lens=blame")
    mark()
    assert store.labs.move(lab, place=3)
    mark()
    ada = joined(store, room, "ada", "quiet otter")
    mark()
    own = store.labs.add(owner="ada", recipe="{}")
    assert store.members.settle(ada, own.id, lab.id)
    mark()
    assert store.labs.move(own, place=1)
    mark()
    assert store.rooms.change(room, state="{}", guessing="1.1")
    mark()
    assert store.ballots.cast(room.id, Vote(1, 1, ada.id, "n-1-2", 3, True, 2.5))
    mark()
    store.ballots.tried(room.id, Try(ada.id, "1.1~n-1-1.0", "z", (), True, 1))
    mark()
    assert store.members.remove(room.id, ada.id)
    mark()
    assert len(set(marks)) == len(marks)
    assert [(one.state, one.lab) for one in marks] == [
        (1, 1),
        (2, 1),
        (2, 2),
        (2, 2),
        (2, 2),
        (2, 2),
        *4 * [(3, 2)],
    ]
    assert marks[0] == Mark(1, 1, 0)


def test_a_browser_is_in_a_room_once_and_a_name_is_one_person(store: Store) -> None:
    room = opened(store)
    ada = joined(store, room, "ada", "quiet otter")
    assert store.members.of(room.id, "ada") == ada
    assert store.members.of(room.id, "bob") is store.members.of(room.id, "") is None
    assert store.members.join(room.id, "ada", "brave owl") is None
    assert store.members.join(room.id, "bob", "quiet otter") is None
    bob = joined(store, room, "bob", "brave owl")
    assert not store.members.rename(bob, "quiet otter")
    assert store.members.rename(bob, "calm bee")
    assert store.members.names(room.id) == {"quiet otter", "calm bee"}
    assert joined(store, opened(store, "BCDFGH"), "ada", "quiet otter").room != room.id
    assert not store.members.remove(room.id, "nobody")
    assert store.members.remove(room.id, ada.id)
    assert store.members.count(room.id) == 1
    found = store.members.of(room.id, "ada")
    assert found
    assert found.removed


def test_the_rooms_of_a_browser_are_those_it_is_in_and_those_it_names(store: Store) -> None:
    one, two, three = (opened(store, code) for code in ("KX7FRW", "BCDFGH", "JKMNPQ"))
    ada = joined(store, one, "ada", "quiet otter")
    gone = joined(store, two, "ada", "quiet otter")
    store.members.remove(two.id, gone.id)
    found = {room.id: member for room, member in store.rooms.attended("ada", [three.id, "no room's", "left"])}
    assert found == {one.id: ada, three.id: None}
    assert store.rooms.attended("", []) == []
    assert store.rooms.seen_by("bob", one.code) == (one, None)
    assert store.rooms.seen_by("ada", "WRONG") is None


def test_a_seat_tells_where_a_lab_stands_and_when_its_page_was_last_there(store: Store) -> None:
    room = opened(store)
    ada, bob = joined(store, room, "ada", "quiet otter"), joined(store, room, "bob", "brave owl")
    own = store.labs.add(owner="ada", recipe="a recipe", place=4)
    assert store.members.settle(ada, own.id, room.lab)
    assert not store.members.settle(ada, "lab-9", room.lab)
    store.members.hear(room.id, ["ada"])
    seats = {seat.member.name: seat for seat in store.members.seats(room.id)}
    assert seats["quiet otter"][1:] == ("a recipe", 4, own.touched)
    assert seats["quiet otter"].member.heard >= ada.heard
    assert seats["brave owl"] == (bob, "", 0, 0.0)
    store.rooms.hear(room.id)
    found = store.rooms.get(room.id)
    assert found
    assert found.heard >= room.heard
    assert found.revision == room.revision


def test_a_round_is_kept_as_it_was_asked(store: Store) -> None:
    room = opened(store)
    for number, question in ((2, "wire"), (1, "blamed"), (1, "other")):
        store.rooms.keep_round(room.id, number, {"question": question})
    assert store.rooms.rounds(room.id) == {1: {"question": "blamed"}, 2: {"question": "wire"}}


def test_the_end_of_a_room_takes_all_that_was_said_in_it_from_the_file_too(store: Store) -> None:
    room = opened(store)
    room = store.rooms.change(room, state="{}", guessing="1.1") or room
    other = opened(store, "BCDFGH")
    joined(store, other, "bob", "brave owl")
    ada = joined(store, room, "ada", "unforgettable otter")
    store.members.rename(ada, "memorable otter")
    store.ballots.cast(room.id, Vote(1, 1, ada.id, "a telling answer", 3, True, 2.5))
    store.ballots.tried(room.id, Try(ada.id, "1.1~n-1-1.0", "z", ("tellingslip",), False, 1))
    store.rooms.keep_round(room.id, 1, {"question": "a telling question"})
    store.rooms.end(room.id)
    assert store.rooms.get(room.id) is None
    assert store.rooms.get(other.id) == other
    assert store.members.count(other.id) == 1
    assert not store.members.seats(room.id)
    assert not store.ballots.votes(room.id)
    assert not store.ballots.tries(room.id)
    assert not store.rooms.rounds(room.id)
    if file := store.database.file:
        left = b"".join(
            Path(file.path + part).read_bytes() for part in ("", "-wal") if Path(file.path + part).exists()
        )
        for word in (b"telling", b"otter", room.code.encode(), room.host.encode()):
            assert word not in left
        assert b"brave owl" in left


def test_rooms_vanish_by_themselves(store: Store) -> None:
    room = opened(store)
    joined(store, room, "ada", "quiet otter")
    sweep_at(store, time.time() + 6 * DAY)
    assert store.rooms.get(room.id)
    sweep_at(store, time.time() + 8 * DAY)
    assert store.rooms.get(room.id) is None
    assert not store.members.seats(room.id)


def test_networks_of_a_class_stay_as_long_as_it_does(store: Store) -> None:
    teachers, own, other = (store.labs.add(owner="x", recipe="{}").id for _ in range(3))
    room = opened(store, lab=teachers)
    assert store.members.settle(joined(store, room, "ada", "quiet otter"), own, teachers)
    later = time.time() + 5 * DAY
    for _ in range(3):  # a share at a time
        later += DAY / 20
        sweep_at(store, later, keep_days=1)
    assert [store.labs.get(id) is None for id in (teachers, own, other)] == [False, False, True]
    store.rooms.end(room.id)
    assert store.labs.due(later) == (2, 2)


def test_who_was_in_a_class_elsewhere_keeps_a_name_and_has_no_seat(store: Store) -> None:
    room = opened(store)
    store.members.keep_gone(room.id, {})
    store.members.keep_gone(room.id, {"a": "quiet otter", "b": "brave owl"})
    store.ballots.keep(room.id, [], [])
    vote, one = Vote(1, 1, "a", "falls", 0, True, 1.5), Try("a", "1.1~n-1-1.0", "z", ("sign",), False, 2)
    store.ballots.keep(room.id, [vote], [one, one])
    assert (store.members.count(room.id), store.members.seats(room.id)) == (0, [])
    assert {one.id: one.name for one in store.members.everybody(room.id)} == {
        "a": "quiet otter",
        "b": "brave owl",
    }
    assert store.members.names(room.id) == {"quiet otter", "brave owl"}
    assert (store.ballots.votes(room.id), store.ballots.tries(room.id)) == ([vote], [one])
