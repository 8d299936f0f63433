"""Words in a sentence that lead to the glossary, or have the hue that they have in the picture."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from app.story.glossary import GLOSSARY

FORMS = {
    "blame": "received",
    "errors": "delta",
    "error": "delta",
    "weight": "w",
    "bias": "b",
    "cost": "cost",
    "costs": "cost",
    "target": "y",
    "targets": "y",
    "gradient": "nabla",
    "slope": "slope",
    "dial": "dial",
    "batch": "batch",
}
PATTERN = re.compile(r"\b(" + "|".join(sorted(FORMS, key=len, reverse=True)) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def with_links(text: str, address: str) -> str:
    """Return the text as HTML in which each word's first use leads to its sentence in the glossary.

    >>> with_links("The error <", "/labs/a?panel=words")
    'The <a href="/labs/a?panel=words#word-delta">error</a> &lt;'
    """
    seen: set[str] = set()

    def link(match: re.Match[str]) -> str:
        key = FORMS[match[1].lower()]
        if key in seen:
            return match[0]
        seen.add(key)
        return f'<a href="{escape(address)}#word-{GLOSSARY[key].key}">{match[0]}</a>'

    return PATTERN.sub(link, escape(text, quote=False))


HUES = {"louder": "more", "quiet": "more", "quieter": "less", "loud": "less"}
HUED = re.compile(r"\b(louder|quieter|too (?:quiet|loud))\b")


@lru_cache(maxsize=4096)
def in_hues(text: str) -> str:
    """Return a sentence as HTML in which what somebody should be has the hue it has in the picture.

    >>> in_hues("0.66 too loud, so be quieter")
    '0.66 <b class="less">too loud</b>, so be <b class="less">quieter</b>'
    """
    return HUED.sub(
        lambda match: f'<b class="{HUES[match[1].split()[-1]]}">{match[1]}</b>', escape(text, quote=False)
    )
