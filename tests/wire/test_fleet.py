"""A class on several processes: it does not matter which one answers, nor that one dies."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.wire.program import PATIENCE, program, wait_for
from tests.wire.test_program import lines_to_all

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as Linux tells of them"),
]
CLIENTS = 20
DEADLY = ("guess",)  # phases in which one of two processes on a file dies: a new one takes its time
WAY = (("open", None), ("guess", ""), ("hold", ""), ("discuss", "discuss"), ("guess", ""), ("reveal", ""))


class Person:
    """A browser's cookies, whatever connection it uses."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, line: HTTPConnection, method: str, path: str, **given: object) -> Any:
        """Ask for JSON and return it; anything but success fails."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        heads = {"Accept": "application/json", "Content-Type": "application/json", "Cookie": cookies}
        line.request(method, path, json.dumps(given) if given else None, heads)
        reply = line.getresponse()
        body = reply.read()
        assert reply.status in (200, 201), (path, reply.status, body)
        for set in reply.headers.get_all("Set-Cookie", ()):
            name, _, value = set.partition(";")[0].partition("=")
            self.cookies[name] = value
        return json.loads(body)


class Pair(NamedTuple):
    """Connections to two processes, and how the second one dies."""

    stays: HTTPConnection
    dies: HTTPConnection
    kill: Callable[[], object]

    def close(self) -> None:
        """Hang up."""
        self.stays.close()
        self.dies.close()


def to(port: int) -> HTTPConnection:
    """Return a connection that is opened when it is used."""
    return HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


@contextmanager
def two_programs(folder: Path, url: str) -> Iterator[Callable[[], Pair]]:
    """Start a program that stays, and beside it another one for each pair, on one PostgreSQL."""
    numbers = count()

    def start() -> Any:
        (own := folder / str(next(numbers))).mkdir()
        return running.enter_context(program(own, DATABASE_URL=url))

    with ExitStack() as running:
        first = start()

        def pair() -> Pair:
            second = start()
            return Pair(to(first.port), to(second.port), lambda: second.end(signal.SIGKILL))

        yield pair


@contextmanager
def two_workers(folder: Path) -> Iterator[Callable[[], Pair]]:
    """Start a program of two processes on one SQLite file; whichever dies is started again by itself."""
    with program(folder, WORKERS="2") as here:

        def line(process: int) -> HTTPConnection:
            found = to(here.port)
            found.sock = sockets[process]
            return found

        sockets: dict[int, Any] = {}

        def pair() -> Pair:
            wait_for(lambda: len(here.workers()) == 2)
            sockets.clear()
            sockets.update(lines_to_all(here, 2))
            one, other = sockets

            def kill() -> None:
                os.kill(other, signal.SIGKILL)
                wait_for(lambda: other not in here.workers())

            return Pair(line(one), line(other), kill)

        yield pair


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whoever_answers_it_is_the_same_class_and_a_dead_one_is_not_missed_in_any_phase(
    tmp_path: Path, request: pytest.FixtureRequest, database: str
) -> None:
    url = request.getfixturevalue("database_url") if database == "postgresql" else ""
    with two_programs(tmp_path, url) if url else two_workers(tmp_path) as pair:
        now = pair()
        host, student = Person(), Person()
        lab = host.ask(now.stays, "POST", "/labs")["id"]
        room = f"/rooms/{host.ask(now.stays, 'POST', '/rooms', lab=lab)['code']}"
        name = student.ask(now.dies, "POST", f"{room}/join")["name"]
        host.ask(now.stays, "POST", f"{room}/rounds", question="side")
        for phase, way in WAY:
            if way is not None:
                host.ask(now.stays, "POST", f"{room}/advance", to=way)
            before = student.ask(now.dies, "GET", room)
            assert (before["name"], before["phase"], before["people"]) == (name, phase, 1)
            if phase == "guess":
                keys = [choice["key"] for choice in before["question"]["choices"]]
                student.ask(now.dies, "POST", f"{room}/vote", answer=keys[0], confidence=1)
                student.ask(now.stays, "POST", f"{room}/vote", answer=keys[1], confidence=2)
                student.ask(now.dies, "POST", f"{room}/vote", answer=keys[1], confidence=3)
            if url or phase in DEADLY:
                now.kill()
            assert student.ask(now.stays, "GET", room) == before
            if (url or phase in DEADLY) and phase != WAY[-1][0]:
                now.close()
                now = pair()
        votes = host.ask(now.stays, "GET", f"{room}.json")["votes"]
        now.close()
        counted = [(vote["turn"], vote["answer"], vote["sure"]) for vote in votes]
        assert counted == [(turn, keys[1], 3) for turn in (1, 2)]


class Voter:
    """Somebody who votes again and again, and remembers what was acknowledged and what was sent last."""

    def __init__(self, room: str) -> None:
        self.person, self.room, self.name = Person(), room, ""
        self.kept, self.sent = 0, 0

    def vote(self, port: int, keys: list[str], enough: Callable[[], bool]) -> None:
        """Vote until it is enough, or nobody answers any more."""
        line = to(port)
        try:
            while not enough():
                self.sent += 1
                said = {"answer": keys[self.sent % len(keys)], "confidence": self.sent % 5 + 1}
                self.person.ask(line, "POST", f"{self.room}/vote", **said)
                self.kept = self.sent
        except (OSError, HTTPException):
            pass
        finally:
            line.close()


def voting(
    voters: list[Voter], port: int, keys: list[str], enough: Callable[[], bool]
) -> list[threading.Thread]:
    """Let everybody vote, each in a thread."""
    threads = [threading.Thread(target=voter.vote, args=(port, keys, enough)) for voter in voters]
    for thread in threads:
        thread.start()
    return threads


def counted(told: dict[str, Any], voters: list[Voter], keys: list[str]) -> None:
    """Check that of each voter there is one vote: the last one that was acknowledged, or the one after it,
    of which nobody heard."""
    ids = {member["name"]: member["id"] for member in told["members"]}
    for voter in voters:
        found = [vote for vote in told["votes"] if vote["member"] == ids[voter.name]]
        assert len(found) == 1 or (not found and not voter.kept)
        for vote in found:
            may = range(max(1, voter.kept), voter.sent + 1)
            said = [(keys[one % len(keys)], one % 5 + 1) for one in may]
            assert (vote["answer"], vote["sure"]) in said


def test_a_server_that_is_killed_while_a_class_votes_has_every_acknowledged_vote_once(tmp_path: Path) -> None:
    (first := tmp_path / "first").mkdir()
    (second := tmp_path / "second").mkdir()
    url, host = f"sqlite:///{tmp_path}/labs.sqlite3", Person()
    with program(first, DATABASE_URL=url) as here:
        line = to(here.port)
        lab = host.ask(line, "POST", "/labs")["id"]
        room = f"/rooms/{host.ask(line, 'POST', '/rooms', lab=lab)['code']}"
        voters = [Voter(room) for _ in range(CLIENTS)]
        for voter in voters:
            voter.name = voter.person.ask(line, "POST", f"{room}/join")["name"]
        host.ask(line, "POST", f"{room}/rounds", question="side")
        asked = host.ask(line, "POST", f"{room}/advance")
        keys = [choice["key"] for choice in asked["question"]["choices"]]
        threads = voting(voters, here.port, keys, lambda: False)
        wait_for(lambda: sum(voter.kept for voter in voters) >= 3 * CLIENTS)
        assert here.end(signal.SIGKILL) == -signal.SIGKILL
        line.close()
        for thread in threads:
            thread.join(PATIENCE)
    with program(second, DATABASE_URL=url, PORT=str(here.port)) as again:
        late, before = voters[: CLIENTS // 2], sum(voter.kept for voter in voters)
        for thread in voting(
            late, again.port, keys, lambda: sum(voter.kept for voter in voters) > before + CLIENTS
        ):
            thread.join(PATIENCE)
        assert all(voter.kept == voter.sent for voter in late)
        line = to(again.port)
        host.ask(line, "POST", f"{room}/advance")
        counted(host.ask(line, "GET", f"{room}.json"), voters, keys)
        line.close()
