"""Votes count once and only while they are asked for; what is worked out by hand is counted by its slips."""

from __future__ import annotations

from app.store.ballots import Try, Vote
from app.store.store import Store
from tests.store.test_rooms import joined, opened


def test_votes_count_once_and_only_while_they_are_asked_for(store: Store) -> None:
    room = opened(store)
    vote = Vote(1, 1, "ada", "n-1-2", 3, True, 2.5)
    assert not store.ballots.cast(room.id, vote)
    room = store.rooms.change(room, state="{}", guessing="1.1") or room
    assert store.ballots.cast(room.id, vote)
    changed = vote._replace(answer="n-1-1", right=False, seconds=4.0)
    assert store.ballots.cast(room.id, changed)
    assert not store.ballots.cast(room.id, vote._replace(turn=2))
    assert not store.ballots.cast(room.id, vote._replace(number=2))
    assert not store.ballots.cast("another", vote)
    assert store.ballots.votes(room.id) == store.ballots.votes(room.id, 1) == [changed]
    assert store.ballots.votes(room.id, 2) == []


def test_of_whoever_does_not_vote_it_is_kept_where_they_stood(store: Store) -> None:
    room = opened(store)
    people = [joined(store, room, owner, f"quiet {owner}") for owner in ("ada", "bob", "cleo", "dora")]
    for place, member in enumerate(people[:3]):
        own = store.labs.add(owner=member.owner, recipe="a recipe", place=place)
        assert store.members.settle(member, own.id, room.lab)
    store.members.remove(room.id, people[2].id)
    room = store.rooms.change(room, state="{}", guessing="1.1") or room
    vote = Vote(1, 1, people[0].id, "falls", 0, True, 1.0, 7)
    assert store.ballots.cast(room.id, vote)
    for _ in range(2):
        store.ballots.abstain(room.id, 1)
    assert [store.ballots.stood(room.id, 1, one.id) for one in people] == [7, 1, None, None]
    assert store.ballots.stood(room.id, 2, people[1].id) is None
    assert store.ballots.votes(room.id) == [vote]


def test_the_first_slip_of_a_step_is_told_and_whether_it_came_right(store: Store) -> None:
    room = opened(store)
    wrong = Try("ada", "1.1~n-1-1.0", "z", ("sign", "sum"), False, 1)
    for one in (wrong, wrong._replace(slips=("other",)), wrong._replace(slips=(), right=True), wrong):
        store.ballots.tried(room.id, one)
    store.ballots.tried(room.id, wrong._replace(step="1.1~n-1-1.1", slips=(), right=True))
    assert sorted(store.ballots.tries(room.id)) == [
        wrong._replace(right=True, tries=4),
        wrong._replace(step="1.1~n-1-1.1", slips=(), right=True),
    ]
