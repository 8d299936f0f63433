"""The routes around the labs: home, the recipe form, health, and errors in words."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import Response

from app.lab.lab import Lab
from app.lab.presets import DEFAULT, PRESETS
from app.lab.recipe import DRAWN, Recipe
from app.limits import HIDDEN_LAYERS, NEURONS
from app.page.frame import Frame
from app.page.view import View, shape_of
from app.store.store import NewerSchema, StoreUnavailable
from app.story import presets as preset_words
from app.story import refusals as words
from app.story.datasets import told
from app.web.guard import problem, wants_json
from app.web.labs import Serving
from app.web.recipe_form import REGISTRIES, USUAL, Mistakes, from_fields
from app.web.render import html, theme_of

router = APIRouter()
OPEN = {"output": "", "cost": ""}  # fields that may be left open, to fit the data


@router.get("/")
def home(request: Request, desk: Serving) -> Response:
    """Open on a lively recipe, standing at the input; the first press makes it yours."""
    lab = Lab(PRESETS[DEFAULT])
    frame = Frame("", lab, desk.replay.numbers(lab), View(), history=desk.history)
    said = [(preset_words.NAMES[key], preset_words.SENTENCES[key]) for key in PRESETS]
    presets = [
        (key, name, shape_of(recipe), recipe.as_fields(), sentence)
        for (key, recipe), (name, sentence) in zip(PRESETS.items(), said, strict=True)
    ]
    return html(
        "home.html",
        frame=frame,
        theme=theme_of(request.headers),
        presets=presets,
        fields=lab.recipe.as_fields(),
    )


@router.get("/recipe")
def recipe_form(request: Request, desk: Serving) -> Response:
    """Show the form for a recipe, filled from the query; `resize` adds or removes a layer or neuron first."""
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    resize = fields.pop("resize", [""])[-1]
    try:
        recipe = from_fields(fields, desk.own)
    except Mistakes as mistakes:
        return form_page(request, fields, mistakes.fields, 200)
    shown = {name: [text] for name, text in resized(recipe, resize).as_fields().items()}
    own = recipe.own
    left_open = {name: [""] for name in OPEN if not fields.get(name, [""])[-1].strip()}
    return form_page(request, shown | left_open, {}, 200, own_note=told(own) if own else "")


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
    return Recipe(**{**vars(recipe), "hidden": tuple(hidden), "parameters": None, "changes": ()})


def form_page(
    request: Request, fields: dict[str, list[str]], mistakes: dict[str, str], status: int, **more: str
) -> Response:
    """Return the recipe form with its fields' texts and a sentence beside each mistake."""
    texts = {name: ", ".join(found) if name == "hidden" else found[-1] for name, found in fields.items()}
    values = {**{name: str(getattr(USUAL, name)) for name in DRAWN}, **USUAL.as_fields(), **OPEN, **texts}
    sizes = [part for part in values["hidden"].replace(",", " ").split() if part]
    partial = bool(request.headers.get("hx-request"))
    return html(
        "recipe/_form.html" if partial else "recipe/page.html",
        status,
        values=values,
        mistakes=mistakes,
        registries=REGISTRIES,
        theme=theme_of(request.headers),
        sizes=sizes,
        **{"own_note": "", **more},
    )


@router.get("/healthz")
def healthz(desk: Serving) -> dict[str, str]:
    """Answer when the store does."""
    desk.store.ping()
    return {"status": "ok"}


def add_error_pages(app: FastAPI) -> None:
    """Turn every error into a sentence, on a page or as `detail`."""

    @app.exception_handler(Mistakes)
    async def on_mistakes(request: Request, error: Mistakes) -> Response:
        if wants_json(request.headers) or request.url.path not in ("/labs", "/at"):
            return problem(request.headers, 422, str(error), fields=error.fields)
        source = await request.form() if request.method == "POST" else request.query_params
        fields = {name: [str(value) for value in source.getlist(name)] for name in source}
        return form_page(request, fields, error.fields, 422)

    @app.exception_handler(RequestValidationError)
    async def on_validation(request: Request, error: RequestValidationError) -> Response:
        fields = {str(e["loc"][-1]): words.mistake(str(e["loc"][-1]), e, {}) for e in error.errors()}
        said, lab = " ".join(f"{f}: {text}" for f, text in fields.items()), request.path_params.get("id", "")
        return problem(
            request.headers, 422, said, f"/labs/{quote(lab, safe='')}" if lab else "/", fields=fields
        )

    @app.exception_handler(StarletteHTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        detail = {404: words.NO_PAGE, 405: words.NOT_ALLOWED}.get(error.status_code, str(error.detail))
        if error.status_code == 404 and error.detail == words.GONE:
            detail = words.GONE
        return problem(request.headers, error.status_code, detail)

    @app.exception_handler(NewerSchema)
    async def on_newer(request: Request, error: NewerSchema) -> Response:
        return problem(request.headers, 503, words.NEWER)

    @app.exception_handler(StoreUnavailable)
    async def on_store(request: Request, error: StoreUnavailable) -> Response:
        return problem(request.headers, 503, words.UNAVAILABLE)
