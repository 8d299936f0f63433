"""The routes of worksheets: a lab’s network on paper, with blanks to fill and a key on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from app.lab.replay import Numbers
from app.lessons.sheet import PARTS, Sheet
from app.lessons.worksheet import code_for, keys_of, worksheet
from app.limits import SEED, SHEETS
from app.notation.language import tr
from app.page.frame import Frame
from app.page.links import NEW
from app.web.closed import OPEN, had
from app.web.moves import numbers_asked
from app.web.openapi import FOUND, HTML, LAST_PLACE, MOMENT
from app.web.render import ENVIRONMENT
from app.web.streams import in_turn
from app.web.visitor import Visit, Visiting

router = APIRouter()
PAPER: dict[int | str, dict[str, Any]] = {
    200: {"content": HTML, "description": "the sheets, to be printed"},
    **{status: MOMENT[status] for status in (202, 503)},
    **OPEN,
}
Blank = Literal["forward", "cost", "backward", "update"]


class Choices(BaseModel):
    """What is asked of a worksheet; none of the blanks is as good as all."""

    blanks: list[Blank] = Field([], max_length=len(PARTS), description="where the student works")
    sheets: int = Field(0, ge=0, le=SHEETS, description="with numbers of their own; 0: one with the lab’s")
    draw: int = Field(1, ge=0, le=SEED, description="the seed of these numbers")


Chosen = Annotated[Choices, Query()]


@router.get("/labs/{id}/worksheet", responses={**PAPER, **FOUND})
def of_lab(id: str, visit: Visiting, chosen: Chosen) -> Response:
    """Print the network of a lab as a worksheet."""
    _, lab = visit.labs.load(id)
    return printed(visit, id, visit.labs.replay.numbers(lab), chosen)


@router.get("/at/worksheet", responses={**PAPER, 422: MOMENT[422]})
def of_moment(
    request: Request, visit: Visiting, chosen: Chosen, place: Annotated[int, Query(ge=0, le=LAST_PLACE)] = 0
) -> Response:
    """Print the network of a moment that is not kept."""
    return printed(visit, NEW, numbers_asked(visit, request.query_params, place), chosen)


def printed(visit: Visit, id: str, numbers: Numbers, chosen: Choices) -> Response:
    """Return the page of a worksheet, sheet by sheet."""
    frame = had(visit, id, numbers, "worksheet")
    return StreamingResponse(in_turn(pieces(frame, chosen)), media_type="text/html")


def pieces(frame: Frame, chosen: Choices) -> Iterator[str]:
    """Yield the page of a worksheet piece by piece."""
    made = worksheet(frame.numbers, frame.example, chosen.blanks, chosen.sheets, chosen.draw)
    done: list[Sheet] = []

    def sheets() -> Iterator[Sheet]:
        for sheet in made.sheets():
            done.append(sheet)
            yield sheet

    asked = "".join(f"&blanks={part}" for part in made.blanks)
    stream = ENVIRONMENT.get_template("exports/sheet.html").stream(
        frame=frame,
        theme=frame.viewer.theme,
        back=frame.links.look(),
        made=made,
        chosen=chosen,
        sheets=sheets,
        keys=lambda: keys_of(done),
        code_of=lambda sheet: code_for(frame.viewer.origin, sheet.recipe),
        parts=[(key, tr(title)) for key, (title, _text) in PARTS.items()],
        fields=frame.links.view_fields(),
        other=frame.links.url("worksheet", sheets=chosen.sheets, draw=(chosen.draw + 1) % SEED) + asked,
        most=SHEETS,
    )
    stream.enable_buffering(60)
    return iter(stream)
