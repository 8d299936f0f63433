"""A light visitor: one kept-alive connection with a cookie and a lab of its own, as a browser's page has
them."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import secrets
from dataclasses import dataclass

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.web.visitor import OWNER_COOKIE
from tests.benchmarks.recipes import walk

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
PAGE = re.compile(rb'data-page(?:="|":")([\w-]+)"')
PATIENCE = 20  # seconds an answer may take
WAIT = 0.02  # seconds between two questions whether a far moment is there


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the head as it stands, and the body as it was sent."""

    status: int
    head: bytes
    body: bytes

    def text(self) -> bytes:
        """Return the body as it is read."""
        packed = self.header("content-encoding") == "gzip" and self.body[:2] == b"\x1f\x8b"
        return gzip.decompress(self.body) if packed else self.body

    def header(self, name: str) -> str:
        """Return a header's value, "" where there is none."""
        found = re.search(rf"^{name}: (.*)\r$".encode(), self.head, re.IGNORECASE | re.MULTILINE)
        return found[1].decode() if found else ""


class Visitor:
    """Cook a recipe, then step through it."""

    def __init__(self, port: int, recipe: Recipe, clicks: int) -> None:
        self.port, self.recipe, self.places = port, recipe, walk(recipe, clicks)
        self.clicks, self.lab, self.page = 0, "", ""
        self.cookie = f"{OWNER_COOKIE}={secrets.token_urlsafe(16)}"  # each makes labs of its own allowance

    async def connect(self) -> None:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def arrive(self) -> None:
        """Connect and cook."""
        await self.connect()
        more = "Content-Type: application/json\r\nAccept: text/html\r\n"
        answer = await self.ask("POST", "/labs", json.dumps(self.recipe.as_json()).encode(), more)
        self.cookie = answer.header("set-cookie").partition(";")[0] or self.cookie
        self.lab = answer.header("location").partition("?")[0]
        if answer.status != 303 or not self.lab:
            raise RuntimeError(f"No lab was made: {answer.status}")

    async def visit(self, iteration: int) -> None:
        """Go to the beginning of an iteration, counted from 0, and ask until one is there."""
        length = len(Lab(self.recipe).moments)
        self.places = [place + iteration * length for place in self.places]
        path, body = f"{self.lab}/visit?at=0", f"iteration={iteration + 1}".encode()
        more = "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n"
        while (await self.ask("POST", path, body, more)).status != 200:
            await asyncio.sleep(WAIT)

    async def look(self, query: str = "") -> Answer:
        """Look at the lab."""
        return self.seen(await self.ask("GET", f"{self.lab}?{query}", b"", self.told()))

    async def step(self, query: str = "") -> Answer:
        """Press the big button once."""
        path = f"{self.lab}/next?at={self.places[self.clicks]}&{query}"
        self.clicks += 1
        return self.seen(await self.ask("POST", path, b"", self.told()))

    def told(self) -> str:
        """Return what a page's script says: who asks, and what is on the screen."""
        return f"HX-Request: true\r\nAccept: text/html\r\nPage: {self.page}\r\n"

    def seen(self, answer: Answer) -> Answer:
        """Keep the name of the page that is on the screen now."""
        found = PAGE.search(answer.text())
        self.page = found[1].decode() if found else ""
        return answer

    async def stands(self) -> bool:
        """Tell whether the lab is where so many clicks lead."""
        answer = await self.ask("GET", f"{self.lab}.json", b"", "", "identity")
        return (
            answer.status == 200
            and f'"place":{self.places[self.clicks]},'.encode() in answer.body.replace(b" ", b"")
        )

    async def ask(self, method: str, path: str, body: bytes, more: str, encoding: str = "gzip") -> Answer:
        """Send one request and read its whole answer."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: {encoding}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nCookie: {self.cookie}\r\nContent-Length: "
            f"{len(body)}\r\n{more}\r\n"
        )
        self.writer.write(head.encode() + body)
        async with asyncio.timeout(PATIENCE):
            found = await self.reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(found)
            body = await self.reader.readexactly(int(length[1])) if length else b""
        return Answer(int(found[9:12]), found, body)

    async def leave(self) -> None:
        """Hang up."""
        self.writer.close()
        await self.writer.wait_closed()
