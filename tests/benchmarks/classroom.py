"""`classroom`: 300 people of one class, each at a network of their own; `streams`: a thousand open pages of
one class."""

from __future__ import annotations

import asyncio
import json
import random
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.web.visitor import OWNER_COOKIE
from tests.benchmarks.recipes import MIDDLE, RECIPES
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.server import Server, serving
from tests.benchmarks.students import WORKERS, databases
from tests.benchmarks.visitor import Answer, Visitor

STUDENTS, STEPS = 300, 15
TOGETHER = 0.02  # seconds within which everybody clicks at once
EACH, ALL, JOINED = 100, 250, 3.0  # ms of 99 in 100 answers, and seconds until everybody is in
PAGES, TURNS = 1000, 10
TOLD, KILOBYTES, END = (
    150,
    60,
    5.0,
)  # ms until the last page is told, kB each, seconds until the program's end
FORM = "Content-Type: application/json\r\nAccept: application/json\r\n"
WHOLE = b"\n\n\r\n"  # the end of a message
RECIPE = RECIPES[MIDDLE]


class Person(Visitor):
    """A browser in a class."""

    def __init__(self, port: int) -> None:
        super().__init__(port, RECIPE, 2 * TURNS + STEPS)
        self.cookies = dict([self.cookie.split("=", 1)])

    async def told_in(self, method: str, path: str, status: int, **given: object) -> dict[str, object]:
        """Ask as programs do, keeping the cookies, and return what comes."""
        body = json.dumps(given).encode() if given else b""
        answer = await self.ask(method, path, body, FORM, "identity")
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status} {answer.body[:200]!r}")
        self.keep(answer)
        return json.loads(answer.body)

    def keep(self, answer: Answer) -> None:
        """Keep an answer's cookies."""
        for name, value in re.findall(rb"^set-cookie: ([^=]+)=([^;\r]*)", answer.head, re.M | re.I):
            self.cookies[name.decode()] = value.decode()
        self.cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def open(self, mode: str) -> str:
        """Cook, open a room and return its address."""
        await self.arrive()
        self.cookies[OWNER_COOKIE] = self.cookie.partition("=")[2]
        lab = self.lab.rpartition("/")[2]
        return f"/rooms/{(await self.told_in('POST', '/rooms', 201, lab=lab, mode=mode))['code']}"

    async def join(self, room: str) -> None:
        """Come in and find out which network is one's own."""
        await self.told_in("POST", f"{room}/join", 201)

    async def settle(self, room: str) -> None:
        """Find one's own network."""
        self.lab = f"/labs/{(await self.told_in('GET', room, 200))['lab']}"


async def clicked(one: Person, at: float, times: list[float]) -> int:
    """Step at a moment, noting the seconds. Return how many answers were wrong."""
    await asyncio.sleep(max(0.0, at - time.perf_counter()))
    asked = time.perf_counter()
    try:
        answer = await one.step()
    except (OSError, EOFError, TimeoutError):
        return 1
    times.append(time.perf_counter() - asked)
    return int(answer.status != 200)


async def stepping(one: Person, begin: float, times: list[float]) -> int:
    """Step once a second."""
    return sum([await clicked(one, begin + second, times) for second in range(STEPS)])


async def lesson(server: Server) -> tuple[float, list[float], list[float], int]:
    """Let everybody in at once, let each step at their own moments, then all at the same. Return the seconds
    until all were in, those of the answers of either kind, and how many were wrong."""
    teacher, people = Person(server.port), [Person(server.port) for _ in range(STUDENTS)]
    room = await teacher.open("own")
    for one in people:
        await one.connect()
    begun = time.perf_counter()
    await asyncio.gather(*(one.join(room) for one in people))
    joined = time.perf_counter() - begun
    for one in people:
        await one.settle(room)
    each: list[float] = []
    together: list[float] = []
    dice, begin = random.Random(0), time.perf_counter() + 0.5
    wrong = sum(await asyncio.gather(*(stepping(one, begin + dice.random(), each) for one in people)))
    begin = time.perf_counter() + 0.5
    wrong += sum(
        await asyncio.gather(*(clicked(one, begin + dice.random() * TOGETHER, together) for one in people))
    )
    for one in (teacher, *people):
        await one.leave()
    return joined, each, together, wrong


def run() -> None:
    """Measure and print."""
    lines = []
    with databases() as found:
        for database, settings in found.items():
            for workers in (1, WORKERS):
                with serving(WORKERS=str(workers), **settings) as server:
                    joined, each, together, wrong = asyncio.run(lesson(server))
                p99 = [1000 * percentile(times or [float("inf")], 0.99) for times in (each, together)]
                lines.append(
                    (
                        f"{database}, {workers} {'process' if workers == 1 else 'processes'}",
                        against(joined, JOINED),
                        against(p99[0], EACH),
                        against(p99[1], ALL),
                        against(wrong, 0, 0),
                    )
                )
    table(
        f"classroom: {STUDENTS} people of a class at their own {MIDDLE}",
        ("", "s until all are in", "p99 ms, each once a second", "p99 ms, all at once", "errors"),
        lines,
        "Whoever presses shares the machine's processors with the server.",
    )


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process and those it starts open as many files as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8 * PAGES)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Page(asyncio.Protocol):
    """An open page: it counts what it is told, and when it was last. It reads cheaply, as it shares the
    processors with the server."""

    def __init__(self) -> None:
        self.messages, self.at, self.over = 0, 0.0, asyncio.Event()

    async def listen(self, port: int, room: str, cookie: str) -> None:
        """Listen until the server hangs up."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", port)
        transport.write(
            f"GET {room}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        await self.over.wait()

    def data_received(self, data: bytes) -> None:
        """Note a message that has come whole."""
        if data.endswith(WHOLE):
            self.messages += 1
            self.at = time.perf_counter()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end."""
        self.over.set()


async def watched(server: Server) -> tuple[list[float], float, float]:
    """Open the pages, step, and end the program. Return the ms until the last page was told of each step, the
    kB of a page, and the seconds until the end."""
    teacher, student = Person(server.port), Person(server.port)
    room = await teacher.open("follow")
    await student.connect()
    await student.join(room)
    first, pages = Page(), [Page() for _ in range(PAGES)]
    tasks = [asyncio.create_task(first.listen(server.port, room, student.cookie))]
    await until(lambda: first.messages > 0)
    before = server.memory()
    for number, page in enumerate(pages):
        tasks.append(asyncio.create_task(page.listen(server.port, room, student.cookie)))
        if number % 50 == 49:
            await asyncio.sleep(0.05)
    await until(lambda: all(page.messages for page in pages))
    each, taken = (server.memory() - before) * 1000 / PAGES, []
    for _ in range(TURNS):
        await asyncio.sleep(1.5)
        for page in pages:
            page.messages = 0
        begun = time.perf_counter()
        answer = await teacher.step()
        if answer.status != 200:
            raise RuntimeError(f"A step was refused: {answer.status}")
        await until(lambda: all(page.messages for page in pages))
        taken.append(1000 * (max(page.at for page in pages) - begun))
    begun = time.perf_counter()
    server.process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(server.process.wait, 60)
    ended = time.perf_counter() - begun
    await asyncio.gather(*tasks, return_exceptions=True)
    return taken, each, ended


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.005)


def streams() -> None:
    """Measure and print."""
    lines = []
    with many_files(), databases() as found:
        for database, settings in found.items():
            with serving(**settings) as server:
                taken, each, ended = asyncio.run(watched(server))
            lines.append(
                (
                    database,
                    against(percentile(taken, 0.5), TOLD, 0),
                    f"{max(taken):.0f}",
                    against(each, KILOBYTES, 0),
                    against(ended, END),
                )
            )
    table(
        f"streams: {PAGES:,} open pages of a class in one process, the teacher steps {TURNS} times",
        ("", "ms until all are told", "worst", "kB a page", "s until the end"),
        lines,
        "Whoever listens shares the machine's processors with the server.",
    )
