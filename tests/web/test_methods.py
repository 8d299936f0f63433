"""How an address may be used: HEAD wherever GET, the methods it knows, and no way to another host."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from tests.web.visitor import make

pytestmark = pytest.mark.anyio


async def test_head_says_all_that_get_says_but_for_the_body(
    browser: AsyncClient, program: AsyncClient
) -> None:
    for client in (browser, program):
        lab = await make(client)
        for path in (
            "/",
            "/recipe",
            "/data",
            "/exercise",
            f"/labs/{lab}",
            f"/labs/{lab}.json",
            "/nowhere",
            "/livez",
        ):
            seen, unseen = await client.get(path), await client.head(path)
            assert (unseen.status_code, unseen.headers) == (seen.status_code, seen.headers)
            assert (bool(seen.content), unseen.content) == (True, b"")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/", "GET, HEAD"),
        ("DELETE", "/labs", "POST"),
        ("GET", "/labs/x/next", "POST"),
        ("HEAD", "/labs/x/next", "POST"),
        ("PATCH", "/labs/x/copy", "GET, HEAD, POST"),
        ("PUT", "/labs/x/copy", "GET, HEAD, POST"),
        ("OPTIONS", "/exercise", "GET, HEAD, POST"),
        ("POST", "/static/keys.js", "GET, HEAD"),
        ("POST", "/openapi.json", "GET, HEAD"),
    ],
)
async def test_an_address_says_how_it_can_be_used(
    program: AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await program.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


async def test_no_redirect_is_built_from_what_a_request_says_of_its_host(browser: AsyncClient) -> None:
    lab = await make(browser)
    for path in (
        "/labs/",
        f"/labs/{lab}/",
        "/static",
        "/static/css",
        "/livez/",
        "/at",
        "/recipe/",
        f"/labs/{lab}/copy",
    ):
        answer = await browser.get(path, headers={"host": "evil.test"})
        assert "evil" not in answer.headers.get("location", "")
        assert answer.headers.get("location", "/").startswith("/")
