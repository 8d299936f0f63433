"""What is done to labs: a move by the owner, and a new lab for whoever asks."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from fastapi import HTTPException
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.analysis.culprit import culprit_of
from app.classroom.room import held_back
from app.lab.budget import NotYet
from app.lab.lab import Lab, OutOfTurn
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Numbers, Replay
from app.notation.language import tr
from app.page.links import NEW, Links
from app.page.view import View
from app.store.labs import StoredLab
from app.story import notices
from app.story import refusals as words
from app.story.classroom import REFUSED
from app.web.ahead import with_next
from app.web.moment_json import moment_json
from app.web.recipe_form import Mistakes, RecipeForm, from_fields
from app.web.replies import Reply, answer, remembered
from app.web.visitor import OWNER_COOKIE, YEAR, Visit

OWN_BYTES = 3  # that are stored for each byte of examples in memory: they are written in digits


@dataclass(frozen=True)
class Move:
    """Where a lab goes, how it is looked at from then on (None: as before), what is said of it, the text that
    is still asked about, what a press would make better (words and address), and where to ask again while it
    is not worked out ("": the way to its place)."""

    lab: Lab
    view: View | None = None
    notice: str = ""
    typed: str = ""
    remedy: tuple[str, str] | None = None
    again: str = ""


def act(visit: Visit, id: str, at: int | None, move: Callable[[Lab], Move]) -> Response:
    """Make a move for the owner, from the place `at`, from wherever it stands for None; what cannot be done
    is answered with the lab and the reason in words."""
    stored, lab = visit.labs.load(id)
    view, here = visit.view, Reply(stored, lab, visit.view)
    if not visit.visitor.owns(stored):
        return answer(visit, replace(here, notice=tr(words.NOT_YOURS), status=403))
    if kept := kept_back(visit, stored, lab.place):
        return answer(visit, replace(here, notice=kept, status=409))
    if (
        at is not None and at != lab.place
    ):  # a run's own slice may have moved it, unheard while another panel was asked for
        return answer(visit, replace(here, notice="" if view.run and at < lab.place else tr(notices.STALE)))
    made = None
    try:
        made = move(lab)
        if kept := kept_back(visit, stored, lab.place, made.lab.place):
            return answer(visit, replace(here, notice=kept, status=409))
        changed = None if made.lab.recipe is lab.recipe else made.lab.recipe.text()
        there = replace(stored, place=made.lab.place, recipe=changed or stored.recipe)
        reply = Reply(there, made.lab, made.view or view, made.notice, typed=made.typed, remedy=made.remedy)
        page = remembered(visit, reply)
        numbers = None if page else visit.labs.replay.numbers(made.lab)
    except NotYet as error:
        return on_the_way(visit, here, made, error)
    except OutOfTurn as error:
        return answer(visit, replace(here, notice=words.out_of_turn(error), status=409))
    except Mistakes as error:
        if visit.visitor.wants_json:
            raise
        said = " ".join(error.fields.values())
        return answer(visit, replace(here, notice=said, status=422, mistakes=error))
    except Diverged as error:
        blamed, remedy = blame(visit, lab.recipe, error.iteration)
        said = words.diverged(error.iteration, blamed)
        return answer(visit, replace(here, notice=said, status=409, remedy=remedy))
    saved = visit.labs.store.labs.move(stored, place=made.lab.place, recipe=changed)
    in_class = visit.in_class(id)
    if in_class and visit.visitor.wants_json:
        in_class.follows(id, view)
    if saved is None and at is None:  # somebody else was faster, such as a run's slice
        return act(visit, id, at, move)
    if saved is None:
        stored, lab = visit.labs.load(id)
        return answer(visit, Reply(stored, lab, view, notice="" if view.run else tr(notices.STALE)))
    moved = replace(reply, stored=saved, numbers=numbers, page=page)
    return with_next(visit, moved, readdressed(answer(visit, moved), id, view, reply.view))


def kept_back(visit: Visit, stored: StoredLab, place: int, to: int = 0) -> str:
    """Return in words why a class keeps a lab from going to a place, "" where none does."""
    here = visit.in_class(stored.id)
    if here is None:
        return ""
    if here.host:
        return tr(REFUSED["lab_is_asked"]) if stored.id == here.stored.lab and here.room.asking else ""
    if here.role != "student" or here.member is None or here.member.lab != stored.id:
        return ""
    why = held_back(here.room, place, to)
    return tr(REFUSED[why]) if why else ""


def on_the_way(visit: Visit, here: Reply, made: Move | None, error: NotYet) -> Response:
    """Answer a move whose numbers are not worked out yet: the lab stays where it is, and goes there by itself
    as soon as they are."""
    stays = made is not None and (made.again or made.lab.recipe is here.lab.recipe)
    if made is None or not stays or visit.visitor.wants_json:
        raise error
    go = Links(here.stored.id, here.lab, made.view or visit.view).url("go", to=made.lab.place)
    notice = notices.working(error.iteration, error.wanted)
    return answer(visit, replace(here, notice=notice, status=202, again=(error.iteration, made.again or go)))


def blame(visit: Visit, recipe: Recipe, iteration: int) -> tuple[str, tuple[str, str] | None]:
    """Return in words what made a run run away, and what a press would make better: words and address."""
    culprit = culprit_of(recipe, iteration)
    said, better = notices.blamed(culprit, recipe), culprit.remedy
    if better is None:
        return said, None
    if better.own is not None:
        visit.labs.keep(better.own)
    return said, (notices.remedy(culprit), Links("", Lab(better), View()).at(0))


def readdressed(done: Response, id: str, view: View, seen: View) -> Response:
    """Return the answer; where the lab is seen another way from now on, the address is to say so."""
    if seen.still != view.still:
        done.headers["HX-Replace-Url"] = f"/labs/{id}?{seen.query(play=0, run=0, undo='')}"
    return done


def open(visit: Visit, recipe: Recipe, place: int) -> Response:
    """Make a lab for this browser, standing at `place`; while that is still being worked out, a browser is
    sent to where it is waited for."""
    try:
        numbers = numbers_at(visit, recipe, place)
    except NotYet:
        if visit.visitor.wants_json:
            raise
        if recipe.own is not None:
            visit.labs.keep(recipe.own)
        return RedirectResponse(Links(NEW, Lab(recipe, place), visit.view).look(), 303)
    stored, lab = kept(visit, recipe, numbers.place), Lab(recipe, numbers.place)
    where = f"/labs/{stored.id}"
    if visit.visitor.wants_json:
        reply: Response = JSONResponse(moment_json(stored.id, lab, numbers), 201, {"Location": where})
    else:
        query = visit.view.query()
        reply = RedirectResponse(where + (f"?{query}" if query else ""), 303)
    return owned(reply, stored)


def kept(visit: Visit, recipe: Recipe, place: int) -> StoredLab:
    """Keep a new lab for whoever asks; 429 where that are too many in too short a time."""
    take(visit, recipe)
    return visit.labs.add(recipe, place, visit.visitor.owner or secrets.token_urlsafe(16))


def take(visit: Visit, recipe: Recipe) -> None:
    """Count what is to be kept for whoever asks; 429 where that is too much in too short a time."""
    own = 0 if recipe.own is None else recipe.own.x.nbytes + recipe.own.y.nbytes
    taken(visit, len(recipe.text()) + OWN_BYTES * own, words.TOO_MANY_LABS)


def taken(visit: Visit, size: int, refusal: str) -> None:
    """Count so many bytes that are to be kept for whoever asks; 429 with the refusal where that is too much
    in too short a time."""
    visitor, labs = visit.visitor, visit.labs
    one = visitor.owner or (visitor.address if visitor.wants_json else "")
    if wait := labs.allowance.take(one, visitor.address, size):
        seconds = ceil(wait)
        raise HTTPException(429, tr(refusal, seconds=seconds), {"Retry-After": str(seconds)})


def owned(reply: Response, stored: StoredLab) -> Response:
    """Return the answer that makes this browser the owner of a new lab."""
    reply.set_cookie(OWNER_COOKIE, stored.owner, max_age=YEAR, httponly=True, samesite="lax")
    return reply


def numbers_or_start(replay: Replay, lab: Lab) -> Numbers:
    """Return the lab's numbers, those of the start where its place lies beyond a divergence."""
    try:
        return replay.numbers(lab)
    except Diverged:
        return replay.numbers(replace(lab, place=0))


def numbers_at(visit: Visit, recipe: Recipe, place: int) -> Numbers:
    """Return a recipe’s numbers at a place, or where its run ends before it."""
    lab = Lab(recipe)
    return numbers_or_start(visit.labs.replay, replace(lab, place=min(place, lab.last_place)))


def numbers_asked(visit: Visit, query: QueryParams, place: int) -> Numbers:
    """Return the numbers of a moment whose recipe stands in an address; raises Mistakes."""
    fields = {name: query.getlist(name) for name in query if name in RecipeForm.model_fields}
    return numbers_at(visit, from_fields(fields, visit.labs.own), place)
