"""How an answer is written: a lab where it stands, or the form of a recipe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.lab.recipe import DRAWN
from app.lab.replay import Numbers
from app.limits import HIDDEN_LAYERS
from app.page.frame import Frame
from app.page.links import Links
from app.page.panels import panel_of
from app.page.view import View
from app.store.labs import StoredLab
from app.web.moment_json import moment_json
from app.web.pages import ANYBODY, TIMED, Key, Page
from app.web.recipe_form import REGISTRIES, USUAL, Mistakes, RecipeForm
from app.web.render import ENVIRONMENT, html
from app.web.visitor import Visit, Visitor

LISTS = ("hidden", "activation")  # fields that may be sent one by one
WHOLE = ("held", "parameters", "changes")  # which nobody types: with all their digits
LETTERS = 10_000  # of any other field that come back
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


def answer(visit: Visit, reply: Reply) -> Response:
    """Write down where a lab stands: JSON, the part that is swapped, a redirect, or the whole page."""
    visitor, lab, status = visit.visitor, reply.lab, reply.status
    if visitor.wants_json and status >= 400:
        return JSONResponse({"detail": reply.notice, "place": lab.place, "next": lab.next}, status)
    if visitor.wants_json:
        numbers = reply.numbers or visit.labs.replay.numbers(lab)
        return JSONResponse(moment_json(reply.stored.id, lab, numbers))
    if visitor.posts and not visitor.swapped and status == 200 and not reply.notice:
        return RedirectResponse(Links(reply.stored.id, lab, replace(reply.view, run=0, goal="")).look(), 303)
    id, known = reply.stored.id, remembered(visit, reply)
    if visitor.swapped and known:
        return swapped(visit.labs.pages.answer(known, visitor.shown, id), 200)
    frame = frame_of(visit, reply, reply.numbers or visit.labs.replay.numbers(lab))
    page = known or written(visit, reply, frame)
    if not visitor.swapped:
        whole = Markup(page.text.replace(ANYBODY, id))
        return html("lab/page.html", status, frame=frame, lab=whole, theme=visitor.theme)
    done = swapped(visit.labs.pages.answer(page, visitor.shown, id), status)
    if not visitor.posts and reply.view.run:  # loading the address again must not run
        done.headers["HX-Replace-Url"] = frame.links.look(run=0).replace(ANYBODY, id)
    return done


def key_of(visit: Visit, reply: Reply) -> Key | None:
    """Return what the page of an answer depends on, None where that is more than one could name: something is
    said in it, or it shows more the longer one looks."""
    said = reply.status != 200 or reply.notice or reply.typed
    by_itself = visit.visitor.by_itself and not visit.labs.pages.get(visit.visitor.shown)
    if said or by_itself or reply.view.run or reply.view.goal or reply.view.panel in TIMED:
        return None
    mine = visit.visitor.owns(reply.stored)
    return Key(reply.stored.recipe, reply.lab.place, reply.view, visit.visitor.viewer(may=mine))


def remembered(visit: Visit, reply: Reply) -> Page | None:
    """Return the page of an answer where it was written down before."""
    key = key_of(visit, reply)
    return visit.labs.pages.get(key) if key else None


def written(visit: Visit, reply: Reply, frame: Frame) -> Page:
    """Write the page of an answer down, and remember it where it will be the same the next time."""
    key = key_of(visit, reply)
    lasting = key is not None and frame.rail.point is not None
    frame = replace(frame, id=ANYBODY, page=token_urlsafe(6) if lasting else "")
    text = ENVIRONMENT.get_template("lab/_lab.html").render(
        frame=frame, panel=panel_of(frame), theme=visit.visitor.theme
    )
    page = Page(text, frame.page)
    if key and lasting:
        visit.labs.pages.keep(key, page)
    return page


def swapped(answer: tuple[str, bool], status: int) -> Response:
    """Return what htmx takes: a lab's page, or what has changed of it."""
    text, partly = answer
    return HTMLResponse(text, status, {"HX-Reswap": "none"} if partly else None)


def frame_of(visit: Visit, reply: Reply, numbers: Numbers) -> Frame:
    """Return what the templates receive."""
    visitor, view, mine = visit.visitor, reply.view, visit.visitor.owns(reply.stored)
    begun = visitor.swapped or (not visitor.posts and view.goal and not reply.lab.place)  # a press on home
    goes_on = begun and mine and not reply.notice and view.run > reply.lab.iteration
    if not goes_on and (view.run or view.goal):
        view = replace(view, run=0, goal="")
    if reply.notice and view.play:
        view = replace(view, play=0)
    return Frame(
        id=reply.stored.id,
        lab=reply.lab,
        numbers=numbers,
        view=view,
        viewer=visitor.viewer(may=mine),
        notice=None if visitor.by_itself and not reply.notice else reply.notice,
        remedy=reply.remedy,
        history=visit.labs.history,
        wrong=reply.mistakes.fields if reply.mistakes else {},
        typed=reply.mistakes.typed if reply.mistakes else reply.typed,
    )


def form_page(
    visitor: Visitor, fields: dict[str, list[str]], mistakes: dict[str, str], status: int, **more: Any
) -> Response:
    """Return the recipe form with its fields' texts and a sentence beside each mistake."""
    known = {name: fields[name] for name in RecipeForm.model_fields if name in fields}
    texts = {name: ", ".join(found) if name in LISTS else found[-1] for name, found in known.items()}
    texts = {name: text if name in WHOLE else text[:LETTERS] for name, text in texts.items()}
    values = {
        "biases": "",
        "held": "",
        **{name: str(getattr(USUAL, name)) for name in DRAWN},
        **USUAL.as_fields(),
        **OPEN,
        **texts,
    }
    sizes = values["hidden"].replace(",", " ").split()[:HIDDEN_LAYERS]
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
