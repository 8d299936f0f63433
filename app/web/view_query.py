"""How somebody looks at a lab, read from an address: the query's fields are those of the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError, create_model

from app.page.panels import PANELS
from app.page.view import View

PANEL = Annotated[str, Literal["", *PANELS]]
HINTS = get_type_hints(View, include_extras=True) | {"panel": PANEL, "before": PANEL}
READERS: dict[str, Callable[[Any], str | int]] = {}  # of the fields that a query holds in another way


def parameter(name: str, usual: Any) -> Any:
    """Return the type and the default of a field in a query, from what stands beside the view's own type."""
    kind, *beside = get_args(HINTS[name])
    told: dict[str, Any] = {}
    for one in beside:
        if isinstance(one, dict):
            told |= one
        elif get_origin(one) is Literal:
            kind, usual = one, str(usual)
        else:
            READERS[name] = one
    return Annotated[kind, Field(**told)], usual


SEEN: type[BaseModel] = create_model(
    "Seen", **{one.name: parameter(one.name, one.default) for one in fields(View)}
)


@lru_cache(maxsize=256)
def view_in(query: bytes) -> View:
    """Read how somebody looks at a lab from an address's query string. Raise RequestValidationError.

    FastAPI would take the fields apart one by one at every request, which takes longer than all else a step's
    answer needs from the web; here they are read together, and once for each text.
    """
    try:
        found = vars(SEEN.model_validate(dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))))
    except ValidationError as wrong:
        raise RequestValidationError(
            [{**one, "loc": ("query", *one["loc"])} for one in wrong.errors()]
        ) from None
    for name, read in READERS.items():
        found[name] = read(found[name])
    if found["maps"] == "1":  # as older addresses have it
        found["maps"] = "beside"
    return View(**found)


def as_parameters() -> list[dict[str, Any]]:
    """Return the fields as OpenAPI has the parameters of a query."""
    schema = SEEN.model_json_schema()["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": told, **described(told)}
        for name, told in schema.items()
    ]


def described(told: dict[str, Any]) -> dict[str, str]:
    """Return a field's description as a parameter has it, where it has one."""
    return {"description": told["description"]} if "description" in told else {}
