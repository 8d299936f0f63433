"""The routes around the labs: home, the theme, and health."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.lab.presets import DEFAULT, PRESETS
from app.page.frame import Frame
from app.page.lesson import listed
from app.page.view import View
from app.web.openapi import FOREIGN
from app.web.pages import Key, Page
from app.web.progress import progress_of
from app.web.render import html
from app.web.visitor import THEME_COOKIE, YEAR, Asking, Serving, safe_path

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
async def home(request: Request, visitor: Asking, labs: Serving) -> Response:
    """Open on a lively recipe, standing at the input; the first press makes it yours. Nobody waits for it:
    it needs no thread, and a store that does not answer is left aside."""
    viewer = visitor.viewer(may=True)
    key = Key("", 0, View(), viewer)  # of no lab
    known, come = labs.pages.get(key), await progress_of(labs, visitor.owner)
    main = request.state.attended.main
    code = main.stored.code if main and main.role != "stranger" else ""
    if known and not (come or code):
        return HTMLResponse(known.text)
    lab = Lab(PRESETS[DEFAULT])
    numbers, history = labs.replay.numbers(lab), labs.history
    frame = Frame(id="", lab=lab, numbers=numbers, view=View(), history=history, viewer=viewer)
    told = listed(come)
    answer = html(
        "home.html",
        frame=frame,
        panel=None,
        theme=visitor.theme,
        lessons=told,
        begun=bool(come),
        class_code=code,
    )
    if come or code:
        return answer
    labs.pages.keep(key, Page(bytes(answer.body).decode(), token_urlsafe(6)))
    return answer


@router.post("/theme", status_code=303, response_class=RedirectResponse, responses=FOREIGN)
def theme(
    to: Annotated[Literal["auto", "light", "dark", "projector"], Form()],
    back_to: Annotated[str, Form()] = "/",
) -> Response:
    """Choose a theme for this browser."""
    answer = RedirectResponse(safe_path(back_to), 303)
    answer.set_cookie(THEME_COOKIE, to, max_age=YEAR, samesite="lax", httponly=True)
    return answer


@router.get("/livez")
async def livez() -> dict[str, str]:
    """Answer, and that is all: whoever restarts what does not answer asks here."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(labs: Serving) -> dict[str, str]:
    """Answer when the store can be written and read: whoever sends people here asks first."""
    labs.store.ready()
    return {"status": "ok"}
