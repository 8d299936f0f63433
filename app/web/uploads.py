"""What is sent to us: one reader of bodies, and the recipe, the text or the table that is in them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.limits import FIELDS, TABLE_BYTES, UNWRITABLE

Fields = dict[str, list[str]]


class File(NamedTuple):
    """An uploaded file."""

    name: str
    content: bytes


class DialsText(NamedTuple):
    """A text, and the key of the way in which it is to be read, "" where nobody has chosen one."""

    text: str
    take: str


@dataclass(frozen=True)
class Body:
    """What was sent: JSON as it came, or a form's fields, each with all its texts, and its files."""

    json: bytes | None = None
    fields: Fields = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)


def shown(text: str) -> str:
    """Return a text with a space in the place of each sign that no page could show back."""
    return UNWRITABLE.sub(" ", text)


async def body_of(request: Request) -> Body:
    """Read a body, which the guard has found small enough. Raise HTTPException where a form is broken."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return Body(json=await request.body())
    body = Body()
    async with request.form(max_files=1, max_fields=FIELDS, max_part_size=2 * TABLE_BYTES) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                body.files[name] = File(shown(value.filename or ""), await value.read())
            else:
                body.fields.setdefault(name, []).append(shown(value))
    return body


async def recipe_sent(request: Request) -> tuple[bytes | Fields, int]:
    """Return a recipe as JSON or as a form's fields, and the place to stand at."""
    body = await body_of(request)
    if body.json is not None:
        return body.json, 0
    fields = {**body.fields, **{name: [file.name] for name, file in body.files.items()}}
    place = fields.pop("place", ["0"])[-1]
    return fields, int(place) if place.isascii() and place.isdigit() and len(place) < 9 else 0


async def text_sent(request: Request) -> str:
    """Return a text: a JSON body, an uploaded file, or what was pasted. What is no text becomes marks that
    no JSON has."""
    return (await dials_sent(request)).text


async def dials_sent(request: Request) -> DialsText:
    """Return a text, and how it is to be read: a field of the form, or of the query."""
    body = Body()
    with suppress(HTTPException):  # no form at all
        body = await body_of(request)
    uploaded = body.json if body.json is not None else body.files.get("file", File("", b"")).content
    text = uploaded.decode("utf-8-sig", "replace") or body.fields.get("text", [""])[-1]
    return DialsText(text, body.fields.get("take", [request.query_params.get("take", "")])[-1])


async def table_sent(request: Request) -> tuple[dict[str, str], bytes]:
    """Return the fields of the table's form, and an uploaded file as it is."""
    body = Body()
    with suppress(HTTPException):  # no form at all
        body = await body_of(request)
    found = {name: texts[-1] for name, texts in body.fields.items()}
    return found, body.files.get("file", File("", b"")).content


async def fields_sent(request: Request) -> Fields:
    """Return a form's fields, none where there is no form."""
    with suppress(HTTPException):
        return (await body_of(request)).fields
    return {}


FieldsSent = Annotated[Fields, Depends(fields_sent)]
RecipeSent = Annotated[tuple[bytes | Fields, int], Depends(recipe_sent)]
TextSent = Annotated[str, Depends(text_sent)]
DialsSent = Annotated[DialsText, Depends(dials_sent)]
TableSent = Annotated[tuple[dict[str, str], bytes], Depends(table_sent)]
