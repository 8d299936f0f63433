"""What the OpenAPI schema says of routes: places, bodies, and the answers of a lab."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute

from app import limits
from app.datasets.own import MOST, NAME
from app.web.moment_json import MomentJSON, ProblemJSON
from app.web.recipe_form import RecipeForm
from app.web.view_query import as_parameters
from app.web.visitor import visit_of

Schema = dict[str, Any]

LAST_PLACE = 10**8  # beyond any run; the run's own end is checked where the network is known
At = Annotated[
    int, Query(ge=0, le=LAST_PLACE, description="the place the caller stands at; elsewhere nothing moves")
]
Place = Annotated[int, Query(ge=0, le=LAST_PLACE)]
To = Annotated[int, Query(ge=0, le=LAST_PLACE, description="the place to stand at")]

HTML: Schema = {"text/html": {"schema": {"type": "string"}}}
REASON: Schema = {"application/json": {"schema": {"$ref": "#/components/schemas/ProblemJSON"}}, **HTML}
GO_ON: Schema = {"description": "for a browser: to the page that comes next"}
SHOWN: dict[int | str, Schema] = {200: {"content": HTML, "description": "the page"}}
EVERYWHERE: dict[int | str, Schema] = {
    400: {"content": REASON, "description": "a form that cannot be read"},
    413: {"content": REASON, "description": "a body that is too large"},
    414: {"content": REASON, "description": "an address that is too long, or of too many fields"},
    422: {"content": REASON, "description": "a value that cannot be used; `detail` says why"},
    431: {"content": REASON, "description": "more said of a request than anybody needs"},
    500: {"content": REASON, "description": "a mistake of ours; `detail` has the number to quote"},
    503: {"content": REASON, "description": "the store does not answer, or too many files are on their way"},
}
FOREIGN: dict[int | str, Schema] = {403: {"content": REASON, "description": "posted from another site"}}


def why(description: str) -> Schema:
    """Return what a route says of an answer with a reason."""
    return {"model": ProblemJSON, "content": HTML, "description": description}


MOMENT: dict[int | str, Schema] = {
    200: {"model": MomentJSON, "content": HTML, "description": "where the lab stands now"},
    202: {"content": HTML, "description": "a far iteration is being worked out; the page asks again"},
    303: {"description": "for a browser without JavaScript: to the lab’s page"},
    403: why("somebody else’s lab, or posted from another site"),
    404: why("no such lab"),
    409: why("out of turn, or diverged; `detail` says why, nothing moved"),
    410: why("the examples of this lab are gone"),
    422: why("a value that cannot be used; `detail` says why"),
    503: why(
        "a far iteration is being worked out, and nothing has moved; ask again after the seconds in "
        "Retry-After: `iteration` says how far it is, `of` how far it has to go"
    ),
}
TOO_MANY = why("too many labs in too short a time; Retry-After says in how many seconds to go on")
LOOK: dict[int | str, Schema] = {status: MOMENT[status] for status in (200, 202, 404, 410, 503)}
FOUND: dict[int | str, Schema] = {status: MOMENT[status] for status in (404, 410)}
MADE: dict[int | str, Schema] = {
    201: {"model": MomentJSON, "description": "a new lab"},
    429: TOO_MANY,
    **MOMENT,
}


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


VIEW = as_parameters()
ANY: Schema = {"type": "object"}
COOK = body(json=recipe_schema(), form=ANY)
PLACE: Schema = {"type": "integer", "minimum": 0}
KEPT = body(
    json={"type": "object", "required": ["recipe"], "properties": {"recipe": ANY, "place": PLACE}}, files=ANY
)
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


def tell_views(router: APIRouter) -> None:
    """Tell the schema of a router's routes which fields those that read a view find in the query."""
    for route in router.routes:
        if isinstance(route, APIRoute) and any(one.call is visit_of for one in route.dependant.dependencies):
            told = dict(route.openapi_extra or {})
            route.openapi_extra = told | {"parameters": [*told.get("parameters", []), *VIEW]}
