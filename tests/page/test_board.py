"""What a teacher's board shows: who is awake, how the class is paced, and what came of a vote."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from app.classroom.room import Room, in_mode
from app.classroom.round import Round
from app.lab.itinerary import itinerary
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lessons.question import Choice, Posed
from app.page.ask import MOST, Ask, Bar, Sure, ask_of
from app.page.board import (
    PICTURES,
    SMALL,
    Person,
    Sight,
    address_of,
    board_of,
    pace_of,
    sight_in,
    sketch_of,
    state_of,
)
from app.page.hand_ins import handed_in

MOMENTS = itinerary(Recipe().network)
ASKED = Posed(
    text="Which?",
    choices=(Choice("n-1-1", "h₁"), Choice("n-1-2", "h₂")),
    right=frozenset({"n-1-1"}),
    why="because",
)
TYPED = Posed(text="How much?", value=0.5, why="because")


@dataclass(frozen=True)
class Cast:
    """A vote."""

    turn: int
    member: str
    answer: str
    sure: int
    right: bool


def votes(turn: int, *answers: str, sure: int = 3) -> list[Cast]:
    return [Cast(turn, f"m{at}", one, sure, one == "n-1-1") for at, one in enumerate(answers)]


def round_in(phase: str, *, turn: int = 1, own: bool = False) -> Round:
    return Round(number=1, question="blamed", recipe="{}", place=0, phase=phase, turn=turn, own=own)


def board(people: list[Person], room: Room = Room(mode="own"), sight: Sight = Sight()):  # noqa: B008
    return board_of("KX7FRW", room, sight, people, MOMENTS)


def test_a_sight_survives_its_address() -> None:
    for sight in (Sight(), Sight(names=True), Sight(look="abc"), Sight(True, "x-1")):
        assert sight_in(sight.query()) == sight


def test_somebody_is_lost_without_a_page_and_idle_without_a_move() -> None:
    room, here = Room(mode="own"), Person("a", "", heard=1, moved=5)
    assert state_of(room, here) == "awake"
    assert state_of(room, here._replace(moved=300)) == "idle"
    assert state_of(room, here._replace(heard=30)) == "lost"
    assert state_of(room, here._replace(moved=None)) == "awake"


@pytest.mark.parametrize(
    "room",
    [
        Room(mode="own", paused=True),
        Room(mode="follow"),
        Room(mode="own", round=round_in("guess")),
        Room(mode="together", allowed=3),
    ],
)
def test_whoever_may_not_move_is_not_idle(room: Room) -> None:
    assert state_of(room, Person("a", "", heard=1, moved=300, place=3)) == "awake"


def test_whoever_could_go_further_together_is_idle() -> None:
    assert state_of(Room(mode="together", allowed=3), Person("a", "", heard=1, moved=300, place=2)) == "idle"


def test_the_board_counts_who_is_here_and_who_is_awake() -> None:
    seen = board([Person("a", "A", 1, 5), Person("b", "B", 90, 5), Person("c", "C", 1, 900)])
    assert (seen.here, seen.awake, seen.code) == (3, 1, "KX7FRW")
    assert [tile.number for tile in seen.tiles] == [1, 2, 3]
    assert seen.tiles[0].phase == "Input"


def test_tiles_shrink_as_a_class_grows() -> None:
    for many, size in ((SMALL, "full"), (SMALL + 1, "small"), (PICTURES + 1, "line")):
        assert board([Person(str(at), "", 0) for at in range(many)]).size == size


def test_networks_shown_to_all_and_the_opened_one_are_large() -> None:
    people = [Person(one, one, 0) for one in "abc"]
    seen = board(people, Room(shown=("c",)), Sight(look="a"))
    assert [tile.person.id for tile in seen.large] == ["a", "c"]
    assert [tile.shown for tile in seen.large] == [False, True]
    assert board(people).large == ()


def test_addresses_lead_back_to_the_same_sight() -> None:
    seen = board([], sight=Sight(names=True))
    assert seen.at() == "/rooms/KX7FRW?names=1"
    assert seen.at(names=False) == "/rooms/KX7FRW"
    assert seen.to("pause", look="x") == "/rooms/KX7FRW/pause?names=1&look=x"


def test_the_pace_says_what_comes_after_the_place_that_is_allowed() -> None:
    room = in_mode(Room(), "together", 0)
    told = [pace_of(replace(room, allowed=at), MOMENTS) for at in range(len(MOMENTS) + 1)]
    assert (told[0].up_to, told[0].next, told[0].iteration) == ("Input", "Forward", 1)
    assert {(one.reached, one.to) for one in told} >= {
        ("forward", "cost"),
        ("cost", "backward"),
        ("backward", "descent"),
        ("descent", "forward"),
    }
    assert told[-1].iteration == 2
    assert [way.key for way in told[0].ways if way.now] == ["together"]


def test_a_small_picture_is_the_network_alone_in_the_colours_of_blame() -> None:
    lab = Lab(Recipe())
    back = max(at for at, moment in enumerate(MOMENTS) if moment.phase == "backward")
    sketch = sketch_of(Replay().numbers(lab.go(back)))
    assert (sketch.iteration, sketch.phase) == (1, "backward")
    assert sketch.cost is not None
    assert {"more", "less"} & {wire.kind for wire, _ in sketch.wires}
    left, top, width, height = sketch.box
    for x, y in sketch.scene.layout.spots.values():
        assert left < x < left + width
        assert top < y < top + height
    assert sketch_of(Replay().numbers(lab)).cost is None


def test_an_address_is_typed_without_its_scheme() -> None:
    there = address_of("http://blame.local:8000", "KX7FRW")
    assert (there.short, there.here_only) == ("blame.local:8000/KX7FRW", False)
    assert there.code is not None
    assert address_of("http://localhost", "KX7FRW").here_only


def test_votes_are_counted_by_answer_and_the_right_one_is_marked() -> None:
    cast = votes(1, *["n-1-1"] * 2, *["n-1-2"] * 4)
    ask = ask_of(round_in("hold"), ASKED, cast, 8)
    assert (ask.answered, ask.people, ask.few) == (6, 8, False)
    assert ask.bars == [Bar("h₁", True, 2, None, "n-1-1"), Bar("h₂", False, 4, None, "n-1-2")]
    assert ask.sure == [Sure(3, 2, 6)]


def test_both_votes_stand_side_by_side() -> None:
    cast = votes(1, *["n-1-2"] * 6) + votes(2, *["n-1-1"] * 5)
    ask = ask_of(round_in("reveal", turn=2), ASKED, cast, 6)
    assert ask.bars == [Bar("h₁", True, 0, 5, "n-1-1"), Bar("h₂", False, 6, 0, "n-1-2")]
    assert (ask.changed, ask.answered) == (5, 5)


def test_fewer_than_five_votes_are_not_broken_down() -> None:
    ask = ask_of(round_in("hold"), ASKED, votes(1, *["n-1-1"] * 4), 4)
    assert ask.few
    assert (ask.bars, ask.sure) == ([], [])


def test_where_few_answered_the_first_time_only_the_second_vote_is_broken_down() -> None:
    cast = votes(1, *["n-1-2"] * 4) + votes(2, *["n-1-1"] * 5)
    ask = ask_of(round_in("reveal", turn=2), ASKED, cast, 6)
    assert (ask.few, ask.compared) == (False, False)
    assert ask.bars == [Bar("h₁", True, 5, None, "n-1-1"), Bar("h₂", False, 0, None, "n-1-2")]


def test_typed_answers_are_listed_by_how_many_gave_them() -> None:
    cast = votes(1, "0.5", "0.5", "2", "3", "0.52", *map(str, range(10, 30)))
    bars = ask_of(round_in("hold"), TYPED, cast, 30).bars
    assert len(bars) == MOST
    assert bars[0] == Bar("0.5", True, 2, None, "0.5")


def test_of_everybodys_own_network_no_answer_is_the_right_one() -> None:
    ask = ask_of(round_in("hold", own=True), ASKED, votes(1, *["n-1-1"] * 5), 5)
    assert [bar.right for bar in ask.bars] == [False, False]


def test_without_a_round_nothing_is_told() -> None:
    empty = Ask(can=(("side", "Will it?"),))
    assert (empty.now, empty.answered, empty.few, empty.bars, empty.sure) == (None, 0, True, [], [])


@dataclass(frozen=True)
class Tried:
    """A step that was worked out."""

    quantity: str
    slips: tuple[str, ...]
    right: bool
    tries: int


def test_what_went_wrong_is_counted_by_quantity_and_slip() -> None:
    rows = handed_in(
        [
            Tried("delta", ("slope",), True, 3),
            Tried("delta", ("slope", "sign"), False, 2),
            Tried("delta", (), True, 1),
            Tried("z", (), True, 1),
            Tried("something", ("unheard-of",), False, 1),
        ]
    )
    assert [row.name.partition(",")[0] for row in rows] == ["z", "δ", "something"]
    assert rows[1][1:5] == (3, 1, 1, 1)
    assert rows[1].slips == (("Forgot the slope", 2), ("Turned a sign", 1))
    assert rows[2].slips == ()
