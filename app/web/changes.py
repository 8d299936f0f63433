"""The routes of changes: what a person sets in mid-run."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import ValidationError
from starlette.responses import Response

from app import limits
from app.engine.parameters import Parameters
from app.lab.dial_list import readings
from app.lab.lab import Lab
from app.lab.matrices import Reading, Way
from app.lab.recipe import Change, Recipe
from app.lab.rules import sensible
from app.limits import Problem, Unusable
from app.notation.language import tr
from app.notation.numbers import figure, typed_number
from app.story import matrices, notices
from app.story import refusals as words
from app.web.moves import Move, act
from app.web.openapi import DIALS, MOMENT, At
from app.web.recipe_form import Mistakes, ParametersForm, flattened
from app.web.uploads import DialsSent
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
            raise Mistakes({what: tr(words.TOO_MANY_CHANGES, limit=limits.CHANGES)}, value)
        try:
            number = typed_number(value)
        except ValueError:
            number = None
        if number is not None and sensible(lab.recipe, Change(0, what, number)):
            later = lab.settable > lab.iteration
            return Move(lab.change(what, number), notice=notices.set_anew(what, figure(number), later))
        dial = what[:1] in "wb" and sensible(lab.recipe, Change(0, what, 0.0))
        if what == "eta" or dial or number is None:
            field = "dial" if dial else what if what == "eta" else ""
            raise Mistakes({what: words.out_of_range(field)}, value)
        raise Mistakes({what: words.sentence(Problem(what, "change-unknown", {"what": what}))}, value)

    return act(visit, id, at, move)


@router.post("/labs/{id}/dials", responses=MOMENT, openapi_extra=DIALS)
def dials(id: str, at: At, visit: Visiting, sent: DialsSent) -> Response:
    """Set all dials from this iteration on: `text` or `file`, a list of numbers, matrices as programs print
    them, or JSON with "w" and "b". A page shows what it made of matrices before they are taken."""

    def move(lab: Lab) -> Move:
        found, numbers = read_dials(sent.text, lab.recipe), visit.labs.replay.numbers(lab)
        taken = [one for one in found if one.way.key == sent.take]
        if len(found) == 1 and (visit.visitor.wants_json or found[0].way.neurons == "lines"):
            taken = [*found]
        if not taken and visit.visitor.wants_json:
            raise Mistakes({"dials": matrices.which([one.way for one in found])})
        if not taken:
            asked = replace(visit.view, panel="dials")
            return Move(lab, asked, notice=tr(notices.NOT_YET_SET), typed=sent.text)
        present, wanted = numbers.after or numbers.parameters, taken[0].dials
        moved = lab.with_dials(present, wanted)
        if len(moved.recipe.changes) > limits.CHANGES:
            raise Mistakes({"dials": tr(words.TOO_MANY_CHANGES, limit=limits.CHANGES)}, sent.text)
        count = int((present.vector() != wanted.vector()).sum())
        told = visit.visitor.swapped  # a page of its own leaves this address, and says nothing
        return Move(moved, notice=notices.dials_set(count, lab.settable) if told else "")

    return act(visit, id, at, move)


def read_dials(text: str, recipe: Recipe) -> tuple[Reading, ...]:
    """Return the readings of dials as text, or the one of their JSON; raises Mistakes."""
    found: Any = None
    if text.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):
            found = json.loads(text)
            found = found.get("after") or found.get("parameters") or found
    if isinstance(found, dict) and found.keys() <= {"w", "b"} and list not in map(type, found.values()):
        return (Reading(Way("lines"), own_dials(found, text, recipe)),)
    try:
        return readings(text, recipe.sizes, biases=recipe.biases)
    except Unusable as error:
        empty = text.lstrip().startswith("{") and error.problem.facts.get("found") == 0
        said = words.said("parameters") if empty else words.sentence(error.problem)
        raise Mistakes({"dials": said}, text) from None


def own_dials(found: Any, text: str, recipe: Recipe) -> Parameters:
    """Read dials in the layout of a moment; raises Mistakes."""
    try:
        flat, wrong = flattened(ParametersForm.model_validate(found), recipe)
    except ValidationError:
        flat, wrong = (), words.said("parameters")
    if wrong:
        raise Mistakes({"dials": wrong}, text)
    return replace(recipe, parameters=flat).first_parameters()
