"""What the OpenAPI schema says of routes: places, bodies, and the answers of a lab."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from app import limits
from app.datasets.own import MOST, NAME
from app.web.moment_json import MomentJSON, ProblemJSON
from app.web.recipe_form import RecipeForm

Schema = dict[str, Any]

LAST_PLACE = 10**8  # beyond any run; the run's own end is checked where the network is known
At = Annotated[
    int, Query(ge=0, le=LAST_PLACE, description="the place the caller stands at; elsewhere nothing moves")
]
To = Annotated[int, Query(ge=0, le=LAST_PLACE, description="the place to stand at")]

MOMENT: dict[int | str, Schema] = {
    200: {"model": MomentJSON, "content": {"text/html": {}}, "description": "where the lab stands now"},
    202: {
        "content": {"text/html": {}},
        "description": "a far iteration is being worked out; the page asks again",
    },
    303: {"description": "for a browser without JavaScript: to the lab’s page"},
    403: {"model": ProblemJSON, "description": "somebody else’s lab"},
    404: {"model": ProblemJSON, "description": "no such lab"},
    409: {"model": ProblemJSON, "description": "out of turn, or diverged; `detail` says why, nothing moved"},
    422: {"model": ProblemJSON, "description": "a value that cannot be used; `detail` says why"},
    503: {
        "model": ProblemJSON,
        "description": "a far iteration is being worked out, and nothing has moved; ask again after the "
        "seconds in Retry-After: `iteration` says how far it is, `of` how far it has to go",
    },
}
TOO_MANY: Schema = {
    "model": ProblemJSON,
    "description": "too many labs in too short a time; Retry-After says in how many seconds to go on",
}
MADE: dict[int | str, Schema] = {201: {"model": MomentJSON}, 429: TOO_MANY, **MOMENT}


def body(**kinds: Schema) -> Schema:
    """Return what a route says of its body: a schema for each kind, JSON, a form or one with files."""
    names = {
        "json": "application/json",
        "form": "application/x-www-form-urlencoded",
        "files": "multipart/form-data",
    }
    content = {names[kind]: {"schema": schema} for kind, schema in kinds.items()}
    return {"requestBody": {"content": content}}


def rows_of(most: int) -> Schema:
    """Return the schema of one part of somebody's own examples, with so many numbers in a row at most."""
    number = {"type": "number", "minimum": -limits.VALUE, "maximum": limits.VALUE}
    row = {"type": "array", "minItems": 1, "items": number, "maxItems": most}
    return {"type": "array", "minItems": 1, "maxItems": limits.ROWS, "items": row}


COLUMNS: Schema = {
    "type": "array",
    "description": "what each input, then each target stands for: its name, the original numbers at −1, 1, "
    "the words at 0 and 1",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "maxLength": NAME},
            "low": {"type": "number"},
            "high": {"type": "number"},
            "words": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string"}},
        },
    },
}


def recipe_schema() -> Schema:
    """Return the schema of a recipe as JSON, in which `data` may be examples too."""
    schema = RecipeForm.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["parameters"]["anyOf"][0] = schema.pop("$defs")["ParametersForm"]
    names = {
        "type": "array",
        "items": {"type": "string", "maxLength": NAME},
        "description": "one for each output",
    }
    own = {
        "title": "Own examples",
        "type": "object",
        "required": list(MOST),
        "additionalProperties": False,
        "description": "a row per example; all rows of a part are equally long",
        "properties": {
            **{part: rows_of(most) for part, most in MOST.items()},
            "note": {"type": "string", "maxLength": limits.NOTE, "description": "what is said about them"},
            "classes": names,
            "columns": COLUMNS,
        },
    }
    schema["properties"]["data"]["anyOf"].append(own)
    return schema


ANY: Schema = {"type": "object"}
COOK = body(json=recipe_schema(), form=ANY)
KEPT = body(json={"type": "object", "required": ["recipe"]}, files=ANY)
FILES = body(files=ANY)
EXERCISE = body(form=ANY)
DIALS = {
    **FILES,
    "parameters": [
        {
            "name": "take",
            "in": "query",
            "schema": {"type": "string"},
            "description": "which reading is meant, where a text has several; the answer 422 names them",
        }
    ],
}
