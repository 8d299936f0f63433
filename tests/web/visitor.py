"""What visitors do: make a lab, look where it stands, and press its buttons."""

from __future__ import annotations

import re
from typing import Any

from httpx import AsyncClient, Response

from tests.web.tree import Page, read


async def make(client: AsyncClient, **recipe: Any) -> str:
    """Make a lab as a program does; return its id."""
    answer = await client.post("/labs", json=recipe, headers={"accept": "application/json"})
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
    return await client.post(f"/labs/{lab}/{verb}", params={"at": at, **query})


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
