"""The routes of whoever is in a room: look at it, come in, answer, hear what happens, leave."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.classroom.room import Refused, alone
from app.notation.codes import SIGNS, code_from
from app.notation.language import tr
from app.store.ballots import Vote
from app.store.members import Member
from app.story.classroom import REFUSED
from app.story.nicknames import in_words
from app.web.attending import DAY, LEFT, ROOM_COOKIE, Attending, Here, host_cookie, room_asked
from app.web.classes import Classes, Serving, steady
from app.web.errors import problem
from app.web.events import EVENTS, STREAMED, events_response
from app.web.hosting import hosting
from app.web.openapi import HTML, why
from app.web.recipe_form import Mistakes
from app.web.render import html
from app.web.room_forms import Joining, Voting, described, sent
from app.web.room_json import ROOM, Named, RoomJSON, room_json
from app.web.room_pages import Reader, polled, room_page, votes_of
from app.web.visitor import OWNER_COOKIE, YEAR, Visitor
from app.web.visitor import Asking as AskingVisitor

router = APIRouter()
last = APIRouter()  # whose route would take any other address of one word


async def seated(here: Here) -> Attending:
    """Return the room that is asked for by somebody who is in it; 403 for anybody else."""
    if here.role == "stranger":
        raise HTTPException(403, REFUSED["removed" if here.member else "not_member"])
    return here


Seated = Annotated[Attending, Depends(seated)]


@router.get("/rooms", responses={**ROOM, 200: {"content": HTML, "description": "where a code is typed"}})
async def to_room(
    request: Request,
    visitor: AskingVisitor,
    code: Annotated[str, Query(max_length=40, description="as it was typed")] = "",
) -> Response:
    """Lead to the room of a typed code; where there is none, say so beside the field."""
    try:
        here = await room_asked(request, code) if code.strip() else None
    except HTTPException as error:
        if visitor.wants_json:
            raise
        told = {"typed": code, "why": str(error.detail), "theme": visitor.theme}
        return html("classroom/code.html", error.status_code, dict(error.headers or {}), **told)
    if here is None:
        return html("classroom/code.html", typed="", theme=visitor.theme)
    return RedirectResponse(f"/rooms/{here.stored.code}", 303)


@router.get("/rooms/{code}", responses={**ROOM, 200: {"model": RoomJSON, "content": HTML}})
def look(code: str, here: Here, visitor: AskingVisitor, classes: Serving, request: Request) -> Response:
    """Show a room to whoever asks: the door, what the class looks at, or the board."""
    if visitor.wants_json:
        return JSONResponse(room_json(classes, here))
    reply = room_page(classes, visitor, here)
    days = request.app.state.settings.room_days
    if here.role == "stranger":
        if not visitor.owner:  # so that a second press on Join is by the same browser
            owner = secrets.token_urlsafe(16)
            reply.set_cookie(OWNER_COOKIE, owner, max_age=YEAR, httponly=True, samesite="lax")
        return reply
    if token := request.cookies.get(host_cookie(here.stored.id), "") if here.host else "":
        return hosting(reply, here.stored.id, token, days)  # for as long again
    return attended(reply, here.stored.id, days)


def attended(reply: Response, id: str, days: int) -> Response:
    """Return the answer by which a browser is in this class from now on, of several it may be in."""
    reply.set_cookie(ROOM_COOKIE, id, max_age=days * DAY, httponly=True, samesite="lax")
    return reply


@router.post(
    "/rooms/{code}/join",
    status_code=201,
    openapi_extra=described(Joining),
    responses={**ROOM, 201: {"model": Named, "description": "you are in"}},
)
def join(
    code: str,
    here: Here,
    visitor: AskingVisitor,
    classes: Serving,
    request: Request,
    wanted: Annotated[Joining, Depends(sent(Joining))],
) -> Response:
    """Come in, under a drawn name; `again` draws another one."""
    member = here.member
    if here.host:
        raise Refused("is_host")
    if member and member.removed:
        raise HTTPException(403, REFUSED["removed"])
    if member is None and here.room.closed:
        raise HTTPException(403, REFUSED["door"])
    if member is None:
        member = classes.join(here.stored, visitor.owner or secrets.token_urlsafe(16))
    elif wanted.again:
        member = classes.renamed(member)
    classes.hub.poke(here.stored.id)
    where = f"/rooms/{here.stored.code}"
    reply: Response = RedirectResponse(where, 303)
    if alone(here.room):
        classes.settled(here.stored, member)
    if visitor.wants_json:
        reply = JSONResponse({"name": in_words(member.name)}, 201, {"Location": where})
    days = request.app.state.settings.room_days
    reply.set_cookie(OWNER_COOKIE, member.owner, max_age=YEAR, httponly=True, samesite="lax")
    return attended(reply, here.stored.id, days)


@router.post("/rooms/{code}/leave", status_code=303, response_class=RedirectResponse, responses=ROOM)
def leave(code: str, here: Here, request: Request) -> Response:
    """Leave the class's page; whoever comes back finds their name and network again. As long as the teacher
    is there, what holds the class holds them too."""
    reply = RedirectResponse("/", 303)
    days = request.app.state.settings.room_days
    return attended(reply, LEFT, days)


@router.post("/rooms/{code}/vote", responses=ROOM, openapi_extra=described(Voting))
def vote(
    code: str,
    here: Seated,
    visitor: AskingVisitor,
    classes: Serving,
    wanted: Annotated[Voting, Depends(sent(Voting))],
) -> Response:
    """Answer the question the class is asked; the last answer of a turn counts."""
    round = here.room.round
    if here.host or here.member is None:
        raise HTTPException(403, REFUSED["not_member"])
    if round is None or round.phase != "guess":
        raise Refused("not_now")
    member = classes.settled(here.stored, here.member) if round.own else here.member
    lab = classes.own_lab(member)[1] if round.own else classes.snapshot(round)
    found, said = classes.asked_of(round, lab), (wanted.answer or wanted.pick).strip()
    if not said and wanted.confidence and visitor.swapped:  # how sure, after the answer or before it
        mine = [one for one in votes_of(classes, here, member) if one.turn == round.turn]
        if not mine:
            return Response(status_code=204)
        said = mine[-1].answer
    if found is None or not found.posed.takes(said):
        number = found is not None and found.posed.value is not None
        return no_answer(visitor, here, REFUSED["no_number" if number else "no_answer"], said)
    said, right = found.posed.kept(said), found.posed.is_right(said)
    seconds = max(0.0, steady() - round.began)
    given = Vote(round.number, round.turn, member.id, said, wanted.confidence, right, seconds, lab.place)
    if not classes.store.ballots.cast(here.stored.id, given):
        raise Refused("not_now")
    return answered(visitor, classes, here, member)


def no_answer(visitor: Visitor, here: Attending, why: str, said: str) -> Response:
    """Say beside the question that an answer is none."""
    if visitor.wants_json:
        raise Mistakes({"answer": tr(why)}, said)
    told = problem(visitor, 422, tr(why), f"/rooms/{here.stored.code}")
    if visitor.swapped:
        told.headers["HX-Retarget"] = f"#voted-{here.room.guessing.replace('.', '-')}"
    return told


def answered(visitor: Visitor, classes: Classes, here: Attending, member: Member) -> Response:
    """Answer whoever has voted: the room, in which nothing tells whether they were right."""
    if visitor.wants_json:
        return JSONResponse(room_json(classes, here))
    if visitor.swapped:
        return room_page(classes, visitor, here)
    return RedirectResponse(f"/rooms/{here.stored.code}", 303)


@router.get(
    "/rooms/{code}/events",
    responses={
        **ROOM,
        200: {"content": {"text/event-stream": {}}, "description": "what happens, as it does"},
    },
)
async def events(here: Seated, visitor: AskingVisitor, classes: Serving, request: Request) -> Response:
    """Tell an open page what happens in the room; every message is all of it."""
    if request.scope.get("head"):  # nobody reads it, so it would never end
        return Response(headers=STREAMED, media_type=EVENTS)
    key = Reader(here.role, visitor.viewer(may=False), here.sight)
    owner = here.member.owner if here.member and not here.host else ""
    last = request.headers.get("last-event-id", "")
    return events_response(classes.hub.stream(here.stored.id, key, owner, last))


@router.get(
    "/rooms/{code}/now",
    responses={
        **ROOM,
        200: {"content": HTML, "description": "what the page is to show"},
        204: {"description": "nothing has moved"},
    },
)
async def now(
    here: Seated,
    visitor: AskingVisitor,
    classes: Serving,
    seen: Annotated[str, Query(max_length=80, description="the mark of what the page shows")] = "",
) -> Response:
    """Tell a page that streams do not reach what has happened since."""
    key = Reader(here.role, visitor.viewer(may=False), here.sight)

    def told() -> Response:
        heard = here.member.heard if here.member else here.stored.heard
        due = classes.store.database.now() - heard >= classes.hub.pace.presence  # not written down just now
        if due and here.member:
            classes.store.members.hear(here.stored.id, [here.member.owner])
        elif due:
            classes.store.rooms.hear(here.stored.id)
        return polled(classes, here.stored.id, key, seen)

    return await run_in_threadpool(told)


class Typed(StringConvertor):
    """An address that can be a code; any other is none of ours, or another route's."""

    regex = f"(?i:[{SIGNS}]{{3}}[- ]?[{SIGNS}]{{3}})"


register_url_convertor("typed", Typed())


@last.get(
    "/{code:typed}", status_code=303, response_class=RedirectResponse, responses={404: why("no such page")}
)
async def by_code(code: str, visitor: AskingVisitor) -> Response:
    """Lead to the room whose code is the address: it is what people type."""
    return RedirectResponse(f"/rooms/{code_from(code)}", 303)
