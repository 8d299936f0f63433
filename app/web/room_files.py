"""A class leaves as a file, for its host alone, and goes on elsewhere from one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.classroom.room import room_from
from app.classroom.round import Round
from app.export.room_csv import table
from app.lab.lab import Lab
from app.page.links import Links
from app.page.view import View
from app.store.ballots import Vote
from app.story.nicknames import in_words
from app.web.attending import Attending, in_class
from app.web.classes import Asked, Classes, Serving, kept_of
from app.web.guard import CLASS
from app.web.hosting import Hosted, hosting
from app.web.moves import kept, numbers_at
from app.web.openapi import why
from app.web.recipe_form import Mistakes
from app.web.replies import form_page
from app.web.room_json import ROOM, RoomOpened
from app.web.room_load import SCHEMA, loaded
from app.web.saved_labs import recipe_of
from app.web.uploads import TextSent
from app.web.visitor import OWNER_COOKIE, YEAR, Visiting
from app.web.visitor import Asking as AskingVisitor

router = APIRouter()
ANY: dict[str, Any] = {"type": "object"}
KEPT = {
    "requestBody": {
        "content": {"application/json": {"schema": ANY}, "multipart/form-data": {"schema": ANY}},
        "description": "the JSON of a room",
        "required": True,
    }
}
FILE: dict[int | str, Any] = {status: told for status, told in ROOM.items() if status not in (200, 303)}


def attached(name: str) -> dict[str, str]:
    """Return the header that makes an answer a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.get("/rooms/{code}.json", responses={**FILE, 200: {"description": "the class, whole", "model": dict}})
def as_json(code: str, here: Hosted, classes: Serving) -> Response:
    """Give a class away as JSON, from which it can go on elsewhere; what is being guessed is not in it."""
    told = json.dumps(whole(classes, here), ensure_ascii=False, indent=1, allow_nan=False)
    headers = attached(f"class-{here.stored.code}.json")
    return Response(told, media_type="application/json", headers=headers)


@router.get(
    "/rooms/{code}.csv",
    responses={**FILE, 200: {"content": {"text/csv": {}}, "description": "a row for each answer"}},
)
def as_csv(code: str, here: Hosted, visitor: AskingVisitor, classes: Serving) -> Response:
    """Give away what a class has said as a table; what is being guessed is not in it."""
    text = "".join(table(rows(classes, here, visitor.origin)))
    headers = attached(f"class-{here.stored.code}.csv")
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.post(
    CLASS,
    status_code=201,
    dependencies=[Depends(in_class)],
    openapi_extra=KEPT,
    responses={**ROOM, 201: {"model": RoomOpened, "description": "a new room"}, 429: why("too many labs")},
)
def load(visit: Visiting, classes: Serving, request: Request, text: TextSent) -> Response:
    """Go on with a kept class: in a new room with a new code, at a copy of its network."""
    try:
        found = loaded(classes, text)
    except Mistakes as mistakes:
        if visit.visitor.wants_json:
            raise
        return form_page(visit.visitor, {}, {}, 422, wrong_class=" ".join(mistakes.fields.values()))
    numbers = numbers_at(visit, found.recipe, found.place)
    lab = kept(visit, found.recipe, numbers.place)
    room, token = classes.open(lab.id, found.room)
    store = classes.store
    for round in found.rounds:
        store.rooms.keep_round(room.id, round.number, kept_of(round))
    store.members.keep_gone(room.id, found.names)
    store.ballots.keep(room.id, found.votes, found.tries)
    store.rooms.look(room.id, found.view)
    where, told = f"/rooms/{room.code}", {"code": room.code, "host": token}
    reply: Response = RedirectResponse(where, 303)
    if visit.visitor.wants_json:
        reply = JSONResponse(told, 201, {"Location": where})
    reply.set_cookie(OWNER_COOKIE, lab.owner, max_age=YEAR, httponly=True, samesite="lax")
    return hosting(reply, room.id, token, request.app.state.settings.room_days)


def counted(classes: Classes, here: Attending) -> list[Vote]:
    """Return the votes that may be seen: none of those that are being cast."""
    votes = classes.store.ballots.votes(here.stored.id)
    return [one for one in votes if f"{one.number}.{one.turn}" != here.room.guessing]


def rounds_of(classes: Classes, here: Attending) -> dict[int, Round]:
    """Return what was asked, by number."""
    kept, now = classes.store.rooms.rounds(here.stored.id), room_from(here.stored.state).round
    if now:
        kept[now.number] = kept_of(now)
    return {number: Round(number=number, **asked) for number, asked in kept.items()}


def whole(classes: Classes, here: Attending) -> dict[str, Any]:
    """Return all of a class that it needs to go on elsewhere."""
    stored, lab = classes.labs.load(here.stored.lab)
    rounds, room = rounds_of(classes, here), room_from(here.stored.state)
    texts = list(dict.fromkeys([stored.recipe, *(one.recipe for one in rounds.values())]))
    recipes = [classes.labs.with_own(recipe_of(text)).as_json() for text in texts]
    return {
        "schema": SCHEMA,
        "mode": room.mode,
        "paused": room.paused,
        "closed": room.closed,
        "allowed": room.allowed,
        "view": here.stored.view,
        "lab": {"recipe": 0, "place": lab.place},
        "recipes": recipes,
        "rounds": [
            {"number": one.number, **kept_of(one), "recipe": texts.index(one.recipe)}
            for one in rounds.values()
        ],
        "round": {"phase": room.round.phase, "turn": room.round.turn} if room.round else None,
        "members": [
            {"id": one.id, "name": one.name} for one in classes.store.members.everybody(here.stored.id)
        ],
        "votes": [one._asdict() for one in counted(classes, here)],
        "tries": [one._asdict() for one in classes.store.ballots.tries(here.stored.id)],
    }


def rows(classes: Classes, here: Attending, origin: str) -> Iterator[dict[str, object]]:
    """Yield a row for each vote, then one for each step that was worked out by hand."""
    rounds = rounds_of(classes, here)
    names = {one.id: in_words(one.name) for one in classes.store.members.everybody(here.stored.id)}
    asked = lru_cache(maxsize=None)(lambda number: classes.asked_of(rounds[number]))
    for vote in counted(classes, here):
        yield {
            "kind": "vote",
            "round": vote.number,
            **(told(rounds[vote.number], asked(vote.number), vote, origin) if vote.number in rounds else {}),
            "name": names.get(vote.member),
            "turn": vote.turn,
            "answer": vote.answer,
            "confidence": vote.sure or None,
            "right": int(vote.right),
            "seconds": f"{vote.seconds:.1f}",
        }
    for one in classes.store.ballots.tries(here.stored.id):
        yield {
            "kind": "step",
            "question": one.quantity,
            "name": names.get(one.member),
            "answer": one.step,
            "right": int(one.right),
            "slips": " ".join(one.slips),
            "tries": one.tries,
        }


def told(round: Round, asked: Asked | None, vote: Vote, origin: str) -> dict[str, object]:
    """Return what a vote was about: the question, its moment as a link, and what the answer is called."""
    lab = Lab(recipe_of(round.recipe), vote.place if round.own else round.place)
    return {
        "question": round.question,
        "text": asked.posed.text if asked else None,
        "snapshot": origin + Links("", lab, View()).link,
        "answer_name": asked.posed.name(vote.answer) if asked else None,
    }
