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
HUES = {"louder": "more", "too quiet": "more", "quieter": "less", "too loud": "less"}
PATTERN = re.compile(rf"\b({'|'.join(sorted([*HUES, *FORMS], key=len, reverse=True))})\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def with_links(text: str, address: str) -> str:
    """Return a sentence as HTML: each word's first use leads to its sentence in the glossary and carries it,
    and what somebody should be has the hue it has in the picture.

    >>> with_links("A dial <", "/labs/a?panel=words")[:79]
    'A <a class="word" href="/labs/a?panel=words#word-dial" data-tip="dial: A weight'
    >>> with_links("0.66 too loud, so be quieter", "")
    '0.66 <b class="less">too loud</b>, so be <b class="less">quieter</b>'
    """
    seen: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        word = match[1].lower()
        if word in HUES:
            return f'<b class="{HUES[word]}">{match[0]}</b>'
        entry = GLOSSARY[FORMS[word]]
        if entry.key in seen:
            return match[0]
        seen.add(entry.key)
        tip = escape(f"{entry.word}: {entry.sentence}")
        return f'<a class="word" href="{escape(address)}#word-{entry.key}" data-tip="{tip}">{match[0]}</a>'

    return PATTERN.sub(mark, escape(text, quote=False))
