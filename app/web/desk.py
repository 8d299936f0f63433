"""Between a request and the store: who is asking, which lab, and how the answer is written."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import Any

from cachetools import LRUCache
from fastapi import HTTPException, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.analysis.history import History
from app.datasets.dataset import Dataset
from app.datasets.generated import SOURCES
from app.datasets.own import own_from
from app.lab.lab import Lab, OutOfTurn
from app.lab.recipe import Recipe, recipe_from
from app.lab.replay import Diverged, Numbers, Replay
from app.notation.numbers import figure
from app.page.frame import Frame
from app.page.view import View
from app.store.store import Store, StoredLab
from app.story import refusals as words
from app.web.guard import wants_json
from app.web.moment_json import moment_json
from app.web.recipe_form import Mistakes
from app.web.render import html, theme_of

COOKIE = "blame-game"
OWNER = re.compile(r"[\w-]{16,64}", re.ASCII)
OWNED = 64  # sets of somebody's own examples in memory
YEAR = 365 * 24 * 3600
recipe_of = lru_cache(maxsize=1024)(recipe_from)


class Desk:
    """Serve one application's labs."""

    def __init__(self, store: Store) -> None:
        self.store, self.replay = store, Replay(store)
        self.history = History(self.replay)
        self.owned: LRUCache[str, Dataset] = LRUCache(OWNED)
        self.lock = Lock()

    def load(self, id: str) -> tuple[StoredLab, Lab]:
        """Return a stored lab; 404 where there is none."""
        stored = self.store.get(id)
        if stored is None:
            raise HTTPException(404, words.GONE)
        recipe = recipe_of(stored.recipe)
        if recipe.data not in SOURCES:
            own = self.own(recipe.data)
            if own is None:
                raise HTTPException(410, words.OWN_GONE)
            recipe = replace(recipe, own=own)
        return stored, Lab(recipe, stored.place)

    def own(self, key: str) -> Dataset | None:
        """Return somebody's own examples by the name of their content, None where there are none."""
        with self.lock:
            found = self.owned.get(key)
        if found is None and (content := self.store.examples(key)):
            found = own_from(json.loads(content))
            with self.lock:
                self.owned[key] = found
        return found

    def keep(self, own: Dataset) -> None:
        """Keep somebody's own examples, or keep them longer."""
        self.store.keep_examples(own.key, json.dumps(own.as_rows()))

    def open(self, request: Request, recipe: Recipe, place: int, view: View) -> Response:
        """Make a lab for this browser, standing at `place`."""
        lab = Lab(recipe)
        lab = replace(lab, place=min(place, lab.last_place))
        numbers = self.numbers_or_start(lab)
        lab = replace(lab, place=numbers.place)
        if recipe.own is not None:
            self.keep(recipe.own)
        known = request.cookies.get(COOKIE, "")
        owner = known if OWNER.fullmatch(known) else secrets.token_urlsafe(16)
        stored = self.store.add(owner=owner, recipe=recipe.text(), place=lab.place)
        where = f"/labs/{stored.id}"
        if wants_json(request.headers):
            answer: Response = JSONResponse(moment_json(stored.id, lab, numbers), 201, {"Location": where})
        else:
            query = view.query()
            answer = RedirectResponse(where + (f"?{query}" if query else ""), 303)
        answer.set_cookie(COOKIE, owner, max_age=YEAR, httponly=True, samesite="lax")
        return answer

    def numbers_or_start(self, lab: Lab) -> Numbers:
        """Return the lab's numbers, those of the start where its place lies beyond a divergence."""
        try:
            return self.replay.numbers(lab)
        except Diverged:
            return self.replay.numbers(replace(lab, place=0))

    def act(
        self,
        request: Request,
        id: str,
        at: int,
        view: View,
        move: Callable[[Lab], Lab | tuple[Lab, View, str]],
    ) -> Response:
        """Make a move for the owner; what cannot be done is answered with the lab and the reason in words.

        A move returns the lab moved, and where it has more to say also the view and a notice.
        """
        stored, lab = self.load(id)
        if not self.mine(request, stored):
            return self.answer(request, stored, lab, view, words.NOT_YOURS, 403)
        if at != lab.place:  # a run's own slice may have moved it, unheard while another panel was asked for
            return self.answer(request, stored, lab, view, "" if view.run and at < lab.place else words.STALE)
        try:
            moved, seen, notice = moved if isinstance(moved := move(lab), tuple) else (moved, view, "")
            numbers = self.replay.numbers(moved)
        except OutOfTurn as error:
            return self.answer(request, stored, lab, view, words.out_of_turn(error), 409)
        except Mistakes as error:
            if wants_json(request.headers):
                raise
            return self.answer(
                request, stored, lab, view, " ".join(error.fields.values()), 422, mistakes=error
            )
        except Diverged as error:
            eta = figure(lab.recipe.eta_at(error.iteration))
            return self.answer(request, stored, lab, view, words.diverged(error.iteration, eta), 409)
        recipe = None if moved.recipe is lab.recipe else moved.recipe.text()
        saved = self.store.move(stored, place=moved.place, recipe=recipe)
        if saved is None:
            return self.answer(request, *self.load(id), view, "" if view.run else words.STALE)
        answer = self.answer(request, saved, moved, seen, notice, numbers=numbers)
        if seen.still != view.still:
            answer.headers["HX-Replace-Url"] = f"/labs/{id}?{seen.still}"
        return answer

    def answer(
        self,
        request: Request,
        stored: StoredLab,
        lab: Lab,
        view: View,
        notice: str = "",
        status: int = 200,
        numbers: Numbers | None = None,
        mistakes: Mistakes | None = None,
    ) -> Response:
        """Write down where a lab stands: JSON, the part that is swapped, a redirect, or the whole page."""
        if wants_json(request.headers) and status >= 400:
            return JSONResponse({"detail": notice, "place": lab.place, "next": lab.next}, status)
        numbers = numbers or self.replay.numbers(lab)
        if wants_json(request.headers):
            return JSONResponse(moment_json(stored.id, lab, numbers))
        mine, swapped = self.mine(request, stored), bool(request.headers.get("hx-request"))
        goes_on = swapped and mine and not notice and view.run > lab.iteration
        view = replace(view, play=0 if notice else view.play, run=view.run if goes_on else 0)
        origin = str(request.base_url).rstrip("/")
        wrong = (mistakes.fields, mistakes.typed) if mistakes else ({}, "")
        said = None if not notice and by_itself(request) else notice
        frame = Frame(stored.id, lab, numbers, view, mine, said, self.history, self.replay, origin, *wrong)
        if swapped:
            return html(
                "lab/_answer.html",
                status,
                headers=at_rest(request, frame),
                frame=frame,
                theme=theme_of(request.headers),
            )
        if request.method == "POST" and status == 200 and not notice:
            return RedirectResponse(frame.look(), 303)
        return self.page(request, frame, status)

    @staticmethod
    def page(request: Request, frame: Frame, status: int = 200, **more: Any) -> Response:
        """Return the whole page around a frame."""
        return html("lab/page.html", status, frame=frame, theme=theme_of(request.headers), **more)

    @staticmethod
    def mine(request: Request, stored: StoredLab) -> bool:
        """Tell whether the asking browser made this lab."""
        return secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), stored.owner.encode())


def by_itself(request: Request) -> bool:
    """Tell whether the page asks for more by itself: nobody has done anything, so what was said stays."""
    return request.method == "GET" and request.headers.get("hx-source", "").startswith("div#")


def at_rest(request: Request, frame: Frame) -> dict[str, str]:
    """Return the header by which the address does not say that a run goes on: loading it again must not
    run."""
    running = request.method == "GET" and "run" in request.query_params
    return {"HX-Replace-Url": frame.look(run=0)} if running else {}
