"""What is done in classes: a room is changed, a question is posed, and everybody gets a network to step."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from app.classroom.room import Refused, Room, advanced, alone, asked, room_from
from app.classroom.round import Round
from app.lab.itinerary import onward
from app.lab.lab import Lab
from app.lab.replay import Diverged
from app.lessons.question import Posed
from app.notation.codes import drawn_code
from app.page.ask import Ask, ask_of
from app.page.question import asking_at
from app.page.view import View
from app.store.labs import StoredLab
from app.store.members import Member
from app.store.rooms import StoredRoom
from app.story.nicknames import drawn_name
from app.web.hub import Hub
from app.web.saved_labs import SavedLabs, recipe_of
from app.web.view_query import view_in

PACES = ("layer", "phase", "iteration", "neuron")  # at which a question is looked for, after the teacher's
TRIES = 20
STARTED = time.time() - time.monotonic()


def steady() -> float:
    """Return the time in seconds, by a clock that nobody sets while the program runs."""
    return STARTED + time.monotonic()


@dataclass(frozen=True)
class Asked:
    """The question of a round: as it is posed, how it is looked at, and the place its step leads to."""

    posed: Posed
    view: View
    there: int


def kept_of(round: Round) -> dict[str, Any]:
    """Return what is kept of a round."""
    return {name: getattr(round, name) for name in ("question", "own", "recipe", "place", "view")}


class Classes:
    """Do what is done in classes."""

    def __init__(self, labs: SavedLabs) -> None:
        self.labs, self.store = labs, labs.store
        self.hub: Hub

    def open(self, lab: str, room: Room) -> tuple[StoredRoom, str]:
        """Open a room at a lab. Return it, and the token of its host."""
        token = secrets.token_urlsafe(24)
        for _ in range(TRIES):
            state, guessing = room.text(), room.guessing
            if stored := self.store.rooms.add(
                code=drawn_code(), token=token, lab=lab, state=state, guessing=guessing
            ):
                return stored, token
        raise HTTPException(503)

    def change(
        self, stored: StoredRoom, step: Callable[[Room], Room], at: int | None = None, **more: str
    ) -> StoredRoom:
        """Change a room; from the revision `at`, whatever it is for None. Refused where it has moved."""
        for _ in range(TRIES):
            if at is not None and at != stored.revision:
                raise Refused("stale")
            room = step(room_from(stored.state))
            saved = self.store.rooms.change(stored, state=room.text(), guessing=room.guessing, **more)
            if saved:
                self.hub.poke(saved.id)
                return saved
            stored = self.again(stored.id)
            if "code" in more:
                more["code"] = drawn_code()
        raise HTTPException(503)

    def again(self, id: str) -> StoredRoom:
        """Return a room as it is now; 404 where it has gone."""
        stored = self.store.rooms.get(id)
        if stored is None:
            raise HTTPException(404)
        return stored

    def join(self, stored: StoredRoom, owner: str) -> Member:
        """Let a browser in under a drawn name, or find that it is in already."""
        for _ in range(TRIES):
            if member := self.store.members.of(stored.id, owner):
                return member
            name = drawn_name(self.store.members.names(stored.id))
            if member := self.store.members.join(stored.id, owner, name):
                return member
        raise HTTPException(503)

    def renamed(self, member: Member) -> Member:
        """Draw another name for somebody."""
        for _ in range(TRIES):
            name = drawn_name(self.store.members.names(member.room))
            if self.store.members.rename(member, name):
                return replace(member, name=name)
        raise HTTPException(503)

    def settled(self, stored: StoredRoom, member: Member) -> Member:
        """Give somebody the copy of the teacher's network that they have had before, else a new one, standing
        where the class may stand. What they had stays where it is."""
        if member.source == stored.lab and self.store.labs.get(member.lab):
            return member
        own = self.store.members.copy(member, stored.lab)
        if not (own and self.store.labs.get(own)):
            room, (_, lab) = room_from(stored.state), self.labs.load(stored.lab)
            place = min(lab.place, room.allowed) if room.mode == "together" else lab.place
            own = self.labs.add(lab.recipe, place, member.owner).id
        self.store.members.settle(member, own, stored.lab)
        return self.store.members.of(stored.id, member.owner) or member

    def settle_all(self, stored: StoredRoom) -> StoredRoom:
        """Give everybody in a room a copy of the teacher's network, where each is to have one. Return it."""
        if alone(room_from(stored.state)):
            for seat in self.store.members.seats(stored.id):
                self.settled(stored, seat.member)
        return stored

    def snapshot(self, round: Round) -> Lab:
        """Return the lab of which a round asks."""
        return Lab(self.labs.with_own(recipe_of(round.recipe)), round.place)

    def asked(self, lab: Lab, question: str, view: View) -> Asked | None:
        """Return a question as it is posed about a lab's next step, at the view's pace or at another one,
        None where it cannot be."""
        if lab.coming is None:
            return None
        try:
            numbers = self.labs.replay.numbers(lab)
        except Diverged:
            return None
        for pace in dict.fromkeys((view.pace, *PACES)):
            seen = View(ask=1, question=question, pace=pace, example=view.example, digits=view.digits)
            if found := asking_at(numbers, seen, self.labs.replay).next:
                there = min(onward(lab.recipe.network, lab.place, pace), lab.last_place)
                return Asked(found[1], seen, there)
        return None

    def asked_of(self, round: Round, lab: Lab | None = None) -> Asked | None:
        """Return the question of a round: about its snapshot, or about somebody's own lab."""
        return self.asked(lab or self.snapshot(round), round.question, view_in(round.view.encode()))

    def begin(self, stored: StoredRoom, question: str, *, own: bool = False) -> StoredRoom:
        """Open a round about the teacher's lab as it stands. Refused where its step does not decide it."""
        lab_stored, lab = self.labs.load(stored.lab)
        found = self.asked(lab, question, view_in(stored.view.encode()))
        if found is None:
            raise Refused("no_question")
        snapshot = {
            "recipe": lab_stored.recipe,
            "place": lab.place,
            "view": found.view.query(ask=0, question=""),
        }
        began = steady()
        new = self.change(
            stored, lambda room: asked(room, question=question, own=own, began=began, **snapshot)
        )
        return self.settle_all(new)

    def advance(self, stored: StoredRoom, to: str = "", at: int | None = None) -> StoredRoom:
        """Take a round on; where it is told, the teacher's lab takes the step, and the others' do as soon as
        they are looked at."""
        now, room = steady(), room_from(stored.state)
        if room.round:  # first, and again without harm where a program died in between
            self.store.rooms.keep_round(stored.id, room.round.number, kept_of(room.round))
        after = advanced(room, now, to).round
        if after and after.phase == "reveal" and at in (None, stored.revision):
            self.take_step(stored, after)
        return self.change(stored, lambda room: advanced(room, now, to), at)

    def take_step(self, stored: StoredRoom, round: Round) -> None:
        """Let the teacher's lab take the step of a round; in one about everybody's own, keep where those
        stand who have not answered."""
        if round.own:
            self.store.ballots.abstain(stored.id, round.number)
        lab, found = self.store.labs.get(stored.lab), self.asked_of(round)
        if lab and found and (lab.recipe, lab.place) == (round.recipe, round.place):
            self.store.labs.move(lab, place=found.there)

    def votes(self, stored: StoredRoom, lab: Lab) -> Ask | None:
        """Return what the class guessed, where a lab stands at the answer to it; None anywhere else."""
        round = room_from(stored.state).round
        if round is None or round.phase != "reveal" or round.own or lab.recipe != self.snapshot(round).recipe:
            return None
        found = self.asked_of(round)
        if found is None or found.there != lab.place:
            return None
        people = self.store.members.count(stored.id)
        return ask_of(round, found.posed, self.store.ballots.votes(stored.id, round.number), people)

    def own_lab(self, member: Member) -> tuple[StoredLab, Lab]:
        """Return somebody's own lab."""
        return self.labs.load(member.lab)


async def classes_of(request: Request) -> Classes:
    """Return what does things in this application's classes."""
    classes: Classes = request.app.state.classes
    return classes


Serving = Annotated[Classes, Depends(classes_of)]
