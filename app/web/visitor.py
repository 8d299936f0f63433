"""Who asks and how: found out once for every request."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.notation.numbers import choose
from app.page.view import View
from app.page.viewer import Viewer
from app.store.labs import StoredLab
from app.web.render import THEMES
from app.web.saved_labs import SavedLabs
from app.web.view_query import view_in

OWNER_COOKIE, THEME_COOKIE = "blame-game", "theme"
OWNER = re.compile(r"[\w-]{16,64}", re.ASCII)
YEAR = 365 * 24 * 3600  # seconds that a cookie is kept


@dataclass(frozen=True)
class Visitor:
    """Who asks: the `owner` of the labs this browser made, "" as long as it has made none. How: see below."""

    owner: str
    wants_json: bool  # a program: it asks for JSON and not for HTML
    swapped: bool  # by htmx, which swaps the answer into its page
    shown: str  # the name of the page that is on the screen, "" where it has none
    posts: bool
    by_itself: bool  # the page asks for more: nobody has done anything, so what was said stays
    theme: str
    origin: str  # how the page was reached: "http://10.0.0.7:8000"

    def owns(self, lab: StoredLab) -> bool:
        """Tell whether the asking browser made this lab."""
        return secrets.compare_digest(self.owner.encode(), lab.owner.encode())

    def viewer(self, *, may: bool = True) -> Viewer:
        """Return who looks at a page, as a template knows them."""
        return Viewer(may=may, theme=self.theme, origin=self.origin)


async def visitor_of(request: Request) -> Visitor:
    """Return who makes a request."""
    headers, cookies = request.headers, request.cookies
    accept, owner, theme = headers.get("accept", ""), cookies.get(OWNER_COOKIE, ""), cookies.get(THEME_COOKIE)
    return Visitor(
        owner=owner if OWNER.fullmatch(owner) else "",
        wants_json="application/json" in accept and "text/html" not in accept,
        swapped=bool(headers.get("hx-request")),
        shown=headers.get("page", ""),
        posts=request.method == "POST",
        by_itself=request.method == "GET" and headers.get("hx-source", "").startswith("div#"),
        theme=theme if theme in THEMES else THEMES[0],
        origin=str(request.base_url).rstrip("/"),
    )


Asking = Annotated[Visitor, Depends(visitor_of)]


@dataclass(frozen=True)
class Visit:
    """A visitor at the labs, and how the lab is looked at."""

    labs: SavedLabs
    visitor: Visitor
    view: View


async def labs_of(request: Request) -> SavedLabs:
    """Return the application's labs."""
    labs: SavedLabs = request.app.state.labs
    return labs


Serving = Annotated[SavedLabs, Depends(labs_of)]


async def visit_of(request: Request) -> Visit:
    """Give a route of labs what it needs to know of a request, in whose answer numbers have as many digits as
    the view asks for (guard.py ends that)."""
    view = view_in(request.scope["query_string"])
    choose(view.digits)
    return Visit(await labs_of(request), await visitor_of(request), view)


Visiting = Annotated[Visit, Depends(visit_of)]
