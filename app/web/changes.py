"""The routes of changes: what a person sets in mid-run."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from pydantic import ValidationError
from starlette.responses import Response

from app import limits
from app.engine.parameters import Parameters
from app.lab.dial_list import Mistyped, typed_dials
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.rules import sensible
from app.limits import Problem
from app.notation.numbers import figure, typed_number
from app.page.view import View
from app.story import refusals as words
from app.web.imports import sent
from app.web.labs import MOMENT, At, Serving, Viewing
from app.web.recipe_form import Mistakes, ParametersForm, flattened

router = APIRouter()


@router.post("/labs/{id}/change", responses=MOMENT)
def change(
    request: Request,
    id: str,
    at: At,
    desk: Serving,
    view: Viewing,
    what: Annotated[str, Form(max_length=20, description="eta, example, w-l-j-k or b-l-j")],
    value: Annotated[
        str, Form(max_length=30, description="a number; a decimal comma or a fraction will do")
    ] = "",
) -> Response:
    """Set something from this iteration on."""

    def move(lab: Lab) -> tuple[Lab, View, str]:
        if len(lab.recipe.changes) >= limits.CHANGES:
            raise Mistakes({what: words.TOO_MANY_CHANGES}, value)
        try:
            number = typed_number(value)
        except ValueError:
            number = None
        if number is not None and sensible(lab.recipe, Change(0, what, number)):
            later = lab.settable > lab.iteration
            return lab.change(what, number), view, words.set_anew(what, figure(number), later)
        dial = what[:1] in "wb" and sensible(lab.recipe, Change(0, what, 0.0))
        if what == "eta" or dial or number is None:
            between = words.DIAL_RANGE if dial else words.BETWEEN.get(what, "")
            raise Mistakes({what: words.SENTENCES["number"].format(between=between)}, value)
        raise Mistakes({what: words.sentence(Problem(what, "change-unknown", {"what": what}))}, value)

    return desk.act(request, id, at, view, move)


@router.post(
    "/labs/{id}/dials",
    responses=MOMENT,
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}},
)
def dials(
    request: Request, id: str, at: At, desk: Serving, view: Viewing, text: Annotated[str, Depends(sent)]
) -> Response:
    """Set all dials from this iteration on: `text` or `file`, a list of numbers or JSON with "w" and "b"."""

    def move(lab: Lab) -> tuple[Lab, View, str]:
        wanted, numbers = read_dials(text, lab.recipe), desk.replay.numbers(lab)
        present: Parameters = numbers.after or numbers.parameters
        moved = lab.with_dials(present, wanted)
        if len(moved.recipe.changes) > limits.CHANGES:
            raise Mistakes({"dials": words.TOO_MANY_CHANGES}, text)
        count = int((present.vector() != wanted.vector()).sum())
        swapped = "hx-request" in request.headers  # a page of its own leaves this address, and says nothing
        return moved, view, words.dials_set(count, lab.settable) if swapped else ""

    return desk.act(request, id, at, view, move)


def read_dials(text: str, recipe: Recipe) -> Parameters:
    """Read a list of dials or their JSON; raises Mistakes."""
    if not text.lstrip().startswith("{"):
        try:
            return typed_dials(text, recipe.sizes)
        except Mistyped as mistyped:
            raise Mistakes({"dials": words.sentence(mistyped.problem)}, text) from None
    try:
        found: Any = json.loads(text)
        found = found.get("after") or found.get("parameters") or found
        flat, wrong = flattened(ParametersForm.model_validate(found), recipe)
    except (ValueError, RecursionError, ValidationError):
        flat, wrong = (), words.SENTENCES["parameters"]
    if wrong:
        raise Mistakes({"dials": wrong}, text)
    return recipe.first_parameters().filled(flat)
