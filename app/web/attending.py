"""Who of a class asks: found out once for every request of a browser that is in one.

While a class is asked a question, its people get nothing but the class's own page: whatever else they ask for
might tell the answer.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from time import monotonic
from typing import Annotated

from cachetools import LRUCache
from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.classroom.room import Room, room_from
from app.lab.lab import Lab
from app.limits import WRONG_CODES, WRONG_CODES_OF_ONE, Rate
from app.notation.codes import code_from
from app.notation.language import tr
from app.page.ask import Ask
from app.page.board import Hosting, Sight, sight_in
from app.page.view import View
from app.store.members import Member
from app.store.rooms import Seen, StoredRoom, hashed
from app.store.store import Store
from app.story.classroom import REFUSED
from app.web.hub import Hub
from app.web.openapi import Schema, why
from app.web.visitor import Visitor, visitor_of

ROOM_COOKIE = "room"  # the id of the room whose page this browser was last at, or LEFT
LEFT = "left"
HOST, HOSTED = "host-", 20  # what stands before the id of a room in a host’s cookie; how many are looked at
PRESENT = 600  # seconds since a teacher was last there, for which somebody who has left is still held back
DAY = 24 * 3600  # seconds
CALLED: dict[int | str, Schema] = {  # for whoever is asked a question in a class, at any other address
    204: {"description": "for a page of ours: where your class is asked stands in HX-Redirect"},
    303: {"description": "to where your class is asked a question"},
    409: why("your class is asked a question"),
}
FREE = ("/livez", "/readyz", "/theme", "/language")  # what nobody is kept from


@dataclass(frozen=True)
class Attending:
    """A room, what it is now, and who asks: its `host`, one of its members, or neither."""

    stored: StoredRoom
    room: Room
    member: Member | None
    host: bool
    hub: Hub | None = None
    votes: Callable[[Lab], Ask | None] = lambda lab: (
        None
    )  # what the class guessed, where a lab tells the answer
    sight: Sight = field(default_factory=Sight)  # how the host looks at the board

    @property
    def role(self) -> str:
        """Return what whoever asks is in this room."""
        return "host" if self.host else "student" if self.member and not self.member.removed else "stranger"

    def hosting(self, lab: str) -> Hosting | None:
        """Return what a lab’s page says of the class that its owner hosts, None where they host none."""
        if not (self.host and self.hub):
            return None
        people = self.hub.store.members.count(self.stored.id)
        return Hosting(self.stored.code, people, "" if lab == self.stored.lab else lab)

    def follows(self, lab: str, view: View) -> None:
        """Let the class see where the host has taken the class's lab, and how they look at it."""
        if self.host and self.hub and lab == self.stored.lab:
            self.hub.store.rooms.look(self.stored.id, view.query(play=0, run=0, goal="", undo=""))
            self.hub.poke(self.stored.id)

    @property
    def kept_in(self) -> bool:
        """Tell whether whoever asks may look at nothing else now."""
        return self.role == "student" and self.room.asking


class Called(Exception):
    """Say that somebody is asked a question in a class, and looks elsewhere."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def host_cookie(id: str) -> str:
    """Return the name of the cookie that makes a browser the host of a room."""
    return HOST + id


def shows_token(request: Request, stored: StoredRoom) -> bool:
    """Tell whether a request bears the token of a room's host."""
    scheme, _, borne = request.headers.get("authorization", "").partition(" ")
    token = borne if scheme.lower() == "bearer" else request.cookies.get(host_cookie(stored.id), "")
    return bool(token) and secrets.compare_digest(hashed(token), stored.host)


def attending(request: Request, seen: Seen) -> Attending:
    """Return who asks in a room."""
    stored, member = seen
    host, classes = shows_token(request, stored), request.app.state.classes
    return Attending(
        stored=stored,
        room=room_from(stored.state),
        member=None if host else member,
        host=host,
        hub=classes.hub,
        votes=partial(classes.votes, stored),
    )


@dataclass(frozen=True)
class Attended:
    """The classes of a browser: the one whose page it was last at, and all."""

    main: Attending | None = None
    all: tuple[Attending, ...] = ()

    def of(self, lab: str) -> Attending | None:
        """Return the class that a lab is in, else the main one."""
        for one in self.all:
            if one.host and one.stored.lab == lab:
                return one
            if one.role == "student" and one.member and one.member.lab == lab:
                return one
        return self.main


def attended(request: Request, owner: str) -> Attended:
    """Return the classes of a browser. One that somebody has left counts as long as its teacher is there."""
    store: Store = request.app.state.labs.store
    id = request.cookies.get(ROOM_COOKIE, "")
    hosted = [name.removeprefix(HOST) for name in request.cookies if name.startswith(HOST)][:HOSTED]
    main, all, present = None, [], store.database.now() - PRESENT
    for seen in store.rooms.attended(owner, [id, *hosted]):
        one = attending(request, seen)
        if one.stored.id == id:
            main = one
        if one.host or one is main or one.stored.heard > present:
            all.append(one)
    return Attended(main, tuple(all))


async def in_class(request: Request) -> None:
    """Find out whether a browser is in classes, for whatever route it asks. Raise Called where it may look at
    nothing else now."""
    request.state.attended = Attended()
    marked = any(name == ROOM_COOKIE or name.startswith(HOST) for name in request.cookies)
    if not marked or request.scope["path"] in FREE:
        return
    visitor = await visitor_of(request)
    request.state.attended = found = await run_in_threadpool(attended, request, visitor.owner)
    for one in found.all:
        if one.kept_in:
            raise Called(one.stored.code)


async def on_called(request: Request, error: Exception) -> Response:
    """Lead somebody who is asked a question back to their class; programs are told why."""
    assert isinstance(error, Called)
    visitor, page = await visitor_of(request), f"/rooms/{error.code}"
    if visitor.wants_json or not (visitor.swapped or "text/html" in request.headers.get("accept", "")):
        return JSONResponse({"detail": tr(REFUSED["asking"])}, 409)
    if visitor.swapped:
        return Response(status_code=204, headers={"HX-Redirect": page})
    return RedirectResponse(page, 303)


class Codes:
    """How many wrong codes a browser, and everybody together, may still try; kept in memory, safe to lose.
    Right ones are never counted."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock, self.lock = clock, Lock()
        self.left: dict[str, LRUCache[str, tuple[float, float]]] = defaultdict(lambda: LRUCache(10_000))

    def wrong(self, owner: str) -> int:
        """Count a wrong code. Return 0, or in how many seconds the next one may be tried."""
        wait = 0.0
        with self.lock:
            now = self.clock()
            for kind, name, rate in (("one", owner, WRONG_CODES_OF_ONE), ("all", "", WRONG_CODES)):
                if kind == "one" and not owner:
                    continue
                wait = max(wait, self._take(kind, name, rate, now))
        return int(wait + 0.999)

    def _take(self, kind: str, name: str, rate: Rate, now: float) -> float:
        there, then = self.left[kind].get(name, (rate.burst, now))
        left = min(rate.burst, there + (now - then) * rate.each_second)
        self.left[kind][name] = max(left - 1, -1.0), now
        return max(0.0, (1 - left) / rate.each_second)


async def room_asked(request: Request, code: str) -> Attending:
    """Return the room of a code, and who asks; 404 where there is none, 429 after too many of those."""
    visitor = await visitor_of(request)
    one = await run_in_threadpool(found_by, request, visitor.owner, code_from(code))
    if one is None:
        wrong = wrong_code(request.app.state.codes, visitor)
        if visitor.swapped and request.method == "GET" and request.scope["path"] == f"/rooms/{code}":
            wrong.headers = {**(wrong.headers or {}), "HX-Redirect": "/"}  # an open board: the class is over
        raise wrong
    if not one.host:
        return one
    return replace(one, sight=sight_in(request.scope["query_string"].decode("latin-1")))


def found_by(request: Request, owner: str, code: str) -> Attending | None:
    """Return the room of a code; for whoever is in it also under one that it had before."""
    store: Store = request.app.state.labs.store
    if seen := store.rooms.seen_by(owner, code):
        return attending(request, seen)
    all = attended(request, owner).all if code else ()
    return next((one for one in all if code in one.room.codes and one.role != "stranger"), None)


def wrong_code(codes: Codes, visitor: Visitor) -> HTTPException:
    """Return what a wrong code is answered with."""
    if wait := codes.wrong(visitor.owner):
        return HTTPException(429, REFUSED["slow"], {"Retry-After": str(wait)})
    return HTTPException(404, REFUSED["no_room"])


Here = Annotated[Attending, Depends(room_asked)]
