"""What is asked before a step, what became of an answer, and what is closed while a question is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.lab.budget import NotYet
from app.lab.itinerary import Moment, onward
from app.lab.lab import Lab
from app.lab.replay import Diverged, Numbers, Replay
from app.lessons.lesson import LESSONS
from app.lessons.question import Choice, Posed, Question
from app.lessons.questions import QUESTIONS
from app.notation.language import N_
from app.page.view import View

CLOSED_FILE = N_("Closed while a question is open: it would tell. Answer it, or skip it.")
EVERY, NONE = frozenset(QUESTIONS), frozenset[str]()
GRADIENT, ANSWER = frozenset({"way", "amount"}), frozenset({"side"})
# To which questions something would tell the answer: panels by their keys, what else is on the page, and what
# can be had beside it. What only holds what has happened, as the page does, closes for none.
CLOSED = {
    "inspect": GRADIENT | {"blamed", "loudest", "choked", "wire"},
    "downhill": EVERY,
    "surface": EVERY,
    "model": ANSWER | {"elsewhere"},
    "tables": GRADIENT | {"choked", "wire"},
    "dials": NONE,
    "race": EVERY,
    "count": NONE,
    "words": NONE,
    "share": NONE,
    "lens-gradient": GRADIENT,
    "maps": ANSWER,
    "rail": ANSWER,
    "export/json": GRADIENT,
    "export/csv": NONE,
    "export/svg": NONE,
    "export/worked": EVERY,
    "export/numpy": EVERY,
    "export/torch": EVERY,
    "worksheet": EVERY,
    "json": GRADIENT,
    "check": GRADIENT,
}


@dataclass(frozen=True)
class Open:
    """An open question: nothing here tells its answer."""

    key: str
    text: str
    choices: tuple[Choice, ...]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Return the marks of the picture that answer it."""
        return frozenset(choice.key for choice in self.choices if choice.key[:2] in ("n-", "w-"))


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of an answer, and how many were right of how many guesses."""

    text: str
    answer: str
    right: bool
    why: str
    misconception: str
    rights: int
    guesses: int


@dataclass(frozen=True)
class Asking:
    """The question about the next step of a moment, or the answer to the last one."""

    numbers: Numbers
    view: View
    coming: tuple[Moment, ...]
    example: int
    replay: Replay

    @property
    def fitting(self) -> list[Question]:
        """Return the questions that the next step decides: of all, or the one that may be asked; on a
        lesson's card that names one, that one, and only where the card puts the lab."""
        recipe, place, view = self.numbers.recipe, self.numbers.place, self.view
        card = LESSONS[view.lesson].card(view.card) if view.lesson else None
        if view.question:
            among = [QUESTIONS[view.question]]
        elif not card or not card.question:
            among = list(QUESTIONS.values())
        elif (recipe, place) == (card.lab.recipe, card.lab.place):
            among = [QUESTIONS[card.question]]
        else:
            among = []
        return [one for one in among if one.comes(recipe, Lab(recipe).moments, self.coming)]

    @cached_property
    def next(self) -> tuple[str, Posed] | None:
        """Return the question about the next step, with its answer; None where none is worth asking. They
        take turns from one iteration to the next; a lesson's card that has one of its own asks no other."""
        recipe, lab = self.numbers.recipe, Lab(self.numbers.recipe, self.numbers.place)
        if not self.view.ask or self.view.play or self.view.run or not self.coming:
            return None
        fitting = self.fitting
        if not fitting:
            return None
        try:
            then = self.replay.numbers(lab.go(onward(recipe.network, lab.place, self.view.pace)))
        except (Diverged, NotYet):
            return None
        rounds, turn = divmod(then.iteration, len(fitting))
        begin = (turn + rounds) % len(
            fitting
        )  # examples come round as well: not the same one for each of them
        for question in fitting[begin:] + fitting[:begin]:
            if posed := question.pose(then, self.example):
                return question.key, posed
        return None

    @cached_property
    def open(self) -> Open | None:
        """Return the open question, None where there is none or the answer to the last one is being read."""
        if self.told or self.next is None:
            return None
        key, posed = self.next
        return Open(key, posed.text, posed.choices)

    def closes(self, what: str) -> bool:
        """Tell whether something would tell the answer to the open question, or to the one that alone may be
        asked, wherever that is."""
        if self.told:
            return False
        key = self.open.key if self.open else self.view.question if self.view.ask else ""
        return key in CLOSED.get(what, NONE)

    @cached_property
    def told(self) -> Told | None:
        """Return what became of the answer that led here."""
        place, _, key = self.view.asked.partition("-")
        if not key or int(place) != self.numbers.place or key not in QUESTIONS:
            return None
        question, moments = QUESTIONS[key], Lab(self.numbers.recipe).moments
        posed = question.pose(self.numbers, self.example) if question.known(self.numbers, moments) else None
        said = self.view.answered
        if posed is None or not (said == "" or posed.takes(said)):
            return None
        right = said != "" and posed.is_right(said)
        rights, guesses = score_of(self.view)
        return Told(
            text=posed.text,
            answer=posed.name(said) if said else "",
            right=right,
            why=posed.why,
            misconception="" if right or not said else posed.misconception(said),
            rights=rights,
            guesses=guesses,
        )


def coming_of(lab: Lab, pace: str) -> tuple[Moment, ...]:
    """Return the moments of the next step at a pace, none at the end of the run."""
    if lab.coming is None:
        return ()
    stop = onward(lab.recipe.network, lab.place, pace)
    return tuple(lab.moments[place % len(lab.moments)] for place in range(lab.place + 1, stop + 1))


def asking_at(numbers: Numbers, view: View, replay: Replay) -> Asking:
    """Return what is asked at a moment, about the next step of the view's pace."""
    coming = coming_of(Lab(numbers.recipe, numbers.place), view.pace)
    return Asking(numbers, view, coming, min(view.example, len(numbers.examples)) - 1, replay)


def score_of(view: View) -> tuple[int, int]:
    """Return how many answers were right, and of how many."""
    rights, _, guesses = (view.score or "0-0").partition("-")
    return int(rights), int(guesses)
