"""The board of a class, put together from what is kept of it."""

from __future__ import annotations

from threading import Lock
from typing import Any

from cachetools import LRUCache
from fastapi import HTTPException
from markupsafe import Markup

from app.classroom.room import Room
from app.lab.budget import NotYet
from app.lab.itinerary import itinerary
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lessons.questions import QUESTIONS
from app.notation.language import spoken
from app.page.ask import Ask, ask_of
from app.page.board import PICTURES, Board, Person, Sight, Sketch, board_of, sketch_of
from app.store.members import Seat
from app.story.nicknames import in_words
from app.web.attending import Attending
from app.web.classes import Classes
from app.web.moves import numbers_or_start
from app.web.render import ENVIRONMENT
from app.web.saved_labs import DAMAGE, recipe_of
from app.web.view_query import view_in

SKETCHES, LISTS = 2000, 200  # that are remembered; each is the same for ever
sketches: LRUCache[tuple[str, int], tuple[Sketch, Markup]] = LRUCache(SKETCHES)
lists: LRUCache[tuple[str, int, str, str], tuple[tuple[str, str], ...]] = LRUCache(LISTS)
lock = Lock()


def sketched(classes: Classes, recipe: str, place: int) -> tuple[Sketch, Markup]:
    """Return a network in small, and its picture, written down once."""
    key = recipe, place
    with lock:
        found = sketches.get(key)
    if found is None:
        lab = Lab(classes.labs.with_own(recipe_of(recipe)), place)
        sketch = sketch_of(numbers_or_start(classes.labs.replay, lab))
        template = ENVIRONMENT.get_template("classroom/_sketch.html")
        found = sketch, Markup(template.render(sketch=sketch))
        with lock:
            sketches[key] = found
    return found


def person_of(classes: Classes, seat: Seat, now: float, right: int, *, drawn: bool) -> Person:
    """Return somebody as the board has them; a network that cannot be drawn is told in words."""
    one = Person(seat.member.id, in_words(seat.member.name), now - seat.member.heard, right=right)
    if not seat.recipe:
        return one
    one = one._replace(moved=now - seat.moved, place=seat.place)
    try:
        if drawn:
            sketch, picture = sketched(classes, seat.recipe, seat.place)
            return one._replace(
                iteration=sketch.iteration, phase=sketch.phase, cost=sketch.cost, picture=picture
            )
        lab = Lab(classes.labs.with_own(recipe_of(seat.recipe)), seat.place)
        return one._replace(iteration=lab.iteration + 1, phase=lab.moment.phase)
    except (NotYet, HTTPException, *DAMAGE):
        return one


def rights(classes: Classes, id: str, room: Room) -> dict[str, int]:
    """Return how many answers of each member were right, of the rounds that were told: the last one of each
    counts."""
    open = room.round.number if room.round and room.asking else 0
    last = {(vote.member, vote.number): vote.right for vote in classes.store.ballots.votes(id)}
    found: dict[str, int] = {}
    for (member, number), right in last.items():
        if right and number != open:
            found[member] = found.get(member, 0) + 1
    return found


def ask_now(classes: Classes, here: Attending, people: int) -> Ask:
    """Return the round that is on, or what can be asked now."""
    stored, round = here.stored, here.room.round
    if round is not None:
        asked = classes.asked_of(round)
        votes = classes.store.ballots.votes(stored.id, round.number)
        return ask_of(round, asked.posed if asked else None, votes, people)
    try:
        kept, lab = classes.labs.load(stored.lab)
        view = view_in(stored.view.encode())
        key = kept.recipe, kept.place, f"{view.pace} {view.example} {view.digits}", spoken()
        with lock:
            can = lists.get(key)
        if can is None:
            found = {one: classes.asked(lab, one, view) for one in QUESTIONS}
            can = tuple((one, asked.posed.text) for one, asked in found.items() if asked)
            with lock:
                lists[key] = can
    except (NotYet, HTTPException):  # the lab is gone, or far away: nothing can be asked of it now
        return Ask()
    return Ask(can=can)


def board_at(classes: Classes, here: Attending) -> dict[str, Any]:
    """Return what the board's templates receive."""
    stored, room, sight = here.stored, here.room, here.sight
    mark = classes.store.rooms.marks([stored.id]).get(stored.id)  # first: what comes meanwhile is news
    seats, now = classes.store.members.seats(stored.id), classes.store.database.now()
    right, drawn = rights(classes, stored.id, room), len(seats) <= PICTURES
    people = [
        person_of(
            classes,
            one,
            now,
            right.get(one.member.id, 0),
            drawn=drawn or one.member.id in wanted(room, sight),
        )
        for one in seats
    ]
    try:
        moments = itinerary(classes.labs.load(stored.lab)[1].recipe.network)
        lab = stored.lab
    except HTTPException:
        moments, lab = itinerary(Recipe().network), ""
    board: Board = board_of(stored.code, room, sight, people, moments)
    return {
        "board": board,
        "ask": ask_now(classes, here, len(people)),
        "stored": stored,
        "lab": lab,
        "mark": mark.name(board=True) if mark else "",
    }


def wanted(room: Room, sight: Sight) -> set[str]:
    """Return whose networks are drawn in any case."""
    return {*room.shown, sight.look}
