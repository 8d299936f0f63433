"""What visitors do: make a lab, look where it stands, and press its buttons."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from httpx import AsyncClient, Response

from app.page.view import USUAL_FIELDS
from tests.web.tree import Page, read


async def until_there(ask: Callable[[], Awaitable[Response]]) -> Response:
    """Ask until what takes long has been worked out, as pages and programs do."""
    while "retry-after" in (answer := await ask()).headers or 'id="go-on"' in answer.text:
        assert answer.status_code in (202, 503)
    return answer


async def make(client: AsyncClient, **recipe: Any) -> str:
    """Make a lab as a program does; return its id."""
    headers = {"accept": "application/json"}
    answer = await until_there(lambda: client.post("/labs", json=recipe, headers=headers))
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def moment(client: AsyncClient, lab: str) -> dict[str, Any]:
    """Return a lab's JSON."""
    answer = await client.get(f"/labs/{lab}.json")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def place(client: AsyncClient, lab: str) -> int:
    """Return the place where a lab stands."""
    return (await moment(client, lab))["place"]


async def press(client: AsyncClient, lab: str, verb: str, at: int, **query: Any) -> Response:
    """Post a verb."""
    return await until_there(lambda: client.post(f"/labs/{lab}/{verb}", params={"at": at, **query}))


def as_form(link: str) -> tuple[str, dict[str, str]]:
    """Return the address and the form by which the moment of a link is made a lab, seen in the same way."""
    found = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    seen = {name: found.pop(name) for name in USUAL_FIELDS if name in found}
    return "/labs?" + urlencode(seen), found


async def follow(client: AsyncClient, link: str) -> Response:
    """Make the moment of a link a lab; the answer leads to it."""
    address, form = as_form(link)
    return await client.post(address, data=form)


async def change(client: AsyncClient, lab: str, at: int, what: str, value: Any) -> Response:
    """Set something in mid-run."""
    return await client.post(
        f"/labs/{lab}/change", params={"at": at}, data={"what": what, "value": str(value)}
    )


def page_of(answer: Response) -> Page:
    """Read an answer as HTML."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return read(answer.text)


def place_on(page: Page) -> int:
    """Return the place that the page's next button goes on from."""
    found = re.search(r"[?&]at=(\d+)", page["next"].attrib["formaction"])
    assert found
    return int(found[1])
