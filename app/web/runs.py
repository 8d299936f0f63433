"""The routes of whole runs: many iterations at once, and back to any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from app import limits
from app.analysis.history import Goal
from app.lab.lab import Lab
from app.notation.numbers import figure, typed_number
from app.page.view import View
from app.story import refusals as words
from app.web.labs import MOMENT, At, Serving, Viewing
from app.web.recipe_form import Mistakes

router = APIRouter()
FIRST, GROWTH = (
    3,
    12,
)  # iterations of a run's first slices, and each later one a twelfth of what has been: a steady sight


@router.post("/labs/{id}/visit", responses=MOMENT)
def visit(
    request: Request,
    id: str,
    at: At,
    desk: Serving,
    view: Viewing,
    iteration: Annotated[int, Form(ge=1, le=limits.ITERATIONS, description="counted from 1")],
) -> Response:
    """Go to the beginning of an iteration; the timeline stays as long as it was."""

    def move(lab: Lab) -> tuple[Lab, View, str]:
        far = max(view.far, lab.iteration, iteration - 1)
        return lab.go((iteration - 1) * len(lab.moments)), replace(view, far=far), ""

    return desk.act(request, id, at, view, move)


@router.post("/labs/{id}/skip", responses=MOMENT)
def skip(
    request: Request,
    id: str,
    at: At,
    desk: Serving,
    view: Viewing,
    iterations: Annotated[
        int, Query(ge=1, le=limits.ITERATIONS, description="how many to run; a slice at a time")
    ] = 1,
    below: Annotated[
        str | None, Form(max_length=12, description="the cost at which to stop; else the view’s")
    ] = None,
) -> Response:
    """Run many iterations: one slice of work, and on the page the next slices follow by themselves."""
    seen = view if below is None else replace(view, below=below.strip())

    def move(lab: Lab) -> tuple[Lab, View, str]:
        low = cost_from(seen.below)
        target = min(lab.iteration + iterations, limits.ITERATIONS - 1)
        swapped = bool(request.headers.get("hx-request"))
        goal = Goal(low, learned=seen.goal == "learned")
        most = max(FIRST, lab.iteration // GROWTH) if goal.learned and swapped else limits.ITERATIONS
        ran = desk.history.run(lab.recipe, lab.iteration, target, goal, most)
        moved = lab.go(ran.iteration * len(lab.moments)) if ran.iteration > lab.iteration else lab
        if ran.end != "more":
            moved = lab.answered(ran.iteration)
        eta = figure(lab.recipe.eta_at(ran.iteration))
        notice = words.run_over(ran.end, ran.iteration, eta, seen.below)
        if ran.end == "more" and not request.headers.get("hx-request"):
            notice = words.on_the_way(ran.iteration)
        return (
            moved,
            replace(
                seen, run=target if ran.end == "more" else 0, goal=seen.goal if ran.end == "more" else ""
            ),
            notice,
        )

    answer = desk.act(request, id, at, seen, move)
    if seen.still != view.still:
        answer.headers["HX-Replace-Url"] = f"/labs/{id}?{seen.still}"
    return answer


def cost_from(text: str) -> float | None:
    """Read the cost at which a run may stop; None for none. Raises Mistakes."""
    if not text.strip():
        return None
    try:
        found = typed_number(text)
    except ValueError:
        found = 0.0
    if found <= 0:
        raise Mistakes({"below": words.SENTENCES["number"].format(between=words.ABOVE_ZERO)})
    return found
