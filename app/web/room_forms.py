"""What is sent to rooms, as a form or as JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from app.lessons.questions import QUESTIONS
from app.limits import ITERATIONS
from app.story.refusals import NOT_JSON
from app.web.openapi import Schema, body
from app.web.uploads import body_of, shown

Form = TypeVar("Form", bound=BaseModel)
Mode = Literal["follow", "together", "own"]
At = Field(None, ge=1, description="the revision the caller has seen; elsewhere nothing is done")


class Opening(BaseModel):
    """A room to open."""

    lab: str = Field(min_length=1, max_length=64, description="the id of a lab of yours")
    mode: Mode = Field("follow", description="how the class works")


class ToMode(BaseModel):
    """Another mode for all."""

    mode: Mode = Field(description="how the class works")


class Pausing(BaseModel):
    """Whether all hands rest."""

    paused: bool = Field(True, description="whether all hands rest")


class Closing(BaseModel):
    """Whether the door is closed."""

    closed: bool = Field(True, description="whether nobody new may come in")


class Allowing(BaseModel):
    """How far everybody may go together."""

    to: Literal["forward", "cost", "backward", "descent", "iterations"] = Field(
        description="to the end of what phase, or of iterations"
    )
    iterations: int = Field(1, ge=1, le=ITERATIONS, description="how many, for `iterations`")


class Asking(BaseModel):
    """A question to ask."""

    question: Literal[tuple(QUESTIONS)] = Field(description="the key of a question")  # type: ignore[valid-type]
    own: bool = Field(False, description="whether everybody is asked of their own network")


class Advancing(BaseModel):
    """The next phase of a round."""

    to: Literal["", "guess", "hold", "discuss", "reveal", "drop"] = Field(
        "", description="which phase; the usual one where nothing is said, `drop` ends the round untold"
    )
    at: int | None = At


class Voting(BaseModel):
    """An answer."""

    answer: str = Field("", max_length=20, description="the key of a choice, or a number")
    pick: str = Field("", max_length=20, description="the same, of what was clicked in the picture")
    confidence: int = Field(0, ge=0, le=5, description="from 1 to 5, 0 where nothing is said")


class Joining(BaseModel):
    """Coming in."""

    again: bool = Field(False, description="whether to draw another name")


class Person(BaseModel):
    """Somebody in the room."""

    member: str = Field(min_length=1, max_length=20, description="their id on the board")


class Token(BaseModel):
    """What makes a browser the host."""

    host: str = Field(
        min_length=1, max_length=300, description="the token of whoever opened the room, or the link with it"
    )


def sent(model: type[Form]) -> Callable[[Request], Awaitable[Form]]:
    """Return a dependency that reads a body, a form or JSON, into a model."""

    async def read(request: Request) -> Form:
        found = await body_of(request)
        given: Any = {name: texts[-1] for name, texts in found.fields.items() if texts[-1] != ""}
        if found.json is not None:
            try:
                given = json.loads(found.json or b"{}")
            except (ValueError, RecursionError):
                raise HTTPException(422, NOT_JSON) from None
            if not isinstance(given, dict):
                raise HTTPException(422, NOT_JSON)
            given = {name: shown(one) if isinstance(one, str) else one for name, one in given.items()}
        try:
            return model.model_validate(given)
        except ValidationError as error:
            raise RequestValidationError(error.errors(include_url=False)) from None

    return read


def described(model: type[BaseModel]) -> Schema:
    """Return what a route says of its body in the OpenAPI."""
    schema = model.model_json_schema()
    told = body(form=schema, json=schema)
    told["requestBody"]["required"] = "required" in schema
    return told
