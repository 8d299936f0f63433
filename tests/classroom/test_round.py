"""A round goes one way: guessed once or twice, told once, and dropped at any time before that."""

from __future__ import annotations

from itertools import product

import pytest

from app.classroom.round import Round, begun

PHASES = ("open", "guess", "hold", "discuss", "reveal")
WAYS = {
    ("open", 1): ("guess",),
    ("guess", 1): ("hold",),
    ("hold", 1): ("reveal", "discuss"),
    ("discuss", 1): ("guess",),
    ("guess", 2): ("reveal",),
    ("reveal", 1): ("",),
    ("reveal", 2): ("",),
}


def round_at(phase: str, turn: int = 1) -> Round:
    return Round(number=1, question="side", recipe="{}", place=0, phase=phase, turn=turn)


@pytest.mark.parametrize(("phase", "turn"), WAYS)
def test_what_comes_next_is_the_first_of_the_ways_and_nothing_else_may_come(phase: str, turn: int) -> None:
    one, ways = round_at(phase, turn), WAYS[phase, turn]
    assert one.ways == ways
    assert one.next() == ways[0]
    assert one.next("drop") == ""
    for to in PHASES:
        assert one.next(to) == (to if to in ways else None)


def test_a_class_guesses_twice_at_most() -> None:
    reached, waiting = set(), [round_at("open")]
    while waiting:
        one = waiting.pop()
        reached.add((one.phase, one.turn))
        waiting += [begun(one, way, 0.0) for way in one.ways if way]
    assert reached == set(WAYS)


def test_the_second_turn_begins_after_talking_and_a_phase_remembers_when_it_began() -> None:
    for phase, turn in product(PHASES, (1, 2)):
        new = begun(round_at(phase, turn), "guess", 7.5)
        assert (new.phase, new.turn, new.began) == ("guess", 2 if phase == "discuss" else turn, 7.5)
