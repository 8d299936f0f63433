"""Anything at all may be sent anywhere: never a server error, always words that are documented, and whatever
is refused changes nothing. REQUESTS says how many are sent, SEED which."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from app.web.allowance import Allowance
from tests.web.fuzz import Fuzzer
from tests.web.straight import Answered, Asked, send
from tests.web.tree import read

pytestmark = pytest.mark.anyio
REQUESTS = int(os.environ.get("REQUESTS", "20000"))
SEED = int(os.environ.get("SEED", "1"))
LIFE = 400  # requests until a fresh lab is taken
READ = 9  # every so many pages one is read strictly
SECONDS, GROWTH, PAGE = 10.0, 20, 300_000  # of processor time, and of bytes, that one request may take
KEPT = "SELECT * FROM labs UNION ALL SELECT key, content, '', 0, 0, 0, touched FROM examples"


class Site:
    """An application, what is stored, and a visitor with a lab."""

    def __init__(self, app: FastAPI, file: Path) -> None:
        self.app, self.database = app, sqlite3.connect(file)
        self.lab, self.cookie, self.code, self.token = "", "", "", ""

    async def begin(self) -> None:
        """Take a fresh lab, and forget all others."""
        self.database.execute("DELETE FROM labs")
        self.database.commit()
        headers = [
            (b"accept", b"application/json"),
            (b"content-type", b"application/json"),
            (b"content-length", b"12"),
        ]
        told = await send(self.app, Asked("POST", "/labs", b"", headers, b'{"batch": 2}', {}))
        assert told.status == 201, told.body
        self.lab, self.cookie = json.loads(told.body)["id"], told.headers["set-cookie"].split(";")[0]
        body = json.dumps({"lab": self.lab}).encode()
        headers = [*headers[:2], (b"content-length", b"%d" % len(body)), (b"cookie", self.cookie.encode())]
        told = await send(self.app, Asked("POST", "/rooms", b"", headers, body, {}))
        assert told.status == 201, told.body
        self.code, self.token = json.loads(told.body)["code"], json.loads(told.body)["host"]

    @property
    def changes(self) -> int:
        """Return a number that is another one whenever anything was written."""
        return self.database.execute("PRAGMA data_version").fetchone()[0]

    @property
    def kept(self) -> list[Any]:
        """Return all that is kept but for what is safe to lose."""
        return self.database.execute(KEPT).fetchall()

    @property
    def at(self) -> int:
        """Return where the lab stands."""
        return self.database.execute("SELECT place FROM labs WHERE id = ?", (self.lab,)).fetchone()[0]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Open a site."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/labs.sqlite3"))
    app.state.labs.allowance = Allowance(count(0, 1.0).__next__)  # a second goes by for each
    here = Site(app, tmp_path / "labs.sqlite3")
    await here.begin()
    yield here
    here.database.close()
    app.state.labs.store.close()


def check(asked: Asked, told: Answered, *, thoroughly: bool) -> None:
    """See that an answer is no failure, in words or valid HTML, not much larger than the question, and as the
    schema says."""
    assert told.status < 500
    assert len(told.body) <= PAGE + GROWTH * (len(asked.query) + len(asked.body))
    if asked.method == "HEAD":
        assert not told.body
        return
    if told.status >= 400:
        assert told.kind in ("application/json", "text/html")
        assert told.kind != "application/json" or json.loads(told.body)["detail"]
    if told.kind == "text/html" and thoroughly:
        read(told.body.decode())
    ours = asked.operation["responses"]
    if ours:
        assert str(told.status) in ours
        assert not told.body or told.kind in ours[str(told.status)]["content"]


@pytest.mark.walk
async def test_whatever_is_sent_is_answered_in_words_and_what_is_refused_changes_nothing(site: Site) -> None:
    fuzzer, counts, slowest = Fuzzer(SEED, site.app.openapi()), Counter[int](), (0.0, "")
    kept, seen = site.kept, site.changes
    for number in range(REQUESTS):
        if number % LIFE == LIFE - 1:
            await site.begin()
            kept, seen = site.kept, site.changes
        at = site.at
        asked, begun = fuzzer.request(site.lab, site.cookie, at, site.code, site.token), time.process_time()
        try:
            told = await send(site.app, asked)
            took = time.process_time() - begun
            slowest = max(slowest, (took, f"{asked.method} {asked.path[:60]}?{asked.query[:200]!r}"))
            check(asked, told, thoroughly=number % READ == 0)
            assert took < SECONDS
            if told.status == 200 and asked.path.endswith("/change") and asked.query == b"at=%d" % at:
                assert site.kept != kept
            if site.changes != seen:
                if told.status >= 400 or (asked.method in ("GET", "HEAD", "OPTIONS") and told.status == 200):
                    assert site.kept == kept
                kept, seen = site.kept, site.changes
        except Exception as error:
            raise AssertionError(
                f"SEED={SEED}, request {number}: {asked[:5]}\nanswered {told[:2]}"
            ) from error
        counts[told.status] += 1
    print(f"{REQUESTS} requests: {dict(sorted(counts.items()))}, slowest {slowest[0]:.2f} s: {slowest[1]}")
    assert {200, 201, 303, 403, 404, 405, 409, 422} <= set(counts)
