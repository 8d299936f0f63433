"""`killed`: a class votes when its server is killed, and goes on when it is there again."""

from __future__ import annotations

import asyncio
import random
import time
from tempfile import TemporaryDirectory

from tests.benchmarks.classroom import Page, Person, many_files, until
from tests.benchmarks.report import against, table
from tests.benchmarks.server import Server, starting
from tests.benchmarks.students import databases

PEOPLE, BACK = 300, 10.0  # seconds after the restart until everybody is back
OVER = 3.0  # seconds over which they vote
RETRY = (0.5, 1.5)  # seconds until a page that was cut off comes back, as it is told
ANSWERS = ("high", "low")  # to "side"


class Voter(Person):
    """A browser with an open page, whose answer is given again until it is acknowledged."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.name, self.answer, self.kept, self.over = "", "", 0.0, False
        self.opened = 0.0  # when the page was last told something for the first time

    async def listen(self, room: str) -> None:
        """Keep a stream open, whatever happens."""
        while not self.over:
            page = Page()
            listening = asyncio.create_task(page.listen(self.port, room, self.cookie))
            while not page.messages and not listening.done():
                await asyncio.sleep(0.01)
            self.opened = page.at or self.opened
            await asyncio.gather(listening, return_exceptions=True)
            await asyncio.sleep(random.uniform(*RETRY))

    async def vote(self, room: str) -> None:
        """Answer after a while, and again where nobody heard."""
        await asyncio.sleep(random.uniform(0, OVER))
        self.answer = random.choice(ANSWERS)
        while not self.kept:
            try:
                await self.connect()
                await self.told_in("POST", f"{room}/vote", 200, answer=self.answer, confidence=3)
                self.kept = time.perf_counter()
                await self.leave()
            except (OSError, EOFError, TimeoutError):
                await asyncio.sleep(random.uniform(*RETRY))


async def begins(server: Server) -> tuple[Person, str, list[Voter], list[asyncio.Task[None]]]:
    """Let everybody in, listening, and ask them."""
    teacher, people = Person(server.port), [Voter(server.port) for _ in range(PEOPLE)]
    room = await teacher.open("follow")
    for one in people:
        await one.connect()
        one.name = str((await one.told_in("POST", f"{room}/join", 201))["name"])
        await one.leave()
    tasks = [asyncio.create_task(one.listen(room)) for one in people]
    await until(lambda: all(one.opened for one in people))
    await teacher.told_in("POST", f"{room}/rounds", 200, question="side")
    await teacher.told_in("POST", f"{room}/advance", 200)
    tasks += [asyncio.create_task(one.vote(room)) for one in people]
    await asyncio.sleep(OVER / 2)
    return teacher, room, people, tasks


async def goes_on(
    teacher: Person, room: str, people: list[Voter], before: float
) -> tuple[float, float, int, int]:
    """Wait until all are back. Return the seconds until the last page was told something and the last answer
    was acknowledged, how many answers had been before, and how many are not there exactly once."""
    begun = time.perf_counter()
    early = sum(0 < one.kept < before for one in people)
    await until(lambda: all(one.kept and one.opened > before for one in people))
    told, kept = (max(getattr(one, what) for one in people) - begun for what in ("opened", "kept"))
    await teacher.connect()
    await teacher.told_in("POST", f"{room}/advance", 200)
    found = await teacher.told_in("GET", f"{room}.json", 200)
    ids = {one["name"]: one["id"] for one in found["members"]}
    votes = [(vote["member"], vote["answer"]) for vote in found["votes"]]
    wrong = sum(votes.count((ids[one.name], one.answer)) != 1 for one in people)
    return told, kept, early, wrong + abs(len(votes) - PEOPLE)


async def lesson(folder: str, settings: dict[str, str]) -> tuple[float, float, int, int]:
    """Play it: see goes_on."""
    with starting(folder, **settings) as server:
        await asyncio.to_thread(server.wait)
        teacher, room, people, tasks = await begins(server)
        server.process.kill()
        await asyncio.to_thread(server.process.wait)
        before = time.perf_counter()
    with starting(folder, **settings, PORT=str(server.port)) as again:
        await asyncio.to_thread(again.wait)
        found = await goes_on(teacher, room, people, before)
        for one in people:
            one.over = True
    await asyncio.gather(*tasks)
    return found


def run() -> None:
    """Measure and print."""
    lines = []
    with many_files(), databases() as found:
        for database, settings in found.items():
            with TemporaryDirectory() as folder:
                told, kept, early, wrong = asyncio.run(lesson(folder, settings))
            back = against(max(told, kept), BACK)
            lines.append((database, back, f"{told:.1f}", f"{kept:.1f}", str(early), against(wrong, 0, 0)))
    table(
        f"killed: {PEOPLE} people of a class while they vote, the server killed and started again",
        ("", "s until all are back", "all pages", "all answers", "answered before", "lost or doubled"),
        lines,
        "Seconds from the first answer of the program that was started again.",
    )
