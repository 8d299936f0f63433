"""How an answer is written: a lab where it stands, or the form of a recipe."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from secrets import token_hex, token_urlsafe
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.lab.recipe import DRAWN
from app.lab.replay import Numbers
from app.lessons.working import Working
from app.limits import HIDDEN_LAYERS
from app.notation.language import tr
from app.notation.numbers import in_field
from app.page.ask import Ask
from app.page.frame import Frame
from app.page.links import NEW, Links
from app.page.panels import panel_of
from app.page.view import View
from app.page.work import covered
from app.store.labs import StoredLab
from app.story import refusals as words
from app.web.handed_in import hand_in
from app.web.moment_json import moment_json
from app.web.pages import ANYBODY, TIMED, Key, Page
from app.web.recipe_form import NUMBERS, REGISTRIES, USUAL, Mistakes, RecipeForm
from app.web.render import ENVIRONMENT, html
from app.web.short_codes import short_of
from app.web.strips import is_own, strip_of
from app.web.uploads import shown
from app.web.visitor import Visit, Visitor

log = logging.getLogger("blame-game")
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
    page: Page | None = None  # where it was written down before
    mistakes: Mistakes | None = None
    typed: str = ""  # what is asked about before it is used
    remedy: tuple[str, str] | None = None  # what a press would make better: words and address
    again: tuple[int, str] | None = None  # how far what was asked for is worked out, and where to ask again


def answer(visit: Visit, reply: Reply) -> Response:
    """Write down where a lab stands: JSON, the part that is swapped, a redirect, or the whole page."""
    visitor, lab, status = visit.visitor, reply.lab, reply.status
    in_class = visit.in_class(reply.stored.id)
    if in_class and not visitor.wants_json:
        in_class.follows(reply.stored.id, reply.view)
    hand_in(in_class, reply.stored.id, reply.view, partial(work_in, visit, reply))
    if visitor.wants_json and status >= 400:
        return JSONResponse({"detail": reply.notice, "place": lab.place, "next": lab.next}, status)
    if visitor.wants_json:
        numbers = reply.numbers or visit.labs.replay.numbers(lab)
        closed = frame_of(visit, reply, numbers).asking.closes("json")
        return JSONResponse(moment_json(reply.stored.id, lab, numbers, closed=closed))
    id, known = reply.stored.id, reply.page or remembered(visit, reply)
    if code := to_class(visit, id):
        return RedirectResponse(f"/rooms/{code}", 303)
    links = Links(id, lab, seen(visit, reply))
    if visitor.posts and not visitor.swapped and status == 200 and not reply.notice:
        return RedirectResponse(links.look(), 303)
    if known and visitor.swapped:
        text, headers = visit.labs.pages.answer(known, visitor.shown, id)
        return HTMLResponse(text, status, headers)
    frame = frame_of(visit, reply, reply.numbers or visit.labs.replay.numbers(lab))
    page = known or written(visit, reply, frame)
    if not visitor.swapped:
        whole = Markup(page.text.replace(ANYBODY, id))
        hosting = in_class.hosting(id) if in_class and id != NEW else None
        here = in_class if in_class and in_class.role == "student" else None
        strip = strip_of(visit.labs.store, here, here.member) if here and here.member else None
        return html(
            "lab/page.html", status, frame=frame, lab=whole, theme=visitor.theme, hosting=hosting, strip=strip
        )
    text, headers = visit.labs.pages.answer(page, visitor.shown, id)
    if not visitor.posts and reply.view.run:  # loading the address again must not run
        headers["HX-Replace-Url"] = links.look(run=0)
    elif visitor.posts and visitor.page == "/at":  # the first press has made a lab of a moment
        headers["HX-Push-Url"] = links.look(run=0)
    return HTMLResponse(text, status, headers)


def to_class(visit: Visit, id: str) -> str:
    """Return the code of the class whose student opens their own lab anew, but is to see what all look at;
    "" where nobody does."""
    here, visitor = visit.in_class(id), visit.visitor
    opens = not (visitor.posts or visitor.swapped or visitor.wants_json)
    if here is None or here.role != "student" or here.member is None or here.member.lab != id:
        return ""
    return here.stored.code if opens and not is_own(here) else ""


def work_in(visit: Visit, reply: Reply) -> Working | None:
    """Return what is worked out by hand in an answer."""
    return frame_of(visit, reply, reply.numbers or visit.labs.replay.numbers(reply.lab)).work


def key_of(visit: Visit, reply: Reply) -> Key | None:
    """Return what the page of an answer depends on, None where that is more than one could name: something is
    said in it, it shows more the longer one looks, or nobody keeps the moment."""
    visitor, view = visit.visitor, seen(visit, reply)
    said = reply.status != 200 or reply.notice or reply.typed
    by_itself = visitor.by_itself and not visit.labs.pages.get(visitor.shown)
    if (
        said
        or by_itself
        or guessed(visit, reply)
        or view.run
        or view.goal
        or view.panel in TIMED
        or reply.stored.id == NEW
        or (visitor.posts and visitor.page == "/at")
    ):
        return None
    viewer = visitor.viewer(may=visitor.owns(reply.stored))
    short = short_of(visit.labs, Links(reply.stored.id, reply.lab, view))
    return Key(reply.stored.recipe, reply.lab.place, view, viewer, short)


def remembered(visit: Visit, reply: Reply) -> Page | None:
    """Return the page of an answer where it was written down before."""
    key = key_of(visit, reply)
    return visit.labs.pages.get(key) if key else None


def written(visit: Visit, reply: Reply, frame: Frame) -> Page:
    """Write the page of an answer down, and remember it where it will be the same the next time."""
    key = key_of(visit, reply)
    if key is None:
        return Page(rendered(frame), "")
    name, pages = token_urlsafe(6), visit.labs.pages
    with pages.turn(key):
        if known := pages.get(key):
            return known
        page = Page(rendered(replace(frame, id=ANYBODY, page=name, notice="")), name)
        complete = (
            f'data-page="{name}"' in page.text and ' id="more-' not in page.text
        )  # with its panel and curves
        if complete:
            pages.keep(key, page)
    return page


def rendered(frame: Frame) -> str:
    """Write a lab down; where its panel cannot be drawn without it, with a sentence and a number to quote."""
    template, theme = ENVIRONMENT.get_template("lab/_lab.html"), frame.viewer.theme
    try:
        return template.render(frame=frame, panel=panel_of(frame), theme=theme)
    except Exception:
        if not frame.drawer:
            raise
        number = token_hex(4)
        log.exception("panel %s failed: %s", frame.drawer, number)
    notice = tr(words.PANEL_FAILED, number=number)
    bare = replace(frame, view=replace(frame.view, panel="", pick=""), notice=notice, page="")
    return template.render(frame=bare, panel=None, theme=theme)


def seen(visit: Visit, reply: Reply) -> View:
    """Return how a lab is looked at: it plays and runs on only where a page of ours led here."""
    visitor, view = visit.visitor, reply.view
    home = not visitor.posts and view.goal and not reply.lab.place  # a press there leads here
    begun = visitor.swapped or (home and visitor.pressed)
    mine = visitor.owns(reply.stored)
    goes_on = begun and mine and not reply.notice and view.run > reply.lab.iteration
    if not goes_on and (view.run or view.goal):
        view = replace(view, run=0, goal="")
    return replace(view, play=0) if view.play and (reply.notice or not visitor.pressed) else view


def guessed(visit: Visit, reply: Reply) -> Ask | None:
    """Return what the class guessed, for a teacher whose network tells the answer."""
    here = visit.in_class(reply.stored.id)
    hosts = here is not None and here.host and here.stored.lab == reply.stored.id
    return here.votes(reply.lab) if hosts and here is not None else None


def frame_of(visit: Visit, reply: Reply, numbers: Numbers) -> Frame:
    """Return what the templates receive."""
    visitor, view = visit.visitor, seen(visit, reply)
    frame = Frame(
        id=reply.stored.id,
        lab=reply.lab,
        numbers=numbers,
        view=view,
        short=short_of(visit.labs, Links(reply.stored.id, reply.lab, view)),
        viewer=visitor.viewer(may=visitor.owns(reply.stored)),
        notice=None if visitor.by_itself and not reply.notice else reply.notice,
        remedy=reply.remedy,
        again=reply.again,
        history=visit.labs.history,
        wrong=reply.mistakes.fields if reply.mistakes else {},
        typed=reply.mistakes.typed if reply.mistakes else reply.typed,
        votes=guessed(visit, reply),
    )
    return covered(frame, visit.labs.replay.numbers)


def form_page(
    visitor: Visitor, fields: dict[str, list[str]], mistakes: dict[str, str], status: int, **more: Any
) -> Response:
    """Return the recipe form with its fields' texts and a sentence beside each mistake."""
    known = {name: fields[name] for name in RecipeForm.model_fields if name in fields}
    texts = {name: ", ".join(found) if name in LISTS else found[-1] for name, found in known.items()}
    texts = {name: shown(text if name in WHOLE else text[:LETTERS]) for name, text in texts.items()}
    values = {
        "biases": "",
        "held": "",
        **{name: str(getattr(USUAL, name)) for name in DRAWN},
        **USUAL.as_fields(),
        **OPEN,
        **texts,
    }
    values |= {name: in_field(values[name]) for name in NUMBERS if name in values}
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
