"""A student reads how their class works now, and when their teacher was last there."""

from __future__ import annotations

import pytest

from app.classroom.room import Room
from app.classroom.round import Round
from app.lab.itinerary import itinerary
from app.lab.recipe import Recipe
from app.page.strip import Now, Strip, now_of

MOMENTS = itinerary(Recipe().network)


def now(room: Room, heard: float = 0.0) -> Now:
    return now_of(room, MOMENTS, heard, "ours")


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (Room(), "Your teacher steps, you watch."),
        (Room(paused=True), "Your teacher steps, you watch."),
        (Room(mode="own"), "Your own way: step your own network as you like."),
        (Room(mode="own", paused=True), "All hands rest for now."),
        (Room(mode="together"), "Together: step your own network, up to iteration 1, Input."),
        (
            Room(mode="together", allowed=2 * len(MOMENTS) - 1),
            "Together: step your own network, up to iteration 2, Descent.",
        ),
    ],
)
def test_how_a_class_works_is_said_in_words(room: Room, said: str) -> None:
    assert now(room).how == said


@pytest.mark.parametrize("phase", ["open", "guess", "hold", "discuss", "reveal"])
def test_each_phase_of_a_question_says_what_to_do(phase: str) -> None:
    round = Round(number=1, question="side", recipe="{}", place=0, phase=phase)
    told = {now(Room(mode=mode, round=round)).how for mode in ("follow", "own")}
    assert len(told) == 1
    assert told.isdisjoint({now(Room(mode=mode)).how for mode in ("follow", "own")})


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (-3, "Your teacher is there."),
        (24, "Your teacher is there."),
        (40, "Your teacher has not been heard of for 40 s."),
        (150, "Your teacher has not been heard of for 2 min."),
    ],
)
def test_it_says_when_the_teacher_was_last_heard_of(heard: float, said: str) -> None:
    assert now(Room(), heard).teacher == said


def test_a_strip_says_who_one_is_and_where() -> None:
    strip = Strip("Quiet Otter", "KX7FRW", now(Room()), "1.1")
    assert (strip.said, strip.code) == ("Quiet Otter", "KX7FRW")
