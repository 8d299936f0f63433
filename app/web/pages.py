"""Pages of labs that were written down already: a moment looks the same whenever one looks the same way.

Everybody who stands at that moment of the same recipe is given the same text, with the id of their own lab in
it. Each text has a name; a browser that says which one it shows is sent what has changed since.
"""

from __future__ import annotations

from secrets import token_urlsafe
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from app.page.view import View
from app.page.viewer import Viewer
from app.web.difference import difference

TURNS = 64  # pages that are written at once, more or less: few have the same remainder
BYTES, BETWEEN = 20 * 1024 * 1024, 8 * 1024 * 1024  # of pages, and of what is between two of them
ANYBODY = token_urlsafe(9)  # stands for a lab's id, and nobody has it in a text, since nobody knows it
TIMED = {"downhill", "race"}  # panels that show more the longer one looks


class Key(NamedTuple):
    """All that a page depends on: the recipe as text, the place in its run, how who looks at it, and the code
    of its short link."""

    recipe: str
    place: int
    view: View
    viewer: Viewer
    short: str = ""


class Page(NamedTuple):
    """A written page, without a lab's id, and its name."""

    text: str
    name: str


class Pages:
    """Remember pages. All of it is safe to lose."""

    def __init__(self) -> None:
        self.lock, self.turns = Lock(), [Lock() for _ in range(TURNS)]
        self.pages: LRUCache[Key | str, Page] = LRUCache(
            BYTES, getsizeof=lambda page: 2 * len(page.text) + 1000
        )
        self.steps: LRUCache[tuple[str, str], str] = LRUCache(
            BETWEEN, getsizeof=lambda text: 2 * len(text) + 500
        )

    def turn(self, key: Key | tuple[str, str]) -> Lock:
        """Return what whoever writes a page, or what is between two, holds meanwhile: of a class that comes
        to a moment at once the first one writes, and the others wait for it."""
        return self.turns[hash(key) % TURNS]

    def get(self, wanted: Key | str) -> Page | None:
        """Return a page by what it depends on or by its name, None where it is not remembered."""
        with self.lock:
            page = self.pages.get(wanted)
            if page is not None:
                self.pages.get(page.name)  # used as well, or it would go first: no step could lead from it
            return page

    def keep(self, key: Key, page: Page) -> None:
        """Remember a page."""
        with self.lock:
            self.pages[key] = self.pages[page.name] = page

    def answer(self, page: Page, shown: str, id: str) -> tuple[str, dict[str, str]]:
        """Return the text that makes the page named `shown` into this one, in a lab of this id, and the
        headers that htmx needs for it; all of the page where that one is not remembered."""
        found = self.between(shown, page) if shown and page.name else None
        text, headers = (page.text, {}) if found is None else (found, {"HX-Reswap": "none"})
        return text.replace(ANYBODY, id), headers

    def between(self, shown: str, page: Page) -> str | None:
        """Return what makes the page named `shown` into this one, None where all of it is to come."""
        step = shown, page.name
        with self.turn(step):
            with self.lock:
                found, before = self.steps.get(step), self.pages.get(shown)
            if found is None and before is not None:
                found = difference(before.text, page.text) or ""
                with self.lock:
                    self.steps[step] = found
        return found or None
