"""The routes by which a moment leaves the page: as JSON, CSV, a picture, a worked solution or a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from app.engine.parameters import Array
from app.export.run_csv import csv_of
from app.export.script import script
from app.export.solution import ONLY_ONE, chapters, columns, large, title_of
from app.lab.recipe import parameters_as_json
from app.page.frame import Frame
from app.story.tables import tables_of
from app.web.moment_json import moment_json
from app.web.openapi import FOUND, HTML
from app.web.render import ENVIRONMENT
from app.web.svg_file import picture_file
from app.web.visitor import Visiting

router = APIRouter()
Kind = Literal["json", "csv", "svg", "worked", "numpy", "torch"]
TYPES = {
    "json": ("json", "application/json"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "svg": ("svg", "image/svg+xml"),
    "numpy": ("numpy.py", "text/x-python; charset=utf-8"),
    "torch": ("torch.py", "text/x-python; charset=utf-8"),
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {kind.split(";")[0]: {} for _, kind in TYPES.values()} | HTML,
        "description": "the file",
    },
    **FOUND,
}


@router.get("/labs/{id}/export/{kind}", responses=FILE)
def export(
    id: str,
    kind: Kind,
    visit: Visiting,
    whole: Annotated[bool, Query(description="a worked solution leaves nothing out")] = False,
) -> Response:
    """Give a moment away as a file: nothing that has not happened is in it."""
    stored, lab = visit.labs.load(id)
    frame = Frame(
        id="",
        lab=lab,
        numbers=visit.labs.replay.numbers(lab),
        view=replace(visit.view, play=0),
        history=visit.labs.history,
        viewer=visit.visitor.viewer(may=True),
    )
    numbers = frame.numbers
    if kind == "worked":
        return StreamingResponse(worked(frame, visit.visitor.theme, stored.id, whole), media_type="text/html")
    ending, media = TYPES[kind]
    name = f"blame-game-{lab.recipe.data}-{'-'.join(map(str, lab.recipe.sizes))}-at-{lab.place}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        return StreamingResponse(csv_of(lab, numbers), media_type=media, headers=headers)
    return Response(CONTENTS[kind](stored.id, frame), media_type=media, headers=headers)


def whole_moment(id: str, frame: Frame) -> str:
    """Return all that is known as JSON, the costs one by one and the optimiser's memory too."""
    numbers = frame.numbers
    more = {
        "costs": listed(numbers.costs),
        "costs_after": listed(numbers.costs_after),
        "memory": [parameters_as_json(part) for part in numbers.start.memory],
    }
    return json.dumps(
        {**moment_json(id, frame.lab, numbers), **more}, ensure_ascii=False, indent=1, allow_nan=False
    )


def listed(found: Array | None) -> list[float] | None:
    """Return an array as a list, None where there is none."""
    return None if found is None else [float(number) for number in found]


def code(template: str) -> Callable[[str, Frame], str]:
    """Return what writes a script from its template."""

    def write(id: str, frame: Frame) -> str:
        title = title_of(frame.lab, frame.choices[0])
        return ENVIRONMENT.get_template(template).render(script(frame.lab, frame.numbers, title))

    return write


CONTENTS: dict[str, Callable[[str, Frame], str]] = {
    "json": whole_moment,
    "svg": lambda id, frame: picture_file(frame, title_of(frame.lab, frame.choices[0])),
    "numpy": code("exports/numpy.txt"),
    "torch": code("exports/torch.txt"),
}


def worked(frame: Frame, theme: str, id: str, whole: bool) -> Iterator[str]:
    """Yield the worked solution's page piece by piece."""
    lab, numbers = frame.lab, frame.numbers
    short = large(numbers, frame.example) and not whole
    alone = len(numbers.examples) > (1 if short else len(columns(numbers, frame.example)))
    stream = ENVIRONMENT.get_template("exports/worked.html").stream(
        frame=frame,
        theme=theme,
        back=f"/labs/{id}",
        title=title_of(lab, frame.choices[0]),
        chapters=chapters(lab, numbers, frame.example, whole=whole),
        large=large(numbers, frame.example),
        whole=whole,
        other=f"/labs/{id}/export/worked?{frame.view.query(play=0)}",
        tables=tables_of(numbers, frame.example) if short else [],
        note=ONLY_ONE.format(len(numbers.examples)) if alone else "",
    )
    stream.enable_buffering(60)
    return iter(stream)
