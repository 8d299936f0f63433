"""The routes of whole runs: many iterations at once, and back to any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from app import limits
from app.analysis.goal import why_stuck
from app.analysis.history import Goal, Slice
from app.analysis.predictions import answers_of, dials_now, misses
from app.lab.lab import Lab
from app.notation.numbers import typed_number
from app.page.view import View
from app.story import notices, predictions
from app.story import refusals as words
from app.web.moves import Move, act, blame, readdressed
from app.web.openapi import MOMENT, At
from app.web.recipe_form import Mistakes
from app.web.streams import aside
from app.web.visitor import Visit, Visiting

FIRST, GROWTH = 3, 12  # iterations of a run's first slices; later ones are a twelfth of what has been

router = APIRouter()


@router.post("/labs/{id}/visit", responses=MOMENT)
@aside
def visit(
    id: str,
    at: At,
    visit: Visiting,
    iteration: Annotated[int, Form(ge=1, le=limits.ITERATIONS, description="counted from 1")],
) -> Response:
    """Go to the beginning of an iteration; the timeline stays as long as it was."""

    def move(lab: Lab) -> Move:
        far = max(visit.view.far, lab.iteration, iteration - 1)
        return Move(lab.go((iteration - 1) * len(lab.moments)), replace(visit.view, far=far))

    return act(visit, id, at, move)


@router.post("/labs/{id}/skip", responses=MOMENT)
@aside
def skip(
    id: str,
    at: At,
    visit: Visiting,
    iterations: Annotated[
        int, Query(ge=1, le=limits.ITERATIONS, description="how many to run; a slice at a time")
    ] = 1,
    below: Annotated[
        str | None, Form(max_length=12, description="the cost at which to stop; else the view’s")
    ] = None,
) -> Response:
    """Run many iterations: one slice of work, and on the page the next slices follow by themselves."""
    seen = visit.view if below is None else replace(visit.view, below=below.strip())

    def move(lab: Lab) -> Move:
        target = min(lab.iteration + iterations, limits.ITERATIONS - 1)
        goal = Goal(cost_from(seen.below), learned=seen.goal == "learned")
        watched = goal.learned and visit.visitor.swapped
        most = max(FIRST, lab.iteration // GROWTH) if watched else limits.ITERATIONS
        ran = visit.labs.history.run(lab.recipe, lab.iteration, target, goal, most)
        if ran.end == "more":
            moved = lab.go(ran.iteration * len(lab.moments)) if ran.iteration > lab.iteration else lab
            notice = "" if visit.visitor.swapped else notices.on_the_way(ran.iteration)
            return Move(moved, replace(seen, run=target), notice)
        moved = lab if ran.end == "already" else lab.answered(ran.iteration)
        return told(visit, Move(moved, replace(seen, run=0, goal="")), ran, seen)

    return readdressed(act(replace(visit, view=seen), id, at, move), id, visit.view, seen)


def told(visit: Visit, made: Move, ran: Slice, seen: View) -> Move:
    """Say of a move why its run ended, and where it was to learn all, how much that is."""
    recipe, blamed, remedy = made.lab.recipe, "", None
    if seen.goal != "learned" or ran.end not in ("learned", "still", "done"):
        if ran.end == "diverged":
            blamed, remedy = blame(visit, recipe, ran.iteration)
        notice = notices.run_over(ran.end, ran.iteration, blamed, seen.below)
        return replace(made, notice=notice, remedy=remedy)
    numbers = visit.labs.replay.numbers(made.lab)
    answers, data, why = answers_of(numbers), recipe.dataset, why_stuck(recipe, dials_now(numbers))
    missed = predictions.missed(data, misses(data, answers)) if data.columns else ""
    right = answers.right
    score = None if right is None else (sum(map(bool, right)), len(right))
    if why == "risen":
        blamed, remedy = blame(visit, recipe, ran.iteration)
    notice = notices.verdict(ran.end, ran.iteration, score, why, missed=missed, blamed=blamed)
    return replace(made, notice=notice, remedy=remedy)


def cost_from(text: str) -> float | None:
    """Read the cost at which a run may stop; None for none. Raises Mistakes."""
    if not text.strip():
        return None
    try:
        found = typed_number(text)
    except ValueError:
        found = 0.0
    if found <= 0:
        raise Mistakes({"below": words.out_of_range("below")})
    return found
