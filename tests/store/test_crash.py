"""A program killed at any moment, 10 times or KILLS=1000: what it has acknowledged is there, and goes on."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from app.store.store import Store

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", 10))
PEOPLE = 4
WAIT = 30.0  # seconds in which a program must have started
SENT = {"accept": "application/json", "content-type": "application/json"}
OWN = {"inputs": [[0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1]]}


@dataclass
class Person:
    """Somebody who makes labs, steps, runs and brings data: `told` is what was acknowledged of each lab."""

    chance: random.Random
    port: int
    cookie: str
    told: dict[str, tuple[int, str]] = field(default_factory=dict)  # place, own data's name or ""
    under_way: str = ""  # the lab of a press that was sent and not answered
    answers: int = 0

    def ask(self, connection: HTTPConnection, path: str, body: object = None) -> dict | None:
        """Post something; return what was acknowledged."""
        connection.request(
            "POST", path, json.dumps(body or {}), SENT | {"cookie": f"blame-game={self.cookie}"}
        )
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status < 500 or b'"of":' in text, text  # or still on the way there
        self.answers += answer.status < 300
        return json.loads(text) if answer.status < 300 else None

    def act(self, connection: HTTPConnection) -> None:
        """Do one of the things people do."""
        labs = [*self.told]
        if len(labs) < 2 or self.chance.random() < 0.05:
            recipe = {"data": OWN, "seed": self.chance.randrange(1000)} if self.chance.random() < 0.5 else {}
            made = self.ask(connection, "/labs", recipe)
            if made is not None:
                data = made["recipe"]["data"]
                self.told[made["id"]] = made["place"], "own" if isinstance(data, dict) else ""
                return
        lab = self.under_way = self.chance.choice(labs[-5:])
        place, data = self.told[lab]
        run = f"skip?at={place}&iterations={self.chance.randrange(1, 600)}"
        made = self.ask(
            connection, f"/labs/{lab}/{run if self.chance.random() < 0.1 else f'next?at={place}'}"
        )
        if made is not None:
            self.told[lab] = made["place"], data
        self.under_way = ""

    def live(self) -> None:
        """Act until nobody answers any more."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            try:
                while True:
                    self.act(connection)
            except (OSError, HTTPException):
                pass

    def look(self, connection: HTTPConnection, lab: str) -> None:
        """See that a lab stands where it was said to stand, or beyond by what was under way, and steps on."""
        found = {"of": 0}
        while "of" in found:  # the way there, which memory held, is worked out anew, piece by piece
            connection.request("GET", f"/labs/{lab}.json", headers=SENT)
            found = json.loads(connection.getresponse().read())
        place, data = self.told[lab]
        assert found["place"] == place or (lab == self.under_way and found["place"] > place)
        assert not data or found["recipe"]["data"]["inputs"] == OWN["inputs"]
        self.told[lab] = found["place"], data
        self.under_way = "" if lab == self.under_way else self.under_way
        moved = None
        while moved is None:
            moved = self.ask(connection, f"/labs/{lab}/next?at={found['place']}")
        assert moved["place"] > found["place"]
        self.told[lab] = moved["place"], data


@contextmanager
def started(url: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program, and kill it at the end."""
    environ = os.environ | {"PORT": str(port), "DATABASE_URL": url, "LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "app"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as program:
        try:
            yield program
        finally:
            program.kill()


def answering(program: subprocess.Popen[bytes], port: int) -> HTTPConnection:
    """Return a connection to the program as soon as it answers."""
    end = time.monotonic() + WAIT
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            assert connection.getresponse().read() == b'{"status":"ok"}'
            return connection
        except (OSError, HTTPException):
            connection.close()
            assert program.poll() is None, "the program did not start"
            assert time.monotonic() < end, "the program does not answer"
            time.sleep(0.02)


def answered(people: list[Person]) -> int:
    """Return how much was acknowledged in all."""
    return sum(person.answers for person in people)


def test_a_killed_program_loses_nothing_that_it_has_acknowledged(url: str) -> None:
    chance = random.Random(KILLS)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    people = [Person(random.Random(n), port, f"somebody-number-{n}-of-many") for n in range(PEOPLE)]
    kills = max(1, KILLS // 2)  # the other half is for the other database
    for number in range(kills):
        if number % 3 == 1:
            with started(url, port):  # killed while it starts
                time.sleep(2 * chance.random())
            continue
        with started(url, port) as program:
            with closing(answering(program, port)) as connection:
                for person in people:
                    unsaid = [person.under_way] if person.under_way in person.told else []
                    for lab in dict.fromkeys([*unsaid, *[*person.told][-2:]]):
                        person.look(connection, lab)
            threads = [threading.Thread(target=person.live) for person in people]
            for thread in threads:
                thread.start()
            enough, end = answered(people) + chance.randrange(3, 60), time.monotonic() + WAIT
            while answered(people) < enough and time.monotonic() < end:
                time.sleep(0.005 * chance.random())
            program.kill()
            for thread in threads:
                thread.join()
    with closing(Store(url)) as store:
        for person in people:
            for lab, (place, _) in person.told.items():
                kept = store.labs.get(lab)
                assert kept.place == place or (lab == person.under_way and kept.place > place)
                assert kept.owner == person.cookie
        store.ready()
    assert answered(people) > 3 * kills
