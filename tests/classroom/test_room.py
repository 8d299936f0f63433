"""A room changes by rules: who may go how far, one question at a time, two networks shown at most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.classroom.room import Refused, Room, advanced, asked, held_back, in_mode, let_on, room_from, shown
from app.lab.itinerary import itinerary
from app.lab.recipe import Recipe

MOMENTS = itinerary(Recipe().network)
SNAPSHOT = {"question": "side", "recipe": "{}", "place": 3}


def asking(phase: str, turn: int = 1) -> Room:
    room = asked(Room(), **SNAPSHOT)
    assert room.round
    return replace(room, round=replace(room.round, phase=phase, turn=turn))


@pytest.mark.parametrize("room", [Room(), asking("guess"), Room(mode="own", paused=True, shown=("a", "b"))])
def test_what_was_written_down_is_read_again(room: Room) -> None:
    assert room_from(room.text()) == room


def test_together_everybody_may_go_where_the_teacher_is_and_nobody_has_to_go_back() -> None:
    assert in_mode(Room(shown=("a",)), "together", 5) == Room(mode="together", allowed=5)
    assert in_mode(Room(allowed=9), "together", 5).allowed == 9
    assert in_mode(Room(allowed=9, shown=("a",)), "own", 20) == Room(mode="own", allowed=9)


@pytest.mark.parametrize("phase", ["forward", "cost", "backward", "descent"])
def test_everybody_is_let_on_to_the_end_of_what_comes_next_of_a_phase(phase: str) -> None:
    room = Room(mode="together")
    for iteration in range(3):
        room = let_on(room, MOMENTS, phase)
        there, place = divmod(room.allowed, len(MOMENTS))
        assert (there, MOMENTS[place].phase) == (iteration, phase)
        assert place + 1 == len(MOMENTS) or MOMENTS[place + 1].phase != phase


def test_everybody_is_let_on_to_the_end_of_so_many_iterations() -> None:
    room = let_on(Room(mode="together"), MOMENTS, "iterations")
    assert room.allowed == len(MOMENTS) - 1
    assert let_on(room, MOMENTS, "iterations", 3).allowed == 4 * len(MOMENTS) - 1
    begun = Room(mode="together", allowed=2)
    assert let_on(begun, MOMENTS, "iterations", 2).allowed == 2 * len(MOMENTS) - 1


@pytest.mark.parametrize("mode", ["follow", "own"])
def test_only_together_there_is_a_limit_to_move(mode: str) -> None:
    with pytest.raises(Refused, match="not_together"):
        let_on(Room(mode=mode), MOMENTS, "forward")


def test_one_question_is_asked_at_a_time_and_rounds_are_counted() -> None:
    room = asked(Room(shown=("a",)), **SNAPSHOT)
    assert (room.shown, room.rounds, room.asking) == ((), 1, True)
    with pytest.raises(Refused, match="round_is_on"):
        asked(room, **SNAPSHOT)
    again = asked(asking("reveal"), **SNAPSHOT)
    assert again.round
    assert (again.rounds, again.round.number, again.round.phase) == (2, 2, "open")


def test_a_round_is_taken_on_dropped_and_over() -> None:
    room = advanced(asked(Room(), **SNAPSHOT), 4.0)
    assert room.round
    assert (room.round.phase, room.round.began) == ("guess", 4.0)
    with pytest.raises(Refused, match="not_that_phase"):
        advanced(room, 5.0, "reveal")
    assert advanced(room, 5.0, "drop") == Room(rounds=1)
    assert advanced(asking("reveal"), 5.0) == Room(rounds=1)
    with pytest.raises(Refused, match="no_round"):
        advanced(Room(), 5.0)


def test_votes_count_while_the_class_guesses_and_at_no_other_time() -> None:
    assert asking("guess").guessing == "1.1"
    assert asking("guess", 2).guessing == "1.2"
    others = [Room(), *(asking(phase) for phase in ("open", "hold", "discuss", "reveal"))]
    assert [room.guessing for room in others] == [""] * 5


def test_of_networks_that_are_shown_the_oldest_goes_and_a_second_press_hides_one() -> None:
    room = shown(shown(Room(), "a"), "b")
    assert room.shown == ("a", "b")
    assert shown(room, "c").shown == ("b", "c")
    assert shown(room, "a").shown == ("b",)


@pytest.mark.parametrize(
    ("room", "to", "why"),
    [
        (Room(), 9, ""),
        (Room(mode="own"), 9, ""),
        (Room(mode="own", paused=True), 0, "paused"),
        (Room(mode="together", allowed=4), 4, ""),
        (Room(mode="together", allowed=4), 5, "not_further"),
        (Room(mode="together", allowed=1), 2, ""),  # who is further already may stay and go back
        (asking("open"), 0, "asking"),
        (replace(asking("hold"), paused=True), 0, "asking"),
        (asking("reveal"), 9, ""),
    ],
)
def test_nobody_is_held_back_without_a_reason(room: Room, to: int, why: str) -> None:
    assert held_back(room, 2, to) == why
