"""The routes of moments that nobody keeps: looking at one makes and moves nothing, the first press makes a
lab of it."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.datasets.own import Find, own_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.limits import Unusable
from app.page.links import NEW, Links
from app.store.labs import StoredLab
from app.story import refusals as words
from app.web.moves import kept, numbers_asked, numbers_at, owned, take
from app.web.openapi import FOREIGN, FOUND, GO_ON, MOMENT, TOO_MANY, Place
from app.web.recipe_form import Mistakes, RecipeForm, from_fields
from app.web.render import html
from app.web.replies import Reply, answer, form_page
from app.web.streams import aside
from app.web.visitor import Visiting

LONG = 2000  # letters of a recipe in an address: a page has some hundred links, and it stands in each
PRESSED = ["next", "forward", "backward", "descent", "back", "go", "visit", "skip", "answer", "card"]
PRESSED += ["change", "dials"]
SENT_ON = {
    307: {"description": "to the same press in the lab"},
    **FOREIGN,
    422: MOMENT[422],
    429: TOO_MANY,
    503: MOMENT[503],
}

router = APIRouter()


@router.get(
    "/at", responses={**{status: MOMENT[status] for status in (200, 202, 303, 422, 503)}, 429: TOO_MANY}
)
@aside
def at_moment(request: Request, visit: Visiting, place: Place = 0) -> Response:
    """Show a moment that is not kept; one too long for all the page’s links opens by a press."""
    query, visitor, view = request.query_params, visit.visitor, visit.view
    fields = {name: query.getlist(name) for name in query if name not in ("place", *vars(view))}
    try:
        recipe = with_examples(fields, visit.labs.own)
    except Mistakes as mistakes:
        if visitor.wants_json:
            raise
        return form_page(visitor, fields, mistakes.fields, 422)
    if recipe.own is not None and query["data"] != recipe.data:  # they stand in the address themselves
        take(visit, recipe)
        visit.labs.keep(recipe.own)
        return RedirectResponse(Links(NEW, Lab(recipe, place), view).look(), 303)
    numbers = numbers_at(visit, recipe, place)
    lab = Lab(recipe, numbers.place)
    if len(Links(NEW, lab, view).recipe_query) > LONG and not visitor.wants_json:
        known, seen = [*recipe.as_fields().items(), ("place", lab.place)], view.query(play=0, run=0, goal="")
        return html("lab/open.html", fields=known, query=seen, theme=visitor.theme)
    own = StoredLab(NEW, visitor.owner, recipe="", place=lab.place, version=0, schema=0, touched=0.0)
    return answer(visit, Reply(own, lab, view, numbers=numbers))


def with_examples(fields: dict[str, list[str]], find: Find) -> Recipe:
    """Return the recipe of an address, in whose `data` a few examples may stand themselves; raises
    Mistakes."""
    text = fields.get("data", [""])[-1]
    if not text.startswith("{"):
        return from_fields(fields, find)
    try:
        own = own_from(json.loads(text))
    except Unusable as error:
        raise Mistakes({"data": words.sentence(error.problem)}) from None
    except (ValueError, RecursionError):
        raise Mistakes({"data": words.NOT_JSON}) from None
    return from_fields(fields | {"data": [own.key]}, {own.key: own}.get)


@aside
def first_press(request: Request, visit: Visiting, place: Place = 0) -> Response:
    """Make a lab of a moment that is shown, and send what was pressed on to it."""
    verb = request.scope["path"].rpartition("/")[2]
    query, fields = request.query_params, RecipeForm.model_fields
    numbers = numbers_asked(visit, query, place)
    stored = kept(visit, numbers.recipe, numbers.place)
    rest = [(name, text) for name, text in query.multi_items() if name not in fields and name != "place"]
    return owned(RedirectResponse(f"/labs/{stored.id}/{verb}?{urlencode(rest)}", 307), stored)


for verb in PRESSED:
    router.post(
        f"/at/{verb}", name=f"{verb}_at", status_code=307, response_class=RedirectResponse, responses=SENT_ON
    )(first_press)


@router.get(
    "/labs/{id}/copy",
    name="open_copy",
    status_code=303,
    response_class=RedirectResponse,
    responses={303: GO_ON, **FOUND},
)
def to_copy(id: str, visit: Visiting) -> Response:
    """Lead to where a lab’s moment is shown to anybody, and the first press makes a copy; to the lab itself
    where it is too long for that."""
    _, lab = visit.labs.load(id)
    here = Links(NEW, lab, visit.view)
    return RedirectResponse((replace(here, id=id) if len(here.recipe_query) > LONG else here).look(), 303)
