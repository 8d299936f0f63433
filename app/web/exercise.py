"""The routes of an exercise from a book or a sheet: network, examples, dials and η on one screen, and go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.lab.dial_list import dial_lines, readings
from app.lab.dials import dials_of
from app.lab.exercise import examples_text, typed_examples, typed_sizes
from app.lab.matrices import Reading
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.limits import Unusable
from app.notation.names import Sizes
from app.notation.numbers import DIGITS, in_field, marked
from app.page.dials import understood
from app.page.view import View
from app.story import refusals as words
from app.web.moves import open
from app.web.openapi import EXERCISE, FOREIGN, MADE, SHOWN
from app.web.recipe_form import REGISTRIES, Mistakes, from_fields
from app.web.render import html
from app.web.uploads import FieldsSent
from app.web.visitor import Asking, Visiting, Visitor

router = APIRouter()
PAGE = PRESETS["textbook"]  # what the screen holds at first
USUAL = {
    "layers": "-".join(map(str, PAGE.sizes)),
    "examples": examples_text(PAGE.dataset),
    "dials": dial_lines(PAGE.first_parameters(), PAGE.sizes),
    "activation": PAGE.activation,
    "output": PAGE.output,
    "cost": PAGE.cost,
    "eta": "0.5",
    "biases": "held",
    "digits": "8",
    "take": "",
}
NAMES = {"data": "examples", "hidden": "layers", "parameters": "dials"}  # of a recipe's fields on this screen


@router.get("/exercise", response_class=HTMLResponse)
def exercise(visitor: Asking) -> Response:
    """Show the screen, filled with a textbook's page."""
    return page(visitor, USUAL | {name: marked(USUAL[name]) for name in ("examples", "dials")})


@router.post(
    "/exercise",
    status_code=303,
    response_class=RedirectResponse,
    openapi_extra=EXERCISE,
    responses={**SHOWN, **FOREIGN, 201: MADE[201]},
)
def work(visit: Visiting, sent: FieldsSent) -> Response:
    """Make the network of an exercise, standing at its first input; how matrices were read is shown first."""
    values = {name: sent.get(name, [""])[-1].strip() for name in USUAL}
    try:
        sizes = typed_sizes(values["layers"])
        recipe = recipe_of(values, sizes)
        found = readings(values["dials"], sizes, biases=recipe.biases) if values["dials"] else ()
        taken = [one for one in found if one.way.key == values["take"] or one.way.neurons == "lines"]
        if found and (not taken or (len(found) > 1 and not values["take"])):
            return page(visit.visitor, values, found=found, sizes=sizes)
        if taken:
            recipe = with_dials(
                recipe, next((one for one in taken if one.way.key == values["take"]), taken[0])
            )
    except Unusable as error:
        problem = error.problem
        return page(visit.visitor, values, 422, wrong={problem.field: words.sentence(problem)})
    except Mistakes as mistakes:
        wrong = {NAMES.get(field, field): said for field, said in mistakes.fields.items()}
        return page(visit.visitor, values, 422, wrong=wrong)
    digits = int(values["digits"]) if values["digits"] in map(str, DIGITS) else View().digits
    return open(replace(visit, view=replace(visit.view, digits=digits, voice="maths")), recipe, 0)


def recipe_of(values: dict[str, str], sizes: Sizes) -> Recipe:
    """Return the recipe without its dials; raises Mistakes and Unusable."""
    own = typed_examples(values["examples"], sizes)
    fields = {name: [values[name]] for name in ("activation", "output", "cost", "eta")}
    fields |= {"data": [own.key], "hidden": [", ".join(map(str, sizes[1:-1]))]}
    if values["biases"] == "none":
        fields["biases"] = ["false"]
    recipe = from_fields(fields, {own.key: own}.get)
    if values["biases"] != "held":
        return recipe
    return replace(recipe, held=tuple(dial.mark for dial in dials_of(sizes) if dial.kind == "b"))


def with_dials(recipe: Recipe, reading: Reading) -> Recipe:
    """Return a recipe with given first dials; raises Mistakes where there are biases and should be none."""
    if not recipe.biases and any(block.any() for block in reading.dials.b.values()):
        raise Mistakes({"dials": words.said("no-biases")})
    return replace(recipe, parameters=tuple(reading.dials.vector().tolist()))


def page(
    visitor: Visitor,
    values: dict[str, str],
    status: int = 200,
    *,
    wrong: dict[str, str] | None = None,
    found: tuple[Reading, ...] = (),
    sizes: Sizes = (),
) -> Response:
    """Return the screen with what was sent, and how matrices were understood."""
    told: dict[str, Any] = {"wrong": wrong or {}, "digits": DIGITS}
    told["values"] = {**values, "eta": in_field(values["eta"])}
    told["understood"] = [understood(one, found, sizes) for one in found]
    registries = {name: REGISTRIES[name] for name in ("activation", "output", "cost")}
    return html("exercise/page.html", status, theme=visitor.theme, registries=registries, **told)
