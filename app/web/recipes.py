"""The route of the form in which a recipe is written."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.lab.recipe import Recipe
from app.limits import HIDDEN_LAYERS, NEURONS
from app.story.datasets import told
from app.web.recipe_form import Mistakes, from_fields
from app.web.replies import OPEN, form_page
from app.web.visitor import Asking, Serving

router = APIRouter()


@router.get("/recipe", response_class=HTMLResponse)
def recipe_form(request: Request, visitor: Asking, labs: Serving) -> Response:
    """Show the form for a recipe, filled from the query; `resize` adds or removes a layer or neuron first."""
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    resize = fields.pop("resize", [""])[-1]
    try:
        recipe = from_fields(fields, labs.own)
    except Mistakes as mistakes:
        return form_page(visitor, fields, mistakes.fields, 200)
    shown = {name: [text] for name, text in resized(recipe, resize).as_fields().items()}
    own = recipe.own
    left_open = {name: [""] for name in OPEN if not fields.get(name, [""])[-1].strip()}
    return form_page(visitor, shown | left_open, {}, 200, own_note=told(own) if own else "")


def resized(recipe: Recipe, how: str) -> Recipe:
    """Return the recipe with one layer or neuron more or less; "layer", "-layer", "+2", "-2" (a hidden
    layer)."""
    hidden = list(recipe.hidden)
    if how == "layer" and len(hidden) < HIDDEN_LAYERS:
        hidden.append(hidden[-1] if hidden else 3)
    elif how == "-layer" and hidden:
        hidden.pop()
    elif (
        how[:1] in ("+", "-") and how[1:].isascii() and how[1:].isdigit() and 1 <= int(how[1:]) <= len(hidden)
    ):
        at = int(how[1:]) - 1
        hidden[at] = min(NEURONS, max(1, hidden[at] + (1 if how[0] == "+" else -1)))
    return replace(recipe.reshaped(tuple(hidden)), changes=())
