"""How somebody looks at a lab, read from an address: the query's fields are those of the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from fastapi import Query

from app.page.panels import PANELS
from app.page.view import View

HINTS = get_type_hints(View, include_extras=True) | {"panel": Annotated[str, Literal["", *PANELS]]}
READERS: dict[str, Callable[[Any], str | int]] = {}  # of the fields that a query holds in another way


def parameter(name: str, usual: Any) -> Parameter:
    """Return the query's parameter for a field of the view, from what stands beside the field's type."""
    kind, *beside = get_args(HINTS[name])
    told: dict[str, Any] = {}
    for one in beside:
        if isinstance(one, dict):
            told |= one
        elif get_origin(one) is Literal:
            kind, usual = one, str(usual)
        else:
            READERS[name] = one
    return Parameter(name, Parameter.KEYWORD_ONLY, default=usual, annotation=Annotated[kind, Query(**told)])


async def view_of(**found: Any) -> View:
    """Read how somebody looks at a lab from the query."""
    for name, read in READERS.items():
        found[name] = read(found[name])
    if found["maps"] == "1":  # as older addresses have it
        found["maps"] = "beside"
    return View(**found)


view_of.__signature__ = Signature(  # type: ignore[attr-defined]  # what FastAPI reads a query by
    [parameter(one.name, one.default) for one in fields(View)]
)
