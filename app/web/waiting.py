"""What is answered while an iteration is still being worked out: how far it is, in a page that asks again by
itself, and 503 with Retry-After for programs."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import JSONResponse, Response

from app.lab.budget import NotYet
from app.page.view import USUAL_FIELDS
from app.story import notices
from app.web.render import html
from app.web.visitor import visitor_of

AGAIN = {"Retry-After": "1"}  # seconds


async def not_yet(request: Request, error: NotYet) -> Response:
    """Answer a request whose lab cannot be shown yet. What was posted has moved nothing."""
    visitor, reached, wanted = await visitor_of(request), error.iteration + 1, error.wanted + 1
    said = notices.working(error.iteration, error.wanted)
    if not visitor.swapped and "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": said, "iteration": reached, "of": wanted}, 503, AGAIN)
    template = "lab/_waiting.html" if visitor.swapped else "lab/waiting.html"
    facts = {"detail": said, "reached": reached, "wanted": wanted, "swapped": visitor.swapped}
    return html(template, 202, AGAIN, address=address_of(request), theme=visitor.theme, **facts)


def address_of(request: Request) -> str:
    """Return where the page asks again: of a post, where its lab is looked at the same way."""
    path: str = request.scope["path"]
    query: str = request.scope["query_string"].decode("latin-1")
    if request.method == "POST":
        seen = [(name, text) for name, text in request.query_params.multi_items() if name in USUAL_FIELDS]
        path, query = f"/labs/{request.path_params.get('id', '')}", urlencode(seen)
    return path + (f"?{query}" if query else "")
