"""How a class works now, for the strip above a student's page."""

from __future__ import annotations

from app.classroom.room import alone
from app.lab.itinerary import itinerary
from app.lab.recipe import Recipe
from app.page.strip import Now, Strip, now_of
from app.store.members import Member
from app.store.store import Store
from app.web.attending import Attending
from app.web.saved_labs import recipe_of


def is_own(here: Attending) -> bool:
    """Tell whether somebody in the room looks at their own network now."""
    return alone(here.room) and (here.room.round is not None or not here.room.shown)


def scene_key(here: Attending) -> str:
    """Return the name of what a student looks at: "ours" is told to all pages alike, for anything else each
    goes to its own."""
    round = here.room.round
    if round and round.phase == "reveal":  # with everybody's own answer in it
        return f"told-{round.number}"
    if round and round.own:
        return f"asked-{round.number}-{round.turn}-{round.phase}"
    if not round and here.room.shown:
        return f"shown-{here.stored.revision}"
    return "own" if is_own(here) else "ours"


def now_in(store: Store, here: Attending) -> Now:
    """Return how a class works now."""
    stored = store.labs.get(here.stored.lab)
    recipe = recipe_of(stored.recipe) if stored else Recipe()
    heard = store.database.now() - here.stored.heard
    return now_of(here.room, itinerary(recipe.network), heard, scene_key(here))


def mark_of(store: Store, id: str) -> str:
    """Return the name of what students of a room are told now, "" where it has gone."""
    mark = store.rooms.marks([id]).get(id)
    return mark.name(board=False) if mark else ""


def strip_of(store: Store, here: Attending, member: Member) -> Strip:
    """Return the strip of a student's page."""
    return Strip(
        member.name, here.stored.code, now_in(store, here), mark_of(store, here.stored.id), member.lab
    )
