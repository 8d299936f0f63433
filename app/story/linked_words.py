"""Words in a sentence that lead to the glossary, or have the hue that they have in the picture."""

from __future__ import annotations

import re
from html import escape

from app.notation.language import N_, per_language, tr
from app.story.glossary import GLOSSARY

# by entry and by hue the forms of the words that lead there or have it, with a bar behind each
FORMS = {
    "received": N_("blame|"),
    "delta": N_("error|errors|"),
    "w": N_("weight|"),
    "b": N_("bias|"),
    "cost": N_("cost|costs|"),
    "y": N_("target|targets|"),
    "nabla": N_("gradient|"),
    "slope": N_("slope|"),
    "dial": N_("dial|"),
    "batch": N_("batch|"),
}
HUES = {"more": N_("louder|too quiet|"), "less": N_("quieter|too loud|")}


@per_language(8)
def forms(hues: bool) -> dict[str, str]:
    """Return what each form of a word, in small letters, stands for: a hue, or an entry of the glossary."""
    found = HUES if hues else FORMS
    return {form: key for key, listed in found.items() for form in tr(listed).lower().split("|") if form}


@per_language(8)
def pattern() -> re.Pattern[str]:
    """Return what finds the words, the longest form first."""
    longest = sorted([*forms(hues=True), *forms(hues=False)], key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


@per_language(4096)
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
        if hue := forms(hues=True).get(word):
            return f'<b class="{hue}">{match[0]}</b>'
        entry = GLOSSARY[forms(hues=False)[word]]
        if entry.key in seen:
            return match[0]
        seen.add(entry.key)
        tip = escape(f"{tr(entry.word)}: {tr(entry.sentence)}")
        return f'<a class="word" href="{escape(address)}#word-{entry.key}" data-tip="{tip}">{match[0]}</a>'

    return pattern().sub(mark, escape(text, quote=False))
