"""Frames into HTML: the Jinja environment, and addresses of static files that change with their content."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from app.engine.optimisers import OPTIMISERS
from app.lab.presets import PRESETS
from app.page.share import share_of
from app.page.view import LENS_CHOICES, PACE_CHOICES, PANEL_CHOICES, VOICE_CHOICES, preset_of
from app.story import presets
from app.story.glossary import GLOSSARY, in_hues, with_links
from app.story.labels import function_name
from app.story.refusals import MERELY_WATCHING

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark", "projector")


@lru_cache(maxsize=64)
def static_url(path: str) -> str:
    """Return a static file's address, marked with its content so that browsers may keep it for ever."""
    return f"/static/{path}?v={sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


class Static(StaticFiles):
    """Serve static files; marked ones may be kept for ever."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Any, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        marked = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if marked else "no-cache"
        return response


def environment() -> Environment:
    """Return the template environment: strict about names, escaping everything."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals |= {
        "tasks": tasks,
        "static_url": static_url,
        "lens_choices": LENS_CHOICES,
        "pace_choices": PACE_CHOICES,
        "themes": THEMES,
        "watching": MERELY_WATCHING,
        "panel_choices": PANEL_CHOICES,
        "voice_choices": VOICE_CHOICES,
        "glossary": GLOSSARY,
        "share_of": share_of,
        "preset_of": preset_of,
        "optimisers": OPTIMISERS,
    }
    env.filters |= {"with_links": with_links, "in_hues": in_hues, "function_name": function_name}
    return env


@lru_cache(maxsize=1)
def tasks() -> list[tuple[str, str, str, str]]:
    """Return the presets for the menu in the head: key, name, the address that opens it, and its sentence."""
    found = []
    for key, recipe in PRESETS.items():
        address = f"/at?{urlencode(recipe.as_fields())}"
        found.append((key, presets.NAMES[key], address, presets.SENTENCES[key]))
    return found


ENVIRONMENT = environment()


def theme_of(headers: Headers) -> str:
    """Return the theme this browser chose."""
    theme = cookie_parser(headers.get("cookie", "")).get(THEME_COOKIE, "")
    return theme if theme in THEMES else THEMES[0]


def html(
    template: str, status: int = 200, headers: dict[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """Render a template."""
    return HTMLResponse(ENVIRONMENT.get_template(template).render(context), status, headers)
