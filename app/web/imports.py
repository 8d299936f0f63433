"""The route by which a kept moment comes back: a file or its text, opened as a copy standing there."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.datasets.own import Find
from app.lab.recipe import Recipe
from app.limits import BODY_BYTES, FILE_BYTES
from app.story import refusals as words
from app.web.guard import LOAD, wants_json
from app.web.home import form_page
from app.web.labs import LAST_PLACE, MOMENT, Serving, Viewing
from app.web.moment_json import SCHEMA, MomentJSON
from app.web.recipe_form import Mistakes, from_json

router = APIRouter()
KEPT = {
    "requestBody": {
        "content": {
            "application/json": {"schema": {"type": "object", "required": ["recipe"]}},
            "multipart/form-data": {"schema": {"type": "object"}},
        }
    }
}


async def sent(request: Request) -> str:
    """Return the text that was sent: a JSON body, an uploaded file, or what was pasted."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return readable(await request.body())
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=FILE_BYTES) as form:
            file, text = form.get("file"), form.get("text")
            uploaded = readable(await file.read()) if isinstance(file, UploadFile) else ""
    except HTTPException:  # no form at all
        return ""
    return uploaded or (text if isinstance(text, str) else "")


def readable(body: bytes) -> str:
    """Return a file's text; what is no text becomes marks that no JSON has."""
    return body.decode("utf-8-sig", "replace")


@router.post(LOAD, status_code=201, openapi_extra=KEPT, responses={201: {"model": MomentJSON}, **MOMENT})
def load(request: Request, desk: Serving, view: Viewing, text: Annotated[str, Depends(sent)]) -> Response:
    """Open a kept moment: a copy of your own, standing there. What else the file holds is worked out anew."""
    try:
        recipe, place = kept(text, desk.own)
    except Mistakes as mistakes:
        if wants_json(request.headers):
            raise
        shown = text if len(text) <= BODY_BYTES else ""
        sentences = [
            sentence if field == "file" else f"{field}: {sentence}"
            for field, sentence in mistakes.fields.items()
        ]
        return form_page(request, {}, {}, 422, wrong_file=" ".join(sentences), file_text=shown)
    return desk.open(request, recipe, place, view)


def kept(text: str, find: Find) -> tuple[Recipe, int]:
    """Read the recipe and the place of a kept moment; raises Mistakes."""
    if not text.strip():
        raise Mistakes({"file": words.NO_FILE})
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Mistakes({"file": words.NOT_A_FILE}) from None
    if not isinstance(found, dict) or not isinstance(found.get("recipe"), dict):
        raise Mistakes({"file": words.NOT_A_FILE})
    schema, place = found.get("schema", SCHEMA), found.get("place", 0)
    if type(schema) is not int or schema > SCHEMA:
        raise Mistakes({"file": words.NEWER_FILE})
    if type(place) is not int or not 0 <= place <= LAST_PLACE:
        raise Mistakes({"file": words.WRONG_PLACE})
    return from_json(json.dumps(found["recipe"]).encode(), find), place
