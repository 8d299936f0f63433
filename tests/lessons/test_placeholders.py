"""A figure in a sentence is the one of the card's moment; what has not happened has none."""

from __future__ import annotations

import pytest

from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.replay import Replay
from app.lessons.lesson import Card, Lesson, place_in
from app.lessons.placeholders import Asked, NotKnown, said
from tests.lessons.claims import holds

AT = ("1 input", "1 forward", "1 cost", "1 backward 2", "1 backward 1", "1 descent")
CARDS = tuple(Card(lab=place_in(Lab(PRESETS["and"]), at), words="") for at in AT)
LESSON = Lesson(key="a", number=1, title="A", sentence="B", minutes=5, cards=CARDS)
REPLAY = Replay()


def test_figures_are_those_of_the_cards_moment_or_of_another_cards() -> None:
    numbers = REPLAY.numbers(CARDS[5].lab)
    assert Asked("again", LESSON, 6, REPLAY).found("1") == numbers.again.a[2][0, 0]
    assert Asked("cost", LESSON, 6, REPLAY).found("") == numbers.costs_after[0]
    assert Asked("cost", LESSON, 6, REPLAY).found("@3") == numbers.costs[0]
    assert (
        Asked("delta", LESSON, 6, REPLAY).found("1.1") < 0 < Asked("delta", LESSON, 6, REPLAY).found("|1.1")
    )
    assert Asked("step", LESSON, 6, REPLAY).found("2.1.1") == pytest.approx(
        -numbers.eta * numbers.backward.nabla.w[2][0, 0]
    )


@pytest.mark.parametrize(
    ("card", "name", "place"),
    [
        (1, "a", "1.1"),
        (2, "cost", ""),
        (3, "delta", "2.1"),
        (4, "delta", "1.1"),
        (4, "grad_w", "1.1.1"),
        (4, "shrunk", ""),
        (5, "again", "1"),
        (5, "step", "1.1.1"),
        (5, "test_cost", ""),
        (1, "right", ""),
        (5, "a", "9.1"),
        (5, "a", "1"),
        (5, "a", "one"),
    ],
)
def test_what_has_not_happened_or_is_not_there_has_no_figure(card: int, name: str, place: str) -> None:
    with pytest.raises(NotKnown):
        Asked(name, LESSON, card, REPLAY).found(place)


def test_figures_are_written_as_the_story_and_the_page_write_them() -> None:
    words = "{a:2.1} {delta:1.1} {cost} {eta} {right} {name:1.2} {y:1}"
    assert said(words, LESSON, 5, REPLAY) == "0.659 −0.029 0.217 3 1 h₂ 0"


def test_a_claim_that_is_not_so_is_found() -> None:
    assert holds("cost:@6 < cost", LESSON, 5, REPLAY)
    assert not holds("cost:@6 > cost", LESSON, 5, REPLAY)
    assert holds("received:1.1 = w:2.1.1 * delta:2.1", LESSON, 5, REPLAY)
    assert not holds("received:1.1 = w:2.1.2 * delta:2.1", LESSON, 5, REPLAY)
    assert holds("blamed:1 = loudest:1", LESSON, 5, REPLAY)
