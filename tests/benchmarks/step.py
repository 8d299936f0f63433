"""`step`: the server's time for one step, split into replay, frame, template and store, and the size of its
HTML."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, wraps
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from jinja2 import Template

from app.lab.replay import Replay
from app.main import create_app
from app.page.frame import Frame
from app.page.selection import Selection
from app.settings import Settings
from app.store.checkpoints import Checkpoints
from app.store.examples import Examples
from app.store.labs import Labs
from app.web import replies
from tests.benchmarks.recipes import LARGE, MIDDLE, SMALL, clicks_in, seeded, walk
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.visitor import PAGE

ITERATIONS, ROUNDS = 10, 4
PARTS = ("replay", "frame", "template", "store")
MAPS = f"{LARGE}, all maps"
CASES = {SMALL: "", MIDDLE: "", LARGE: "", MAPS: "&panel=model&maps=1"}  # how each is looked at
LIMITS = {
    SMALL: (2, 4),
    MIDDLE: (None, 3),
    LARGE: (6, 8),
    MAPS: (60, None),
}  # milliseconds for the four parts, kB gzipped

Step = tuple[dict[str, float], bytes]  # seconds by part, HTML gzipped


class Clock:
    """Every moment belongs to one part: the one entered last and not left yet, or the rest of the web."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self.part, self.spent = "web", dict.fromkeys((*PARTS, "web"), 0.0)
        self.since, self.used = time.perf_counter(), time.process_time()

    def stop(self) -> dict[str, float]:
        """Return the seconds of every part, and those of the processor for all of it."""
        self.switch("web")
        return {**self.spent, "processor": time.process_time() - self.used}

    def switch(self, part: str) -> str:
        """Go on with another part. Return the one before it."""
        now = time.perf_counter()
        self.spent[self.part] += now - self.since
        self.since, self.part, before = now, part, self.part
        return before

    def timed(self, part: str, function: Callable) -> Callable:
        """Return the function, its time counted as this part's."""

        @wraps(function)
        def run(*args: Any, **named: Any) -> Any:
            before = self.switch(part)
            try:
                return function(*args, **named)
            finally:
                self.switch(before)

        return run


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """Have the program's own functions tell the clock when they begin and end."""
    methods: dict[Any, tuple[str, tuple[str, ...]]] = {Replay: ("replay", ("numbers",))}
    methods[Template] = "template", ("render",)
    for owner in (Labs, Examples, Checkpoints):
        methods[owner] = "store", tuple(name for name in vars(owner) if name[0] != "_")
    for owner in (Frame, Selection):
        methods[owner] = "frame", tuple(name for name in vars(owner) if name[0] != "_")
    methods[replies] = "frame", ("panel_of",)
    before = []
    for owner, (part, names) in methods.items():
        for name in names:
            found = vars(owner)[name]
            before.append((owner, name, found))
            if isinstance(found, property):
                setattr(owner, name, property(clock.timed(part, found.fget)))
            elif isinstance(found, cached_property):
                again = cached_property(clock.timed(part, found.func))
                again.__set_name__(owner, name)
                setattr(owner, name, again)
            elif callable(found):
                setattr(owner, name, clock.timed(part, found))
    yield
    for owner, name, found in before:
        setattr(owner, name, found)


async def post(app: Any, path: str, query: str, headers: dict[str, str], body: bytes = b"") -> list[dict]:
    """Send one request through the whole application, without a network. Return the messages it sent."""
    raw = [
        (name.encode(), value.encode())
        for name, value in {"content-length": str(len(body)), **headers}.items()
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": raw,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    answer: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        answer.append(message)

    await app(scope, receive, send)
    return answer


async def steps(app: Any, clock: Clock, name: str, seed: int) -> list[Step]:
    """Walk a lab through its iterations where nobody has been before."""
    recipe, found, page = seeded(name.partition(",")[0], seed), [], {}
    form = {"content-type": "application/x-www-form-urlencoded"}
    made = dict((await post(app, "/labs", "", form, urlencode(recipe.as_fields()).encode()))[0]["headers"])
    lab, cookie = made[b"location"].decode().partition("?")[0], made[b"set-cookie"].decode().partition(";")[0]
    headers = {
        "cookie": cookie,
        "hx-request": "true",
        "accept-encoding": "gzip",
        "sec-fetch-site": "same-origin",
    }
    for place in walk(recipe, clicks_in(recipe, ITERATIONS))[:-1]:
        clock.start()
        head, *bodies = await post(app, f"{lab}/next", f"at={place}{CASES[name]}", headers | page)
        spent = clock.stop()
        if head["status"] != 200:
            raise RuntimeError(f"A step was answered with {head['status']}")
        body = b"".join(body["body"] for body in bodies)
        shown = PAGE.search(gzip.decompress(body))
        page = {"page": shown[1].decode()} if shown else {}
        found.append((spent, body))
    return found


def run() -> None:
    """Measure and print."""
    clock, found = Clock(), {}
    with TemporaryDirectory() as folder, watched(clock):
        app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
        for seed in range(
            ROUNDS
        ):  # in turns, so that no busy moment of the machine falls on one of them alone
            for at, name in enumerate(CASES):
                found.setdefault(name, []).extend(asyncio.run(steps(app, clock, name, 10 * seed + at)))
        app.state.labs.store.close()
    rows = [row(name, list(taken)) for name, taken in found.items()]
    heads = (
        *("network", *PARTS, "sum", "sum p95"),
        "web, gzip",
        "all",
        "all p95",
        "CPU",
        "HTML kB",
        "gzip kB",
    )
    note = (
        f"Medians over {ITERATIONS} iterations, {ROUNDS} times, where nobody was before; CPU: of all; HTML: "
        "the biggest answer of the walk."
    )
    table("step: milliseconds in the server at layer pace", heads, rows, note)


def row(name: str, taken: list[Step]) -> tuple[str, ...]:
    """Return a network's line of the table."""
    time_limit, size_limit = LIMITS.get(name, (None, None))
    parts = {part: [1000 * spent[part] for spent, _ in taken] for part in (*PARTS, "web", "processor")}
    sums = [1000 * sum(spent[part] for part in PARTS) for spent, _ in taken]
    whole = [1000 * sum(spent[part] for part in (*PARTS, "web")) for spent, _ in taken]
    packed, plain = (
        max(map(len, pages)) / 1000
        for pages in zip(*((b, gzip.decompress(b)) for _, b in taken), strict=True)
    )
    return (
        name,
        *(f"{percentile(parts[part], 0.5):.2f}" for part in PARTS),
        against(percentile(sums, 0.5), time_limit, 2),
        f"{percentile(sums, 0.95):.2f}",
        f"{percentile(parts['web'], 0.5):.2f}",
        f"{percentile(whole, 0.5):.2f}",
        f"{percentile(whole, 0.95):.2f}",
        f"{percentile(parts['processor'], 0.5):.2f}",
        f"{plain:.1f}",
        against(packed, size_limit),
    )
