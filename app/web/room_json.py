"""A room as programs read it: nobody is told more than they may know."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from app.classroom.room import alone
from app.story.nicknames import in_words
from app.web.attending import Attending
from app.web.classes import Classes
from app.web.openapi import FOREIGN, HTML, Schema, why


class RoomOpened(BaseModel):
    """A new room."""

    code: str = Field(description="what people type to come in")
    host: str = Field(description="the token that makes its bearer the host: keep it, it is not kept here")


class Named(BaseModel):
    """Somebody who has come in."""

    name: str = Field(description="the drawn name")


class ChoiceJSON(BaseModel):
    """One possible answer."""

    key: str = Field(description="what is sent as the answer")
    name: str = Field(description="what it is called")


class QuestionJSON(BaseModel):
    """The question that is asked, without its answer."""

    key: str = Field(description="of the question")
    text: str = Field(description="the question")
    choices: list[ChoiceJSON] = Field(description="the answers to choose from; none where a number is typed")
    own: bool = Field(description="whether everybody is asked of their own network")


class RoomJSON(BaseModel):
    """A room as it is for whoever asks."""

    code: str = Field(description="what people type to come in")
    role: Literal["host", "student", "stranger"] = Field(description="what you are in it")
    name: str = Field(description="your drawn name, empty where you have none")
    mode: Literal["follow", "together", "own"] = Field(description="how the class works")
    paused: bool = Field(description="whether all hands rest")
    closed: bool = Field(description="whether nobody new may come in")
    allowed: int = Field(description="the place up to which everybody may go together")
    phase: str = Field(
        description="of the round: open, guess, hold, discuss, reveal; empty where there is none"
    )
    round: int = Field(description="the number of the round, from 1; 0 where none is on")
    turn: int = Field(description="1, or 2 where the class guesses again; 0 where none is on")
    question: QuestionJSON | None = Field(description="what is asked, where a round is on")
    revision: int = Field(description="one more with every change of the room")
    people: int = Field(description="how many have come in")
    lab: str = Field(
        description="the id of the lab you look at: the teacher’s, or your own, which you get when you join"
    )


ROOM: dict[int | str, Schema] = {
    200: {"model": RoomJSON, "content": HTML, "description": "the room as it is now"},
    303: {"description": "for a browser without JavaScript: to the room’s page"},
    403: why("only its host can do that"),
    404: why("no room of this code"),
    409: why("that cannot be done now; `detail` says why, nothing was done"),
    429: why("too many wrong codes; Retry-After says in how many seconds to go on"),
    **{status: told for status, told in FOREIGN.items() if status != 403},
}


def room_json(classes: Classes, here: Attending) -> dict[str, Any]:
    """Return a room for programs."""
    room, stored, round = here.room, here.stored, here.room.round
    member = here.member if here.role == "student" else None
    mine = member if member and member.source == stored.lab and alone(room) else None
    found = None
    if round and here.role != "stranger":
        asked = classes.asked_of(round, classes.own_lab(mine)[1] if mine else None)
        if asked:
            choices = [{"key": one.key, "name": one.name} for one in asked.posed.choices]
            found = {"key": round.question, "text": asked.posed.text, "choices": choices, "own": round.own}
    return {
        "code": stored.code,
        "role": here.role,
        "name": in_words(member.name) if member else "",
        "mode": room.mode,
        "paused": room.paused,
        "closed": room.closed,
        "allowed": room.allowed,
        "phase": round.phase if round else "",
        "round": round.number if round else 0,
        "turn": round.turn if round else 0,
        "question": found,
        "revision": stored.revision,
        "people": classes.store.members.count(stored.id),
        "lab": "" if here.role == "stranger" else mine.lab if mine else stored.lab,
    }
