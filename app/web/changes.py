"""The routes of changes: what a person sets in mid-run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import ValidationError
from starlette.responses import Response

from app import limits
from app.engine.parameters import Parameters
from app.lab.dial_list import typed_dials
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.rules import sensible
from app.limits import Problem, Unusable
from app.notation.numbers import figure, typed_number
from app.story import notices
from app.story import refusals as words
from app.web.moves import Move, act
from app.web.openapi import FILES, MOMENT, At
from app.web.recipe_form import Mistakes, ParametersForm, flattened
from app.web.uploads import TextSent
from app.web.visitor import Visiting

router = APIRouter()


@router.post("/labs/{id}/change", responses=MOMENT)
def change(
    id: str,
    at: At,
    visit: Visiting,
    what: Annotated[str, Form(max_length=20, description="eta, example, w-l-j-k or b-l-j")],
    value: Annotated[
        str, Form(max_length=30, description="a number; a decimal comma or a fraction will do")
    ] = "",
) -> Response:
    """Set something from this iteration on."""

    def move(lab: Lab) -> Move:
        if len(lab.recipe.changes) >= limits.CHANGES:
            raise Mistakes({what: words.TOO_MANY_CHANGES}, value)
        try:
            number = typed_number(value)
        except ValueError:
            number = None
        if number is not None and sensible(lab.recipe, Change(0, what, number)):
            later = lab.settable > lab.iteration
            return Move(lab.change(what, number), notice=notices.set_anew(what, figure(number), later))
        dial = what[:1] in "wb" and sensible(lab.recipe, Change(0, what, 0.0))
        if what == "eta" or dial or number is None:
            between = words.DIAL_RANGE if dial else words.BETWEEN.get(what, "")
            raise Mistakes({what: words.SENTENCES["number"].format(between=between)}, value)
        raise Mistakes({what: words.sentence(Problem(what, "change-unknown", {"what": what}))}, value)

    return act(visit, id, at, move)


@router.post("/labs/{id}/dials", responses=MOMENT, openapi_extra=FILES)
def dials(id: str, at: At, visit: Visiting, text: TextSent) -> Response:
    """Set all dials from this iteration on: `text` or `file`, a list of numbers or JSON with "w" and "b"."""

    def move(lab: Lab) -> Move:
        wanted, numbers = read_dials(text, lab.recipe), visit.labs.replay.numbers(lab)
        present: Parameters = numbers.after or numbers.parameters
        moved = lab.with_dials(present, wanted)
        if len(moved.recipe.changes) > limits.CHANGES:
            raise Mistakes({"dials": words.TOO_MANY_CHANGES}, text)
        count = int((present.vector() != wanted.vector()).sum())
        told = visit.visitor.swapped  # a page of its own leaves this address, and says nothing
        return Move(moved, notice=notices.dials_set(count, lab.settable) if told else "")

    return act(visit, id, at, move)


def read_dials(text: str, recipe: Recipe) -> Parameters:
    """Read a list of dials or their JSON; raises Mistakes."""
    if not text.lstrip().startswith("{"):
        try:
            return typed_dials(text, recipe.sizes)
        except Unusable as error:
            raise Mistakes({"dials": words.sentence(error.problem)}, text) from None
    try:
        found: Any = json.loads(text)
        found = found.get("after") or found.get("parameters") or found
        flat, wrong = flattened(ParametersForm.model_validate(found), recipe)
    except (ValueError, RecursionError, ValidationError):
        flat, wrong = (), words.SENTENCES["parameters"]
    if wrong:
        raise Mistakes({"dials": wrong}, text)
    return replace(recipe, parameters=flat).first_parameters()
