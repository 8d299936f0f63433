"""How an answer is written: a lab where it stands, or the form of a recipe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from app.lab.lab import Lab
from app.lab.recipe import DRAWN
from app.lab.replay import Numbers
from app.limits import HIDDEN_LAYERS
from app.page.frame import Frame
from app.page.panels import panel_of
from app.page.view import View
from app.store.labs import StoredLab
from app.web.moment_json import moment_json
from app.web.recipe_form import REGISTRIES, USUAL, Mistakes, RecipeForm
from app.web.render import html
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
    numbers = reply.numbers or visit.labs.replay.numbers(lab)
    if visitor.wants_json:
        return JSONResponse(moment_json(reply.stored.id, lab, numbers))
    frame = frame_of(visit, reply, numbers)
    if visitor.swapped:
        running = not visitor.posts and reply.view.run  # loading the address again must not run
        headers = {"HX-Replace-Url": frame.links.look(run=0)} if running else {}
        return html(
            "lab/_answer.html",
            status,
            headers=headers,
            frame=frame,
            panel=panel_of(frame),
            theme=visitor.theme,
        )
    if visitor.posts and status == 200 and not reply.notice:
        return RedirectResponse(frame.links.look(), 303)
    return html("lab/page.html", status, frame=frame, panel=panel_of(frame), theme=visitor.theme)


def frame_of(visit: Visit, reply: Reply, numbers: Numbers) -> Frame:
    """Return what the templates receive."""
    visitor, view, mine = visit.visitor, reply.view, visit.visitor.owns(reply.stored)
    begun = visitor.swapped or (not visitor.posts and view.goal and not reply.lab.place)  # a press on home
    goes_on = begun and mine and not reply.notice and view.run > reply.lab.iteration
    still = view if goes_on else replace(view, run=0, goal="")
    return Frame(
        id=reply.stored.id,
        lab=reply.lab,
        numbers=numbers,
        view=replace(still, play=0 if reply.notice else view.play),
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
