"""The routes of whoever opened a room: open it, say how the class works, ask it, end it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.classroom.room import CODES, Refused, Room, in_mode, let_on, no_longer_shown, room_from, shown
from app.lab.itinerary import itinerary
from app.notation.codes import drawn_code
from app.notation.language import tr
from app.store.rooms import hashed
from app.story.classroom import REFUSED
from app.web.attending import ROOM_COOKIE, Attending, Here, host_cookie, in_class
from app.web.classes import Classes, Serving
from app.web.errors import problem
from app.web.hosting import Hosted, hosting, looked
from app.web.room_forms import (
    Advancing,
    Allowing,
    Asking,
    Closing,
    Opening,
    Pausing,
    Person,
    Token,
    ToMode,
    described,
    sent,
)
from app.web.room_json import ROOM, RoomOpened, room_json
from app.web.room_pages import room_page
from app.web.visitor import Asking as AskingVisitor
from app.web.visitor import Visiting, Visitor, visitor_of

router = APIRouter()
GONE = {"description": "for a page of ours: the room is gone, and where to go on is in HX-Redirect"}


async def on_refused(request: Request, error: Exception) -> Response:
    """Say in words why something cannot be done in a room."""
    assert isinstance(error, Refused)
    code = request.path_params.get("code", "")
    return problem(await visitor_of(request), 409, tr(REFUSED[error.why]), f"/rooms/{code}" if code else "/")


def done(visitor: Visitor, classes: Classes, here: Attending) -> Response:
    """Answer whoever has done something in a room: the room as it is now."""
    stored = classes.again(here.stored.id)
    now = replace(here, stored=stored, room=room_from(stored.state))
    if visitor.wants_json:
        return JSONResponse(room_json(classes, now))
    if visitor.swapped:
        return room_page(classes, visitor, now)
    query = here.sight.query()
    return RedirectResponse(f"/rooms/{stored.code}" + (f"?{query}" if query else ""), 303)


@router.post(
    "/rooms",
    status_code=201,
    dependencies=[Depends(in_class)],
    openapi_extra=described(Opening),
    responses={**ROOM, 201: {"model": RoomOpened, "description": "a new room"}},
)
def open_room(
    visit: Visiting, classes: Serving, request: Request, wanted: Annotated[Opening, Depends(sent(Opening))]
) -> Response:
    """Open a room at a lab of one's own."""
    stored, lab = visit.labs.load(wanted.lab)
    if not visit.visitor.owns(stored):
        raise HTTPException(403, REFUSED["not_your_lab"])
    room, token = classes.open(wanted.lab, in_mode(Room(), wanted.mode, lab.place))
    classes.store.rooms.look(room.id, looked(visit.view))
    where, days = f"/rooms/{room.code}", request.app.state.settings.room_days
    if visit.visitor.wants_json:
        told = {"code": room.code, "host": token}
        return hosting(JSONResponse(told, 201, {"Location": where}), room.id, token, days)
    return hosting(RedirectResponse(where, 303), room.id, token, days)


def room_route(name: str, model: type[BaseModel], step: Callable[..., None], sentence: str) -> None:
    """Add a route by which its host changes a room."""

    def change(
        code: str, here: Hosted, visitor: AskingVisitor, classes: Serving, wanted: BaseModel
    ) -> Response:
        step(classes, here, wanted)
        return done(visitor, classes, here)

    change.__doc__ = sentence
    change.__annotations__["wanted"] = Annotated[model, Depends(sent(model))]
    router.post(
        f"/rooms/{{code}}/{name}", name=f"room-{name}", responses=ROOM, openapi_extra=described(model)
    )(change)


def to_mode(classes: Classes, here: Attending, wanted: ToMode) -> None:
    place = classes.labs.load(here.stored.lab)[1].place
    classes.settle_all(classes.change(here.stored, lambda room: in_mode(room, wanted.mode, place)))


def to_pause(classes: Classes, here: Attending, wanted: Pausing) -> None:
    classes.change(here.stored, lambda room: replace(room, paused=wanted.paused))


def to_close(classes: Classes, here: Attending, wanted: Closing) -> None:
    classes.change(here.stored, lambda room: replace(room, closed=wanted.closed))


def to_allow(classes: Classes, here: Attending, wanted: Allowing) -> None:
    lab = classes.labs.load(here.stored.lab)[1]
    moments = itinerary(lab.recipe.network)
    classes.change(here.stored, lambda room: let_on(room, moments, wanted.to, wanted.iterations))


def to_ask(classes: Classes, here: Attending, wanted: Asking) -> None:
    classes.begin(here.stored, wanted.question, own=wanted.own)


def to_advance(classes: Classes, here: Attending, wanted: Advancing) -> None:
    classes.advance(here.stored, wanted.to, wanted.at)


def to_show(classes: Classes, here: Attending, wanted: Person) -> None:
    classes.change(here.stored, lambda room: shown(room, wanted.member))


def to_remove(classes: Classes, here: Attending, wanted: Person) -> None:
    classes.store.members.remove(here.stored.id, wanted.member)
    classes.change(here.stored, lambda room: no_longer_shown(room, wanted.member))


for name, model, step, sentence in (
    ("mode", ToMode, to_mode, "Let the class work another way."),
    ("pause", Pausing, to_pause, "Stop all hands, or let them go on."),
    ("door", Closing, to_close, "Close the door, or open it."),
    ("allow", Allowing, to_allow, "Let everybody go on together, up to the end of a phase or of iterations."),
    ("rounds", Asking, to_ask, "Ask the class a question about the next step of the teacher’s network."),
    ("advance", Advancing, to_advance, "Take the round on to its next phase."),
    ("show", Person, to_show, "Show somebody’s network to all, without a name; or no longer."),
    ("remove", Person, to_remove, "Take somebody out of the class."),
):
    room_route(name, model, step, sentence)


@router.post("/rooms/{code}/code", responses=ROOM)
def another_code(code: str, here: Hosted, visitor: AskingVisitor, classes: Serving) -> Response:
    """Give the room another code; who is in stays in."""
    old = here.stored.code
    classes.change(
        here.stored, lambda room: replace(room, codes=(*room.codes, old)[-CODES:]), code=drawn_code()
    )
    return done(visitor, classes, here)


@router.post("/rooms/{code}/lab", responses=ROOM, openapi_extra=described(Opening))
def another_lab(
    code: str,
    here: Hosted,
    visit: Visiting,
    classes: Serving,
    wanted: Annotated[Opening, Depends(sent(Opening))],
) -> Response:
    """Let the class work on another lab of the teacher's; what everybody had stays theirs."""
    stored, lab = visit.labs.load(wanted.lab)
    if not visit.visitor.owns(stored):
        raise HTTPException(403, REFUSED["not_your_lab"])
    if here.room.asking:
        raise Refused("round_is_on")
    changed = classes.change(
        here.stored,
        lambda room: in_mode(replace(room, allowed=0, round=None), room.mode, lab.place),
        lab=stored.id,
    )
    classes.settle_all(changed)
    return done(visit.visitor, classes, here)


@router.post("/rooms/{code}/host", responses=ROOM, openapi_extra=described(Token))
def become_host(
    code: str,
    here: Here,
    visitor: AskingVisitor,
    classes: Serving,
    request: Request,
    wanted: Annotated[Token, Depends(sent(Token))],
) -> Response:
    """Become the host again, on this or another device, by the token of the recovery link."""
    token = wanted.host.strip().rpartition("#host=")[2]
    if hashed(token) != here.stored.host:
        raise HTTPException(403, REFUSED["not_host"])
    now = replace(here, member=None, host=True)
    reply = done(visitor, classes, now)
    return hosting(reply, here.stored.id, token, request.app.state.settings.room_days)


@router.post("/rooms/{code}/end", responses={**ROOM, 200: {"description": "the room is gone"}, 204: GONE})
def end(code: str, here: Hosted, visitor: AskingVisitor, classes: Serving) -> Response:
    """End the class, and delete all that was said in it."""
    classes.store.rooms.end(here.stored.id)
    classes.hub.poke(here.stored.id)
    reply: Response = JSONResponse({}) if visitor.wants_json else RedirectResponse("/", 303)
    if visitor.swapped:
        reply = Response(status_code=204, headers={"HX-Redirect": "/"})
    for name in (host_cookie(here.stored.id), ROOM_COOKIE):
        reply.delete_cookie(name, httponly=True, samesite="lax")
    return reply
