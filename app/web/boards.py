"""The routes of pages beside a class's board: a prepared class, the way back in, what went wrong by hand,
and the end."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from app.classroom.room import Room, in_mode
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.page.hand_ins import handed_in
from app.page.links import NEW, Links
from app.page.summary import in_short
from app.story.classroom import MODES
from app.web.attending import host_cookie, in_class
from app.web.classes import Serving
from app.web.hosting import Hosted, hosting, looked
from app.web.moves import kept, numbers_asked, owned
from app.web.openapi import FOREIGN, HTML, LAST_PLACE, MOMENT, TOO_MANY, Schema
from app.web.recipe_form import Mistakes, RecipeForm
from app.web.render import html
from app.web.replies import form_page
from app.web.room_forms import Mode
from app.web.room_json import ROOM
from app.web.visitor import Asking, Visit, Visiting

SHOWN: dict[int | str, Schema] = {**ROOM, 200: {"content": HTML, "description": "the page"}}
PREPARED: dict[int | str, Schema] = {
    200: {"content": HTML, "description": "what will be opened"},
    202: {"content": HTML, "description": "a far iteration is being worked out; the page asks again"},
    303: {"description": "to the new room"},
    **{status: MOMENT[status] for status in (422, 503)},
    409: ROOM[409],
    429: TOO_MANY,
    **FOREIGN,
}
Place = Annotated[int, Query(ge=0, le=LAST_PLACE)]
As = Annotated[Mode, Query(description="how the class works")]

router = APIRouter()


def asked(request: Request, visit: Visit, place: int) -> tuple[Recipe, int]:
    """Return the recipe and the place that stand in an address; raises Mistakes."""
    numbers = numbers_asked(visit, request.query_params, place)
    return numbers.recipe, numbers.place


def mistaken(request: Request, visit: Visit, mistakes: Mistakes) -> Response:
    """Return the form of a recipe that cannot be."""
    if visit.visitor.wants_json:
        raise mistakes
    query = request.query_params
    fields = {name: query.getlist(name) for name in query if name in RecipeForm.model_fields}
    return form_page(visit.visitor, fields, mistakes.fields, 422)


@router.get("/rooms/new", responses=PREPARED, dependencies=[Depends(in_class)])
def prepared(request: Request, visit: Visiting, place: Place = 0, mode: As = "follow") -> Response:
    """Show what a prepared class is about; a press opens it."""
    try:
        recipe, at = asked(request, visit, place)
    except Mistakes as mistakes:
        return mistaken(request, visit, mistakes)
    lab = Lab(recipe, at)
    links = Links(NEW, lab, visit.view)
    return html(
        "classroom/prepared.html",
        lab=lab,
        view=visit.view,
        told=in_short(recipe, recipe.eta_at(lab.settable), recipe.eta_at(lab.settable)),
        mode=MODES[mode],
        address="/rooms/new?" + request.scope["query_string"].decode("latin-1"),
        here=links.look(),
        theme=visit.visitor.theme,
    )


@router.post(
    "/rooms/new",
    status_code=303,
    response_class=RedirectResponse,
    responses=PREPARED,
    dependencies=[Depends(in_class)],
)
def open_prepared(
    request: Request,
    visit: Visiting,
    classes: Serving,
    place: Place = 0,
    mode: As = "follow",
    chosen: Annotated[
        Literal["", "follow", "together", "own"], Form(alias="mode", description="of a form")
    ] = "",
) -> Response:
    """Make the network of an address a lab of one's own, and open a class with it."""
    try:
        recipe, at = asked(request, visit, place)
    except Mistakes as mistakes:
        return mistaken(request, visit, mistakes)
    stored = kept(visit, recipe, at)
    room, token = classes.open(stored.id, in_mode(Room(), chosen or mode, at))
    classes.store.rooms.look(room.id, looked(visit.view))
    reply = owned(RedirectResponse(f"/rooms/{room.code}", 303), stored)
    return hosting(reply, room.id, token, request.app.state.settings.room_days)


@router.get("/rooms/{code}/keep", responses=SHOWN)
def keep(code: str, here: Hosted, visitor: Asking, request: Request) -> Response:
    """Show the link by which a host comes back, on whatever device; it stands behind a press."""
    token = request.cookies.get(host_cookie(here.stored.id), "")
    if not token:
        raise HTTPException(404)
    link = f"{visitor.origin}/rooms/{here.stored.code}#host={token}"
    return beside("keep", here, visitor, link=link)


@router.get("/rooms/{code}/people", responses=SHOWN)
def people(code: str, here: Hosted, classes: Serving) -> Response:
    """Tell the page of the host's own network how many are there, which tells them that the host is."""
    classes.store.rooms.hear(here.stored.id)
    return html("classroom/_people.html", people=classes.store.members.count(here.stored.id))


@router.get("/rooms/{code}/hand-ins", responses=SHOWN)
def hand_ins(code: str, here: Hosted, visitor: Asking, classes: Serving) -> Response:
    """Show which quantities went wrong when they were worked out by hand, and by which slip."""
    return beside("hand_ins", here, visitor, rows=handed_in(classes.store.ballots.tries(here.stored.id)))


@router.get("/rooms/{code}/end", responses=SHOWN)
def ending(code: str, here: Hosted, visitor: Asking) -> Response:
    """Ask once more before all that was said in a class is deleted."""
    return beside("end", here, visitor)


def beside(name: str, here: Hosted, visitor: Asking, **more: Any) -> Response:
    """Return a page that stands beside the board."""
    query = here.sight.query()
    back = f"/rooms/{here.stored.code}" + (f"?{query}" if query else "")
    return html(
        f"classroom/{name}.html",
        headers={"Cache-Control": "no-store"},
        code=here.stored.code,
        back=back,
        theme=visitor.theme,
        **more,
    )
