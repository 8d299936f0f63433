"""The picture as a file of its own: the stage's SVG with the light theme's colours written into it."""

from __future__ import annotations

import re
from html import escape

from app.page.frame import Frame
from app.web.render import ENVIRONMENT, STATIC, read_once

TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")


def picture_file(frame: Frame, title: str) -> str:
    """Return the frame's picture as an SVG document that needs nothing else."""
    stage = ENVIRONMENT.get_template("lab/_stage.html").render(frame=frame, links=None)
    drawn = stage[stage.index('id="stage"') : stage.index("</svg>")]
    attributes, rest = drawn.split(">", 1)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n'
        f"<title>{escape(title)}</title>\n<style>{light_rules()}</style>\n"
        f'<rect class="ground" width="100%" height="100%"/>{rest}</svg>\n'
    )


@read_once
def light_rules() -> str:
    """Return the rules of stage.css as any SVG reader knows them: without their layer, light colours for
    tokens."""
    tokens, stage = (
        STATIC.joinpath("css", name).read_text(encoding="utf-8") for name in ("tokens.css", "stage.css")
    )
    light = dict(TOKEN.findall(tokens.partition("\n  }")[0]))
    rules = stage.partition("@layer parts {")[2].rstrip().removesuffix("}")
    return re.sub(
        r"var\((--[\w-]+)\)", lambda token: light[token[1]], f"\n  .ground {{ fill: var(--card); }}{rules}"
    )
