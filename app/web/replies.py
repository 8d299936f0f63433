"""How an answer is written: a lab where it stands, or the form of a recipe."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.lab.recipe import DRAWN
from app.lab.replay import Numbers
from app.page.frame import Frame
from app.page.panels import panel_of
from app.page.view import View
from app.store.labs import StoredLab
from app.story import refusals as words
from app.web.moment_json import moment_json
from app.web.recipe_form import REGISTRIES, USUAL, Mistakes
from app.web.render import html
from app.web.visitor import Visit, Visitor

log = logging.getLogger("blame-game")
LISTS = ("hidden", "activation")  # fields that may be sent one by one
OPEN = {"output": "", "cost": ""}  # fields that may be left open, to fit the data


@dataclass(frozen=True)
class Reply:
    """What to answer: a lab where it stands, how it is looked at, and what was done or why nothing was."""

    stored: StoredLab
    lab: Lab
    view: View
    notice: str = ""
    status: int = 200
    numbers: Numbers | None = None  # where they are known already
    mistakes: Mistakes | None = None
    typed: str = ""  # what is asked about before it is used
    remedy: tuple[str, str] | None = None  # what a press would make better: words and address
    again: tuple[int, str] | None = None  # how far what was asked for is worked out, and where to ask again


def answer(visit: Visit, reply: Reply) -> Response:
    """Write down where a lab stands: JSON, the part that is swapped, a redirect, or the whole page."""
    visitor, lab, status = visit.visitor, reply.lab, reply.status
    if visitor.wants_json and status >= 400:
        return JSONResponse({"detail": reply.notice, "place": lab.place, "next": lab.next}, status)
    numbers = reply.numbers or visit.labs.replay.numbers(lab)
    if visitor.wants_json:
        return JSONResponse(moment_json(reply.stored.id, lab, numbers))
    frame = frame_of(visit, reply, numbers)
    if visitor.swapped:
        headers = {}
        if not visitor.posts and reply.view.run:  # loading the address again must not run
            headers["HX-Replace-Url"] = frame.links.look(run=0)
        elif visitor.posts and visitor.page == "/at":  # the first press has made a lab of a moment
            headers["HX-Push-Url"] = frame.links.look(run=0)
        return shown("lab/_answer.html", status, frame, headers)
    if visitor.posts and status == 200 and not reply.notice:
        return RedirectResponse(frame.links.look(), 303)
    return shown("lab/page.html", status, frame, {})


def shown(template: str, status: int, frame: Frame, headers: dict[str, str]) -> Response:
    """Render a lab; where its panel cannot be drawn, without it, with a sentence and a number to quote."""
    theme = frame.viewer.theme
    try:
        return html(template, status, headers, frame=frame, panel=panel_of(frame), theme=theme)
    except Exception:
        if not frame.drawer:
            raise
        number = token_hex(4)
        log.exception("panel %s failed: %s", frame.drawer, number)
    notice = words.PANEL_FAILED.format(number=number)
    bare = replace(frame, view=replace(frame.view, panel="", pick=""), notice=notice)
    return html(template, status, headers, frame=bare, panel=None, theme=theme)


def frame_of(visit: Visit, reply: Reply, numbers: Numbers) -> Frame:
    """Return what the templates receive."""
    visitor, view, mine = visit.visitor, reply.view, visit.visitor.owns(reply.stored)
    home = not visitor.posts and view.goal and not reply.lab.place  # a press there leads here
    begun = visitor.swapped or (home and visitor.pressed)
    goes_on = begun and mine and not reply.notice and view.run > reply.lab.iteration
    still = view if goes_on else replace(view, run=0, goal="")
    return Frame(
        id=reply.stored.id,
        lab=reply.lab,
        numbers=numbers,
        view=replace(still, play=view.play if visitor.pressed and not reply.notice else 0),
        viewer=visitor.viewer(may=mine),
        notice=None if visitor.by_itself and not reply.notice else reply.notice,
        remedy=reply.remedy,
        again=reply.again,
        history=visit.labs.history,
        wrong=reply.mistakes.fields if reply.mistakes else {},
        typed=reply.mistakes.typed if reply.mistakes else reply.typed,
    )


def form_page(
    visitor: Visitor, fields: dict[str, list[str]], mistakes: dict[str, str], status: int, **more: Any
) -> Response:
    """Return the recipe form with its fields' texts and a sentence beside each mistake."""
    texts = {name: ", ".join(found) if name in LISTS else found[-1] for name, found in fields.items()}
    values = {
        "biases": "",
        "held": "",
        **{name: str(getattr(USUAL, name)) for name in DRAWN},
        **USUAL.as_fields(),
        **OPEN,
        **texts,
    }
    sizes = [part for part in values["hidden"].replace(",", " ").split() if part]
    return html(
        "recipe/_form.html" if visitor.swapped else "recipe/page.html",
        status,
        values=values,
        mistakes=mistakes,
        registries=REGISTRIES,
        theme=visitor.theme,
        sizes=sizes,
        **{"own_note": "", **more},
    )
