"""Every error in words: on a page, in the page's notice, or as `detail` for programs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Mount

from app.lab.budget import NotYet
from app.notation.language import tr
from app.store.connection import StoreUnavailable
from app.store.labs import NewerSchema
from app.story import refusals as words
from app.story.classroom import REFUSED
from app.web.recipe_form import Mistakes
from app.web.render import html
from app.web.visitor import Visitor, visitor_of
from app.web.waiting import not_yet

NO_ROOM = REFUSED["no_room"]


def problem(visitor: Visitor, status: int, detail: str, back: str = "/", **more: Any) -> Response:
    """Return an error in words: a page for people, with a link to where they can go on, and `detail` for
    programs."""
    if visitor.wants_json:
        return Response(json.dumps({"detail": detail, **more}), status, media_type="application/json")
    if visitor.swapped:  # into the lab's notice, so that the lab stays; 5xx goes to the banner
        answer = html("_notice.html", status, detail=detail)
        answer.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
        return answer
    number = more.get("request_id", "")
    return html("error.html", status, detail=detail, back=back, theme=visitor.theme, request_id=number)


def allowed(request: Request) -> str:
    """Return the methods an address knows: one that has a route of its own, as /labs/load has beside
    /labs/{id}, those of that route. A mounted folder knows no other than to be looked at."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    asked = {method: {**request.scope, "method": method} for method in ("GET", "POST")}
    own = request.app.openapi()["paths"].get(request.scope["path"], {"get": {}, "post": {}})
    known = {
        method: method.lower() in own and any(route.matches(scope)[0] is Match.FULL for route in routes)
        for method, scope in asked.items()
    }
    look = ["GET", "HEAD"] if known["GET"] or not known["POST"] else []
    return ", ".join([*look, *(["POST"] if known["POST"] else [])])


def add_error_pages(app: FastAPI) -> None:
    """Turn every error into a sentence, on a page or as `detail`."""

    app.exception_handler(NotYet)(not_yet)

    @app.exception_handler(Mistakes)
    async def on_mistakes(request: Request, error: Mistakes) -> Response:
        return problem(await visitor_of(request), 422, str(error), fields=error.fields)

    @app.exception_handler(RequestValidationError)
    async def on_validation(request: Request, error: RequestValidationError) -> Response:
        fields = {str(e["loc"][-1]): words.mistake(str(e["loc"][-1]), e, {}) for e in error.errors()}
        said, lab = " ".join(f"{f}: {text}" for f, text in fields.items()), request.path_params.get("id", "")
        back = f"/labs/{quote(lab, safe='')}" if lab else "/"
        return problem(await visitor_of(request), 422, said, back, fields=fields)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        detail = tr({404: words.NO_PAGE, 405: words.NOT_ALLOWED}.get(error.status_code, str(error.detail)))
        if error.status_code == 404 and error.detail in (words.GONE, words.NO_LINK, NO_ROOM):
            detail = tr(str(error.detail))
        visitor = await visitor_of(request)
        told: Response
        if error.detail == NO_ROOM and not (visitor.swapped or visitor.wants_json or visitor.posts):
            typed = request.path_params.get("code", "")  # where it can be typed again
            told = html("classroom/code.html", 404, typed=typed, why=detail, theme=visitor.theme)
        else:
            told = problem(visitor, error.status_code, detail)
        told.headers.update(error.headers or {})
        if error.status_code == 405:
            told.headers["Allow"] = allowed(request)
        return told

    @app.exception_handler(NewerSchema)
    async def on_newer(request: Request, error: NewerSchema) -> Response:
        return problem(await visitor_of(request), 503, tr(words.NEWER))

    @app.exception_handler(StoreUnavailable)
    async def on_store(request: Request, error: StoreUnavailable) -> Response:
        return problem(await visitor_of(request), 503, tr(words.UNAVAILABLE))
