"""The routes by which people bring examples of their own: a table, or points on a plane."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.datasets import points as plane
from app.datasets.csv_examples import SEPARATORS, Unreadable, Wishes, read_sheet
from app.datasets.dataset import Dataset
from app.datasets.own import NAME, own_from
from app.limits import BODY_BYTES, ROWS
from app.notation.numbers import typed_number
from app.picture import click_plane
from app.story import datasets as words
from app.web.guard import TABLE, TABLE_BYTES
from app.web.labs import Serving
from app.web.recipe_form import RecipeForm
from app.web.render import html, theme_of

router = APIRouter()
KEPT = 2000  # letters of the recipe that waits meanwhile
CHOICES = {
    "separator": ("auto", *SEPARATORS),
    "header": ("auto", "yes", "no"),
    "kind": ("auto", "classes", "numbers"),
}
WAITING = set(RecipeForm.model_fields) - {
    "data",
    "output",
    "cost",
    "parameters",
    "changes",
}  # which fit whatever is learned
TICKS = ("scale", "shuffle", "skip")
USUAL = {
    "text": "",
    "inputs": "",
    "target": "",
    **dict.fromkeys(CHOICES, "auto"),
    "scale": "1",
    "shuffle": "1",
    "skip": "",
}


@router.get("/data")
def bring(
    request: Request,
    do: Annotated[Literal["", "add", "clear"], Query()] = "",
    kind: Annotated[Literal["0", "1", "erase"], Query()] = "1",
    set_: Annotated[str, Query(alias="points", max_length=20 * ROWS)] = "",
    x: Annotated[str, Query(max_length=20)] = "",
    y: Annotated[str, Query(max_length=20)] = "",
    across: Annotated[int | None, Query(alias="at.x")] = None,
    down: Annotated[int | None, Query(alias="at.y")] = None,
    kept: Annotated[str, Query(max_length=KEPT)] = "",
) -> Response:
    """Show the two ways to bring examples, after setting or erasing a point: its place is typed in or clicked
    at.

    All of it is in the address, so a step back is an undo. The recipe that is being written waits meanwhile.
    """
    found, said, wrong = read_points(set_)
    if do == "clear":
        found, said = [], words.CLEARED
    elif do == "add":
        try:
            found, said, wrong = touched(found, kind, typed_number(x), typed_number(y))
        except ValueError:
            wrong = words.WRONG_PLACE
    elif across is not None and down is not None:
        found, said, wrong = touched(found, kind, *click_plane.place_of(across, down))
    waiting = [(name, text) for name, text in request.query_params.multi_items() if name in WAITING]
    more = {
        "points": found,
        "kind": kind,
        "said": said,
        "wrong": {"points": wrong} if wrong else {},
        "x": x,
        "y": y,
    }
    return page(request, kept=kept or urlencode(waiting)[:KEPT], **more)


@router.post("/data/points", status_code=303)
def points(
    request: Request,
    desk: Serving,
    set_: Annotated[str, Form(alias="points", max_length=20 * ROWS)] = "",
    kept: Annotated[str, Form(max_length=KEPT)] = "",
) -> Response:
    """Use the points of the plane as examples."""
    found, _, wrong = read_points(set_)
    if len({point.kind for point in found}) < 2:
        return page(request, 422, kept=kept, points=found, wrong={"points": wrong or words.BOTH_NEEDED})
    return to_recipe(desk, own_from(plane.as_examples(found) | {"note": words.NOTE_OF_POINTS}), kept)


async def table_sent(request: Request) -> dict[str, str]:
    """Return the fields of the table's form, an uploaded file as its text; one that is too large is only
    mentioned."""
    try:
        async with request.form(max_files=1, max_fields=20, max_part_size=TABLE_BYTES) as form:
            found = {name: value for name, value in form.items() if isinstance(value, str)}
            if isinstance(file := form.get("file"), UploadFile) and (body := await file.read()):
                found |= (
                    {"large": file.filename or "1"} if len(body) > BODY_BYTES else {"text": decoded(body)}
                )
    except HTTPException:  # no form at all
        return {}
    return found


def decoded(body: bytes) -> str:
    """Return a file's text, in UTF-8 or what else table programs write."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


@router.post(
    TABLE,
    status_code=303,
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}},
)
def table(request: Request, desk: Serving, sent: Annotated[dict[str, str], Depends(table_sent)]) -> Response:
    """Read a table as examples; what cannot be read is told line by line, and nothing is lost."""
    wished: dict[str, Any] = {
        name: sent.get(name) if sent.get(name) in keys else "auto" for name, keys in CHOICES.items()
    }
    wished |= {name: bool(sent.get(name)) for name in TICKS}
    text, kept = sent.get("text", ""), sent.get("kept", "")[:KEPT]
    try:
        if "large" in sent:
            raise Unreadable("file", "sheet-large")
        found = read_sheet(
            text, Wishes(inputs=sent.get("inputs", ""), target=sent.get("target", ""), **wished)
        )
    except Unreadable as error:
        values = USUAL | dict.fromkeys(TICKS, "") | {name: sent[name] for name in USUAL if name in sent}
        wrong = {error.field: words.sheet_sentence(error)}
        return page(request, 422, kept=kept, values=values, wrong=wrong, bad=words.bad_lines(error.bad))
    called = [name[:NAME] for name in found.classes] if len(found.classes) > 2 else []
    more = {"note": words.note_of(found), "classes": called}
    own = own_from({"inputs": found.inputs, "targets": found.targets} | more)
    return to_recipe(desk, own, kept)


def read_points(text: str) -> tuple[list[plane.Point], str, str]:
    """Return the points so far, what to say of them, and what is wrong."""
    try:
        return plane.points_from(text), "", ""
    except ValueError:
        return [], "", words.WRONG_POINTS


def touched(found: list[plane.Point], kind: str, x: float, y: float) -> tuple[list[plane.Point], str, str]:
    """Set or erase a point at a place; return the points, what to say, and what is wrong. ValueError outside
    the plane."""
    spot = plane.placed(0, x, y)
    if kind == "erase":
        left = plane.without(found, x, y)
        return left, words.at(words.ERASED if len(left) < len(found) else words.NONE_NEAR, spot.x, spot.y), ""
    if len(found) >= ROWS:
        return found, "", words.TOO_MANY
    return [*found, plane.placed(int(kind), x, y)], words.at(words.ADDED, spot.x, spot.y, int(kind)), ""


def to_recipe(desk: Serving, own: Dataset, kept: str) -> Response:
    """Keep examples, and go on with the recipe that waited; what depends on the data is left open."""
    desk.keep(own)
    waited = {name: text for name, text in parse_qsl(kept) if name in WAITING}
    return RedirectResponse("/recipe?" + urlencode({**waited, "data": own.key}), 303)


def page(request: Request, status: int = 200, **more: Any) -> Response:
    """Return the page, for htmx the plane alone, with whatever was sent before."""
    usual = {
        "values": USUAL,
        "wrong": {},
        "bad": [],
        "points": [],
        "kind": "1",
        "said": "",
        "x": "",
        "y": "",
        "kept": "",
    }
    filled = {**usual, **more}
    points_text = plane.text_of(filled["points"])
    shown = {
        "choices": CHOICES,
        "plane": click_plane,
        "spots": [click_plane.spot(point) for point in filled["points"]],
        "points_text": points_text,
        "count": words.count_of(filled["points"]),
        "here": "/data?" + urlencode({"points": points_text, "kept": filled["kept"]}),
        "most": ROWS,
        "theme": theme_of(request.headers),
    }
    return html("datasets/page.html", status, **filled, **shown)
