"""The routes of short links: one is made of a moment as it is looked at, and leads there again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as InPath
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.notation.codes import LENGTH, SIGNS, code_from
from app.notation.language import spoken
from app.page.links import NEW, Links
from app.story import refusals as words
from app.web.moves import taken
from app.web.openapi import FOREIGN, FOUND, MOMENT, Place, Schema, why
from app.web.recipe_form import RecipeForm, from_fields
from app.web.saved_labs import SavedLabs
from app.web.short_codes import short_link
from app.web.visitor import Serving, Visit, Visiting

Code = Annotated[str, InPath(description=f"{LENGTH} of the signs {SIGNS}, in either case")]


class ShortJSON(BaseModel):
    """A short link as programs read it."""

    code: str = Field(description="what stands for the moment")
    address: str = Field(description="where it leads to the moment, as a whole address")


MADE: dict[int | str, Schema] = {
    201: {"model": ShortJSON, "description": "a short link of the moment; the same one for the same moment"},
    303: {"description": "for a browser: to the same page, which shows it"},
    429: why("too many links in too short a time; Retry-After says in how many seconds to go on"),
    422: MOMENT[422],
    **FOREIGN,
}
LEADS: dict[int | str, Schema] = {303: {"description": "to the moment"}, 404: why("no such link")}

router = APIRouter()


@router.post("/at/short", status_code=201, responses=MADE)
def shorten_moment(request: Request, visit: Visiting, place: Place = 0) -> Response:
    """Make a short link of a moment that is not kept, as it is looked at."""
    query = request.query_params
    fields = {name: query.getlist(name) for name in query if name in RecipeForm.model_fields}
    lab = Lab(from_fields(fields, visit.labs.own))
    return made(visit, NEW, replace(lab, place=min(place, lab.last_place)))


@router.post("/labs/{id}/short", status_code=201, responses={**MADE, **FOUND})
def shorten(id: str, visit: Visiting) -> Response:
    """Make a short link of the moment where any lab stands, as it is looked at."""
    return made(visit, id, visit.labs.load(id)[1])


def made(visit: Visit, id: str, lab: Lab) -> Response:
    """Make a short link of a moment; a browser is led to the panel that shows it."""
    links = Links(id, lab, visit.view)
    target = links.shortly(spoken())
    taken(visit, len(target), words.TOO_MANY_LINKS)
    if lab.recipe.own is not None:
        visit.labs.keep(lab.recipe.own)
    code = short_link(visit.labs, target)
    if visit.visitor.wants_json:
        address = f"/s/{code}"
        found = {"code": code, "address": visit.visitor.origin + address}
        return JSONResponse(found, 201, {"Location": address})
    return RedirectResponse(links.look(panel="share"), 303)


@router.get("/s/{code}", status_code=303, response_class=RedirectResponse, responses=LEADS)
def follow(code: Code, labs: Serving) -> Response:
    """Lead to what a short link stands for."""
    known = code_from(code)
    found = labs.store.short_links.find(known) if known else None
    if found is None:
        raise HTTPException(404, words.NO_LINK)
    if found.rested:
        labs.store.short_links.touch(known)
        keep_examples(labs, found.target)
    return RedirectResponse(found.target, 303)


def keep_examples(labs: SavedLabs, target: str) -> None:
    """Keep somebody's own examples as long as a link to them is used."""
    for key in parse_qs(urlsplit(target).query).get("data", []):
        own = labs.own(key)
        if own is not None:
            labs.keep(own)
