"""The picture as a file of its own: the stage's SVG with the light theme's colours written into it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from app.page.frame import Frame
from app.web.render import ENVIRONMENT, STATIC

PICTURE = re.compile(r"<svg (id=\"stage\".*?)</svg>", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
NOT_HERE = (".scroller", ".low", ".high", ":focus", ".lit", ".curve", ".share", "id^=")
SCREEN_ONLY = (
    "transition",
    "cursor",
    "pointer-events",
    "display",
    "width: 100%",
    "height: auto",
    "min-width",
    "filter",
)


def picture_file(frame: Frame, title: str) -> str:
    """Return the frame's picture as an SVG document that needs nothing else."""
    drawn = PICTURE.findall(ENVIRONMENT.get_template("lab/_stage.html").render(frame=frame, links=None))[0]
    attributes, rest = drawn.split(">", 1)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n'
        f"<title>{escape(title)}</title>\n<style>{light_rules()}</style>\n"
        f'<rect class="ground" width="100%" height="100%"/>{rest}</svg>\n'
    )


@lru_cache(maxsize=1)
def light_rules() -> str:
    """Return the stage's rules as any SVG reader knows them: no layers, no variables, nothing for the screen
    alone."""
    colours, rules = (
        STATIC.joinpath("css", name).read_text(encoding="utf-8") for name in ("tokens.css", "stage.css")
    )
    root = re.findall(r":root \{(.*?)\n  \}", colours, re.DOTALL)[0]
    tokens = dict(TOKEN.findall(root))
    stage = re.sub(r"/\*.*?\*/|@layer parts \{|^\}", "", rules, flags=re.M | re.S)
    lines = [".ground { fill: var(--card) }"]
    for selector, body in RULE.findall(stage):
        kept = [
            part.strip()
            for part in body.split(";")
            if part.strip() and not part.strip().startswith(SCREEN_ONLY)
        ]
        if kept and not any(word in selector for word in NOT_HERE):
            lines.append(f"{selector.strip()} {{ {'; '.join(kept)} }}")
    return "\n" + re.sub(r"var\((--[\w-]+)\)", lambda match: tokens[match[1]], "\n".join(lines)) + "\n"
