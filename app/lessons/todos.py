"""How a page knows that what a card asks for was done. To add a way: a function of lab and what is looked at,
in TODOS."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.lab.lab import Lab
from app.lessons.lesson import Card, Lesson


class Looked(NamedTuple):
    """Where a lab stands, and which mark and which panel are looked at."""

    lab: Lab
    pick: str
    panel: str


TODOS: dict[str, Callable[[Looked, str], bool]] = {
    "picked": lambda looked, mark: looked.pick == mark,
    "opened": lambda looked, panel: looked.panel == panel,
    "eta below": lambda looked, most: looked.lab.recipe.eta_at(looked.lab.settable) < float(most),
    "eta above": lambda looked, least: looked.lab.recipe.eta_at(looked.lab.settable) > float(least),
    "iteration": lambda looked, number: looked.lab.iteration + 1 >= int(number),
}


def is_done(lesson: Lesson, number: int, looked: Looked) -> bool:
    """Tell whether what a card asks for was done: its condition holds, or the lab stands at the next card."""
    card, lab = lesson.card(number), looked.lab
    if card.done:
        name, _, wanted = card.done.rpartition(" ")
        return TODOS[name](looked, wanted)
    follows = lesson.card(number + 1).lab
    return lab.recipe == follows.recipe and lab.place == follows.place


def is_astray(lesson: Lesson, number: int, lab: Lab) -> bool:
    """Tell whether a lab has left the way from a card to the next one."""
    card: Card = lesson.card(number)
    follows = lesson.card(number + 1).lab
    last = follows.place if follows.recipe == card.lab.recipe else card.lab.place
    return lab.recipe != card.lab.recipe or not card.lab.place <= lab.place <= max(last, card.lab.place)
