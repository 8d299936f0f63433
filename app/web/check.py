"""The route that judges a result which somebody worked out by hand: nothing moves by it."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from starlette.responses import JSONResponse, Response

from app.lab.dials import Pick
from app.lab.replay import Numbers
from app.lessons.judging import NOT_HERE, NOT_READ, NOT_YET, judge
from app.lessons.steps import Step, steps_of
from app.limits import HIDDEN_LAYERS, NEURONS
from app.notation.language import tr
from app.notation.sums import LONGEST, worked_out
from app.story import notices
from app.story.formulas.worked import Worker
from app.web.closed import had
from app.web.openapi import MOMENT, At, Schema, why
from app.web.recipe_form import Mistakes
from app.web.visitor import Visiting

DIALS = ("nabla", "after")


def read(value: object) -> float:
    """Read a result, a number or a text; raises Mistakes."""
    try:
        if isinstance(value, str):
            return worked_out(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
            return float(value)
    except (ValueError, OverflowError):
        pass
    raise Mistakes({"value": tr(NOT_READ)})


Result = Annotated[
    float,
    BeforeValidator(read),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "maxLength": LONGEST}]}),
]


class Check(BaseModel):
    """A result to be judged."""

    model_config = ConfigDict(extra="forbid")

    quantity: Literal["z", "a", "cost", "received", "delta", "nabla", "after"] = Field(
        description="as a moment’s JSON calls it; cost is the batch’s, nabla and after are a dial’s, all "
        "others the drawn example’s"
    )
    layer: int = Field(0, ge=0, le=HIDDEN_LAYERS + 1, description="its layer, the output is the last")
    neuron: int = Field(0, ge=0, le=NEURONS, description="its neuron in that layer, from 1")
    source: int = Field(
        0, ge=0, le=NEURONS, description="of a weight: where its wire begins, from 1; 0 is the bias"
    )
    value: Result = Field(
        description="the result, or as one types it: decimal comma, fraction, a whole sum of numbers"
    )


class VerdictJSON(BaseModel):
    """What is to be said of a result."""

    right: bool = Field(description="whether one gets it from the printed numbers, or from the exact ones")
    slips: list[str] = Field(description="the keys of the slips that lead to it")
    why: str = Field(description="the same in words")


VERDICT: dict[int | str, Schema] = {
    **{status: MOMENT[status] for status in (202, 403, 404, 410, 422, 503)},
    200: {"model": VerdictJSON, "description": "what is to be said of the result"},
    409: why(
        "it has not happened yet, the lab stands elsewhere, or a question is open and this would tell its "
        "answer; `detail` says which"
    ),
}

router = APIRouter()


@router.post("/labs/{id}/check", responses=VERDICT)
def check(id: str, at: At, wanted: Check, visit: Visiting) -> Response:
    """Judge a result that somebody worked out; nothing moves."""
    _, lab = visit.labs.load(id)
    if at != lab.place:
        return JSONResponse({"detail": notices.STALE, "place": lab.place, "next": lab.next}, 409)
    numbers = had(visit, id, visit.labs.replay.numbers(lab), "check").numbers
    example = min(visit.view.example, len(numbers.examples)) - 1
    verdict = judge(asked(numbers, example, wanted), wanted.value)
    return JSONResponse({"right": verdict.right, "slips": verdict.slips, "why": verdict.why})


def asked(numbers: Numbers, example: int, wanted: Check) -> Step:
    """Return the step that has a result; raises Mistakes where the network has no such thing, and
    HTTPException where it has not happened."""
    steps = {step.quantity: step for step in steps_of(Worker(numbers, example), picked(numbers, wanted))}
    found = steps.get("mean", steps.get("cost")) if wanted.quantity == "cost" else steps.get(wanted.quantity)
    if found is None:
        raise HTTPException(409, tr(NOT_YET))
    return found


def picked(numbers: Numbers, wanted: Check) -> Pick:
    """Return whose result is judged; raises Mistakes."""
    if wanted.quantity == "cost":
        return Pick("cost")
    kind = "n" if wanted.quantity not in DIALS else "w" if wanted.source else "b"
    pick, sizes = Pick(kind, wanted.layer, wanted.neuron, wanted.source), numbers.network.sizes
    if wanted.layer not in range(1, len(sizes)):
        raise Mistakes({"layer": tr(NOT_HERE)})
    if wanted.neuron not in range(1, sizes[wanted.layer] + 1):
        raise Mistakes({"neuron": tr(NOT_HERE)})
    if wanted.source not in range(sizes[wanted.layer - 1] + 1 if kind != "n" else 1):
        raise Mistakes({"source": tr(NOT_HERE)})
    return pick
