"""The routes by which a moment leaves the page: as JSON, CSV, a picture, a worked solution or a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from app.engine.parameters import Array
from app.export.run_csv import csv_of
from app.export.script import script
from app.export.solution import ONLY_ONE, chapters, columns, large, size_of, title_of
from app.lab.recipe import parameters_as_json
from app.lab.replay import Numbers
from app.notation.language import SOURCE, in_language, tr
from app.page.frame import Frame
from app.page.links import NEW
from app.story.tables import tables_of
from app.story.wording import size_told
from app.web.closed import OPEN, had
from app.web.moment_json import moment_json
from app.web.moves import numbers_asked
from app.web.openapi import FOUND, HTML, LAST_PLACE, MOMENT
from app.web.render import ENVIRONMENT
from app.web.streams import in_turn
from app.web.svg_file import picture_file
from app.web.visitor import Visit, Visiting

router = APIRouter()
Whole = Annotated[bool, Query(description="a worked solution leaves nothing out")]
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
    202: MOMENT[202],
    503: MOMENT[503],
    **OPEN,
}


@router.get("/labs/{id}/export/{kind}", responses={**FILE, **FOUND})
def export(id: str, kind: Kind, visit: Visiting, whole: Whole = False) -> Response:
    """Give a moment away as a file: nothing that has not happened is in it."""
    _, lab = visit.labs.load(id)
    return given(visit, id, visit.labs.replay.numbers(lab), kind, whole)


@router.get("/at/export/{kind}", responses={**FILE, 422: MOMENT[422]})
def export_unkept(
    request: Request,
    kind: Kind,
    visit: Visiting,
    place: Annotated[int, Query(ge=0, le=LAST_PLACE)] = 0,
    whole: Whole = False,
) -> Response:
    """Give a moment away that is not kept."""
    return given(visit, NEW, numbers_asked(visit, request.query_params, place), kind, whole)


def given(visit: Visit, id: str, numbers: Numbers, kind: Kind, whole: bool) -> Response:
    """Return a moment as a file, a long one piece by piece."""
    frame = had(visit, id, numbers, f"export/{kind}")
    lab = frame.lab
    if kind == "worked":
        return StreamingResponse(in_turn(worked(frame, whole)), media_type="text/html")
    ending, media = TYPES[kind]
    name = f"blame-game-{lab.recipe.data}-{'-'.join(map(str, lab.recipe.sizes))}-at-{lab.place}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        return StreamingResponse(in_turn(csv_of(lab, numbers)), media_type=media, headers=headers)
    return Response(CONTENTS[kind](id, frame), media_type=media, headers=headers)


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
    """Return what writes a script from its template, whose words are English as Python's are."""

    @in_language(SOURCE)
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


def worked(frame: Frame, whole: bool) -> Iterator[str]:
    """Yield the worked solution's page piece by piece."""
    lab, numbers = frame.lab, frame.numbers
    short = large(numbers, frame.example) and not whole
    alone = len(numbers.examples) > (1 if short else len(columns(numbers, frame.example)))
    stream = ENVIRONMENT.get_template("exports/worked.html").stream(
        frame=frame,
        theme=frame.viewer.theme,
        back=frame.links.look(),
        title=title_of(lab, frame.choices[0]),
        chapters=chapters(lab, numbers, frame.example, whole=whole),
        large=large(numbers, frame.example),
        whole=whole,
        other=frame.links.url("export/worked"),
        size=size_told(size_of(numbers)),
        tables=tables_of(numbers, frame.example) if short else [],
        note=tr(ONLY_ONE, count=len(numbers.examples)) if alone else "",
    )
    stream.enable_buffering(60)
    return iter(stream)
