"""The routes by which something comes in: a kept moment, opened as a copy standing there, and the file with
which a notebook brings a network of its own."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.datasets.own import Find
from app.lab.recipe import Recipe
from app.limits import BODY_BYTES
from app.notation.language import tr
from app.story import refusals as words
from app.web.guard import LOAD
from app.web.moment_json import SCHEMA
from app.web.moves import open
from app.web.openapi import KEPT, LAST_PLACE, MADE
from app.web.recipe_form import Mistakes, from_json
from app.web.render import ROOT
from app.web.replies import form_page
from app.web.uploads import TextSent
from app.web.visitor import Asking, Visiting

router = APIRouter()
PYTHON: dict[int | str, Any] = {200: {"content": {"text/x-python": {}}, "description": "the file"}}
NOTEBOOK = ROOT / "templates" / "exports" / "blame_game.py"
ADDRESS = re.compile(r"^SERVER = .*$", re.MULTILINE)


@router.post(LOAD, status_code=201, openapi_extra=KEPT, responses=MADE)
def load(visit: Visiting, text: TextSent) -> Response:
    """Open a kept moment: a copy of your own, standing there. What else the file holds is worked out anew."""
    try:
        recipe, place = kept(text, visit.labs.own)
    except Mistakes as mistakes:
        if visit.visitor.wants_json:
            raise
        shown = text if len(text) <= BODY_BYTES else ""
        sentences = [
            sentence if field == "file" else f"{field}: {sentence}"
            for field, sentence in mistakes.fields.items()
        ]
        return form_page(visit.visitor, {}, {}, 422, wrong_file=" ".join(sentences), file_text=shown)
    return open(visit, recipe, place)


@router.get("/blame_game.py", response_class=Response, responses=PYTHON)
def notebook(visitor: Asking) -> Response:
    """Give away the file that shows a notebook's own network here: it knows where it came from."""
    line = f"SERVER = {json.dumps(visitor.origin)}"
    text = ADDRESS.sub(lambda _: line, NOTEBOOK.read_text(encoding="utf-8"))
    return Response(text, media_type="text/x-python; charset=utf-8")


def kept(text: str, find: Find) -> tuple[Recipe, int]:
    """Read the recipe and the place of a kept moment; raises Mistakes."""
    if not text.strip():
        raise Mistakes({"file": tr(words.NO_FILE)})
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Mistakes({"file": tr(words.NOT_A_FILE)}) from None
    if not isinstance(found, dict) or not isinstance(found.get("recipe"), dict):
        raise Mistakes({"file": tr(words.NOT_A_FILE)})
    schema, place = found.get("schema", SCHEMA), found.get("place", 0)
    if type(schema) is not int or schema > SCHEMA:
        raise Mistakes({"file": tr(words.NEWER_FILE)})
    if type(place) is not int or not 0 <= place <= LAST_PLACE:
        raise Mistakes({"file": tr(words.WRONG_PLACE)})
    return from_json(json.dumps(found["recipe"]).encode(), find), place
