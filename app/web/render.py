"""Frames into HTML: the Jinja environment, and addresses of static files that change with their content."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from app.engine.optimisers import OPTIMISERS
from app.notation.codes import spaced
from app.notation.language import LANGUAGES, N_, _, ngettext, spoken, tr
from app.notation.numbers import figure, grouped, in_field
from app.page.controls import LENS_CHOICES, PACE_CHOICES, VOICE_CHOICES
from app.page.panels import PANELS
from app.page.reveal import counts_of
from app.page.summary import preset_of, presets_listed
from app.story.functions import optimisers
from app.story.labels import function_name
from app.story.linked_words import with_links
from app.story.notices import MERELY_WATCHING
from app.web.compiled import Compiled
from app.web.jinja import Loader, Quick

DEV = os.environ.get("DEV") == "1"  # somebody is at work: what is edited shows at the next request
ROOT = next(  # beside the package; inside it where it is installed
    folder for folder in Path(__file__).resolve().parents if (folder / "templates").is_dir()
)
STATIC = ROOT / "static"
for ending, kind in ((".js", "text/javascript"), (".css", "text/css"), (".svg", "image/svg+xml")):
    mimetypes.add_type(kind, ending)  # what Windows has in its registry is not always that
THEMES = {"auto": N_("auto"), "light": N_("light"), "dark": N_("dark"), "projector": N_("projector")}


def read_once(read: Callable[..., str]) -> Callable[..., str]:
    """Remember what was made of a file, which changes only while somebody is at work on it."""
    return read if DEV else cache(read)


@read_once
def static_url(path: str) -> str:
    """Return a static file's address, marked with its content so that browsers may keep it for ever."""
    return f"/static/{path}?v={sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


def said(message: str, **values: Any) -> Markup:
    """Say a message of a template: it may hold tags, what is put into it is escaped."""
    return Markup(_(message)).format(**values)


def counted(one: str, many: str, n: int, **values: Any) -> Markup:
    """Say the message of a template that fits a number."""
    return Markup(ngettext(one, many, n, **{name: Markup.escape(value) for name, value in values.items()}))


def environment() -> Environment:
    """Return the template environment: strict about names, escaping everything."""
    env = Quick(
        loader=Loader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=DEV,
        bytecode_cache=None if DEV else Compiled(ROOT / "templates", Path(__file__).parents[1]),
    )
    env.globals |= {
        "_": said,
        "ngettext": counted,
        "languages": LANGUAGES,
        "spoken": spoken,
        "presets": presets_listed,
        "counts_of": counts_of,
        "static_url": static_url,
        "lens_choices": LENS_CHOICES,
        "pace_choices": PACE_CHOICES,
        "themes": THEMES,
        "watching": MERELY_WATCHING,
        "panels": PANELS,
        "voice_choices": VOICE_CHOICES,
        "preset_of": preset_of,
        "optimisers": {key: optimisers.told(key) for key in OPTIMISERS},
    }
    env.filters |= {"with_links": with_links, "function_name": function_name, "tr": tr}
    env.filters |= {"spaced": spaced, "count": grouped, "figure": figure, "in_field": in_field}
    return env


ENVIRONMENT = environment()


def html(
    template: str, status: int = 200, headers: dict[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """Render a template."""
    return HTMLResponse(ENVIRONMENT.get_template(template).render(context), status, headers)
