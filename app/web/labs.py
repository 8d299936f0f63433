"""The routes of a lab: cook, look, step, go, copy."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.responses import JSONResponse, Response

from app.web.ahead import with_next
from app.web.closed import OPEN, had
from app.web.moment_json import MomentJSON, moment_json
from app.web.moves import Move, act, open
from app.web.openapi import COOK, FOUND, LOOK, MADE, MOMENT, At, To
from app.web.recipe_form import Mistakes, from_fields, from_json
from app.web.replies import Reply, answer, form_page
from app.web.uploads import RecipeSent
from app.web.visitor import Visiting

Stride = Annotated[
    Literal["", "neuron", "layer", "phase", "iteration"],
    Query(description="the pace of this one step, where it differs from the view’s"),
]

router = APIRouter()


@router.post("/labs", status_code=201, openapi_extra=COOK, responses=MADE)
def cook(visit: Visiting, wanted: RecipeSent) -> Response:
    """Cook a recipe: make a lab that stands at the input of its first example."""
    sent, place = wanted
    try:
        own = visit.labs.own
        recipe = from_json(sent, own) if isinstance(sent, bytes) else from_fields(sent, own)
    except Mistakes as mistakes:
        if visit.visitor.wants_json:
            raise
        return form_page(visit.visitor, {} if isinstance(sent, bytes) else sent, mistakes.fields, 422)
    return open(visit, recipe, place)


@router.get("/labs/{id}.json", responses={200: {"model": MomentJSON}, 503: MOMENT[503], **OPEN, **FOUND})
def moment(id: str, visit: Visiting) -> Response:
    """Return every array known at this moment."""
    _, lab = visit.labs.load(id)
    frame = had(visit, id, visit.labs.replay.numbers(lab), "json")
    return JSONResponse(moment_json(id, lab, frame.numbers))


@router.get("/labs/{id}", responses=LOOK)
def look(id: str, visit: Visiting) -> Response:
    """Show a lab where it stands."""
    here = Reply(*visit.labs.load(id), visit.view)
    return with_next(visit, here, answer(visit, here))


def verb_route(verb: str, sentence: str) -> None:
    """Add one of the forward-going verbs."""

    def step(id: str, at: At, visit: Visiting, stride: Stride = "") -> Response:
        return act(visit, id, at, lambda lab: Move(lab.step(verb, stride or visit.view.pace)))

    step.__doc__ = sentence
    router.post(f"/labs/{{id}}/{verb}", name=verb, responses=MOMENT)(step)


verb_route("next", "Do whatever comes next.")
verb_route("forward", "Send the signal on; also from the output to the cost.")
verb_route("backward", "Move the error back.")
verb_route("descent", "Move every dial against its gradient.")


@router.post("/labs/{id}/back", responses=MOMENT)
def back(id: str, at: At, visit: Visiting) -> Response:
    """Go one step back, also across a descent."""
    return act(visit, id, at, lambda lab: Move(lab.back(visit.view.pace)))


@router.post("/labs/{id}/go", responses=MOMENT)
def go(id: str, at: At, to: To, visit: Visiting) -> Response:
    """Go to a place in the run."""
    return act(visit, id, at, lambda lab: Move(lab.go(to)))


@router.post("/labs/{id}/copy", responses=MADE)
def copy(id: str, visit: Visiting) -> Response:
    """Make a copy of any lab, standing at the same place."""
    _, lab = visit.labs.load(id)
    return open(visit, lab.recipe, lab.place)


@router.post("/labs/{id}/reshape", responses=MADE)
def reshape(
    id: str,
    visit: Visiting,
    hidden: Annotated[str, Form(max_length=60, description="sizes of the hidden layers")] = "",
) -> Response:
    """Make a new run of any lab's recipe with other hidden layers; given dials and changes do not fit it."""
    fields = {name: [text] for name, text in visit.labs.load(id)[1].recipe.as_fields().items()}
    for name in ("parameters", "changes"):
        fields.pop(name, None)
    recipe = from_fields({**fields, "hidden": [hidden]}, visit.labs.own)
    return open(replace(visit, view=replace(visit.view, undo=id)), recipe, 0)
