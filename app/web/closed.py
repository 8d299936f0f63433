"""What can be had of a moment beside its page: closed while a question is open, wherever it would tell."""

from __future__ import annotations

from dataclasses import replace

from fastapi import HTTPException

from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.notation.language import tr
from app.page.frame import Frame
from app.page.question import CLOSED_FILE
from app.web.openapi import Schema, why
from app.web.visitor import Visit

OPEN: dict[int | str, Schema] = {409: why("a question is open, and this would tell its answer")}


def had(visit: Visit, id: str, numbers: Numbers, what: str) -> Frame:
    """Return a moment as it leaves its page; 409 where that would tell the answer to an open question."""
    frame = Frame(
        id=id,
        lab=Lab(numbers.recipe, numbers.place),
        numbers=numbers,
        view=replace(visit.view, play=0, run=0),
        history=visit.labs.history,
        viewer=visit.visitor.viewer(),
    )
    if frame.asking.closes(what):
        raise HTTPException(409, tr(CLOSED_FILE))
    return frame
