"""What a room looks like to whoever asks, and what its open pages are told."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import NamedTuple

from fastapi import HTTPException
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.classroom.room import room_from
from app.lab.lab import Lab
from app.notation.language import in_language
from app.notation.numbers import in_digits
from app.page.board import Sight, address_of
from app.page.frame import Frame
from app.page.view import View
from app.page.viewer import Viewer
from app.page.work import covered
from app.store.members import Member
from app.store.rooms import StoredRoom
from app.story.classroom import REFUSED
from app.web.attending import Attending
from app.web.board_pages import board_at
from app.web.classes import Classes
from app.web.moves import numbers_or_start
from app.web.render import ENVIRONMENT, html
from app.web.replies import rendered
from app.web.view_query import view_in
from app.web.visitor import Visitor


class Reader(NamedTuple):
    """For whom an open page is written: all that it depends on beside the room."""

    role: str
    viewer: Viewer
    sight: Sight = Sight()  # how a host looks at the board


def for_host(key: Hashable) -> bool:
    """Tell whether a reader sees all that anybody in the room does."""
    return isinstance(key, Reader) and key.role == "host"


def polled(classes: Classes, id: str, key: Reader, seen: str) -> Response:
    """Tell a page that streams do not reach what it would be told; 204 where it shows that already."""
    mark = classes.store.rooms.marks([id]).get(id)
    told = message(classes, id, key) if mark else None
    if mark is None or told is None:
        raise HTTPException(404, REFUSED["no_room"])
    name = ".".join(map(str, mark if for_host(key) else mark[:2]))
    if name == seen:
        return Response(status_code=204)
    return HTMLResponse(told, headers={"Cache-Control": "no-store", "Mark": name})


def room_page(classes: Classes, visitor: Visitor, here: Attending) -> Response:
    """Return the page of a room: its door, its board, what the class looks at, or the way to one's own
    network."""
    if here.role == "stranger":
        removed = bool(here.member)
        return html("classroom/join.html", here=here, removed=removed, theme=visitor.theme)
    if here.role == "host":
        return board_page(classes, visitor, here)
    viewer = visitor.viewer(may=False)
    if is_own(here):
        assert here.member
        member = classes.settled(here.stored, here.member)
        if not here.room.asking:
            return RedirectResponse(f"/labs/{member.lab}", 303)
        frame = own_scene(classes, here, member, viewer)
    else:
        frame = scene(classes, here.stored, viewer)
    whole = Markup(rendered(frame))
    return html("lab/page.html", frame=frame, lab=whole, theme=visitor.theme)


def board_page(classes: Classes, visitor: Visitor, here: Attending) -> Response:
    """Return the board, or what an open one is told."""
    seen = board_at(classes, here)
    if visitor.swapped:
        return html("classroom/_told.html", headers={"Cache-Control": "no-store"}, **seen)
    address = address_of(visitor.origin, here.stored.code)
    return html(
        "classroom/board.html",
        headers={"Cache-Control": "no-store"},
        theme=visitor.theme,
        address=address,
        back_to=seen["board"].at(),
        **seen,
    )


def is_own(here: Attending) -> bool:
    """Tell whether somebody in the room looks at their own network now."""
    round = here.room.round
    return round.own if round else here.room.mode != "follow"


def scene(classes: Classes, stored: StoredRoom, viewer: Viewer) -> Frame:
    """Return what everybody in a room sees who does not look at their own network: what is asked, what came
    of it, or what the teacher looks at."""
    room = room_from(stored.state)
    view, vote = view_in(stored.view.encode()), ""
    round = room.round
    if round and not round.own and (found := classes.asked_of(round)):
        lab, view = classes.snapshot(round), found.view
        if round.phase == "reveal":
            lab = lab.go(found.there)
            view = replace(view, asked=f"{found.there}-{round.question}")
        elif round.phase == "guess":
            vote = f"/rooms/{stored.code}/vote"
    else:
        _, lab = classes.labs.load(stored.lab)
    return frame_of(classes, stored, lab, view, viewer, vote)


def own_scene(classes: Classes, here: Attending, member: Member, viewer: Viewer) -> Frame:
    """Return what somebody sees who is asked of their own network: their lab would tell more."""
    round, (_, lab) = here.room.round, classes.own_lab(member)
    found = classes.asked_of(round, lab) if round else None
    guessing = found and round and round.phase == "guess"
    vote = f"/rooms/{here.stored.code}/vote" if guessing else ""
    return frame_of(classes, here.stored, lab, found.view if found else View(), viewer, vote)


def frame_of(
    classes: Classes, stored: StoredRoom, lab: Lab, view: View, viewer: Viewer, vote: str = ""
) -> Frame:
    """Return a frame of the room."""
    view = replace(view, play=0, run=0, goal="", undo="", lang="")
    frame = Frame(
        id=stored.lab,
        lab=lab,
        numbers=numbers_or_start(classes.labs.replay, lab),
        view=view,
        viewer=viewer,
        history=classes.labs.history,
        vote=vote,
    )
    return covered(frame, classes.labs.replay.numbers)


def message(classes: Classes, id: str, key: Hashable) -> str | None:
    """Write down what the open pages of a kind of reader are told of a room, None where it has gone."""
    assert isinstance(key, Reader)
    stored = classes.store.rooms.get(id)
    if stored is None:
        return None
    with in_language(key.viewer.language), in_digits(view_in(stored.view.encode()).digits):
        here = Attending(stored, room_from(stored.state), None, key.role == "host", sight=key.sight)
        if here.host:
            return ENVIRONMENT.get_template("classroom/_told.html").render(board_at(classes, here))
        try:
            lab = "" if is_own(here) else rendered(scene(classes, stored, key.viewer))
        except HTTPException:  # the teacher's lab is gone or damaged: the class goes on
            lab = ""
        return ENVIRONMENT.get_template("classroom/_message.html").render(here=here, lab=Markup(lab))
