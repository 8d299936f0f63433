"""The codes of short links: drawn for whatever is to be reached by one, and found again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from app.notation.codes import drawn_code
from app.notation.language import spoken
from app.page.links import Links
from app.store.connection import StoreUnavailable
from app.web.saved_labs import SavedLabs

TRIES = 10  # codes that are drawn before one gives up; of several hundred million hardly one is taken


def short_link(labs: SavedLabs, target: str, draw: Callable[[], str] = drawn_code) -> str:
    """Return the code of the short link that leads to a path and query of ours, a new one where there is
    none."""
    links = labs.store.short_links
    for _ in range(TRIES):
        if code := links.code_of(target):
            links.touch(code)
            return code
        links.keep(draw(), target)
    raise StoreUnavailable("No code for a short link was free.")


def short_of(labs: SavedLabs, links: Links) -> str:
    """Return the code of the short link to a moment that is looked at with the share panel open, "" where
    none was made."""
    with suppress(StoreUnavailable):  # the panel has more than this
        return labs.store.short_links.code_of(links.shortly(spoken())) if links.view.panel == "share" else ""
    return ""
