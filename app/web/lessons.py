"""The routes of the lessons: their list, one lesson for programs, entering it, and going to a card."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from app.lab.lab import Lab
from app.lessons.lesson import LESSONS, Lesson
from app.notation.language import tr
from app.page.lesson import listed, view_at
from app.page.links import Links
from app.store.progress import Come
from app.web.moves import Move, act, open
from app.web.openapi import HTML, MADE, MOMENT, why
from app.web.progress import progress_of
from app.web.render import html
from app.web.visitor import Asking, Serving, Visiting

CARDS = 99  # more than any lesson has
Number = Annotated[int, Query(ge=1, le=CARDS, description="a card of the lesson, from 1")]
NONE: dict[int | str, dict[str, Any]] = {404: why("no such lesson")}

router = APIRouter()


class LessonJSON(BaseModel):
    """A lesson as programs read it."""

    key: str = Field(description="as in its address")
    title: str = Field(description="what it is called")
    minutes: int = Field(description="how long it takes, more or less")
    steps: int = Field(description="how many cards it has")


def as_json(lesson: Lesson) -> dict[str, str | int]:
    """Return a lesson as programs read it."""
    return {
        "key": lesson.key,
        "title": tr(lesson.title),
        "minutes": lesson.minutes,
        "steps": len(lesson.cards),
    }


def lesson_of(key: str) -> Lesson:
    """Return a lesson; 404 where there is none."""
    if key not in LESSONS:
        raise HTTPException(404)
    return LESSONS[key]


@router.get("/lessons", responses={200: {"model": list[LessonJSON], "content": HTML}})
async def lessons(visitor: Asking, labs: Serving) -> Response:
    """Show all lessons, and how far one has come in each."""
    if visitor.wants_json:
        return JSONResponse([as_json(lesson) for lesson in LESSONS.values()])
    tiles = listed(await progress_of(labs, visitor.owner))
    return html("lessons/page.html", lessons=tiles, theme=visitor.theme)


@router.get("/lessons/{key}", responses={200: {"model": LessonJSON}, **NONE})
async def lesson(key: str) -> Response:
    """Tell programs of a lesson."""
    return JSONResponse(as_json(lesson_of(key)))


@router.post("/lessons/{key}", status_code=201, responses={**MADE, **NONE})
def enter(key: str, visit: Visiting, card: Number = 1) -> Response:
    """Enter a lesson: make a lab that stands where its card has it."""
    found = lesson_of(key)
    lab = found.card(card).lab
    return open(replace(visit, view=view_at(visit.view, found, card)), lab.recipe, lab.place)


@router.post("/labs/{id}/card", responses=MOMENT)
def card(id: str, to: Number, visit: Visiting) -> Response:
    """Put a lab where a card of the lesson has it, from wherever a run has taken it, and look at it as the
    card does."""
    found = lesson_of(visit.view.lesson)
    number = found.within(to)
    view = view_at(visit.view, found, number)

    def moved(lab: Lab) -> Move:
        there = found.card(number).lab
        again = Links(id, lab, visit.view).url("card", to=number)
        return Move(there if lab.recipe != there.recipe else lab.go(there.place), view, again=again)

    done = act(visit, id, None, moved)
    if done.status_code < 400 and visit.visitor.owner:
        come = Come(number, id, done=number == len(found.cards))
        visit.labs.store.progress.keep(visit.visitor.owner, found.key, come)
    return done
