"""The route of an answer: the question that is open is answered, then the step is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.lab.lab import Lab
from app.notation.language import _
from app.page.question import asking_at, score_of
from app.web.moves import Move, act
from app.web.openapi import MOMENT, At
from app.web.recipe_form import Mistakes
from app.web.visitor import Visiting

router = APIRouter()
Answer = Annotated[str, Form(max_length=20)]


@router.post("/labs/{id}/answer", responses=MOMENT)
def answer_question(
    id: str,
    at: At,
    visit: Visiting,
    choice: Answer = "",
    pick: Answer = "",
    sure: Annotated[int, Form(ge=0, le=5, description="from 1 to 5, 0 where nothing is said")] = 0,
) -> Response:
    """Answer the question about the next step, and take it; without one the step is taken as it is."""

    def move(lab: Lab) -> Move:
        view, replay = visit.view, visit.labs.replay
        there = lab.step("next", view.pace)
        found = asking_at(replay.numbers(lab), replace(view, ask=1, asked=""), replay).next
        if found is None:
            return Move(there)
        (key, posed), said = found, (choice or pick).strip()
        if not posed.takes(said):
            raise Mistakes({"answer": _("That is none of the answers to this question.")}, said)
        rights, guesses = score_of(view)
        score = f"{rights + posed.is_right(said)}-{guesses + 1}"
        asked = f"{there.place}-{key}"
        return Move(there, replace(view, ask=1, asked=asked, answered=said, sure=sure, score=score))

    return act(visit, id, at, move)
