"""The route of changes: what a person sets in mid-run."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.lab import rules
from app.lab.lab import Lab
from app.lab.recipe import Change
from app.lab.rules import Problem, sensible
from app.story import problems as words
from app.web.forms import Mistakes
from app.web.labs import MOMENT, At, Serving, Viewing

router = APIRouter()


@router.post("/labs/{id}/change", responses=MOMENT)
def change(
    request: Request, id: str, at: At, desk: Serving, view: Viewing,
    what: Annotated[str, Form(max_length=20, description="eta, example, w-l-j-k or b-l-j")],
    value: Annotated[str, Form(max_length=30, description="a number; a decimal comma will do")] = "",
) -> Response:  # fmt: skip
    """Set something from this iteration on."""

    def move(lab: Lab) -> Lab:
        if len(lab.recipe.changes) >= rules.CHANGES:
            raise Mistakes({what: words.TOO_MANY_CHANGES})
        try:
            number = float(value.strip().replace(",", ".").replace("−", "-")) + 0.0  # there is only one zero
        except ValueError:
            raise Mistakes({what: words.SENTENCES["number"].format(between=words.BETWEEN.get(what, ""))}) from None
        if number != number or not sensible(lab.recipe, Change(0, what, number)):
            if what == "eta":
                raise Mistakes({what: words.SENTENCES["number"].format(between=words.BETWEEN[what])})
            raise Mistakes({what: words.sentence(Problem(what, "change-unknown", {"what": what}))})
        return lab.change(what, number)

    return desk.act(request, id, at, view, move)
