"""The routes by which people bring examples of their own: a table, or points on a plane."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.datasets import points as plane
from app.datasets.csv_cells import SEPARATORS, thinned
from app.datasets.csv_examples import Wishes, read_sheet
from app.datasets.csv_numbers import READINGS
from app.datasets.dataset import Dataset, plain
from app.datasets.own import NAME, own_from
from app.datasets.table_files import table_text
from app.limits import ROWS, Problem, Unusable
from app.notation.language import tr
from app.notation.numbers import typed_number
from app.picture import click_plane
from app.story import points as words
from app.story.datasets import note_of, understanding
from app.story.sheets import bad_lines, sheet_sentence
from app.web.guard import TABLE
from app.web.openapi import FILES, FOREIGN, SHOWN
from app.web.recipe_form import RecipeForm
from app.web.render import html
from app.web.saved_labs import SavedLabs
from app.web.uploads import TableSent, shown
from app.web.visitor import Asking, Serving, Visitor

router = APIRouter()
KEPT = 2000  # letters of the recipe that waits meanwhile
CHOICES = {
    "separator": ("auto", *SEPARATORS),
    "header": ("auto", "yes", "no"),
    "numbers": ("auto", *READINGS),
    "kind": ("auto", "classes", "numbers"),
}
ABOUT, ASKED = ("text", "target"), ("numbers", "kind")  # what questions are about, and the questions
WISHED = (*CHOICES, "inputs", "target")
FITTING = {"data", "output", "cost", "parameters", "changes"}  # they go with what is learned
WAITING = set(RecipeForm.model_fields) - FITTING
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


class Touch(BaseModel):
    """The plane's query: the points so far, what to do with them, and where, typed in or clicked at."""

    do: Literal["", "add", "clear"] = ""
    kind: Literal["0", "1", "erase"] = "1"
    points: str = Field("", max_length=20 * ROWS)
    x: str = Field("", max_length=20)
    y: str = Field("", max_length=20)
    across: int | None = Field(None, alias="at.x")
    down: int | None = Field(None, alias="at.y")
    kept: str = Field("", max_length=KEPT)


@router.get("/data", response_class=HTMLResponse)
def bring(request: Request, visitor: Asking, touch: Annotated[Touch, Query()]) -> Response:
    """Show the two ways to bring examples, after setting or erasing a point: its place is typed in or clicked
    at.

    All of it is in the address, so a step back is an undo. The recipe that is being written waits meanwhile.
    """
    found, said, wrong = read_points(touch.points)
    if touch.do == "clear":
        found, said = [], tr(words.CLEARED)
    elif touch.do == "add":
        try:
            found, said, wrong = touched(found, touch.kind, typed_number(touch.x), typed_number(touch.y))
        except ValueError:
            wrong = tr(words.WRONG_PLACE)
    elif touch.across is not None and touch.down is not None:
        found, said, wrong = touched(found, touch.kind, *click_plane.place_of(touch.across, touch.down))
    waiting = [(name, text) for name, text in request.query_params.multi_items() if name in WAITING]
    more = {**touch.model_dump(include={"kind", "x", "y"}), "points": found, "said": said}
    wrongs = {"points": wrong} if wrong else {}
    return page(visitor, kept=touch.kept or urlencode(waiting)[:KEPT], wrong=wrongs, **more)


@router.post("/data/points", status_code=303, response_class=RedirectResponse, responses=FOREIGN)
def points(
    visitor: Asking,
    labs: Serving,
    set_: Annotated[str, Form(alias="points", max_length=20 * ROWS)] = "",
    kept: Annotated[str, Form(max_length=KEPT)] = "",
) -> Response:
    """Use the points of the plane as examples."""
    found, _, wrong = read_points(set_)
    if len({point.kind for point in found}) < 2:
        return page(visitor, 422, kept=kept, points=found, wrong={"points": wrong or tr(words.BOTH_NEEDED)})
    return to_recipe(labs, own_from(plane.as_examples(found) | {"note": tr(words.NOTE)}), kept)


@router.post(
    TABLE,
    status_code=303,
    response_class=RedirectResponse,
    openapi_extra=FILES,
    responses={**SHOWN, **FOREIGN},
)
def table(visitor: Asking, labs: Serving, sent: TableSent) -> Response:
    """Read a table as examples. What was understood is shown first where something was left out or could be
    meant otherwise; what cannot be read is told line by line, and nothing is lost."""
    fields, file = sent
    values: dict[str, Any] = (
        USUAL | dict.fromkeys(TICKS, "") | {n: t for n, t in fields.items() if n in USUAL}
    )
    values |= {name: "auto" for name, keys in CHOICES.items() if values[name] not in keys}
    kept = fields.get("kept", "")[:KEPT]
    try:
        text = table_text(file) if file else values["text"]
        text = shown(text)
        values["text"] = text = thinned(text, SEPARATORS.get(values["separator"], ""))
        agreed = fields.get("seen") == seen(values)
        if "asked" in fields and fields["asked"] != seen(values, *ABOUT):
            values |= dict.fromkeys(ASKED, "auto")  # they were answers about another table
        found = read_sheet(text, wishes_of(values, skip=agreed))
    except Unusable as error:
        return refused(visitor, error.problem, values, kept)
    if not agreed and (found.asks or not (found.whole_table or values["skip"])):
        return page(visitor, kept=kept, values=values, found=found)
    called = [name[:NAME] for name in found.classes] if len(found.classes) > 2 else []
    more = {"note": note_of(found), "classes": called, "columns": [plain(unit) for unit in found.units]}
    return to_recipe(labs, own_from({"inputs": found.inputs, "targets": found.targets} | more), kept)


def refused(visitor: Visitor, problem: Problem, values: dict[str, Any], kept: str) -> Response:
    """Say what is wrong with a table; where only some lines are, show what was understood of the others."""
    found, bad = None, problem.facts.get("bad", ())
    if bad:
        with suppress(Unusable):
            found = read_sheet(values["text"], wishes_of(values, skip=True))
    wrong = {problem.field: sheet_sentence(problem)}
    return page(visitor, 422, kept=kept, values=values, wrong=wrong, bad=bad_lines(bad), found=found)


def wishes_of(values: dict[str, Any], *, skip: bool) -> Wishes:
    """Return how a table is to be read, by a form's texts; `skip`: lines that cannot be read are left out."""
    wished: dict[str, Any] = {name: values[name] for name in WISHED}
    wished |= {name: bool(values[name]) for name in TICKS}
    return Wishes(**wished | {"skip": skip or wished["skip"]})


def seen(values: dict[str, Any], *names: str) -> str:
    """Return what stands for a table and how it was read, but for the answers to what was asked about it: who
    sends it has seen what was understood. Browsers end lines in their own way."""
    texts = [values[name].split() for name in names or ("text", "separator", "header", "inputs", "target")]
    return sha256(json.dumps(texts).encode("utf-8", "replace")).hexdigest()[:16]


def read_points(text: str) -> tuple[list[plane.Point], str, str]:
    """Return the points so far, what to say of them, and what is wrong."""
    try:
        return plane.points_from(text), "", ""
    except ValueError:
        return [], "", tr(words.WRONG_POINTS)


def touched(found: list[plane.Point], kind: str, x: float, y: float) -> tuple[list[plane.Point], str, str]:
    """Set or erase a point at a place; return the points, what to say, and what is wrong. ValueError outside
    the plane."""
    spot = plane.placed(0, x, y)
    if kind == "erase":
        left = plane.without(found, x, y)
        return left, words.at(words.ERASED if len(left) < len(found) else words.NONE_NEAR, spot.x, spot.y), ""
    if len(found) >= ROWS:
        return found, "", words.too_many()
    return [*found, plane.placed(int(kind), x, y)], words.at(words.ADDED[int(kind)], spot.x, spot.y), ""


def to_recipe(labs: SavedLabs, own: Dataset, kept: str) -> Response:
    """Keep examples, and go on with the recipe that waited; what depends on the data is left open."""
    labs.keep(own)
    waited = {name: text for name, text in parse_qsl(kept) if name in WAITING}
    return RedirectResponse("/recipe?" + urlencode({**waited, "data": own.key}), 303)


def page(visitor: Visitor, status: int = 200, **more: Any) -> Response:
    """Return the page, for htmx the plane alone, with whatever was sent before."""
    usual: dict[str, Any] = {
        "values": USUAL,
        "wrong": {},
        "bad": [],
        "points": [],
        "kind": "1",
        "found": None,
    }
    filled: dict[str, Any] = {**usual, **dict.fromkeys(("said", "x", "y", "kept"), ""), **more}
    filled |= {name: shown(filled[name]) for name in ("x", "y", "kept")}
    points_text, found = plane.text_of(filled["points"]), filled["found"]
    return html(
        "datasets/page.html",
        status,
        choices=CHOICES,
        plane=click_plane,
        spots=[click_plane.spot(point) for point in filled["points"]],
        points_text=points_text,
        count=words.count_of(filled["points"]),
        here="/data?" + urlencode({"points": points_text, "kept": filled["kept"]}),
        most=ROWS,
        theme=visitor.theme,
        seen=seen(filled["values"]),
        asked=seen(filled["values"], *ABOUT),
        told=understanding(found) if found else None,
        **filled,
    )
