"""A lesson's card beside the picture: what it says, what is to be done, and where its buttons lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.lab.replay import Replay
from app.lessons.lesson import LESSONS, Card, Lesson
from app.lessons.placeholders import said
from app.lessons.todos import Looked, is_astray, is_done
from app.notation.language import tr
from app.page.links import Links
from app.page.view import View
from app.picture.marks import Scene
from app.picture.scene import scene_of


@dataclass(frozen=True)
class Guide:
    """A lesson at one of its cards, as it stands beside a lab's picture; `working`: something of what is
    looked at is still to be worked out."""

    links: Links
    lesson: Lesson
    number: int
    replay: Replay
    working: bool = False

    @property
    def card(self) -> Card:
        """Return the card."""
        return self.lesson.card(self.number)

    @property
    def words(self) -> str:
        """Return what the card says, with the figures of its own moment; it tells nothing that is still to
        be worked out."""
        first = self.card.first if self.working else ""
        return said(first or self.card.words, self.lesson, self.number, self.replay)

    @property
    def todo(self) -> str:
        """Return what is to be done, "" where there is nothing, or first the sums."""
        do = "" if self.working and self.card.first else self.card.do
        return said(do, self.lesson, self.number, self.replay) if do else ""

    @cached_property
    def done(self) -> bool:
        """Tell whether nothing is left to be done."""
        view = self.links.view
        if not self.card.do:
            return not is_astray(self.lesson, self.number, self.links.lab)
        return is_done(self.lesson, self.number, Looked(self.links.lab, view.pick, view.panel))

    @property
    def astray(self) -> bool:
        """Tell whether the lab has left the lesson's way."""
        return not self.done and is_astray(self.lesson, self.number, self.links.lab)

    @property
    def last(self) -> bool:
        """Tell whether this is the last card."""
        return self.number == len(self.lesson.cards)

    @property
    def dots(self) -> list[bool]:
        """Return for each card whether it was reached."""
        return [at < self.number for at in range(len(self.lesson.cards))]

    def to(self, number: int) -> str:
        """Return the address that puts the lab where another card has it."""
        return self.links.url("card", to=number)

    @property
    def link(self) -> str:
        """Return the address a card leads to, "" where it leads nowhere: one of the site, or of this lab."""
        link = self.card.link
        return self.links.url(link) if link and link[0] != "/" else link

    @property
    def leave(self) -> str:
        """Return the address of the lab without the lesson."""
        return self.links.look(lesson="", card=0, ask=0, asked="")

    @property
    def follows(self) -> Lesson | None:
        """Return the lesson after this one, None after the last."""
        later = [one for one in LESSONS.values() if one.number > self.lesson.number]
        return later[0] if later else None


def guide_of(links: Links, replay: Replay, *, working: bool) -> Guide:
    """Return the card of the lesson that a view is in."""
    lesson = LESSONS[links.view.lesson]
    return Guide(links, lesson, lesson.within(links.view.card), replay, working=working)


def view_at(view: View, lesson: Lesson, number: int) -> View:
    """Return how a lab is looked at from a lesson's card: what it opens and points at, and nothing else."""
    card = lesson.card(number)
    return replace(
        view,
        lesson=lesson.key,
        card=lesson.within(number),
        ask=int(bool(card.question)),
        asked="",
        answered="",
        sure=0,
        pace=card.pace,
        work=int(card.work),
        play=0,
        run=0,
        goal="",
        undo="",
        lens=card.lens,
        pick=card.pick,
        panel=card.panel,
    )


class Listed(NamedTuple):
    """A lesson on a list: what stands on its tile, and how far somebody has come: a card, whether it was
    finished, and the address that goes on; 0 and "" where it was not begun."""

    lesson: Lesson
    title: str
    sentence: str
    picture: Scene
    card: int = 0
    done: bool = False
    address: str = ""


def listed(progress: Mapping[str, tuple[int, str, bool]]) -> list[Listed]:
    """Return all lessons in their order; `progress` has card, lab and whether it is done of each."""
    found = []
    for lesson in LESSONS.values():
        card, lab, done = progress.get(lesson.key, (0, "", False))
        address = f"/labs/{lab}?{view_at(View(), lesson, card).query()}" if lab else ""
        words = tr(lesson.title), tr(lesson.sentence)
        found.append(Listed(lesson, *words, picture_of(lesson), card, done, address))
    return found


@lru_cache(maxsize=64)
def picture_of(lesson: Lesson) -> Scene:
    """Draw a lesson's network where it has first answered."""
    lab = lesson.cards[0].lab.answered(0)
    return scene_of(Replay().numbers(lab), "activation", 0, recent=())
