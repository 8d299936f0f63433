"""Who asks and how: found out once for every request."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import Headers

from app.lab.budget import stop_after_a_slice
from app.notation.language import spoken
from app.notation.numbers import write_in
from app.page.view import View
from app.page.viewer import Viewer
from app.store.labs import StoredLab
from app.story import refusals as words
from app.web.render import THEMES
from app.web.saved_labs import SavedLabs
from app.web.view_query import view_in

if TYPE_CHECKING:
    from app.web.attending import Attended, Attending

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
    origin: str  # PUBLIC_URL, or how the page was reached: "http://10.0.0.7:8000"
    pressed: bool  # by somebody on a page of ours, not by a link from elsewhere
    page: str  # the path of the page that htmx asks for, "" where it does not
    address: str  # of whoever asks

    def owns(self, lab: StoredLab) -> bool:
        """Tell whether the asking browser made this lab."""
        return secrets.compare_digest(self.owner.encode(), lab.owner.encode())

    def viewer(self, *, may: bool = True) -> Viewer:
        """Return who looks at a page, as a template knows them."""
        return Viewer(may=may, theme=self.theme, origin=self.origin, language=spoken())


def from_here(headers: Headers) -> bool:
    """Tell whether a page of ours led to a request. Over plain http browsers say so by the referrer alone."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return path_of(headers.get("referer", ""), headers.get("host", "")) != ""


def safe_path(text: str) -> str:
    """Return a path of ours that somebody wants to go back to, "/" for any other address. Raise
    HTTPException."""
    safe = text if text.startswith("/") and not text.startswith(("//", "/\\")) else "/"
    if any(ord(letter) < 33 for letter in safe):
        raise HTTPException(422, words.said("other"))
    return safe


def path_of(address: str, host: str) -> str:
    """Return the path of an address of ours, "" of any other."""
    with suppress(ValueError):
        found = urlsplit(address)
        return (found.path or "/") if host and found.netloc == host else ""
    return ""


async def visitor_of(request: Request) -> Visitor:
    """Return who makes a request."""
    headers, cookies = request.headers, request.cookies
    swapped, posts = bool(headers.get("hx-request")), request.method == "POST"
    accept, owner, theme = headers.get("accept", ""), cookies.get(OWNER_COOKIE, ""), cookies.get(THEME_COOKIE)
    return Visitor(
        owner=owner if OWNER.fullmatch(owner) else "",
        wants_json="application/json" in accept and "text/html" not in accept,
        shown=headers.get("page", ""),
        swapped=swapped,
        posts=posts,
        by_itself=request.method == "GET" and headers.get("hx-source", "").startswith("div#"),
        theme=theme if theme in THEMES else next(iter(THEMES)),
        origin=request.app.state.public_url or str(request.base_url).rstrip("/"),
        pressed=swapped or posts or from_here(headers),
        page=path_of(headers.get("hx-current-url", ""), headers.get("host", "")) if swapped else "",
        address=request.client.host if request.client else "",
    )


Asking = Annotated[Visitor, Depends(visitor_of)]


@dataclass(frozen=True)
class Visit:
    """A visitor at the labs, and how the lab is looked at."""

    labs: SavedLabs
    visitor: Visitor
    view: View
    attended: Attended | None = None  # the classes this browser is in

    def in_class(self, lab: str) -> Attending | None:
        """Return the class that a lab is looked at in, None where that is none."""
        return self.attended.of(lab) if self.attended else None


async def labs_of(request: Request) -> SavedLabs:
    """Return the application's labs."""
    labs: SavedLabs = request.app.state.labs
    return labs


Serving = Annotated[SavedLabs, Depends(labs_of)]


async def visit_of(request: Request) -> Visit:
    """Give a route of labs what it needs to know of a request, in whose answer numbers have as many digits as
    the view asks for, and which works no longer than a slice: Spoken takes both back in the end."""
    view = view_in(request.scope["query_string"])
    write_in(view.digits)
    stop_after_a_slice()
    attended = getattr(request.state, "attended", None)
    return Visit(await labs_of(request), await visitor_of(request), view, attended)


Visiting = Annotated[Visit, Depends(visit_of)]
