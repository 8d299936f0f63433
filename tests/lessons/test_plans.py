"""Every lesson is replayed to its end: each figure exists by then, each claim is so, and the page has what a
card opens and points at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.history import History
from app.lab.dials import pick_from
from app.lab.replay import Replay
from app.lessons.lesson import LESSONS, PLANS, Lesson
from app.lessons.placeholders import FIGURES, said
from app.lessons.todos import TODOS, Looked, is_astray, is_done
from app.page.frame import Frame
from app.page.lesson import view_at
from app.page.panels import PANELS
from app.page.view import View
from app.page.work import covered
from app.picture.scene import LENSES
from tests.lessons.claims import figures_in, holds
from tests.lessons.plan_texts import extract

NAMES = {"name", "loudest", "blamed"}  # figures that are no numbers
REPLAY = Replay()
every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


def test_there_are_ten_in_a_row_of_five_to_ten_minutes() -> None:
    assert [lesson.number for lesson in LESSONS.values()] == list(range(1, 11))
    assert all(5 <= lesson.minutes <= 10 and 6 <= len(lesson.cards) <= 10 for lesson in LESSONS.values())


@every_lesson
def test_each_claim_is_so_and_each_card_with_numbers_claims_something(lesson: Lesson) -> None:
    for number, card in enumerate(lesson.cards, 1):
        numbers = [name for name, _ in figures_in(card.words) if name not in NAMES | {"iteration", "eta"}]
        assert card.claims or not numbers, f"card {number}"
        assert all(int(at) <= number for at in re.findall(r"@(\d+)", " ".join([card.words, *card.claims])))
        wrong = [claim for claim in card.claims if not holds(claim, lesson, number, REPLAY)]
        assert wrong == [], f"card {number}"


@every_lesson
def test_every_sentence_is_said_without_a_typed_digit_or_greek_and_with_two_numbers_at_most(
    lesson: Lesson,
) -> None:
    for number, card in enumerate(lesson.cards, 1):
        assert said(card.words, lesson, number, REPLAY)
        assert "{" not in said(card.do, lesson, number, REPLAY)
        bare = (
            re.sub(r"\{[^}]*\}", "", card.first + card.words + card.do)
            .replace("between 0 and 1", "")
            .replace("quite 0", "")
        )
        assert not re.search(r"[0-9α-ωΑ-Ω∂∇]", bare), f"card {number}"
        for sentence in re.split(r"[.!?:;] ", card.words):
            assert len([one for one, _ in figures_in(sentence) if one not in NAMES]) <= 2, sentence


@every_lesson
def test_a_card_opens_and_points_at_what_is_there(lesson: Lesson) -> None:
    for card in lesson.cards:
        assert card.panel in {"", *PANELS}
        assert card.lens in {"", *LENSES}
        assert not card.pick or pick_from(card.pick, card.lab.recipe.sizes)
        assert not card.done or card.done.rpartition(" ")[0] in TODOS
        assert not card.done or card.do


@every_lesson
def test_a_card_that_names_a_question_asks_it_and_one_step_answers_it_and_does_what_is_to_be_done(
    lesson: Lesson,
) -> None:
    for number, card in enumerate(lesson.cards, 1):
        view, history = view_at(View(ask=1, pace="neuron"), lesson, number), History(REPLAY)
        frame = Frame(id="abc", lab=card.lab, numbers=REPLAY.numbers(card.lab), view=view, history=history)
        assert (frame.asking.open.key if frame.asking.open else "") == card.question, f"card {number}"
        if card.question:
            assert not frame.asking.closes(frame.drawer), f"card {number}"
            assert not is_done(lesson, number, Looked(card.lab, "", ""))
            there = card.lab.go(frame.next_place)
            assert is_done(lesson, number, Looked(there, "", ""))
            after = replace(frame, lab=there, numbers=REPLAY.numbers(there))
            assert not after.asks, f"card {number}"


@every_lesson
def test_a_card_that_asks_for_sums_tells_nothing_of_them_until_they_are_done(lesson: Lesson) -> None:
    for number, card in enumerate(lesson.cards, 1):
        assert bool(card.first) == card.work
        if card.work:
            view, numbers = view_at(View(), lesson, number), REPLAY.numbers(card.lab)
            plain = Frame(id="abc", lab=card.lab, numbers=numbers, view=view, history=History(REPLAY))
            frame = covered(plain, REPLAY.numbers)
            assert frame.work is not None
            assert frame.lesson is not None
            assert (frame.lesson.words, frame.lesson.todo) == (said(card.first, lesson, number, REPLAY), "")
            for name, place in figures_in(card.first):
                known = tuple(int(one) for one in place.split("."))
                assert FIGURES[name](frame.numbers, known), f"card {number}: {name}:{place}"
            assert plain.lesson is not None
            assert plain.lesson.words == said(card.words, lesson, number, REPLAY)


def test_most_lessons_ask_and_no_two_cards_ask_alike_in_one() -> None:
    asked = {
        lesson.key: [card.question for card in lesson.cards if card.question] for lesson in LESSONS.values()
    }
    assert {key for key, keys in asked.items() if not keys} == {"downhill", "textbook"}
    assert all(len(keys) == len(set(keys)) for keys in asked.values())


@every_lesson
def test_what_is_asked_for_is_not_done_yet_and_the_way_to_the_next_card_does_it(lesson: Lesson) -> None:
    for number, (card, follows) in enumerate(zip(lesson.cards, lesson.cards[1:], strict=False), 1):
        assert not is_astray(lesson, number, card.lab)
        if card.do:
            assert not is_done(lesson, number, Looked(card.lab, card.pick, card.panel)), f"card {number}"
            there = Looked(follows.lab, follows.pick, follows.panel)
            assert is_done(lesson, number, there), f"card {number}"


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_text_of_a_plan_is_extracted(path: Path) -> None:
    lesson = LESSONS[path.stem.partition("-")[2]]
    with path.open("rb") as file:
        found = list(extract(file, (), (), {}))
    shown = [lesson.title, lesson.sentence, *(card.words for card in lesson.cards)]
    shown += [text for card in lesson.cards for text in (card.first, card.do, card.link_words) if text]
    assert sorted(text for _, _, text, _ in found) == sorted(shown)
    lines = path.read_text().splitlines()
    assert all(text in lines[line - 1] for line, _, text, _ in found)
    assert path.read_text().startswith("# ")


def test_every_figure_is_used() -> None:
    plans = " ".join(path.read_text() for path in PLANS.glob("*.toml"))
    assert [name for name in FIGURES if not re.search(rf"\b{name}\b", plans)] == []
