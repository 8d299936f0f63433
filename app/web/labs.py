"""The routes of a lab: cook, look, step, go, copy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app import limits
from app.datasets.own import MOST, NAME
from app.page.view import View
from app.story import refusals as words
from app.web.desk import Desk
from app.web.moment_json import MomentJSON, ProblemJSON, moment_json
from app.web.recipe_form import RecipeForm, from_fields, from_json
from app.web.view_query import view_of

LAST_PLACE = 10**8  # beyond any run; the run's own end is checked where the network is known


def desk_of(request: Request) -> Desk:
    """Return the application's desk."""
    return request.app.state.desk


Serving = Annotated[Desk, Depends(desk_of)]
Viewing = Annotated[View, Depends(view_of)]
At = Annotated[
    int, Query(ge=0, le=LAST_PLACE, description="the place the caller stands at; elsewhere nothing moves")
]
To = Annotated[int, Query(ge=0, le=LAST_PLACE, description="the place to stand at")]

Stride = Annotated[
    Literal["", "neuron", "layer", "phase", "iteration"],
    Query(description="the pace of this one step, where it differs from the view’s"),
]

router = APIRouter()
MOMENT: dict[int | str, dict[str, Any]] = {
    200: {"model": MomentJSON, "content": {"text/html": {}}, "description": "where the lab stands now"},
    303: {"description": "for a browser without JavaScript: to the lab’s page"},
    403: {"model": ProblemJSON, "description": "somebody else’s lab"},
    404: {"model": ProblemJSON, "description": "no such lab"},
    409: {"model": ProblemJSON, "description": "out of turn, or diverged; `detail` says why, nothing moved"},
    422: {"model": ProblemJSON, "description": "a value that cannot be used; `detail` says why"},
}
FORM_SCHEMA = RecipeForm.model_json_schema(ref_template="#/components/schemas/{model}")
FORM_SCHEMA["properties"]["parameters"]["anyOf"][0] = FORM_SCHEMA.pop("$defs")["ParametersForm"]
ROWS = {
    "type": "array",
    "minItems": 1,
    "maxItems": limits.ROWS,
    "items": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "number", "minimum": -limits.VALUE, "maximum": limits.VALUE},
    },
}
FORM_SCHEMA["properties"]["data"]["anyOf"].append(
    {
        "title": "Own examples",
        "type": "object",
        "required": list(MOST),
        "additionalProperties": False,
        "description": "a row per example; all rows of a part are equally long",
        "properties": {
            part: {**ROWS, "items": {**ROWS["items"], "maxItems": most}} for part, most in MOST.items()
        }
        | {"note": {"type": "string", "maxLength": limits.NOTE, "description": "what is said about them"}}
        | {
            "classes": {
                "type": "array",
                "items": {"type": "string", "maxLength": NAME},
                "description": "one for each output",
            }
        },
    }
)
COOK = {
    "requestBody": {
        "content": {
            "application/json": {"schema": FORM_SCHEMA},
            "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        }
    }
}


async def posted(request: Request) -> Any:
    """Return what was posted: a JSON body or a form's fields, and the place to stand at."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return await request.body(), 0
    fields: dict[str, list[str]] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            fields.setdefault(name, []).append(str(value))
    place = fields.pop("place", ["0"])[-1]
    return fields, int(place) if place.isascii() and place.isdigit() and len(place) < 9 else 0


@router.post("/labs", status_code=201, openapi_extra=COOK, responses={201: {"model": MomentJSON}, **MOMENT})
def cook(request: Request, desk: Serving, view: Viewing, wanted: Annotated[Any, Depends(posted)]) -> Response:
    """Cook a recipe: make a lab that stands at the input of its first example."""
    sent, place = wanted
    recipe = from_json(sent, desk.own) if isinstance(sent, bytes) else from_fields(sent, desk.own)
    return desk.open(request, recipe, place, view)


@router.get("/labs/{id}.json", responses={200: {"model": MomentJSON}, 404: MOMENT[404], 422: MOMENT[422]})
def moment(id: str, desk: Serving) -> Response:
    """Return every array known at this moment."""
    stored, lab = desk.load(id)
    return JSONResponse(moment_json(stored.id, lab, desk.replay.numbers(lab)))


@router.get("/labs/{id}", responses={200: MOMENT[200], 404: MOMENT[404], 422: MOMENT[422]})
def look(request: Request, id: str, desk: Serving, view: Viewing) -> Response:
    """Show a lab where it stands."""
    return desk.answer(request, *desk.load(id), view)


def verb_route(verb: str, sentence: str) -> None:
    """Add one of the forward-going verbs."""

    def step(
        request: Request, id: str, at: At, desk: Serving, view: Viewing, stride: Stride = ""
    ) -> Response:
        return desk.act(request, id, at, view, lambda lab: lab.step(verb, stride or view.pace))

    step.__doc__ = sentence
    router.post(f"/labs/{{id}}/{verb}", name=verb, responses=MOMENT)(step)


verb_route("next", "Do whatever comes next.")
verb_route("forward", "Send the signal on; also from the output to the cost.")
verb_route("backward", "Move the error back.")
verb_route("descent", "Move every dial against its gradient.")


@router.post("/labs/{id}/back", responses=MOMENT)
def back(request: Request, id: str, at: At, desk: Serving, view: Viewing) -> Response:
    """Go one step back, also across a descent."""
    return desk.act(request, id, at, view, lambda lab: lab.back(view.pace))


@router.post("/labs/{id}/go", responses=MOMENT)
def go(request: Request, id: str, at: At, to: To, desk: Serving, view: Viewing) -> Response:
    """Go to a place in the run."""
    return desk.act(request, id, at, view, lambda lab: lab.go(to))


@router.post("/labs/{id}/copy", responses=MOMENT)
def copy(request: Request, id: str, desk: Serving, view: Viewing) -> Response:
    """Make a copy of any lab, standing at the same place."""
    _, lab = desk.load(id)
    return desk.open(request, lab.recipe, lab.place, view)


@router.post("/labs/{id}/reshape", responses=MOMENT)
def reshape(
    request: Request,
    id: str,
    desk: Serving,
    view: Viewing,
    hidden: Annotated[str, Form(max_length=60, description="sizes of the hidden layers")] = "",
) -> Response:
    """Make a new run of any lab's recipe with other hidden layers; given dials and changes do not fit it."""
    fields = {name: [text] for name, text in desk.load(id)[1].recipe.as_fields().items()}
    for name in ("parameters", "changes"):
        fields.pop(name, None)
    return desk.open(request, from_fields({**fields, "hidden": [hidden]}, desk.own), 0, view)


@router.get("/at", status_code=303, responses={422: MOMENT[422]})
def at_moment(
    request: Request, desk: Serving, view: Viewing, place: Annotated[int, Query(ge=0, le=LAST_PLACE)] = 0
) -> Response:
    """Open a shared moment: a copy of your own, standing there."""
    mine = ("place", *vars(view))
    fields = {name: request.query_params.getlist(name) for name in request.query_params if name not in mine}
    return desk.open(request, from_fields(fields, desk.own), place, view)


@router.post("/theme", status_code=303)
def theme(
    to: Annotated[Literal["auto", "light", "dark", "projector"], Form()],
    back_to: Annotated[str, Form()] = "/",
) -> Response:
    """Choose a theme for this browser."""
    safe = back_to if back_to.startswith("/") and not back_to.startswith(("//", "/\\")) else "/"
    if any(ord(letter) < 33 for letter in safe):
        raise HTTPException(422, words.SENTENCES["other"])
    answer = RedirectResponse(safe, 303)
    answer.set_cookie("theme", to, max_age=365 * 24 * 3600, samesite="lax", httponly=True)
    return answer
